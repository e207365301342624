"""Who sat in a meeting, by name: entered with the minutes, as many as were present; or left unsaid."""

import datetime

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from programme.meetings.attendance import mark_of
from programme.models import Attendance, Body, BodySeat, Meeting, Municipality
from tests.factories import make_meeting, make_person
from tests.personas import client_of, make_browser, person
from workgroups.seats import seats_on

pytestmark = pytest.mark.django_db

HELD = datetime.date(2009, 9, 2)
MEETING = "/ako/meetings/KOK-SH-2009-77/"
MINUTES = f"{MEETING}minutes/"
KANGASALA, YLOJARVI = "KUN-211", "KUN-980"


def seat(name, *, position="member", municipality=KANGASALA, **fields):
    made = {
        "body": Body.objects.get(code="BODY-SH"),
        "user": make_person(name) if name else None,
        "municipality": Municipality.objects.get(code=municipality),
        "position": position,
        "starts_on": datetime.date(2009, 1, 1),
    }
    return BodySeat.objects.create(**(made | fields))


@pytest.fixture
def board():
    BodySeat.objects.filter(body__code="BODY-SH").exclude(user=person("elected")).delete()
    make_meeting("KOK-SH-2009-77", held_on=HELD, seats=4)
    return {
        "anna": seat("Anna Aho", position="chair"),
        "beda": seat("Beda Broo", position="deputy"),
        "cecilia": seat("Cecilia Dal", position="deputy", municipality=YLOJARVI),
        "nobody": seat(None, municipality=YLOJARVI),
    }


def typed(client=None, **choices):
    """Return the minutes' form as its page shows it, with these choices made; `anna="absent"`."""
    form = (client or client_of("secretary")).get(MINUTES).context["form"]
    sent = {"present": form.present["present"].value() or ""}
    sent["present_seen"] = form.present["present_seen"].value() or ""
    for part in form.attendance.forms:
        sent |= {part.add_prefix(name): part[name].value() or "" for name in part.fields}
    return sent | choices


def of(seat, who, name=""):
    return {f"seat-{seat.pk}-who": who, f"seat-{seat.pk}-name": name}


def own():
    return BodySeat.objects.get(user=person("elected"))


def told():
    return [(row.presence, row.name) for row in Attendance.objects.filter(meeting__code="KOK-SH-2009-77")]


def present():
    return Meeting.objects.get(code="KOK-SH-2009-77").present


# --- Seats of the day ------------------------------------------------------------------------------------


def test_the_seats_are_those_of_the_meetings_day_chair_first_each_with_its_deputies(board):
    seat("Entinen", until=datetime.date(2009, 9, 1))
    seat("Tuleva", starts_on=datetime.date(2009, 9, 3))
    seats = seats_on(Body.objects.get(code="BODY-SH"), HELD)
    assert [(str(one.holder or ""), [str(deputy) for deputy in one.deputies]) for one in seats] == [
        ("Anna Aho", ["Beda Broo"]),
        (person("elected").name, []),
        ("", ["Cecilia Dal"]),
    ]


def test_a_groups_seats_are_its_members(board):
    seats = seats_on(Body.objects.get(code="BODY-WG-MR"), HELD)
    assert person("chair-mr") in [one.holder for one in seats]
    assert person("coordinator-mr") not in [one.holder for one in seats]


# --- Entered ---------------------------------------------------------------------------------------------


def test_the_keeper_enters_members_deputies_and_absent_ones_and_they_are_counted(board):
    beda = board["beda"].user
    sent = typed(
        **of(board["anna"], f"deputy-{beda.pk}"),
        **of(board["nobody"], "member", "Daniel Ek"),
        **of(own(), "absent"),
        others="Eeva Falk\n",
        chaired_by="Daniel Ek",
        kept_by="Seutusihteeri",
    )
    assert client_of("secretary").post(MINUTES, sent)["Location"] == MEETING
    assert told() == [
        ("deputy", "Beda Broo"),
        ("absent", ""),
        ("member", "Daniel Ek"),
        ("member", "Eeva Falk"),
    ]
    assert present() == 3
    page = client_of("elected").get(MEETING).text
    for words in ("Beda Broo", "Anna Aho", "Daniel Ek", "Eeva Falk", "Kokouksen puheenjohtaja"):
        assert words in page


