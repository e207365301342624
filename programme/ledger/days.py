"""Days as accounting systems write them; a month never stands before its day, but in ISO order."""

import datetime
import re

from programme.forms import YEARS
from programme.ledger.faults import NotReadError

# Of a moment, the day counts: 2009-08-31T00:00:00, 31.8.2009 0:00
TIME_AFTER_DAY = r"(?:[T\s]+\d{1,2}[.:]\d{2}(?:[.:]\d{2}(?:\.\d+)?)?Z?)?"
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})([-./])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){TIME_AFTER_DAY}")
DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})([./-])\s?(?P<month>\d{{1,2}})\2\s?(?P<year>\d{{4}}|\d{{2}}){TIME_AFTER_DAY}"
)
JOINED = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")


def read_day(value: object) -> datetime.date:
    """Return the day of a cell. Raises NotReadError: “empty”, “not_a_day”, “no_such_day”."""
    if isinstance(value, datetime.datetime):
        return _of_our_time(value.date())
    if isinstance(value, datetime.date):
        return _of_our_time(value)
    if isinstance(value, float | int) and not isinstance(value, bool) and value == int(value):
        value = str(int(value))
    if not isinstance(value, str):
        raise NotReadError("not_a_day")
    written = value.strip()
    if not written:
        raise NotReadError("empty")
    for shape in (YEAR_FIRST, DAY_FIRST, JOINED):
        if written.isascii() and (match := shape.fullmatch(written)):
            return _made(match)
    raise NotReadError("not_a_day")


def _made(match: re.Match[str]) -> datetime.date:
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    if len(match["year"]) == 2:
        year += 2000
    try:
        return _of_our_time(datetime.date(year, month, day))
    except ValueError:
        raise NotReadError("no_such_day") from None


def _of_our_time(day: datetime.date) -> datetime.date:
    if day.year not in YEARS:
        raise NotReadError("no_such_day")
    return day
