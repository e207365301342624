"""Meeting mode: the round on the projector, typed by one and accepted by another, both names kept."""

from decimal import Decimal

import pytest

from tests.factories import make_follow_up, the_period, the_target
from tests.personas import client_of
from workgroups.models import FollowUp, FollowUpDraft

pytestmark = pytest.mark.django_db

PAGE = "/ako/workgroups/WG-MR/meeting/2009-T2/"
CODE = "VT-2009-MR-2"
FORM = f"/ako/targets/{CODE}/follow-up/2009-T2/"
HERE = f"{PAGE}?line={CODE}"


def test_it_begins_at_the_first_line_that_waits():
    first = client_of("coordinator-mr").get(PAGE).context["here"].line
    make_follow_up(first)
    page = client_of("coordinator-mr").get(PAGE)
    assert page.context["here"].line != first
    assert (page.context["number"], page.context["total"]) == (2, 11)
    assert page.context["previous"].line == first


def test_one_types_and_the_chair_accepts_and_both_names_are_kept():
    typed = {"status": "on_track", "text": "Luonnos on lausunnolla.", "version": "0"}
    response = client_of("coordinator-mr").post(f"{FORM}?to=meeting", typed)
    assert (response.status_code, response["Location"]) == (302, HERE)
    writer, chair = client_of("coordinator-mr").get(HERE), client_of("chair-mr").get(HERE)
    assert (writer.context["may_accept"], chair.context["may_accept"]) == (False, True)
    assert 'hx-trigger="every 3s"' in writer.content.decode()
    assert "hx-trigger" not in chair.content.decode()

    response = client_of("chair-mr").post(f"{FORM}accept/?to=meeting", {"version": "1"})
    assert response["Location"] == HERE
    said = FollowUp.objects.get(target=the_target(CODE), period=the_period())
    assert (said.submitted_by.persona, said.accepted_by.persona) == ("coordinator-mr", "chair-mr")
    page = client_of("coordinator-mr").get(HERE).content.decode()
    assert "Koordinaattori, rakenne" in page
    assert "työryhmän puheenjohtaja" in page


def test_the_state_asks_for_itself():
    part = client_of("coordinator-mr").get(HERE, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<section")
    assert "<html" not in part


def test_it_is_returned_in_the_meeting_too():
    make_follow_up(the_target(CODE), state="submitted")
    response = client_of("chair-mr").post(
        f"{FORM}return/?to=meeting", {"reason": "Lisää mittari.", "version": "1"}
    )
    assert response["Location"] == HERE
    page = client_of("coordinator-mr").get(HERE)
    assert page.context["form"] is not None


def test_what_is_wrong_keeps_its_text():
    response = client_of("coordinator-mr").post(
        f"{FORM}?to=meeting", {"status": "delayed", "text": "Odottaa.", "version": "0"}
    )
    assert response.status_code == 422
    assert "Odottaa." in response.content.decode()


FULLER = {
    "effect": "Kaavoitus odottaa.",
    "decision_needed": "Seutuhallitus päättää rajauksesta.",
    "forecast": "12000",
}


def test_what_its_form_does_not_have_stays_as_it_stands():
    fuller = FULLER | {"status": "on_track", "text": "Etenee.", "version": "0"}
    client_of("coordinator-mr").post(FORM, fuller)
    fewer = {"status": "on_track", "text": "Etenee hyvin.", "version": "1"}
    client_of("coordinator-mr").post(f"{FORM}?to=meeting", fewer)
    said = FollowUp.objects.get(target=the_target(CODE), period=the_period())
    assert (said.text, said.version) == ("Etenee hyvin.", 2)
    assert (said.effect, said.decision_needed, said.forecast) == (
        FULLER["effect"],
        FULLER["decision_needed"],
        Decimal(12000),
    )


def test_what_stood_in_the_draft_is_submitted_with_it():
    client = client_of("coordinator-mr")
    client.post(f"{FORM}draft/", FULLER | {"version": "0"})
    drafted = client.get(HERE).context["form"]["drafted"].value()
    fewer = {"status": "on_track", "text": "Etenee.", "version": "0", "drafted": drafted}
    client.post(f"{FORM}?to=meeting", fewer)
    said = FollowUp.objects.get(target=the_target(CODE), period=the_period())
    assert (said.effect, said.forecast) == (FULLER["effect"], Decimal(12000))
    assert not FollowUpDraft.objects.exists()


def test_what_is_refused_there_keeps_the_rest_too():
    client_of("coordinator-mr").post(FORM, FULLER | {"status": "on_track", "text": "Etenee.", "version": "0"})
    wrong = {"status": "delayed", "text": "Odottaa.", "version": "1"}
    page = client_of("coordinator-mr").post(f"{FORM}?to=meeting", wrong)
    assert page.status_code == 422
    assert page.context["form"]["effect"].value() == FULLER["effect"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("member-mr", 403), ("coordinator-hp", 403), ("office", 403), ("elected", 404), ("chair-mr", 200)],
)
def test_the_coordinator_and_the_chair_run_it(who, status):
    assert client_of(who).get(PAGE).status_code == status


@pytest.mark.parametrize("query", ["?line=VT-2009-HP-1", "?line=NONE"])
def test_a_line_of_another_group_is_not_in_the_round(query):
    assert client_of("coordinator-mr").get(f"{PAGE}{query}").status_code == 404
