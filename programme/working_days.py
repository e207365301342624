"""Working days: no weekend and no Finnish holiday, its eves that the law or custom keeps free included."""

import datetime
from functools import lru_cache

import holidays

SATURDAY = 5
ONE_DAY = datetime.timedelta(days=1)


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> frozenset[datetime.date]:
    return frozenset(holidays.country_holidays("FI", years=year))


def is_working_day(day: datetime.date) -> bool:
    return day.weekday() < SATURDAY and day not in _holidays_of(day.year)


def working_day_after(day: datetime.date) -> datetime.date:
    """Return the next day that is no weekend and no Finnish holiday."""
    return working_day_from(day + ONE_DAY)


def working_day_from(day: datetime.date) -> datetime.date:
    """Return the day itself where it is a working day, the next one otherwise."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_day_until(day: datetime.date) -> datetime.date:
    """Return the day itself where it is a working day, the last one before it otherwise."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def working_days_before(day: datetime.date, number: int) -> datetime.date:
    """Return the working day that is so many working days before a day; of nought see `working_day_until`."""
    for _step in range(number):
        day = working_day_until(day - ONE_DAY)
    return working_day_until(day)
