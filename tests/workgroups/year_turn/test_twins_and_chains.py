"""A line across the turn: a draft in the same words is asked about, each year's page leads to the other."""

import pytest
from django.core.exceptions import ValidationError

from priorities.models import AnnualTarget
from tests.factories import make_plan, make_target, the_action, the_target
from tests.personas import client_of, person
from workgroups.amendments import deciding
from workgroups.models import Action, Amendment, LineTurn, WorkProgramme
from workgroups.models.amendments import Change
from workgroups.work_programmes import approval
from workgroups.year_turn.turning import take_turn_back, turn_line

pytestmark = pytest.mark.django_db

TURN = "/ako/workgroups/WG-MR/2009/turn/"
PLAN = "/ako/workgroups/WG-MR/2010/"
TARGET, ACTION = "VT-2009-MR-2", "TP-2009-MR-06"


def turn(line, outcome="goes_on", **given):
    return turn_line(line, actor=person("coordinator-mr"), outcome=outcome, reason="Jäi kesken.", **given)


def post(code, **typed):
    sent = {"outcome": "goes_on", "reason": "Kesken.", "euros": ""} | typed
    address = f"{TURN}{code}/"
    return client_of("coordinator-mr").post(address, {f"{code}-{name}": cell for name, cell in sent.items()})


def drafted_twin(**fields) -> AnnualTarget:
    words = the_target(TARGET).name_fi
    return make_target("VT-2010-MR-3", year=2010, state="draft", name_fi=f" {words.upper()} ", **fields)


# --- Twins -------------------------------------------------------------------------------------------------


def test_a_draft_in_the_same_words_is_asked_about_first():
    twin = drafted_twin()
    page = client_of("coordinator-mr").get(TURN).text
    assert page.count("VT-2010-MR-3 on luonnosteltu samoin sanoin.") == 1
    answer = post(TARGET)
    assert answer.status_code == 422
    assert not LineTurn.objects.exists()
    assert post(TARGET, twin="same").status_code == 302
    twin.refresh_from_db()
    assert twin.continues == the_target(TARGET)
    assert AnnualTarget.objects.filter(year=2010).count() == 1


def test_another_of_the_same_words_stands_beside_it():
    twin = drafted_twin()
    assert post(TARGET, twin="other").status_code == 302
    twin.refresh_from_db()
    assert twin.continues is None
    assert the_target(TARGET).continued_by.exclude(pk=twin.pk).count() == 1


def test_a_draft_that_is_the_same_keeps_its_own_euros():
    twin = drafted_twin(own_euros="5000", no_cost=False)
    answer = post(TARGET, twin="same", euros="700")
    assert answer.status_code == 422
    post(TARGET, twin="same")
    twin.refresh_from_db()
    assert twin.own_euros == 5000


def test_what_was_joined_is_parted_when_the_answer_is_taken_back():
    twin = drafted_twin()
    made = turn(the_target(TARGET), twin="same")
    take_turn_back(made, actor=person("coordinator-mr"))
    twin.refresh_from_db()
    assert (twin.continues, twin.removed_at) == (None, None)


def test_a_row_in_the_same_words_is_asked_about_and_joined():
    plan = make_plan()
    action = the_action(ACTION)
    row = plan.actions.get()
    Action.objects.filter(pk=row.pk).update(text=action.text)
    with pytest.raises(ValidationError) as asked:
        turn(action)
    assert list(asked.value.error_dict) == ["twin"]
    turn(action, twin="same")
    row.refresh_from_db()
    assert (row.continues, plan.actions.count()) == (action, 1)


def test_what_ends_asks_nothing():
    drafted_twin()
    turn(the_target(TARGET), "ends")
    assert LineTurn.objects.get().effect == {}


# --- Both years' pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [TARGET, ACTION])
def test_each_years_page_leads_to_the_other_with_the_reason(code):
    line = the_target(code) if code == TARGET else the_action(code)
    turn(line)
    later = line.continued_by.get()
    before, after = (client_of("coordinator-mr").get(one.get_absolute_url()).text for one in (line, later))
    assert f'href="{later.get_absolute_url()}"' in before
    assert f'href="{line.get_absolute_url()}"' in after
    assert [page.count("Jäi kesken.") for page in (before, after)] == [1, 1]