def test_the_form_opens_as_it_was_left_and_saving_it_again_changes_nothing(board):
    first = typed(**of(board["anna"], "holder"), **of(board["nobody"], "deputy", "Daniel Ek"))
    client_of("secretary").post(MINUTES, first)
    rows = list(Attendance.objects.values_list("pk", flat=True))
    again = typed()
    assert (again[f"seat-{board['anna'].pk}-who"], again[f"seat-{board['nobody'].pk}-name"]) == (
        "holder",
        "Daniel Ek",
    )
    assert client_of("secretary").post(MINUTES, again).status_code == 302
    assert list(Attendance.objects.values_list("pk", flat=True)) == rows


def test_seats_of_which_nothing_is_entered_stay_unsaid(board):
    client_of("secretary").post(MINUTES, typed(**of(board["anna"], "holder")))
    assert told() == [("member", "Anna Aho")]
    sitting = client_of("secretary").get(MEETING).context["work"].sitting
    assert sitting.untold == 3
    assert "3 paikasta ei ole kirjattu" in client_of("secretary").get(MEETING).text


def test_a_count_alone_stays_a_count(board):
    client_of("secretary").post(MINUTES, typed(present="3"))
    assert (told(), present()) == ([], 3)
    page = client_of("secretary").get(MEETING).text
    assert "Nimiä ei ole kirjattu." in page


def test_a_meeting_of_the_sample_has_its_count_and_no_names():
    meeting = Meeting.objects.filter(present__isnull=False).first()
    sitting = client_of("office").get(meeting.get_absolute_url()).context["work"].sitting
    assert (sitting.is_told, meeting.attendance.count()) == (False, 0)


# --- Refused ---------------------------------------------------------------------------------------------


def test_the_names_are_as_many_as_were_present(board):
    sent = typed(present="2", **of(board["anna"], "holder"))
    response = client_of("secretary").post(MINUTES, sent)
    assert (response.status_code, told(), present()) == (422, [], None)
    assert response.context["form"].present.errors["present"]
    assert response.context["form"].attendance.rows[0]["who"].value() == "holder"


def test_one_more_name_counts_one_more_where_the_count_came_from_the_names(board):
    client_of("secretary").post(MINUTES, typed(**of(board["anna"], "holder")))
    client_of("secretary").post(MINUTES, typed(**of(own(), "holder")))
    assert (len(told()), present()) == (2, 2)


def test_there_are_no_more_names_than_seats(board):
    sent = typed(others="A A\nB B\nC C\nD D\nE E")
    assert client_of("secretary").post(MINUTES, sent).status_code == 422
    assert (told(), present()) == ([], None)


@pytest.mark.parametrize(
    ("who", "name", "field"), [("member", "", "name"), ("", "Daniel Ek", "who"), ("absent", "D", "who")]
)
def test_a_name_stands_with_how_its_bearer_was_present(board, who, name, field):
    response = client_of("secretary").post(MINUTES, typed(**of(board["nobody"], who, name)))
    assert response.status_code == 422
    assert list(response.context["form"].attendance.rows[2].errors) == [field]


def test_the_chair_of_the_meeting_is_one_of_those_present(board):
    sent = typed(chaired_by="Joku Muu", **of(board["anna"], "holder"))
    response = client_of("secretary").post(MINUTES, sent)
    assert (response.status_code, told()) == (422, [])
    assert "chaired_by" in response.context["form"].attendance.sitting.errors


def test_what_somebody_else_entered_meanwhile_is_not_written_over(board):
    mine = typed(**of(board["anna"], "absent"))
    client_of("secretary").post(MINUTES, typed(**of(board["anna"], "holder")))
    assert client_of("secretary").post(MINUTES, mine).status_code == 422
    assert told() == [("member", "Anna Aho")]


def test_who_is_present_has_a_name_in_the_database_too(board):
    meeting = Meeting.objects.get(code="KOK-SH-2009-77")
    with pytest.raises(IntegrityError, match="who_is_present_has_a_name"), transaction.atomic():
        Attendance.objects.create(meeting=meeting, order=1, presence="member")


def test_nobody_sits_in_two_seats_and_the_rows_are_named(board):
    other = seat("Fanny Falk", municipality=KANGASALA)
    beda = board["beda"].user
    sent = typed(**of(board["anna"], f"deputy-{beda.pk}"), **of(other, f"deputy-{beda.pk}"))
    response = client_of("secretary").post(MINUTES, sent)
    assert (response.status_code, told(), present()) == (422, [], None)
    [sentence] = response.context["refused"]
    for words in ("Beda Broo", "Puheenjohtaja, Kangasala, Anna Aho", "Jäsen, Kangasala, Fanny Falk"):
        assert words in sentence


