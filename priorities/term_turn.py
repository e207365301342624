"""The turn of a council term: the next strategy is prepared beside the one in force, mapped, and adopted.

Until it is adopted the next strategy is seen by the programme office alone, and nothing leads to its goals.
From the day of its adoption new targets serve its goals; those of earlier years stay with the goal of their
time, and the mapping says what it became.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget, GoalMapping, StrategicGoal
from programme import clock
from programme.models import Programme, Strategy
from programme.saving import Saved, merge_into

Kind = GoalMapping.Kind


@dataclass
class OldGoal:
    """A goal of the strategy that is replaced, and what becomes of it."""

    goal: StrategicGoal
    kind: str  # "" while nobody has said
    becomes: list[StrategicGoal]


def next_strategy(programme: Programme) -> Strategy | None:
    """Return the strategy in preparation, if there is one."""
    return programme.strategies.filter(adopted_on__isnull=True).first()


def strategy_in_force(programme: Programme, day: datetime.date | None = None) -> Strategy | None:
    """Return the strategy in force on a day, today unless told."""
    return programme.strategies.in_force_on(day or clock.today()).first()


@transaction.atomic
def prepare_strategy(programme: Programme, *, values: dict[str, str]) -> Strategy:
    """Begin the next strategy. Raises ValidationError where one is in preparation already."""
    programme.must_not_be_closed()
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if next_strategy(programme) is not None:
        raise ValidationError(_("The next strategy is already in preparation."))
    number = programme.strategies.count() + 1
    return Strategy.objects.create(
        programme=programme, code=f"STR-{number}", replaces=strategy_in_force(programme), **values
    )


@transaction.atomic
def add_goal(strategy: Strategy, *, values: dict[str, Any]) -> StrategicGoal:
    """Add a goal to a strategy in preparation, under a code of its own in the whole programme."""
    _must_be_in_preparation(strategy)
    goals = StrategicGoal.objects.filter(strategy=strategy, priority=values["priority"])
    number = (goals.aggregate(last=Max("number"))["last"] or 0) + 1
    goal = StrategicGoal(strategy=strategy, number=number, **values)
    goal.code = f"{strategy.code}-{goal.priority.code}-G{number}"
    goal.save()
    return goal


@transaction.atomic
def save_goal(goal: StrategicGoal, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save the words of a goal of a strategy in preparation; `base` are its cells as the form was opened.

    Where somebody else changed the same cell meanwhile, nothing is saved. Raises ValidationError where the
    strategy has been adopted, or the goal has been taken out.
    """
    _must_be_in_preparation(goal.strategy)
    locked = StrategicGoal.objects.select_for_update(of=("self",)).filter(pk=goal.pk).first()
    if locked is None:
        raise ValidationError(_("Somebody has taken this goal out of the strategy."))
    saved = merge_into(locked, values, base)
    if not saved.conflicts:
        locked.save(update_fields=list(values))
    return saved


@transaction.atomic
def remove_goal(goal: StrategicGoal) -> None:
    """Take a goal out of a strategy in preparation; of the old goals that became it nothing is said any more.

    What is left of a split need not be one: what the old goal becomes is to be chosen anew.
    """
    _must_be_in_preparation(goal.strategy)
    became_it = list(goal.came_from.values_list("old_goal", flat=True))
    GoalMapping.objects.filter(old_goal__in=became_it).delete()
    goal.delete()


def old_goals(strategy: Strategy) -> list[OldGoal]:
    """Return the goals that a strategy replaces, each with what becomes of it; two queries."""
    goals = (
        StrategicGoal.objects.filter(strategy=strategy.replaces)
        .select_related("priority__programme")
        .order_by("priority__number", "number")
    )
    mapped: dict[int, list[GoalMapping]] = {}
    of_this = GoalMapping.objects.filter(old_goal__strategy=strategy.replaces).select_related(
        "new_goal__priority__programme"
    )
    for mapping in of_this:
        mapped.setdefault(mapping.old_goal_id, []).append(mapping)
    return [
        OldGoal(
            goal,
            mapped[goal.pk][0].kind if goal.pk in mapped else "",
            [mapping.new_goal for mapping in mapped.get(goal.pk, []) if mapping.new_goal],
        )
        for goal in goals
    ]


@transaction.atomic
def map_goal(strategy: Strategy, goal: StrategicGoal, *, kind: str, becomes: list[StrategicGoal]) -> None:
    """Say what an old goal becomes in a strategy in preparation.

    Raises ValidationError where the kind and the goals do not fit: a dropped goal has no successor, the same
    and a merged one have one, a split one has several.
    """
    _must_be_in_preparation(strategy)
    if kind == Kind.DROPPED and becomes:
        raise ValidationError(_("A goal that is dropped becomes nothing: leave its successors empty."))
    if kind in (Kind.SAME, Kind.MERGED) and len(becomes) != 1:
        raise ValidationError(_("Choose the one goal that it becomes."))
    if kind == Kind.SPLIT and len(becomes) < 2:
        raise ValidationError(_("A goal that is split becomes at least two: choose them."))
    goal.became.all().delete()
    successors: list[StrategicGoal | None] = [*becomes] if becomes else [None]
    GoalMapping.objects.bulk_create(
        GoalMapping(old_goal=goal, new_goal=successor, kind=kind) for successor in successors
    )


@transaction.atomic
def adopt_strategy(strategy: Strategy, *, on: datetime.date) -> None:
    """Put a strategy in force from a day on.

    Raises ValidationError where it has no goals, an old goal has not been mapped, or the day is before the
    one on which the strategy that it replaces was adopted.
    """
    locked = Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)
    _must_be_in_preparation(locked)
    if not locked.goals.exists():
        raise ValidationError(_("The strategy has no goals yet: add them first."))
    unmapped = [old.goal.code for old in old_goals(locked) if not old.kind]
    if unmapped:
        raise ValidationError(
            _("Say of each old goal what it becomes. Nothing is said of: %(goals)s.")
            % {"goals": ", ".join(unmapped)}
        )
    before = locked.replaces.adopted_on if locked.replaces else None
    if before is not None and on <= before:
        raise ValidationError(_("A strategy is adopted after the one that it replaces."))
    locked.adopted_on = on
    locked.save(update_fields=["adopted_on"])


def years_of_targets_decided_under_the_old(strategy: Strategy, on: datetime.date) -> list[int]:
    """Return the years, from that of a day on, whose decided targets serve goals that a strategy replaces."""
    decided = AnnualTarget.objects.decided().filter(goals__strategy=strategy.replaces, year__gte=on.year)
    return sorted(set(decided.values_list("year", flat=True)))


def _must_be_in_preparation(strategy: Strategy) -> None:
    """Lock the strategy against its adoption meanwhile. Raises ValidationError where it has been adopted."""
    strategy.programme.must_not_be_closed()
    stands = Strategy.objects.select_for_update(of=("self",), no_key=True).get(pk=strategy.pk)
    if stands.adopted_on is not None:
        raise ValidationError(_("This strategy has been adopted: its goals stay as they are."))
