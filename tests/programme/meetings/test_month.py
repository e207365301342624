"""A month of meetings as a calendar."""

import datetime

import pytest

from programme.meetings.month import days_shown, month_written
from tests.factories import make_meeting
from tests.personas import make_browser

pytestmark = pytest.mark.django_db

LIST = "/ako/meetings/"


def test_a_calendar_shows_whole_weeks_from_monday():
    days = days_shown(datetime.date(2009, 9, 1))
    assert (days[0], days[-1]) == (datetime.date(2009, 8, 31), datetime.date(2009, 10, 4))


@pytest.mark.parametrize("written", ["2009-13", "2009-00", "0000-05", "9999-01", "syyskuu", "2009-9", ""])
def test_what_is_no_month_is_none(written):
    assert month_written(written) is None


def test_each_meeting_stands_on_its_day():
    make_meeting("KOK-SH-2009-77", held_on=datetime.date(2009, 9, 23))
    month = make_browser().get(f"{LIST}?month=2009-09").context["month"]
    [day] = [day for day in month.days if day.day == datetime.date(2009, 9, 23)]
    assert "KOK-SH-2009-77" in [meeting.code for meeting in day.meetings]
    assert (month.before, month.code, month.after) == ("2009-08", "2009-09", "2009-10")


def test_the_month_is_told_in_words_and_the_list_leads_to_this_month():
    page = make_browser().get(f"{LIST}?month=2009-12").content.decode()
    assert "Joulukuu 2009" in page
    assert f'"{LIST}?month=2009-09"' in make_browser().get(LIST).content.decode()


def test_a_month_that_cannot_be_read_is_this_month():
    assert make_browser().get(f"{LIST}?month=soon").context["month"].code == "2009-09"


def test_a_month_without_meetings_says_so():
    page = make_browser().get(f"{LIST}?month=2020-05").content.decode()
    assert "kuussa" in page
