"""Where dates and values speak against a status: told to its writer and readers, never set."""

import datetime
from calendar import monthrange
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from priorities.models.targets import Direction
from priorities.units import doubts_of_unit
from programme import clock, text
from programme.forms import DayField
from programme.models import ReportingPeriod
from programme.statuses import DEVIATIONS, Status
from workgroups.models import Action, FollowUp
from workgroups.services import Line

# Statuses by which the line is still to be finished in time.
UNFINISHED = (Status.ON_TRACK, Status.NOT_STARTED)


def contradictions(
    line: Line,
    period: ReportingPeriod,
    status: str,
    value: Decimal | None,
    *,
    estimate: datetime.date | None = None,
    said_on: datetime.date | None = None,
) -> list[str]:
    """Return sentences on what speaks against a status of a line in a period; none where all agrees.

    Dates are looked at from today while the round is open, afterwards from the period's last day; a new
    estimate of completion from the day `said_on` on which it was handed on, where that is known.
    """
    day = clock.today() if period.is_open else period.ends_on
    found = _of_dates(line, status, day)
    if status in DEVIATIONS:
        found += of_estimate(line, estimate, said_on or day)
    if isinstance(line, AnnualTarget) and value is not None and line.target_value is not None:
        found += _of_value(line, status, value, line.target_value)
    if isinstance(line, AnnualTarget):
        found += doubts_of_unit(line.unit, value)
    return found


def contradictions_of(line: Line, said: FollowUp) -> list[str]:
    """Return what speaks against what was said of a line, all of it."""
    return contradictions(
        line,
        said.period,
        said.status,
        said.indicator_value,
        estimate=said.new_due_on,
        said_on=clock.day_of(said.submitted_at),
    )


def of_estimate(line: Line, estimate: datetime.date | None, day: datetime.date) -> list[str]:
    """Return what speaks against a new estimate of completion that is given on a day."""
    if estimate is None:
        return []
    found = []
    due_on = last_day_of(line)
    if estimate < day:
        found.append(_("The new estimate of completion %(day)s has passed.") % {"day": text.day(estimate)})
    if due_on is not None and estimate < due_on:
        days = {"day": text.day(estimate), "due": text.day(due_on)}
        found.append(_("The new estimate of completion %(day)s is before the due date %(due)s.") % days)
    return found


def of_typed_estimate(line: Line, typed: Any) -> list[str]:
    """Return what speaks against a new estimate of completion that is being typed; of no day, nothing."""
    try:
        estimate = DayField(required=False).clean(typed)
    except ValidationError:
        return []
    return of_estimate(line, estimate, clock.today())


def _of_dates(line: Line, status: str, day: datetime.date) -> list[str]:
    found = []
    due_on = last_day_of(line)
    if status in UNFINISHED and due_on is not None and due_on < day:
        found.append(_("The due date %(day)s has passed.") % {"day": text.day(due_on)})
    begins = isinstance(line, Action) and line.start_month and _first_day(line, line.start_month)
    if status == Status.NOT_STARTED and begins and begins <= day:
        found.append(_("By the plan it was to begin %(day)s.") % {"day": text.day(begins)})
    return found


def _of_value(line: AnnualTarget, status: str, value: Decimal, aim: Decimal) -> list[str]:
    has_reached = value >= aim if line.direction == Direction.UP else value <= aim
    numbers = {"value": text.number(value), "aim": text.number(aim)}
    if status == Status.ACHIEVED and not has_reached:
        return [_("The value %(value)s has not reached the aim %(aim)s.") % numbers]
    if status not in (Status.ACHIEVED, "") and has_reached:
        return [_("The value %(value)s has reached the aim %(aim)s.") % numbers]
    return []


def last_day_of(line: Line) -> datetime.date | None:
    """Return the day by which a line is to be finished: its due date, or the end of its months."""
    if isinstance(line, AnnualTarget):
        return line.due_on
    if line.end_month is None:
        return None
    year = line.work_programme.year
    return datetime.date(year, line.end_month, monthrange(year, line.end_month)[1])


def _first_day(action: Action, month: int) -> datetime.date:
    return datetime.date(action.work_programme.year, month, 1)
