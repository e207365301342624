"""A form that was opened before another amendment was accepted proposes only what its writer typed."""

import datetime
import json

import pytest

from tests.factories import make_amendment, make_meeting, the_action, the_target
from tests.personas import client_of, person
from workgroups.amendments import deciding, lines
from workgroups.models import Amendment
from workgroups.work_programmes import cells

pytestmark = pytest.mark.django_db

ACTION, TARGET = "TP-2009-MR-06", "VT-2009-MR-2"
AMEND = f"/ako/actions/{ACTION}/amend/"


def opened(**typed):
    """Return the form of the action as a browser sends it, opened as the action stands now."""
    page = client_of("coordinator-mr").get(AMEND)
    standing = cells.cells_of(the_action(ACTION))
    assert json.loads(page.context["base"]) == standing
    assert 'name="base"' in page.text
    sent = {name: value for name, value in cells.for_form(standing).items() if value}
    return sent | {"base": page.context["base"], "amendment_reason": "Kunnat pyysivät."} | typed


def accept(line, **changed):
    """Let another amendment of the line be accepted meanwhile."""
    amendment = make_amendment(line, by="office", **changed)
    body, who = ("BODY-SH", "secretary") if amendment.decider == "board" else ("BODY-WG-MR", "chair-mr")
    deciding.decide_amendment(
        amendment,
        actor=person(who),
        accepted=True,
        meeting=make_meeting("KOK-80", body=body, held_on=datetime.date(2009, 9, 9)),
        number=5,
        text="Hyväksyttiin.",
    )


def proposed():
    return {change["cell"]: change["new"] for change in Amendment.objects.get(state="proposed").changes}


def send(form):
    return client_of("coordinator-mr").post(AMEND, form)


def test_what_was_accepted_meanwhile_is_not_proposed_to_be_undone():
    form = opened(planned_euros="12 345")
    accept(the_action(ACTION), text="Uusi sanamuoto.")
    assert send(form).status_code == 302
    assert proposed() == {"planned_euros": "12345.00"}
    assert the_action(ACTION).text == "Uusi sanamuoto."


def test_the_same_cell_answers_with_both_texts_and_keeps_the_rest():
    form = opened(text="Omat sanat.", output="Oma tuotos", amendment_reason="Oma syy.")
    accept(the_action(ACTION), text="Uusi sanamuoto.", participants="kunnat")
    answer = send(form)
    assert answer.status_code == 409
    assert [(str(label), mine, stands) for label, mine, stands in answer.context["differing"]] == [
        ("Toimi", "Omat sanat.", "Uusi sanamuoto.")
    ]
    assert not Amendment.objects.filter(state="proposed").exists()
    shown = answer.context["form"]
    assert (shown["text"].value(), shown["output"].value(), shown["participants"].value()) == (
        "Omat sanat.",
        "Oma tuotos",
        "kunnat",
    )
    assert "Oma syy." in answer.text
    # Sent again it builds on what stands: now its writer has seen it.
    again = {name: shown[name].value() for name in shown.fields if shown[name].value()}
    again |= {"base": answer.context["base"], "amendment_reason": "Oma syy."}
    assert send(again).status_code == 302
    assert proposed() == {"text": "Omat sanat.", "output": "Oma tuotos"}


def test_months_of_two_amendments_that_contradict_are_told():
    form = opened(end_month="3")
    accept(the_action(ACTION), start_month="5", end_month="12")
    conflicting = send(form)
    assert conflicting.status_code in (409, 422)
    assert not Amendment.objects.filter(state="proposed").exists()


def test_a_form_with_a_fault_still_knows_what_its_writer_saw():
    form = opened(planned_euros="paljon")
    accept(the_action(ACTION), text="Uusi sanamuoto.")
    answer = send(form)
    assert (answer.status_code, answer.context["base"]) == (422, form["base"])
    assert send(form | {"planned_euros": "12 345"}).status_code == 302
    assert proposed() == {"planned_euros": "12345.00"}


def test_nothing_typed_is_nothing_proposed_whatever_was_accepted_meanwhile():
    form = opened()
    accept(the_action(ACTION), text="Uusi sanamuoto.")
    assert send(form).status_code == 422
    assert not Amendment.objects.filter(state="proposed").exists()


def test_a_target_is_merged_alike():
    page = client_of("coordinator-mr").get(f"/ako/targets/{TARGET}/amend/")
    standing = lines.cells_of(the_target(TARGET))
    form = {name: value for name, value in lines.sent_as(the_target(TARGET), standing).items() if value} | {
        "base": page.context["base"],
        "amendment_reason": "Syy.",
        "indicator_fi": "Uusi mittari",
    }
    accept(the_target(TARGET), name_fi="Uusi sanamuoto.")
    answer = client_of("coordinator-mr").post(f"/ako/targets/{TARGET}/amend/", form)
    assert answer.status_code == 302
    assert proposed() == {"indicator_fi": "Uusi mittari"}
    assert the_target(TARGET).name_fi == "Uusi sanamuoto."


def test_a_form_that_brings_no_cells_is_not_taken():
    assert send(opened() | {"base": "[]"}).status_code == 400
