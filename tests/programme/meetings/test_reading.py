"""Bodies and their meetings: what is decided is public, what is planned says so."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction

from programme.models import Body, Matter, Meeting
from tests.factories import make_meeting
from tests.personas import make_browser

pytestmark = pytest.mark.django_db


def get(address):
    return make_browser().get(address)


def test_a_meeting_shows_its_matters_each_with_its_address():
    page = get("/ako/meetings/KOK-SH-2009-05/")
    meeting = Meeting.objects.get(code="KOK-SH-2009-05")
    sections = [matter.section for matter in meeting.matters.all()]
    assert sections == sorted(sections) != []
    assert [number for number in sections if f'id="{number}"' not in page.content.decode()] == []
    assert [matter.title for matter in page.context["matters"]] == [
        matter.title for matter in meeting.matters.all()
    ]


def test_a_meeting_after_today_is_planned_and_tells_no_matter():
    planned = Meeting.objects.filter(held_on__gt="2009-09-09")
    assert planned.exists()
    assert not Matter.objects.filter(meeting__in=planned.filter(agenda_published_on__isnull=True)).exists()
    assert {meeting.is_planned for meeting in planned} == {True}
    assert {meeting.is_planned for meeting in Meeting.objects.filter(held_on__lte="2009-09-09")} == {False}


def test_the_list_is_filtered_by_body_and_year():
    board = Body.objects.get(code="BODY-SH")
    listed = get(f"/ako/meetings/?year=2008&body={board.pk}").context["table"].data
    assert {meeting.code for meeting in listed} == set(
        Meeting.objects.filter(body=board, held_on__year=2008).values_list("code", flat=True)
    )


def test_the_next_page_keeps_the_filter():
    page = get("/ako/meetings/?year=2009").content.decode()
    assert re.findall(r'href="([^"]*page=2[^"]*)"', page) != []
    assert [link for link in re.findall(r'href="([^"]*page=2[^"]*)"', page) if "year=2009" not in link] == []


def test_a_body_shows_what_is_coming_and_the_latest_held():
    context = get("/ako/bodies/BODY-SH/").context
    today = datetime.date(2009, 9, 9)
    assert [meeting.held_on for meeting in context["coming"]] == sorted(
        Meeting.objects.filter(body__code="BODY-SH", held_on__gte=today).values_list("held_on", flat=True)
    )
    assert {meeting.held_on < today for meeting in context["held"]} == {True}


def test_a_section_is_unique_in_a_body_and_calendar_year_whatever_the_meeting():
    first = make_meeting("KOK-A", held_on=datetime.date(2009, 10, 1))
    Matter.objects.create(meeting=first, section=900, title="Ensimmäinen")
    later = make_meeting("KOK-B", held_on=datetime.date(2009, 11, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.create(meeting=later, section=900, title="Toinen")
    next_year = make_meeting("KOK-C", held_on=datetime.date(2010, 1, 15))
    Matter.objects.create(meeting=next_year, section=900, title="Seuraavan vuoden")
    other_body = make_meeting("KOK-D", body="BODY-YK", held_on=datetime.date(2009, 12, 1))
    Matter.objects.create(meeting=other_body, section=900, title="Toisen toimielimen")


def test_a_matter_has_a_section_or_an_item_number():
    meeting = make_meeting("KOK-E")
    for numbers in ({}, {"section": 901, "item": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Matter.objects.create(meeting=meeting, title="Asia", **numbers)


def test_the_bodies_are_data_and_end_by_dates_alone():
    board = Body.objects.get(code="BODY-SH")
    assert board in Body.objects.in_force(datetime.date(2009, 9, 9))
    board.valid_until = datetime.date(2009, 9, 8)
    board.save()
    assert board not in Body.objects.in_force(datetime.date(2009, 9, 9))
    assert get("/ako/bodies/BODY-SH/").status_code == 200


@pytest.mark.parametrize(("language", "place"), [("fi", "Paikka"), ("sv", "Plats")])
def test_a_meeting_is_held_in_a_place_and_not_in_an_area(language, place):
    meeting = Meeting.objects.filter(place__gt="").first() or make_meeting("KOK-X", place="Seututalo")
    browser = make_browser()
    browser.cookies["language"] = language
    page = browser.get(meeting.get_absolute_url()).text
    assert f"<dt>{place}</dt><dd>{meeting.place}</dd>" in page
