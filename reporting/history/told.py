"""How frozen reports told a line: read from their datasets, at each report's own depth."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Func, JSONField, Value
from django.db.models.functions import JSONObject

from priorities.models import AnnualTarget
from programme.models import Programme, User
from reporting.depths import action_at_depth, target_at_depth
from reporting.models import Report
from reporting.tellings import Telling, told_of
from workgroups.services import Line, year_of


class Path(Func):
    """PostgreSQL's path into JSON."""

    template = "(%(expressions)s)::jsonpath"


class FirstAt(Func):
    """The first value at a path of JSON: one line comes from the database, not a period's facts."""

    function = "JSONB_PATH_QUERY_FIRST"
    output_field = JSONField()


@dataclass
class Told:
    """A line as one report tells it."""

    report: Report
    telling: Telling

    @property
    def key(self) -> str:
        return str(self.report)


def told_in_reports(line: Line, programme: Programme, reader: User | AnonymousUser) -> list[Told]:
    """Return the line in each report that the reader sees and that tells it, earliest first: one query."""
    kind = "targets" if isinstance(line, AnnualTarget) else "actions"
    path = Path(Value(f"$.{kind}[*] ? (@.code == $code)"))
    reports = (
        Report.objects.visible_to(reader, programme)
        .frozen()
        .filter(period__year=year_of(line))
        .select_related("period", "audience", "programme", "matter__meeting__body__programme")
        .annotate(line_facts=FirstAt(F("dataset__facts"), path, JSONObject(code=Value(line.code))))
        .order_by("period__ends_on", "audience__order", "version")
    )
    told = []
    for report in reports:
        facts = _at_depth(line, report.line_facts, report.depth)  # type: ignore[attr-defined]
        if facts is not None:
            told.append(Told(report, told_of(report.period, facts, reports=(report,))))
    return told


def _at_depth(line: Line, facts: Any, depth: str) -> Any:
    if facts is None:
        return None
    return (target_at_depth if isinstance(line, AnnualTarget) else action_at_depth)(facts, depth)
