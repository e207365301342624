"""Counting back: which day a step is due, and which meeting it is counted from."""

import datetime
from collections.abc import Iterable

from programme import clock
from programme.models import Body, DeadlineStep, Meeting, ReportingPeriod
from programme.working_days import working_day_from, working_day_until, working_days_before

WINDOW_OF_GROUPS = DeadlineStep.Lane.GROUPS


def due_day(step: DeadlineStep, day: datetime.date, period: ReportingPeriod | None) -> datetime.date:
    """Return the working day on which a step is due that is counted back from a day.

    Nothing of a round is due before it opens, and what groups do in it is due by its closing: the round's own
    dates stand above what meetings say.
    """
    if step.in_working_days:
        due = working_days_before(day, step.days)
    else:
        due = working_day_until(day - datetime.timedelta(days=step.days))
    if period is None:
        return due
    opens_on, closes_on = round_days(period)
    if step.is_of_groups or step.lane == WINDOW_OF_GROUPS:
        due = min(due, working_day_until(closes_on))
    return max(due, working_day_from(opens_on))


def round_days(period: ReportingPeriod) -> tuple[datetime.date, datetime.date]:
    """Return the days on which a round opens and closes."""
    return clock.day_of(period.opens_at), clock.day_of(period.closes_at)


def meeting_of_audience(
    step: DeadlineStep, meetings: Iterable[Meeting], *, period: ReportingPeriod | None, year: int
) -> Meeting | None:
    """Return the meeting of the reporting chain that a step is counted back from; None while none is known.

    Of a round: the body's first one after the closing, or later where the step says that the body waits. Of
    the season of a year's budget: the first one from the step's day on, in the year before. `meetings` come
    in the order of their days, each with its body.
    """
    if period is not None:
        first = round_days(period)[1] + datetime.timedelta(days=step.waits_days)
        last = datetime.date.max
    else:
        first, last = step.season_begins(year), datetime.date(year - 1, 12, 31)
    return next(
        (
            meeting
            for meeting in meetings
            if meeting.body.audience_id == step.audience_id
            and first <= meeting.held_on <= last
            and meeting.body.exists_on(meeting.held_on)
        ),
        None,
    )


def own_meeting(body: Body, meetings: Iterable[Meeting], period: ReportingPeriod) -> Meeting | None:
    """Return a group's last meeting while a round is open; None where it does not meet then."""
    opens_on, closes_on = round_days(period)
    own = [
        meeting
        for meeting in meetings
        if meeting.body_id == body.pk and opens_on <= meeting.held_on <= closes_on
    ]
    return own[-1] if own else None
