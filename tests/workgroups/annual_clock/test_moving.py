"""Before a meeting moves, its keeper sees what moves with it; then it moves, and people are told."""

import datetime

import pytest

from programme.meetings import calling
from programme.models import Body, Deadline, Notification, Substitute
from tests.factories import ako
from tests.personas import client_of, person
from tests.programme.deadlines.clock_rows import BOARD, GROUP, days_of, deadline, move, the_meeting

pytestmark = pytest.mark.django_db
EDIT = f"/ako/meetings/{BOARD}/edit/"
MOVED = {"held_on": "7.10.2009", "starts_at": "9.00", "number": "8/2009"}


def first_shown(persona="secretary", address=EDIT, typed=MOVED):
    """Send a move and return the page that shows first what it does."""
    return client_of(persona).post(address, typed)


def confirmed(shown, persona="secretary", address=EDIT, typed=MOVED):
    return client_of(persona).post(address, typed | {"moves": shown.context["moving"].seen})


def test_the_moves_are_shown_and_nothing_is_saved():
    Deadline.objects.filter(pk=deadline("SH-REPORT").pk).update(done_on="2009-09-08")
    before = days_of(BOARD)
    shown = first_shown()
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "2 avointa määräaikaa siirtyy kokouksen mukana." in page
    assert [(row.before.isoformat(), row.after.isoformat()) for row in shown.context["moving"].moves] == [
        ("2009-09-22", "2009-09-29"),
        ("2009-09-23", "2009-09-30"),
    ]
    assert [row.step.code for row in shown.context["moving"].staying] == ["SH-REPORT"]
    assert days_of(BOARD) == before
    assert the_meeting(BOARD).held_on.isoformat() == "2009-09-30"
    assert not Notification.objects.exists()


def test_what_was_seen_is_done_and_whoever_it_concerns_is_told():
    assert confirmed(first_shown()).status_code == 302
    assert days_of(BOARD)["SH-AGENDA"] == "2009-09-30"
    assert set(Notification.objects.values_list("user__persona", flat=True)) == {"office", "presenter"}
    told = Notification.objects.get(user=person("presenter"))
    assert told.text == (
        "Määräaikasi ovat siirtyneet:\n"
        "Esittelijä hyväksyy raportin ja päätösehdotuksen seutuhallitukselle: 22.9.2009 → ti 29.9.2009"
        " (Seutuhallitus 7.10.2009)"
    )
    assert told.address == deadline("SH-APPROVAL").get_absolute_url()


def test_people_are_told_in_their_own_language():
    presenter = person("presenter")
    presenter.language = "sv"
    presenter.save(update_fields=["language"])
    confirmed(first_shown())
    text = Notification.objects.get(user=presenter).text
    assert text.startswith("Dina tidsfrister har flyttats:\nFöredraganden godkänner")


def test_another_day_than_the_one_that_was_seen_is_shown_anew():
    shown = first_shown()
    again = confirmed(shown, typed=MOVED | {"held_on": "14.10.2009"})
    assert again.status_code == 200
    assert again.context["moving"].moves[0].after.isoformat() == "2009-10-05"
    assert the_meeting(BOARD).held_on.isoformat() == "2009-09-30"


def test_a_meeting_without_open_deadlines_moves_at_once():
    moved = first_shown(address="/ako/meetings/KOK-SH-2009-09/edit/", typed=MOVED | {"number": "9/2009"})
    assert moved.status_code == 302


def test_another_place_moves_nothing_and_asks_nothing():
    saved = first_shown(typed=MOVED | {"held_on": "30.9.2009", "place": "Valtuustosali"})
    assert saved.status_code == 302
    assert not Notification.objects.exists()


def test_a_groups_chair_is_told_and_whoever_stands_in_for_the_chair():
    Substitute.objects.create(
        absent=person("chair-mr"), substitute=person("member-mr"), starts_on="2009-09-01", until="2009-09-30"
    )
    address, typed = f"/ako/meetings/{GROUP}/edit/", MOVED | {"held_on": "11.9.2009", "number": "4/2009"}
    shown = first_shown("coordinator-mr", address, typed)
    assert confirmed(shown, "coordinator-mr", address, typed).status_code == 302
    told = set(Notification.objects.values_list("user__persona", flat=True))
    assert told == {"chair-mr", "member-mr"}


def told_of_moves() -> set[str]:
    return set(Notification.objects.filter(topic="deadlines_moved").values_list("user__persona", flat=True))


def test_people_are_told_when_a_rounds_dates_move_their_deadlines():
    move(GROUP, "2009-09-23")
    assert told_of_moves() == set()
    dates = {"opens_at": "1.9.2009 0.00", "closes_at": "18.9.2009 16.00", "ledger_cut_off": "31.8.2009"}
    assert client_of("office").post("/ako/settings/rounds/2009-T2/", dates).status_code == 302
    assert days_of(GROUP)["GROUP-TEXT"] == "2009-09-18"
    assert {"coordinator-mr", "chair-mr"} <= told_of_moves()
    assert "office" not in told_of_moves()


def test_people_are_told_when_a_body_that_ends_moves_their_deadlines():
    board = Body.objects.get(programme=ako(), code="BODY-SH")
    other = Body.objects.create(
        programme=ako(),
        code="BODY-UUSI",
        name_fi="Uusi hallitus",
        audience=board.audience,
        valid_from="2009-09-01",
        numbering=board.numbering,
        document=board.document,
    )
    calling.call_meeting(
        Body.objects.get(pk=other.pk), values={"held_on": datetime.date(2009, 10, 14), "number": ""}
    )
    ended = client_of("office").post("/ako/settings/bodies/BODY-SH/", {"valid_until": "29.9.2009"})
    assert ended.status_code == 302
    assert deadline("SH-AGENDA").meeting.body == other
    assert {"presenter", "secretary"} <= told_of_moves()
