"""A goal or a measure through the years: the targets that served it, under whatever goal of their time."""

from typing import Any

from django.db.models import QuerySet

from priorities.models import AnnualTarget, GoalMapping, Measure, StrategicGoal


def ancestors_of(goal: StrategicGoal) -> list[StrategicGoal]:
    """Return the goals that a goal came from, through all terms, itself first."""
    found, waiting = [goal], [goal]
    while waiting:
        mappings = GoalMapping.objects.filter(new_goal__in=waiting).select_related("old_goal")
        waiting = [mapping.old_goal for mapping in mappings if mapping.old_goal not in found]
        found += dict.fromkeys(waiting)
    return found


def targets_through_years(goal: StrategicGoal) -> list[Any]:
    """Return the decided targets of every year that served a goal or what it came from.

    Each says in `served` the code of the goal that it served: that of its own time.
    """
    goals = {row.pk: row.code for row in ancestors_of(goal)}
    found = list(_decided().filter(goals__in=goals).prefetch_related("goals").distinct())
    for target in found:
        served = [row.code for row in target.goals.all() if row.pk in goals]
        target.served = ", ".join(served)  # type: ignore[attr-defined]
    return found


def targets_of_measure(measure: Measure) -> list[AnnualTarget]:
    """Return the decided targets of every year that served a measure."""
    return list(_decided().filter(measures=measure))


def _decided() -> QuerySet[AnnualTarget]:
    return AnnualTarget.objects.decided().select_related("programme").order_by("year", "order", "code")
