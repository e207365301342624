"""What a cost centre's money is tied to: the targets and actions of the year. All sums are euros.

A target's euros are its own where it has any, else those of its actions: an action under a target with euros
of its own is inside them and adds nothing. An action that carries out several targets counts once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from priorities.models import AnnualTarget
from programme.models import CostCentre
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
    def over(self) -> Decimal:
        """How much more is planned than the amended budget has."""
        return max(-self.not_tied, Decimal(0))


def tied_to(centre: CostCentre, year: int, *, amended: Decimal) -> Tied:
    """Return what decided targets and approved actions take of a cost centre's budget: three queries."""
    with_own = list(
        AnnualTarget.objects.decided()
        .filter(programme=centre.programme_id, year=year, own_euros__isnull=False)
        .select_related("programme")
    )
    actions = Action.objects.filter(
        cost_centre=centre,
        work_programme__year=year,
        work_programme__state__in=WorkProgramme.SEEN_BY_ALL_GROUPS,
        planned_euros__isnull=False,
    )
    planned = actions.select_related("work_programme__group__programme").prefetch_related("targets")
    lines = [TiedLine(target, target.own_euros) for target in with_own if target.cost_centre_id == centre.pk]
    return Tied([*lines, *_actions(planned, with_own)], amended)


def _actions(actions: Iterable[Action], with_own: list[AnnualTarget]) -> list[TiedLine]:
    inside = {target.pk for target in with_own}
    lines = []
    for action in actions:
        is_inside = any(target.pk in inside for target in action.targets.all())
        lines.append(TiedLine(action, None if is_inside else action.planned_euros))
    return lines
