"""What a cost centre's money is tied to: the targets and actions of the year. All sums are euros.

A target's euros are its own where it has any, else those of its actions: an action under a target with euros
of its own is inside them and adds nothing. An action that carries out several targets counts once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from priorities.models import AnnualTarget
from programme.models import CostCentre
from reporting.facts.values import percent
from workgroups.models import Action, WorkProgramme


@dataclass
class TiedLine:
    """A target or an action that is paid from a cost centre; without euros, those that hold it have them."""

    line: AnnualTarget | Action
    euros: Decimal | None

    @property
    def is_target(self) -> bool:
        return isinstance(self.line, AnnualTarget)


@dataclass
class Tied:
    lines: list[TiedLine]
    amended: Decimal

    @property
    def euros(self) -> Decimal:
        return sum((line.euros for line in self.lines if line.euros is not None), Decimal(0))

    @property
    def not_tied(self) -> Decimal:
        """What is left of the amended budget; less than zero where more is planned than there is."""
        return self.amended - self.euros

    @property
    def percent(self) -> str | None:
        """How much of the amended budget is tied, in per cent."""
        return percent(self.euros, self.amended)

    @property
    def over(self) -> Decimal:
        """How much more is planned than the amended budget has."""
        return max(-self.not_tied, Decimal(0))


def tied_to(centre: CostCentre, year: int, *, amended: Decimal) -> Tied:
    """Return what decided targets and approved actions take of a cost centre's budget: three queries."""
    return tied_by_centre(centre.programme_id, year, {centre.pk: amended})[centre.pk]


def tied_by_centre(programme: int, year: int, amended: Mapping[int, Decimal]) -> dict[int, Tied]:
    """Return what is taken of the budgets of these cost centres, told by key: three queries."""
    with_own = list(
        AnnualTarget.objects.decided()
        .filter(programme=programme, year=year, own_euros__isnull=False)
        .select_related("programme")
    )
    actions = Action.objects.filter(
        cost_centre__in=amended,
        work_programme__year=year,
        work_programme__state__in=WorkProgramme.SEEN_BY_ALL_GROUPS,
        planned_euros__isnull=False,
    )
    planned = actions.select_related("work_programme__group__programme").prefetch_related("targets")
    found = {centre: Tied([], euros) for centre, euros in amended.items()}
    for target in with_own:
        if target.cost_centre_id in found:
            found[target.cost_centre_id].lines.append(TiedLine(target, target.own_euros))
    inside = {target.pk for target in with_own}
    for action in planned:
        is_inside = any(target.pk in inside for target in action.targets.all())
        line = TiedLine(action, None if is_inside else action.planned_euros)
        if action.cost_centre_id is not None:
            found[action.cost_centre_id].lines.append(line)
    return found


def whole_of(tied: Iterable[Tied]) -> Tied:
    """Return what several cost centres' budgets are tied to, as one."""
    parts = list(tied)
    return Tied(
        [line for part in parts for line in part.lines], sum((part.amended for part in parts), Decimal(0))
    )
