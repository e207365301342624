"""Who decides an amendment and why, whom it waits for, and what was decided: all of it on its page."""

import datetime

import pytest

from programme.models import Decision, Matter, Substitute
from tests.factories import make_amendment, make_meeting, make_membership, make_person, the_action, the_target
from tests.personas import client_of, person
from workgroups.amendments import deciding
from workgroups.amendments.deciders import why_decides
from workgroups.amendments.waiting import those_who_may_decide
from workgroups.models import Amendment

pytestmark = pytest.mark.django_db

TARGET, ACTION, BINDING = "VT-2009-MR-2", "TP-2009-MR-06", "VT-2009-MR-1"
TODAY = datetime.date(2009, 9, 9)


def page_of(amendment: Amendment, who: str = "coordinator-mr") -> str:
    return client_of(who).get(amendment.get_absolute_url()).text.replace("\u00ad", "")


def decide(who: str, amendment: Amendment, **given: str):
    address = amendment.address("workgroups:amendment-decide")
    return client_of(who).post(address, {"outcome": "accepted"} | given)


# --- Whom it waits for -------------------------------------------------------------------------------------


def test_a_chairs_own_proposal_says_that_nobody_may_decide_it_and_whom_to_ask():
    amendment = make_amendment(the_target(TARGET), by="chair-mr")
    assert those_who_may_decide(amendment) == []
    for who in ("chair-mr", "coordinator-mr"):
        assert "pyydä ohjelmatoimistoa nimeämään varapuheenjohtaja" in page_of(amendment, who)


def test_a_vice_chair_decides_what_the_chair_proposes():
    deputy = make_person("Vilma Varapuheenjohtaja")
    make_membership(role="vice_chair", user=deputy)
    amendment = make_amendment(the_target(TARGET), by="chair-mr")
    assert those_who_may_decide(amendment) == [deputy]
    assert "Odottaa päätöstä: Vilma Varapuheenjohtaja" in page_of(amendment, "chair-mr")
    assert "Omasta esityksestään ei kukaan päätä." in page_of(amendment, "chair-mr")
    assert "Omasta esityksestään ei kukaan päätä." not in page_of(amendment, "coordinator-mr")


def test_a_substitute_of_the_chair_decides_what_a_coordinator_proposes():
    substitute = make_person("Sanna Sijainen")
    Substitute.objects.create(absent=person("chair-mr"), substitute=substitute, starts_on=TODAY, until=TODAY)
    amendment = make_amendment(the_target(TARGET))
    assert set(those_who_may_decide(amendment)) == {person("chair-mr"), substitute}


def test_a_bodys_decision_waits_for_who_enters_it():
    amendment = make_amendment(the_action(ACTION), planned_euros="12345.00")
    assert those_who_may_decide(amendment) == [person("secretary")]
    assert f"Toimielimen päätöksen kirjaa: {person('secretary')}" in page_of(amendment)
    accounts = make_amendment(the_action("TP-2009-MR-05"), funding_source="RL-MUU")
    assert those_who_may_decide(accounts) == [person("presenter")]


# --- Why it decides ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "cells", "why"),
    [
        (BINDING, {"name_sv": "Nytt."}, "koska tavoite on sitova"),
        (TARGET, {"binding": "yes"}, "koska tavoitteen sitovuus muuttuu"),
        (ACTION, {"planned_euros": "12345.00"}, "koska eurot tai niiden kustannuspaikka muuttuvat"),
        (
            TARGET,
            {"due_on": "2009-11-30"},
            "koska tavoiteltu muuttuu: arvo, lähtötaso, suunta tai määräpäivä",
        ),
        (ACTION, {"funding_source": "RL-MUU"}, "koska vain rahoituslähde muuttuu"),
        (TARGET, {"name_fi": "Uusi."}, "koska eurot ja tavoitearvot eivät muutu eikä rivi ole sitova"),
    ],
)
def test_the_page_says_why_just_this_body_decides(code, cells, why):
    line = the_target(code) if code.startswith("VT") else the_action(code)
    assert why in page_of(make_amendment(line, **cells))