def test_two_people_may_bear_the_same_name(board):
    sent = typed(**of(board["anna"], "holder"), others="Anna Aho")
    assert client_of("secretary").post(MINUTES, sent).status_code == 302
    assert present() == 2


# --- Left alone ------------------------------------------------------------------------------------------


def rows():
    return list(Attendance.objects.order_by("order").values_list("pk", "seat", "presence", "name", "holder"))


def test_saving_in_another_language_rewrites_nothing(board):
    Municipality.objects.filter(code=KANGASALA).update(name_sv="Ö")
    Municipality.objects.filter(code=YLOJARVI).update(name_sv="A")
    first = seat("Fanny Falk", municipality=KANGASALA)
    client_of("secretary").post(MINUTES, typed(**of(first, "holder"), **of(board["nobody"], "absent")))
    before = rows()
    swedish = client_of("secretary")
    swedish.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    assert swedish.post(MINUTES, typed(swedish)).status_code == 302
    assert rows() == before


def test_the_mark_does_not_depend_on_the_order_of_the_rows(board):
    sent = typed(**of(board["anna"], "holder"), **of(board["nobody"], "absent"))
    client_of("secretary").post(MINUTES, sent)
    meeting = Meeting.objects.get(code="KOK-SH-2009-77")
    before = mark_of(meeting)
    meeting.attendance.filter(order=1).update(order=9)
    assert mark_of(Meeting.objects.get(pk=meeting.pk)) == before


def test_what_stands_of_a_seat_that_is_gone_stays_when_something_else_is_entered(board):
    sent = typed(**of(board["anna"], "absent"), **of(board["nobody"], "member", "Daniel Ek"))
    client_of("secretary").post(MINUTES, sent)
    kept = [row[1:] for row in rows()]
    BodySeat.objects.filter(pk__in=[board["anna"].pk, board["nobody"].pk]).delete()
    again = typed()
    assert (client_of("secretary").post(MINUTES, again).status_code, [row[1:] for row in rows()]) == (
        302,
        kept,
    )
    page = client_of("secretary").get(MINUTES)
    assert "Daniel Ek" in page.text
    assert page.context["form"].attendance.sitting["others"].value() == ""
    client_of("secretary").post(MINUTES, typed(**of(own(), "holder")))
    assert {row[1:] for row in rows()} >= set(kept)
    assert len(rows()) == 3


def test_a_seat_that_came_after_the_page_was_opened_keeps_what_stands_of_it(board):
    client_of("secretary").post(MINUTES, typed(**of(board["anna"], "holder")))
    sent = typed(**of(own(), "holder"))
    unasked = {
        name: value for name, value in sent.items() if not name.startswith(f"seat-{board['anna'].pk}-")
    }
    assert client_of("secretary").post(MINUTES, unasked).status_code == 302
    assert sorted(told()) == [("member", "Anna Aho"), ("member", person("elected").name)]


def test_what_was_entered_of_a_seat_keeps_its_holder_when_another_seat_is_entered(board):
    client_of("secretary").post(MINUTES, typed(**of(board["anna"], "absent")))
    board["anna"].user.delete()
    BodySeat.objects.create(
        pk=board["anna"].pk,
        body=Body.objects.get(code="BODY-SH"),
        municipality=Municipality.objects.get(code=KANGASALA),
        position="chair",
        starts_on=datetime.date(2009, 1, 1),
    )
    client_of("secretary").post(MINUTES, typed(**of(own(), "holder")))
    assert Attendance.objects.get(presence="absent").holder == "Anna Aho"


# --- Who sees it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("persona", "sees"), [("elected", True), ("chair-hp", True), ("municipal", False)])
def test_names_are_read_by_the_bodys_people_and_who_reads_its_work(board, persona, sees):
    client_of("secretary").post(MINUTES, typed(**of(board["anna"], "holder")))
    assert ("Anna Aho" in client_of(persona).get(MEETING).text) is sees


def test_the_public_reads_how_many_were_present_and_no_names(board):
    client_of("secretary").post(MINUTES, typed(**of(board["anna"], "holder")))
    page = make_browser().get(MEETING).text
    assert ("Anna Aho" in page, "1/4 paikasta" in page) == (False, True)


def test_what_was_entered_stays_when_the_person_is_gone(board):
    client_of("secretary").post(MINUTES, typed(**of(board["anna"], "holder")))
    board["anna"].user.delete()
    assert told() == [("member", "Anna Aho")]
