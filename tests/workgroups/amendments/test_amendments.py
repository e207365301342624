"""Amendments: who decides by what changes, what is applied and kept, what is refused and by whom."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from priorities.models import AnnualTarget
from programme.models import Matter, Meeting
from reporting.facts import collect_facts
from tests.factories import back_to_draft, make_meeting, make_report, the_action, the_period, the_target
from tests.personas import client_of, person
from workgroups.amendments import deciding, lines
from workgroups.amendments.deciders import Decider, decider_of
from workgroups.models import Action, Amendment, WorkProgramme
from workgroups.services import group_of

pytestmark = pytest.mark.django_db

TARGET, ACTION, BINDING = "VT-2009-MR-2", "TP-2009-MR-06", "VT-2009-MR-1"
ON_THE_DAY = datetime.date(2009, 9, 9)


def line_of(code):
    return the_target(code) if code.startswith("VT") else the_action(code)


def propose(code=TARGET, *, by="coordinator-mr", reason="Kunnat pyysivät.", **typed):
    """Propose an amendment of a line as a browser does: its form as it stands, and what was typed over it."""
    line = line_of(code)
    sent = {name: value for name, value in posted(line).items() if value not in (None, "")} | typed
    kind = "targets" if code.startswith("VT") else "actions"
    return client_of(by).post(f"/ako/{kind}/{code}/amend/", sent | {"amendment_reason": reason})


def posted(line):
    form = lines.form_of(line)
    return {field.html_name: sent_value(field) for field in form}


def sent_value(field):
    value = field.value()
    if isinstance(value, list):
        return [str(getattr(one, "pk", one)) for one in value]
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, datetime.date):
        return f"{value.day}.{value.month}.{value.year}"
    return "" if value is None else str(value)


def the_amendment():
    return Amendment.objects.get()


def decide(by, **given):
    amendment = the_amendment()
    return client_of(by).post(f"/ako/amendments/{amendment.code}/decide/", {"outcome": "accepted"} | given)


def in_meeting(body="BODY-SH", number=77):
    meeting = make_meeting("KOK-90", body=body, held_on=ON_THE_DAY)
    return {"meeting": meeting.code, "number": str(number), "text": "Hyväksyttiin."}


# --- Who decides ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "cells", "decider"),
    [
        (TARGET, ["name_fi"], Decider.GROUP),
        (TARGET, ["name_fi", "goals", "responsible"], Decider.GROUP),
        (TARGET, ["name_fi", "own_euros"], Decider.BOARD),
        (TARGET, ["target_value"], Decider.BOARD),
        (TARGET, ["due_on", "binding"], Decider.ASSEMBLY),
        (BINDING, ["name_sv"], Decider.ASSEMBLY),
        (ACTION, ["text", "end_month"], Decider.GROUP),
        (ACTION, ["planned_euros"], Decider.BOARD),
        (ACTION, ["funding_source"], Decider.PRESENTING_OFFICER),
        (ACTION, ["funding_source", "output"], Decider.GROUP),
        (ACTION, ["funding_source", "cost_centre"], Decider.BOARD),
        ("TP-2009-KV-01", ["text"], Decider.PRESENTING_OFFICER),
    ],
)
def test_what_changes_says_who_decides(code, cells, decider):
    line = line_of(code)
    assert decider_of(line, cells, group_of(line)) == decider


# --- The way ----------------------------------------------------------------------------------------------


def test_a_group_amends_the_wording_of_its_target():
    assert propose(name_fi="Uusi sanamuoto.").status_code == 302
    amendment = the_amendment()
    assert (amendment.code, amendment.decider, amendment.state) == ("MUU-2009-2", "group", "proposed")
    assert [(change["cell"], change["new"]) for change in amendment.changes] == [
        ("name_fi", "Uusi sanamuoto.")
    ]
    assert the_target(TARGET).name_fi != "Uusi sanamuoto."

    version = the_target(TARGET).version
    assert decide("chair-mr", **in_meeting("BODY-WG-MR", 4)).status_code == 302
    target = the_target(TARGET)
    assert (target.name_fi, target.version) == ("Uusi sanamuoto.", version + 1)
    decision = the_amendment().decision
    assert (decision.matter.item, decision.text) == (4, "Hyväksyttiin.")
    page = client_of("member-mr").get(f"/ako/targets/{TARGET}/").content.decode()
    assert "MUU-2009-2" in page
    assert "<ins>Uusi sanamuoto.</ins>" in page


def test_the_board_decides_euros_and_the_secretary_enters_it():
    propose(ACTION, planned_euros="12 345")
    assert the_amendment().decider == "board"
    assert decide("chair-mr").status_code == 403
    assert decide("secretary", **in_meeting()).status_code == 302
    action = the_action(ACTION)
    assert action.planned_euros == 12345
    before, version = action.work_programme.versions.all()
    assert (before.occasion, version.occasion) == ("standing", "amended")
    assert {row["code"]: row["cells"]["planned_euros"] for row in version.rows}[ACTION] == "12345.00"


def test_an_item_that_is_about_something_else_is_confirmed_before_an_amendment_is_decided_under_it():
    propose(name_fi="Uusi sanamuoto")
    given = in_meeting("BODY-WG-MR", number=6)
    matter = Matter.objects.create(meeting=Meeting.objects.get(code="KOK-90"), item=6, title="Muut asiat")
    asked = decide("chair-mr", **given)
    assert (asked.status_code, list(asked.context["decision_form"].errors)) == (422, ["this_matter"])
    assert "6 Muut asiat" in asked.text
    assert the_amendment().state == "proposed"
    decide("chair-mr", **given, this_matter=str(matter.pk))
    assert (the_amendment().state, the_amendment().decision.matter) == ("accepted", matter)


def test_without_a_meeting_since_the_proposal_the_form_says_so():
    propose(ACTION, planned_euros="12 345")
    page = client_of("secretary").get(the_amendment().get_absolute_url()).text.replace("\u00ad", "")
    assert "Päättävä toimielin ei ole kokoontunut ehdotuksen jälkeen (9.9.2009)." in page


def test_decided_euros_are_not_called_asked_for():
    form = lines.form_of(the_target(TARGET))
    assert str(form.fields["own_euros"].label) == "Eurot"
    propose(own_euros="1200", no_cost="")
    assert {str(lines.label_of(change)) for change in Amendment.objects.get().changes} >= {"Eurot"}
    assert "Pyydetyt eurot" not in client_of("coordinator-mr").get("/ako/targets/VT-2009-MR-2/amend/").text


def test_the_presenting_officer_decides_accounts_without_a_meeting():
    propose(ACTION, funding_source="RL-MUU")
    assert the_amendment().decider == "presenting_officer"
    matters = Matter.objects.count()
    assert decide("presenter").status_code == 302
    amendment = the_amendment()
    assert (amendment.state, amendment.decision, amendment.decided_by.persona) == (
        "accepted",
        None,
        "presenter",
    )
    assert Matter.objects.count() == matters
    assert the_action(ACTION).funding_source.code == "RL-MUU"


def test_what_an_amended_target_serves_changes_too():
    goals = list(the_target(TARGET).goals.all())
    other = [goal for goal in goals[0].priority.goals.all() if goal not in goals][:1]
    propose(goals=[str(goal.pk) for goal in other])
    decide("chair-mr", **in_meeting("BODY-WG-MR", 4))
    assert list(the_target(TARGET).goals.all()) == other


def test_a_rejected_one_changes_nothing_and_stays_readable():
    before = the_target(TARGET).name_fi
    propose(name_fi="Uusi sanamuoto.")
    assert decide("chair-mr", outcome="rejected", **in_meeting("BODY-WG-MR", 4)).status_code == 302
    assert (the_amendment().state, the_target(TARGET).name_fi) == ("rejected", before)
    assert (
        "Uusi sanamuoto." in client_of("coordinator-mr").get("/ako/amendments/MUU-2009-2/").content.decode()
    )


def test_a_withdrawn_one_makes_room_for_the_next():
    propose(name_fi="Ensimmäinen.")
    assert "MUU-2009-2" in propose(name_fi="Toinen.").content.decode()
    client_of("coordinator-mr").post("/ako/amendments/MUU-2009-2/withdraw/")
    assert the_amendment().state == "withdrawn"
    assert propose(name_fi="Toinen.").status_code == 302


def test_a_withdrawn_one_is_not_decided():
    propose(name_fi="Ensimmäinen.")
    client_of("coordinator-mr").post("/ako/amendments/MUU-2009-2/withdraw/")
    before = the_target(TARGET).name_fi
    withdrawn = Amendment.objects.get(state="withdrawn")
    with pytest.raises(ValidationError):
        deciding.decide_amendment(
            withdrawn,
            actor=person("chair-mr"),
            accepted=True,
            meeting=make_meeting("KOK-91", body="BODY-WG-MR", held_on=ON_THE_DAY),
            number=5,
        )
    assert the_target(TARGET).name_fi == before


def test_reports_say_when_and_by_which_section_a_target_changed():
    propose(target_value="3")
    decide("secretary", **in_meeting())
    facts = next(target for target in collect_facts(the_period())["targets"] if target["code"] == TARGET)
    [amended] = facts["amended"]
    assert (amended["code"], amended["decided_on"], amended["section"]) == ("MUU-2009-2", "2009-09-09", 77)
    shown = client_of("office").get("/ako/targets/?period=2009-T2").content.decode()
    assert "muutettu 9.9.2009" in shown
    make_report(summary="Yhteenveto.")
    preview = client_of("office").get("/ako/reports/RAP-2009-T2-SH/").content.decode()
    assert "muutettu 9.9.2009, 77\u00a0§" in preview


# --- What is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "reason"), [({}, "Syy."), ({"name_fi": "Uusi."}, ""), ({"name_fi": ""}, "Syy.")]
)
def test_nothing_changed_no_reason_or_a_wrong_cell_is_told(typed, reason):
    response = propose(reason=reason, **typed)
    assert response.status_code == 422
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("by", ["member-mr", "coordinator-hp", "secretary", "finance", "admin"])
def test_only_those_who_write_for_the_group_propose(by):
    assert propose(by=by, name_fi="Uusi.").status_code in (403, 404)
    assert not Amendment.objects.exists()


def test_nobody_decides_their_own_proposal():
    propose(by="chair-mr", name_fi="Uusi sanamuoto.")
    assert decide("chair-mr", **in_meeting("BODY-WG-MR", 4)).status_code == 403


@pytest.mark.parametrize("body", ["BODY-WG-HP", "BODY-SH"])
def test_a_meeting_of_another_body_does_not_decide(body):
    before = the_target(TARGET).name_fi
    propose(name_fi="Uusi sanamuoto.")
    assert decide("chair-mr", **in_meeting(body)).status_code == 422
    assert (the_amendment().state, the_target(TARGET).name_fi) == ("proposed", before)


def test_what_is_not_decided_yet_changes_by_typing():
    back_to_draft(group__code="WG-MR", year=2009)
    assert propose(ACTION, text="Uusi.").status_code == 403


def test_what_no_longer_stands_is_not_amended():
    """The form was open while another amendment was accepted: its old text is no longer the line's."""
    line = the_target(TARGET)
    form = lines.form_of(line, posted(line) | {"name_fi": "Uusi sanamuoto."})
    assert form.is_valid()
    changes = lines.changes_in(line, form)
    changes[0]["old"] = "Aivan muu."
    with pytest.raises(ValidationError, match="Toinen muutos"):
        deciding.propose_amendment(line, actor=person("coordinator-mr"), changes=changes, reason="Syy.")