def test_an_action_added_or_removed_says_so_too():
    amendment = deciding.propose_removal(
        the_action(ACTION), actor=person("coordinator-mr"), reason="Rahoitus ei riitä."
    )
    expected = "koska toimella on euroja" if amendment.decider == "board" else "koska toimi ei maksa mitään"
    assert str(why_decides(amendment)) == expected


# --- What was decided --------------------------------------------------------------------------------------


def test_the_page_tells_the_item_and_the_words_of_the_decision():
    amendment = make_amendment(the_target(TARGET))
    meeting = make_meeting("KOK-90", body="BODY-WG-MR", held_on=TODAY)
    decide("chair-mr", amendment, meeting=meeting.code, number="4", text="Hyväksyttiin yksimielisesti.")
    page = page_of(amendment)
    assert "asiakohta 4" in page
    assert "Hyväksyttiin yksimielisesti." in page
    listed = client_of("coordinator-mr").get("/ako/amendments/").text.replace("\u00ad", "")
    assert "Maankäyttö- ja rakennetyöryhmä 9.9.2009" in listed
    assert "asiakohta 4" in listed


def test_the_list_tells_when_each_was_proposed_and_decided():
    amendment = make_amendment(the_action(ACTION), funding_source="RL-MUU")
    assert "ehdotettu 9.9.2009" in client_of("coordinator-mr").get("/ako/amendments/").text
    decide("presenter", amendment)
    assert "hyväksytty 9.9.2009" in client_of("coordinator-mr").get("/ako/amendments/").text


def test_the_presenting_officer_rejects_with_a_reason_that_its_proposer_reads():
    amendment = make_amendment(the_action(ACTION), funding_source="RL-MUU")
    refused = decide("presenter", amendment, outcome="rejected", text=" ")
    assert (refused.status_code, list(refused.context["decision_form"].errors)) == (422, ["text"])
    amendment.refresh_from_db()
    assert amendment.state == "proposed"
    decide("presenter", amendment, outcome="rejected", text="Lähteestä on sovittu toisin.")
    amendment.refresh_from_db()
    assert (amendment.state, amendment.decided_because) == ("rejected", "Lähteestä on sovittu toisin.")
    assert "Lähteestä on sovittu toisin." in page_of(amendment)


def test_a_decision_without_words_is_not_quoted_empty():
    amendment = make_amendment(the_target(TARGET))
    meeting = make_meeting("KOK-90", body="BODY-WG-MR", held_on=TODAY)
    matter = Matter.objects.create(meeting=meeting, item=6, title="Tavoitteet")
    Decision.objects.create(matter=matter, text="")
    asked = decide("chair-mr", amendment, meeting=meeting.code, number="6", text="Hyväksyttiin.")
    [error] = asked.context["decision_form"].errors["this_matter"]
    assert "sanamuotoa ei tiedetä" in error
    assert "””" not in error


def test_without_a_meeting_the_decision_is_not_asked_for():
    amendment = make_amendment(the_action(ACTION), planned_euros="12345.00")
    page = page_of(amendment, "secretary")
    assert "Päätös kirjataan tähän, kun kokous on pidetty." in page
    assert "Kirjaa päätös" not in page
    make_meeting("KOK-90", held_on=TODAY)
    assert "Kirjaa päätös" in page_of(amendment, "secretary")


# --- The form ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["amend/", "amend/remove/"])
def test_where_one_waits_the_way_leads_to_it_and_not_to_a_form(form):
    amendment = make_amendment(the_action(ACTION))
    answer = client_of("coordinator-mr").get(f"/ako/actions/{ACTION}/{form}", follow=True)
    assert answer.redirect_chain == [(amendment.get_absolute_url(), 302)]
    [message] = answer.context["messages"]
    assert amendment.code in str(message)


def test_the_form_names_its_line_group_and_year_and_asks_for_no_optional_action():
    page = client_of("coordinator-mr").get(f"/ako/actions/{ACTION}/amend/").text.replace("\u00ad", "")
    action = the_action(ACTION)
    assert f"{action.text}</span></p>" in page
    assert "Maankäyttö- ja rakennetyöryhmä · 2009" in page
    assert "rahoituslähteestä esittelijä" in page
    label = page[page.index('for="id_text"') :]
    assert "vapaaehtoinen" not in label[: label.index("</label>")]
