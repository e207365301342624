"""Loads a sample file as it was known on a day: whole or not at all, once."""

import datetime
import hashlib
from pathlib import Path

import pghistory
from django.apps import apps
from django.conf import settings

from priorities.models import Measure, StrategicGoal
from programme.models import Programme
from reporting import services
from reporting.loading.programme import DATA
from reporting.loading.reader import Record, read_file
from reporting.loading.rows import Codes, whole_or_nothing
from reporting.loading.sample import (
    budget,
    chart,
    checks,
    claims,
    deadlines,
    decisions,
    follow_ups,
    forecasts,
    ground,
    indicators,
    ledger,
    meetings,
    people,
    periods,
    reports,
    seats,
    targets,
    work,
)
from reporting.loading.sample.context import Sample
from reporting.loading.sample.day import Day
from reporting.loading.sample.rounds import read_rounds
from reporting.loading.sample.shapes import ADDITIONS, SAMPLE
from reporting.loading.tally import Tally

SAMPLE_FILE = DATA / "sample.yaml"
ADDITIONS_FILE = DATA / "sample_additions.yaml"
DAY_IN_TRAIL = "sample_as_of"


class AlreadyLoadedError(Exception):
    """The programme holds a sample already: as of which day."""

    def __init__(self, programme: Programme, day: str) -> None:
        super().__init__(f"{programme.code} holds the sample already, as of {day}")
        self.day = day


def load_sample(path: Path, as_of: datetime.date | None) -> tuple[Programme, Tally]:
    """Load what was known on a day, or everything; return the programme and the account.

    Raises FileError with the line and the reason, and AlreadyLoadedError when there is a sample already.
    """
    file = read_file(path, SAMPLE)
    checks.check(file)
    day = Day(as_of)
    with whole_or_nothing(path), pghistory.context(**{DAY_IN_TRAIL: str(day)}):
        programme = _programme(file["meta"])
        sample = _begin(programme, file, path, day)
        _load(sample)
        services.queue_told_reports(programme)
    _tell_what_is_no_row(sample)
    return programme, sample.tally


def _programme(meta: Record) -> Programme:
    programme = Programme.objects.select_for_update().filter(code=meta["programme"]).first()
    if programme is None:
        raise meta.error("programme", f"the programme {meta['programme']} is not loaded: load it first")
    if programme.is_sample:
        raise AlreadyLoadedError(programme, _day_in_trail(programme))
    return programme


def _day_in_trail(programme: Programme) -> str:
    """Return the day of the sample that a programme holds: the trail of its row says it."""
    events = apps.get_model("programme", "ProgrammeEvent").objects.filter(
        pgh_obj_id=programme.pk, pgh_context__metadata__has_key=DAY_IN_TRAIL
    )
    latest = events.order_by("-pgh_id").values_list("pgh_context__metadata", flat=True).first()
    return latest[DAY_IN_TRAIL] if latest else "an unknown day"


def _begin(programme: Programme, file: Record, path: Path, day: Day) -> Sample:
    return Sample(
        programme=programme,
        file=file,
        additions=read_file(ADDITIONS_FILE, ADDITIONS),
        file_name=path.name,
        file_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        day=day,
        tally=Tally(),
        rounds=read_rounds(file),
        audiences=Codes("audience", programme.audiences.all()),
        groups=Codes("working group", programme.working_groups.select_related("priority")),
        goals=Codes("goal", StrategicGoal.objects.filter(strategy__programme=programme)),
        measures=Codes("measure", Measure.objects.filter(priority__programme=programme)),
        networks=Codes("network", programme.networks.all()),
        role_statements=Codes("role statement", programme.role_statements.all()),
        follow_up_principles=Codes("follow-up principle", programme.follow_up_principles.all()),
    )


def _load(sample: Sample) -> None:
    """Load kind by kind: each finds in place what it points at."""
    ground.load_ground(sample)
    seats.load_seats(sample)
    people.load_people(sample, served=settings.SAMPLE)
    chart.load_chart(sample)
    periods.load_periods(sample)
    decisions.load_decisions(sample, meetings.load_meetings(sample))
    budget.load_budgets(sample)
    ledger.load_ledger(sample)
    claims.load_claims(sample)
    targets.load_targets(sample)
    work.load_work_programmes(sample)
    follow_ups.load_follow_ups(sample)
    indicators.load_indicators(sample)
    forecasts.load_forecasts(sample)
    forecasts.load_closed_years(sample)
    reports.load_reports(sample)
    deadlines.load_deadlines(sample)


def _tell_what_is_no_row(sample: Sample) -> None:
    file, leave_out = sample.file, sample.tally.leave_out
    leave_out(f"audit_trail_example ({len(file['audit_trail_example'])})", "the trail writes itself")
    leave_out(f"status_scale ({len(file['status_scale'])})", "words of the portal, in its catalogues")
    leave_out("meta, municipalities_note", "say how to read the file; notice and watermark are loaded")
    leave_out("basis of group_seats", "says where the pattern of seats comes from")
    leave_out("sign and measured of deviation_rule", "how the portal computes a deviation")
    leave_out("title_fi of work programmes and reports", "made of the group, the period and the year")
    leave_out("state of work programmes, claims and reports", "follows from their dates and the day")
    leave_out("document of a meeting", "checked: it is its body's")
    leave_out("totals, percentages, status_counts, municipal_shares", "computed; sums and shares are checked")