# --- The database's own refusals --------------------------------------------------------------------------


def refused(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()
    return True


def test_the_database_refuses_every_other_way():
    action = the_action(ACTION)
    assert refused(lambda: AnnualTarget.objects.filter(code=TARGET).update(name_fi="Hiljaa."))
    assert refused(lambda: Action.objects.filter(code=ACTION).update(text="Hiljaa."))
    assert refused(lambda: action.targets.clear())
    assert refused(lambda: Action.objects.create(work_programme=action.work_programme, code="TP-2009-MR-99"))


def test_an_amendment_lets_its_own_line_through_and_no_other():
    propose(ACTION, planned_euros="12 345")
    decide("secretary", **in_meeting())
    assert refused(lambda: Action.objects.filter(code="TP-2009-MR-05").update(text="Hiljaa."))
    assert refused(lambda: Action.objects.filter(work_programme__group__code="WG-HP").update(text="Hiljaa."))


def test_an_amendment_is_decided_once_and_as_it_was_proposed():
    propose(name_fi="Uusi sanamuoto.")
    assert refused(lambda: Amendment.objects.update(reason="Toinen syy."))
    assert refused(lambda: Amendment.objects.update(changes=[]))
    assert refused(lambda: Amendment.objects.update(state="accepted"))
    decide("chair-mr", outcome="rejected", **in_meeting("BODY-WG-MR", 4))
    assert refused(lambda: Amendment.objects.update(state="accepted"))
    assert refused(lambda: Amendment.objects.all().delete())


def test_a_closed_account_leaves_its_amendments():
    propose(name_fi="Uusi sanamuoto.")
    decide("chair-mr", outcome="rejected", **in_meeting("BODY-WG-MR", 4))
    person("coordinator-mr").delete()
    assert the_amendment().proposed_by is None


# --- Who sees it ------------------------------------------------------------------------------------------


def test_a_proposal_is_its_groups_and_the_accepted_one_everybodys(client):
    propose(name_fi="Uusi sanamuoto.")
    address = f"/ako/amendments/{the_amendment().code}/"
    seen = {who: client_of(who).get(address).status_code for who in ("member-mr", "office", "secretary")}
    assert set(seen.values()) == {200}
    assert {client_of(who).get(address).status_code for who in ("coordinator-hp", "elected")} == {404}
    assert client.get(address).status_code == 404
    decide("chair-mr", **in_meeting("BODY-WG-MR", 4))
    page = client.get(address)
    assert page.status_code == 200
    assert "Koordinaattori" not in page.content.decode()
    assert "MUU-2009-2" in client.get("/ako/amendments/").content.decode()


@pytest.mark.parametrize(
    ("typed", "who"), [({"name_fi": "Uusi."}, "chair-mr"), ({"target_value": "2"}, "secretary")]
)
def test_it_waits_on_the_desk_of_who_decides(typed, who):
    propose(**typed)
    desks = {
        persona: [amendment.code for amendment in client_of(persona).get("/desk/").context["desk"].amendments]
        for persona in ("chair-mr", "chair-hp", "secretary", "presenter", "coordinator-mr")
    }
    assert {persona for persona, codes in desks.items() if codes} == {who}


def test_no_amendment_begins_accepted():
    propose(name_fi="Uusi sanamuoto.")
    amendment = the_amendment()
    amendment.pk, amendment.code, amendment.state = None, "MUU-2009-9", "accepted"
    amendment.decider = "presenting_officer"
    assert refused(amendment.save)


def test_an_approved_plan_never_goes_back():
    plans = WorkProgramme.objects.filter(group__code="WG-MR", year=2009)
    for change in ({"state": "draft"}, {"approved_on": ON_THE_DAY}, {"noted_on": None}):
        assert refused(lambda change=change: plans.update(**change))
    assert refused(lambda: plans.get().delete())
    plans.update(state="closed")