def test_a_line_that_is_done_tells_why_it_went_nowhere():
    turn(the_action(ACTION), "done")
    chain = client_of("member-mr").get(f"/ako/actions/{ACTION}/").context["chain"]
    assert (chain.later, chain.turn.outcome) == (None, "done")


def test_who_reads_no_drafts_is_not_led_to_one_and_the_public_reads_no_reasons():
    turn(the_target(TARGET))
    page = f"/ako/targets/{TARGET}/"
    assert client_of("elected").get(page).context["chain"].is_empty
    other = client_of("coordinator-hp").get(page).context["chain"]
    assert (other.later, other.turn.reason) == (None, "Jäi kesken.")


# --- A plan that has been handed on ------------------------------------------------------------------------


def approved_plan() -> WorkProgramme:
    plan = make_plan(state=WorkProgramme.State.APPROVED, approved_on="2009-09-08")
    AnnualTarget.objects.filter(year=2010).update(state="decided")
    return plan


def test_a_plan_handed_on_is_named_and_linked_and_the_way_on_is_shown():
    approved_plan()
    page = client_of("coordinator-mr").get(TURN)
    assert page.context["may_amend"] is True
    assert "Työohjelma 2010 ei enää muutu tästä: hyväksytty." in page.text.replace("\u00ad", "")
    assert f'href="{PLAN}"' in page.text
    assert f'href="{PLAN}amend/?continues={ACTION}"' in page.text
    refused = post(ACTION)
    assert refused.status_code == 422
    assert "Työohjelma 2010 on annettu eteenpäin" in refused.text


def test_a_submitted_plan_is_named_too():
    approval.submit_work_programme(make_plan(), actor=person("coordinator-mr"))
    page = client_of("coordinator-mr").get(TURN)
    assert page.context["may_amend"] is False
    assert "?continues=" not in page.text


def test_an_action_is_proposed_into_an_approved_plan_and_then_goes_on_in_it():
    approved_plan()
    address = f"{PLAN}amend/?continues={ACTION}"
    action = the_action(ACTION)
    page = client_of("coordinator-mr").get(address)
    form = page.context["form"]
    assert form["text"].value() == action.text
    assert form["targets"].value() == []
    sent = {field.html_name: field.value() for field in form if field.value() is not None}
    sent |= {"targets": ["VT-2010-MR-1"], "amendment_reason": "Jatkuu."}
    answer = client_of("coordinator-mr").post(address, sent)
    assert answer.status_code == 302
    amendment = Amendment.objects.get()
    assert amendment.line.continues == action
    again = client_of("coordinator-mr").post(address, sent)
    assert again.status_code == 422
    assert not action.continued_by.exists()


def test_only_last_years_actions_of_the_same_group_are_continued():
    approved_plan()
    for code in ("TP-2009-HP-01", "TP-2010-MR-01", "TP-2008-MR-01"):
        answer = client_of("coordinator-mr").get(f"{PLAN}amend/?continues={code}")
        assert answer.status_code == 404


def test_two_proposals_do_not_continue_one_action():
    plan, earlier = approved_plan(), the_action(ACTION)

    def propose() -> Amendment:
        changes = [
            Change(cell=name, label=name, old="", new=cell, old_shown="", new_shown=cell)
            for name, cell in ROW.items()
        ]
        return deciding.propose_addition(
            plan, actor=person("coordinator-mr"), changes=changes, reason="Jatkuu.", continues=earlier
        )

    propose()
    with pytest.raises(ValidationError):
        propose()


ROW = {
    "text": "Jatkuva toimi",
    "targets": "VT-2010-MR-1",
    "carries_out": "P1-M1",
    "responsible": "ROLE-KO-MR",
    "start_month": "1",
    "end_month": "6",
    "planned_euros": "0.00",
}
