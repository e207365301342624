"""Reminders: before and after a deadline, to whose it is, then the chair, then the office; none twice."""

import datetime

import pytest
from django.test import override_settings

from programme.models import Deadline, Notification
from tests.factories import ako
from tests.personas import client_of, person
from workgroups.annual_clock.reminding import TOPIC, Stage, remind, remind_everybody, stages_on

pytestmark = pytest.mark.django_db

FRIDAY, MONDAY = datetime.date(2009, 9, 18), datetime.date(2009, 9, 21)


@pytest.fixture
def deadline():
    """The text of WG-MR's coordinator, due on a Friday; no other deadline is open."""
    found = Deadline.objects.get(period__code="2009-T2", body__code="BODY-WG-MR", step__doer="coordinator")
    Deadline.objects.exclude(pk=found.pk).update(done_on="2009-09-01")
    Deadline.objects.filter(pk=found.pk).update(due_on=FRIDAY, done_on=None)
    found.refresh_from_db()
    return found


def told_on(day):
    """Remind on a day; return who was told, in order."""
    known = set(Notification.objects.values_list("pk", flat=True))
    with override_settings(TODAY=day):
        remind(ako())
    new = Notification.objects.exclude(pk__in=known).filter(topic=TOPIC).order_by("user__persona")
    return [one.user.persona for one in new]


@pytest.mark.parametrize(
    ("day", "stages"),
    [
        (datetime.date(2009, 9, 15), []),
        (datetime.date(2009, 9, 16), [Stage.SOON]),
        (FRIDAY, [Stage.SOON]),
        (datetime.date(2009, 9, 20), []),
        (MONDAY, [Stage.LATE]),
        (datetime.date(2009, 9, 23), [Stage.LATE, Stage.CHAIR]),
        (datetime.date(2009, 9, 25), [Stage.LATE, Stage.CHAIR, Stage.OFFICE]),
    ],
)
def test_stages_go_by_working_days(day, stages):
    assert list(stages_on(FRIDAY, day)) == stages


def test_first_whose_it_is_then_the_chair_then_the_office(deadline):
    assert told_on(datetime.date(2009, 9, 15)) == []
    assert told_on(datetime.date(2009, 9, 16)) == ["coordinator-mr"]
    assert told_on(FRIDAY) == []
    assert told_on(MONDAY) == ["coordinator-mr"]
    assert told_on(datetime.date(2009, 9, 23)) == ["chair-mr"]
    assert told_on(datetime.date(2009, 9, 25)) == ["office"]
    assert told_on(datetime.date(2009, 10, 2)) == []


def test_a_job_that_is_run_again_tells_nothing_again(deadline):
    with override_settings(TODAY=FRIDAY):
        assert (remind_everybody(), remind_everybody()) == (1, 0)


def test_a_deadline_that_has_moved_is_told_of_anew(deadline):
    assert told_on(FRIDAY) == ["coordinator-mr"]
    Deadline.objects.filter(pk=deadline.pk).update(due_on=MONDAY)
    assert told_on(FRIDAY) == ["coordinator-mr"]


def test_what_is_done_is_not_told_of(deadline):
    Deadline.objects.filter(pk=deadline.pk).update(done_on=FRIDAY)
    assert told_on(MONDAY) == []


def test_it_is_told_in_the_readers_language_and_leads_to_the_clock(deadline):
    reader = person("coordinator-mr")
    reader.language = "sv"
    reader.save()
    told_on(FRIDAY)
    told = Notification.objects.get(user=reader, topic=TOPIC)
    assert told.text.startswith("Ska vara klart fr 18.9.2009: ")
    assert told.address == deadline.get_absolute_url()
    page = client_of("coordinator-mr").get("/notifications/").content.decode()
    assert told.text.rstrip(".") in page


def test_a_programme_that_is_closed_is_quiet(deadline):
    programme = ako()
    programme.closed_on = FRIDAY
    programme.save()
    with override_settings(TODAY=MONDAY):
        assert remind_everybody() == 0
