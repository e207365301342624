"""Facts of the ground: the programme, the period, its priorities and groups."""

from collections import defaultdict

from django.db.models import Prefetch

from priorities.models import Measure, Priority, StrategicGoal
from programme.models import Programme, ReportingPeriod
from reporting.fact_types import (
    GroupFacts,
    MeasureFacts,
    PeriodFacts,
    PriorityFacts,
    ProgrammeFacts,
    SampleFacts,
)
from reporting.facts.values import words
from workgroups.models import WorkingGroup


def previous_period(period: ReportingPeriod) -> ReportingPeriod | None:
    """Return the period before this one in the same year; another year's targets are other targets."""
    earlier = ReportingPeriod.objects.filter(
        programme=period.programme_id, year=period.year, ends_on__lt=period.ends_on
    )
    return earlier.order_by("-ends_on").first()


def programme_facts(programme: Programme) -> ProgrammeFacts:
    sample: SampleFacts | None = None
    if programme.is_sample:
        sample = {
            "notice": words(programme, "sample_notice"),
            "watermark": words(programme, "sample_watermark"),
        }
    return {
        "code": programme.code,
        "slug": programme.slug,
        "name": words(programme, "name"),
        "short_name": programme.short_name,
        "owner": words(programme, "owner"),
        "core_message": words(programme, "core_message"),
        "sample": sample,
    }


def period_facts(period: ReportingPeriod, previous: ReportingPeriod | None) -> PeriodFacts:
    return {
        "code": period.code,
        "year": period.year,
        "kind": period.kind,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "months": period.months,
        "closes_at": period.closes_at.isoformat(),
        "previous": previous.code if previous else None,
    }


def priority_facts(period: ReportingPeriod, *, with_links: bool) -> list[PriorityFacts]:
    """Return priorities: one query, and two for their measures and the goals of the period's time."""
    priorities = Priority.objects.filter(programme=period.programme_id)
    if with_links:
        goals = StrategicGoal.objects.of_the_time(period.ends_on)
        priorities = priorities.prefetch_related(Prefetch("goals", goals), "measures")
    return [
        {
            "code": priority.code,
            "number": priority.number,
            "name": words(priority, "name"),
            "vision": words(priority, "vision"),
            "goals": [
                {"code": goal.code, "number": goal.number, "text": words(goal, "text")}
                for goal in (priority.goals.all() if with_links else [])
            ],
            "measures": _measures(list(priority.measures.all()) if with_links else []),
        }
        for priority in priorities
    ]


def _measures(measures: list[Measure]) -> list[MeasureFacts]:
    """Nest sub-measures under their parents."""
    under: dict[int | None, list[Measure]] = defaultdict(list)
    for measure in measures:
        under[measure.parent_id].append(measure)

    def nest(parent: int | None) -> list[MeasureFacts]:
        return [
            {
                "code": measure.code,
                "kind": measure.kind,
                "text": words(measure, "text"),
                "sub_measures": nest(measure.pk),
            }
            for measure in under[parent]
        ]

    return nest(None)


def group_facts(programme: Programme) -> list[GroupFacts]:
    groups = WorkingGroup.objects.filter(programme=programme).select_related("priority", "cost_centre")
    return [
        {
            "code": group.code,
            "name": words(group, "name"),
            "priority": group.priority.code if group.priority else None,
            "cost_centre": group.cost_centre.code if group.cost_centre else None,
        }
        for group in groups
    ]
