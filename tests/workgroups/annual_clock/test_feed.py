"""The personal calendar feed, read as a calendar client reads it; and the secret address that it has."""

import datetime
import re

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programme.deadlines.laying import lay_clock
from programme.meetings import calling
from programme.middleware import LoggingMiddleware
from programme.models import FeedKey, User
from tests.factories import ako, make_meeting
from tests.personas import client_of, person
from tests.programme.deadlines.clock_rows import BOARD, deadline, move, the_meeting
from tests.reporting.more_rows import make_more_deadlines
from workgroups.annual_clock import keys

pytestmark = pytest.mark.django_db


def address_on_page(persona: str) -> str:
    page = client_of(persona).get("/clock/").content.decode()
    found = re.search(r"<code>https?://[^/]+(/clock\.ics\?key=[^<]+)</code>", page)
    assert found
    return found[1]


def fetched(persona: str = "secretary", **headers: str):
    return Client().get(address_on_page(persona), headers=headers)


def events(persona: str = "secretary") -> dict[str, icalendar.Component]:
    feed = icalendar.Calendar.from_ical(fetched(persona).content)
    return {str(event["uid"]).partition("@")[0]: event for event in feed.walk("VEVENT")}


MEETING = f"ako-BODY-SH-{BOARD}"


def test_the_feed_is_a_calendar_that_clients_read():
    response = fetched()
    feed = icalendar.Calendar.from_ical(response.content)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert not response.cookies
    assert (feed["version"], feed["method"]) == ("2.0", "PUBLISH")
    assert [str(zone["tzid"]) for zone in feed.walk("VTIMEZONE")] == ["Europe/Helsinki"]
    for event in feed.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "STATUS", "URL"} <= set(
            event
        )
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))


def test_a_meeting_stands_at_its_time_in_finland_and_leads_to_its_page():
    event = events()[MEETING]
    start = event["dtstart"].dt
    assert (start.isoformat(), start.tzinfo.key) == ("2009-09-30T09:00:00+03:00", "Europe/Helsinki")
    assert event["summary"] == "Seutuhallitus 8/2009"
    assert event["url"].endswith(f"/ako/meetings/{BOARD}/")


def test_a_deadline_is_a_whole_day_and_says_when_it_is_done():
    event = events()["ako-2009-T2-SH-AGENDA"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (
        datetime.date(2009, 9, 23),
        datetime.date(2009, 9, 24),
    )
    assert event["summary"] == "Seutuhallituksen esityslista lähetetään"
    assert event["transp"] == "TRANSPARENT"
    papers = deadline("TVK-PAPERS")
    papers.done_on = datetime.date(2009, 9, 8)
    papers.save(update_fields=["done_on"])
    assert events()["ako-2009-T2-TVK-PAPERS"]["summary"] == "Tehty: Aineisto työvaliokunnalle"


def test_a_move_keeps_the_identity_and_counts_on():
    before = events()
    move(BOARD, "2009-10-07")
    after = events()
    assert before.keys() == after.keys()
    for uid, day in ((MEETING, "2009-10-07"), ("ako-2009-T2-SH-AGENDA", "2009-09-30")):
        assert after[uid]["dtstart"].dt.isoformat()[:10] == day
        assert after[uid]["sequence"] == before[uid]["sequence"] + 1
        assert after[uid]["last-modified"].dt >= before[uid]["last-modified"].dt
    assert after["ako-2009-T2-TVK-PAPERS"] == before["ako-2009-T2-TVK-PAPERS"]


def test_what_is_removed_and_made_again_counts_on():
    """A client ignores an entry whose SEQUENCE falls back."""
    agenda = "ako-2009-T2-SH-AGENDA"
    move(BOARD, "2009-10-07")
    move(BOARD, "2009-10-08")
    before = events()
    deadline("SH-AGENDA").delete()
    assert agenda not in events()
    lay_clock(ako())
    board = the_meeting(BOARD)
    calling.take_back(board)
    values = {"held_on": board.held_on, "number": board.number}
    assert calling.call_meeting(board.body, values=values).code == BOARD
    after = events()
    for uid in (agenda, MEETING):
        assert after[uid]["sequence"] > before[uid]["sequence"]


def test_what_is_taken_back_is_gone_from_the_feed():
    calling.take_back(the_meeting(BOARD))
    assert MEETING not in events()


def test_everybody_has_their_own_meetings_and_deadlines():
    assert {uid for uid in events("elected") if "KOK-" not in uid} == set()
    assert {uid.partition("-KOK")[0] for uid in events("elected")} == {"ako-BODY-SH"}
    coordinator = events("coordinator-mr")
    assert "ako-2009-T2-GROUP-TEXT-BODY-WG-MR" in coordinator
    assert "ako-2009-T2-GROUP-TEXT-BODY-WG-HP" not in coordinator
    assert "ako-BODY-WG-MR-KOK-MR-2009-04" in coordinator
    assert "ako-2009-T2-LEDGER" in events("finance")


def test_the_feed_is_in_its_readers_language():
    User.objects.filter(persona="secretary").update(language="en")
    event = events()["ako-2009-T2-SH-AGENDA"]
    assert event["summary"] == "The agenda of the regional board is dispatched"


def test_an_unchanged_feed_is_not_sent_again():
    first = fetched()
    again = fetched(if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    move(BOARD, "2009-10-07")
    assert fetched(if_none_match=first["ETag"]).status_code == 200


def test_the_feed_asks_no_more_with_more_rows():
    def queries() -> int:
        address = address_on_page("secretary")
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).status_code == 200
        return len(asked)

    few = queries()
    for index in range(3):
        make_more_deadlines(index, make_meeting(f"KOK-X-{index}"))
    assert queries() == few


# --- The address -----------------------------------------------------------------------------------------


def test_the_address_stands_on_the_page_from_the_first_visit_and_stays():
    first = address_on_page("secretary")
    assert address_on_page("secretary") == first
    assert not FeedKey.objects.exists()
    assert Client().get(first).status_code == 200


def test_a_renewed_address_answers_and_the_old_one_does_not():
    old = address_on_page("secretary")
    other = address_on_page("presenter")
    client_of("secretary").post("/clock/feed/renew/")
    new = address_on_page("secretary")
    assert [Client().get(address).status_code for address in (old, new, other)] == [404, 200, 200]


def test_an_address_that_is_turned_off_answers_nobody_until_a_new_one_is_taken():
    old = address_on_page("secretary")
    client_of("secretary").post("/clock/feed/turn-off/")
    assert "/clock.ics?key=" not in client_of("secretary").get("/clock/").content.decode()
    assert Client().get(old).status_code == 404
    client_of("secretary").post("/clock/feed/renew/")
    assert Client().get(address_on_page("secretary")).status_code == 200
    assert Client().get(old).status_code == 404


def test_nobody_makes_a_key_for_somebody_else(django_assert_num_queries):
    key = keys.key_of(person("secretary"))
    assert key is not None
    forged = key.replace(f"{person('secretary').pk}-", f"{person('presenter').pk}-", 1)
    with django_assert_num_queries(0):
        assert [keys.person_with(wrong) for wrong in (forged, "", ".", "1-1", f"{key}x", "ä.ö")] == [None] * 6
    assert keys.person_with(key) == person("secretary")


def test_no_log_keeps_a_key(rf):
    assert LoggingMiddleware.format_request(rf.get("/clock.ics?key=salainen")) == "GET /clock.ics?key=…"
    assert LoggingMiddleware.format_request(rf.get("/ako/?open=all")) == "GET /ako/?open=all"
