"""Meetings are called, moved and taken back; their matters are numbered as the body numbers them."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from programme.meetings import agenda, calling
from programme.models import Body, Decision, Matter, Meeting
from tests.factories import make_meeting
from tests.personas import client_of, make_browser

pytestmark = pytest.mark.django_db

NEW, PLANNED = "/ako/meetings/new/", "/ako/meetings/KOK-SH-2009-77/"
OCTOBER = datetime.date(2009, 10, 28)


def board() -> Body:
    return Body.objects.get(code="BODY-SH")


def call(**typed) -> Meeting:
    values = {"held_on": OCTOBER, "number": "", "place": "", "starts_at": None, "seats": None} | typed
    return calling.call_meeting(board(), values=values)


# --- Called ---------------------------------------------------------------------------------------------


def test_the_secretary_calls_a_meeting_which_gets_the_next_number_and_a_code_that_stays():
    last = max(
        int(number.split("/")[0])
        for number in board().meetings.of_year(2009).values_list("number", flat=True)
    )
    typed = {
        "body": "BODY-SH",
        "held_on": "28.10.2009",
        "starts_at": "klo 9",
        "place": "Tampere",
        "seats": "13",
    }
    response = client_of("secretary").post(NEW, typed)
    meeting = Meeting.objects.get(held_on=OCTOBER, body__code="BODY-SH", place="Tampere")
    assert response["Location"] == meeting.get_absolute_url()
    assert (meeting.number, meeting.code) == (f"{last + 1}/2009", f"KOK-SH-2009-{last + 1:02}")
    assert (meeting.starts_at, meeting.seats) == (datetime.time(9), 13)
    assert meeting.get_absolute_url() in make_browser().get("/ako/bodies/BODY-SH/").content.decode()


def test_the_form_begins_as_the_bodys_last_meeting():
    make_meeting(
        "KOK-SH-2009-77",
        held_on=datetime.date(2009, 12, 30),
        starts_at=datetime.time(8, 15),
        place="Nokia",
        seats=13,
    )
    form = client_of("secretary").get(f"{NEW}?body=BODY-SH").context["form"]
    shown = [form[name].value() for name in ("starts_at", "place", "seats")]
    assert shown == ["8.15", "Nokia", 13]


def test_a_coordinator_calls_the_own_group_alone():
    client = client_of("coordinator-mr")
    offered = client.get(NEW).context["form"].fields["body"].queryset
    assert [body.code for body in offered] == ["BODY-WG-MR"]
    refused = client.post(NEW, {"body": "BODY-SH", "held_on": "28.10.2009"})
    assert (refused.status_code, "body" in refused.context["form"].errors) == (422, True)


def test_a_number_that_is_taken_is_told_at_its_field_and_nothing_is_saved():
    call(number="77/2009")
    response = client_of("secretary").post(
        NEW, {"body": "BODY-SH", "held_on": "29.10.2009", "number": "77/2009", "place": "Lempäälä"}
    )
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, ["number"])
    assert form["place"].value() == "Lempäälä"
    assert not Meeting.objects.filter(place="Lempäälä").exists()


def test_a_body_meets_while_it_is_in_force():
    Body.objects.filter(code="BODY-SH").update(valid_until=datetime.date(2009, 9, 30))
    with pytest.raises(ValidationError) as refused:
        call()
    assert list(refused.value.message_dict) == ["held_on"]


def test_two_meetings_with_one_number_in_different_years_have_codes_of_their_own():
    assert call(held_on=datetime.date(2010, 1, 27)).code == "KOK-SH-2010-01"
    taken = call(held_on=datetime.date(2010, 2, 24), number="1b/2010")
    assert taken.code == "KOK-SH-2010-1b"


# --- Moved and taken back -------------------------------------------------------------------------------


def test_a_planned_meeting_moves_and_keeps_its_address():
    meeting = make_meeting("KOK-SH-2009-77", number="77/2009")
    page = client_of("secretary").get(f"{PLANNED}edit/")
    typed = {"base": page.context["form"]["base"].value(), "held_on": "7.10.2009", "number": "77/2009"}
    response = client_of("secretary").post(f"{PLANNED}edit/", typed)
    meeting.refresh_from_db()
    assert (response["Location"], meeting.held_on) == (PLANNED, datetime.date(2009, 10, 7))


def test_two_who_move_a_meeting_at_once_see_both_days():
    make_meeting("KOK-SH-2009-77", number="77/2009")
    base = client_of("secretary").get(f"{PLANNED}edit/").context["form"]["base"].value()
    client_of("office").post(f"{PLANNED}edit/", {"base": base, "held_on": "7.10.2009", "number": "77/2009"})
    response = client_of("secretary").post(
        f"{PLANNED}edit/", {"base": base, "held_on": "14.10.2009", "number": "77/2009"}
    )
    assert response.status_code == 409
    assert "7.10.2009" in response.content.decode()
    assert "14.10.2009" in response.content.decode()


def test_the_day_of_a_meeting_that_has_decided_stays():
    meeting = make_meeting("KOK-SH-2009-77", held_on=datetime.date(2009, 9, 2), number="77/2009")
    Decision.objects.create(
        matter=Matter.objects.create(meeting=meeting, section=900, title="Asia"), text="Näin."
    )
    response = client_of("secretary").post(f"{PLANNED}edit/", {"held_on": "3.9.2009", "number": "77/2009"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["held_on"])


def test_matters_that_are_numbered_by_the_year_keep_their_meeting_in_it():
    meeting = make_meeting("KOK-SH-2009-77", number="77/2009")
    Matter.objects.create(meeting=meeting, section=900, title="Asia")
    with pytest.raises(ValidationError):
        calling.save_meeting(meeting, values={"held_on": datetime.date(2010, 1, 13)}, base={})


def test_a_meeting_with_matters_is_not_removed():
    meeting = make_meeting("KOK-SH-2009-77")
    Matter.objects.create(meeting=meeting, section=900, title="Asia")
    assert client_of("secretary").post(f"{PLANNED}remove/").status_code == 403
    assert Meeting.objects.filter(code="KOK-SH-2009-77").exists()


# --- The agenda -----------------------------------------------------------------------------------------


def test_matters_are_numbered_on_from_the_last_of_the_year():
    last = Matter.objects.filter(body=board(), year=2009).order_by("-section").first().section
    make_meeting("KOK-SH-2009-77")
    client = client_of("secretary")
    for title in ("Kokouksen avaus", "Osavuosikatsaus"):
        assert client.post(f"{PLANNED}matters/new/", {"title": title}).status_code == 302
    found = Matter.objects.filter(meeting__code="KOK-SH-2009-77").values_list("section", "title")
    assert list(found) == [(last + 1, "Kokouksen avaus"), (last + 2, "Osavuosikatsaus")]


def test_a_group_numbers_its_items_by_the_meeting():
    meeting = make_meeting("KOK-WG-MR-2009-77", body="BODY-WG-MR")
    assert agenda.add_matter(meeting, values={"title": "Avaus", "number": None}).item == 1
    assert agenda.add_matter(meeting, values={"title": "Työohjelma", "number": None}).item == 2


def test_a_section_that_is_taken_is_told_with_the_next_free_one():
    make_meeting("KOK-SH-2009-77")
    response = client_of("secretary").post(f"{PLANNED}matters/new/", {"title": "Asia", "section": "1"})
    errors = response.context["form"].errors
    assert response.status_code == 422
    assert (
        str(agenda.proposed_matter_number(Meeting.objects.get(code="KOK-SH-2009-77"))) in errors["section"][0]
    )


def test_an_agenda_is_seen_by_others_from_its_publishing_on():
    meeting = make_meeting("KOK-SH-2009-77")
    Matter.objects.create(meeting=meeting, section=900, title="Salassa valmisteltu")
    assert "Salassa valmisteltu" not in make_browser().get(PLANNED).content.decode()
    client_of("secretary").post(f"{PLANNED}publish/")
    assert "Salassa valmisteltu" in make_browser().get(PLANNED).content.decode()


def test_an_empty_agenda_is_not_published():
    meeting = make_meeting("KOK-SH-2009-77")
    client_of("secretary").post(f"{PLANNED}publish/")
    meeting.refresh_from_db()
    assert meeting.agenda_published_on is None


def test_a_decided_matter_stays_on_the_agenda():
    meeting = make_meeting("KOK-SH-2009-77", held_on=datetime.date(2009, 9, 2))
    matter = Matter.objects.create(meeting=meeting, section=900, title="Asia")
    Decision.objects.create(matter=matter, text="Näin.")
    client = client_of("secretary")
    assert client.get(f"{PLANNED}matters/900/edit/").status_code == 403
    client.post(f"{PLANNED}matters/900/remove/")
    assert Matter.objects.filter(pk=matter.pk).exists()


def test_the_meetings_page_offers_its_acts_to_those_who_may():
    meeting = make_meeting("KOK-SH-2009-77")
    Matter.objects.create(meeting=meeting, section=900, title="Asia")
    for place in ("edit/", "matters/new/", "matters/900/edit/", "publish/"):
        address = f'"{PLANNED}{place}"'
        assert address in client_of("secretary").get(PLANNED).content.decode()
        assert address not in client_of("coordinator-mr").get(PLANNED).content.decode()
    assert f'"{NEW}"' in client_of("secretary").get("/ako/meetings/").content.decode()
    assert f'"{NEW}"' not in client_of("auditor").get("/ako/meetings/").content.decode()


def test_a_coordinator_draws_up_and_publishes_the_agenda_of_the_own_group():
    make_meeting("KOK-WG-MR-2009-77", body="BODY-WG-MR")
    address, client = "/ako/meetings/KOK-WG-MR-2009-77/", client_of("coordinator-mr")
    client.post(f"{address}matters/new/", {"title": "Työohjelman hyväksyminen"})
    page = client.get(address).content.decode()
    assert "Työohjelman hyväksyminen" in page
    assert f'"{address}publish/"' in page
    assert "Työohjelman hyväksyminen" not in client_of("coordinator-hp").get(address).content.decode()
    client.post(f"{address}publish/")
    assert "Työohjelman hyväksyminen" in make_browser().get(address).content.decode()
