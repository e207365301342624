"""Working days: weekends and Finnish holidays are none."""

import datetime

import pytest

from programme.working_days import (
    is_working_day,
    working_day_after,
    working_day_from,
    working_day_until,
    working_days_before,
)


def day(written: str) -> datetime.date:
    return datetime.date.fromisoformat(written)


@pytest.mark.parametrize(
    "free",
    [
        "2009-09-12",  # Saturday
        "2009-09-13",  # Sunday
        "2009-04-10",  # Good Friday
        "2009-04-13",  # Easter Monday
        "2009-05-01",
        "2009-05-21",  # Ascension Day
        "2009-06-19",  # Midsummer Eve
        "2009-12-24",
        "2010-01-06",
    ],
)
def test_weekends_and_holidays_are_no_working_days(free):
    assert not is_working_day(day(free))


def test_the_next_and_the_last_working_day_pass_over_holidays():
    assert working_day_after(day("2009-09-11")) == day("2009-09-14")
    assert working_day_from(day("2009-04-10")) == day("2009-04-14")
    assert working_day_from(day("2009-04-14")) == day("2009-04-14")
    assert working_day_until(day("2009-04-13")) == day("2009-04-09")
    assert working_day_until(day("2009-12-26")) == day("2009-12-23")


def test_working_days_are_counted_back_over_a_weekend_a_holiday_and_the_new_year():
    assert working_days_before(day("2009-09-14"), 1) == day("2009-09-11")
    assert working_days_before(day("2009-05-04"), 2) == day("2009-04-29")  # 1 May is a Friday
    assert working_days_before(day("2010-01-07"), 3) == day("2009-12-31")
    assert working_days_before(day("2009-09-12"), 0) == day("2009-09-11")
