"""A month of meetings, as a calendar shows it: weeks from Monday, each day with its meetings."""

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from programme.models import Meeting

WRITTEN = re.compile(r"(\d{4})-(\d{2})")
DAYS_OF_A_WEEK = 7


@dataclass
class Day:
    day: datetime.date
    is_of_the_month: bool
    meetings: list[Meeting] = field(default_factory=list)


@dataclass
class Month:
    first: datetime.date
    weeks: list[list[Day]]

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week]

    @property
    def has_meetings(self) -> bool:
        return any(day.meetings for day in self.days)

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> str:
        return f"{self.first - datetime.timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + datetime.timedelta(days=31):%Y-%m}"


def month_written(written: str) -> datetime.date | None:
    """Return the first day of a month as addresses write it, 2009-09; None where it is no month."""
    match = WRITTEN.fullmatch(written)
    if match is None or int(match[1]) not in range(1900, 3000) or int(match[2]) not in range(1, 13):
        return None
    return datetime.date(int(match[1]), int(match[2]), 1)


def days_shown(first: datetime.date) -> list[datetime.date]:
    """Return the days that a calendar of the month shows: whole weeks."""
    return list(calendar.Calendar().itermonthdates(first.year, first.month))


def month_of(first: datetime.date, meetings: Iterable[Meeting]) -> Month:
    """Lay meetings into the calendar of a month."""
    days = {day: Day(day, day.month == first.month) for day in days_shown(first)}
    for meeting in meetings:
        if meeting.held_on in days:
            days[meeting.held_on].meetings.append(meeting)
    laid = list(days.values())
    weeks = [laid[start : start + DAYS_OF_A_WEEK] for start in range(0, len(laid), DAYS_OF_A_WEEK)]
    return Month(first, weeks)
