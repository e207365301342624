"""Facts of the groups' own reports: their words, once accepted."""

from programme import clock
from programme.models import ReportingPeriod
from reporting.fact_types import GroupReportFacts
from workgroups.models import GroupReport


def group_report_facts(period: ReportingPeriod) -> list[GroupReportFacts]:
    """Return the accepted reports of a period, in the order of the groups: one query."""
    accepted = GroupReport.objects.approved().filter(period=period, group__programme=period.programme_id)
    rows = accepted.select_related("group").order_by("group__order", "group__code")
    return [_report(row, period) for row in rows]


def _report(row: GroupReport, period: ReportingPeriod) -> GroupReportFacts:
    accepted_at = row.accepted_at
    assert accepted_at is not None  # noqa: S101  a constraint says so of every approved one
    row.period = period
    facts: GroupReportFacts = {
        "group": row.group.code,
        "done": row.done,
        "hinders": row.hinders,
        "asked": row.asked,
        "language": row.language,
        "accepted_on": clock.day_of(accepted_at).isoformat(),
    }
    return {**facts, "late": True} if row.is_late else facts
