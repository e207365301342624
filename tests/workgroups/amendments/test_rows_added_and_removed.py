"""An approved plan gets a new action, or loses one, by an amendment: what counts when, and what stays."""

import datetime

import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from programme import clock
from programme.models import Matter
from tests.factories import (
    ROWS_OF_AN_APPROVED_PLAN,
    back_to_draft,
    make_amendment,
    make_meeting,
    the_action,
    the_group,
    the_period,
    the_target,
)
from tests.personas import client_of, person
from workgroups import services
from workgroups.amendments import deciding
from workgroups.lines import lines_of_round, waiting_for
from workgroups.models import Action, Amendment, FollowUp, WorkProgramme
from workgroups.work_programmes.drafting import totals_of
from workgroups.work_programmes.versions import compare

pytestmark = pytest.mark.django_db

PLAN = "/ako/workgroups/WG-MR/2009/"
REMOVED, WITHOUT_COST = "TP-2009-MR-06", "TP-2009-MR-01"
ADDED = "TP-2009-MR-09"
ON_THE_DAY = datetime.date(2009, 9, 9)


def the_plan():
    return WorkProgramme.objects.get(group__code="WG-MR", year=2009)


def the_amendment():
    return Amendment.objects.get()


def typed(**cells):
    action = the_action(REMOVED)
    return {
        "text": "Asemanseutujen kehityskuvat",
        "targets": ["VT-2009-MR-2"],
        "carries_out": action.part.code,
        "responsible": action.responsible.code,
        "participants": "",
        "start_month": "10",
        "end_month": "12",
        "output": "Kehityskuvat",
        "milestones": "",
        "planned_euros": "1 500",
        "cost_centre": "KP-2110",
        "funding_source": "",
        "networks": [],
        "amendment_reason": "Kunnat pyysivät.",
    } | cells


def propose_addition(by="coordinator-mr", **cells):
    return client_of(by).post(f"{PLAN}amend/", typed(**cells))


def propose_removal(code=REMOVED, by="coordinator-mr", reason="Rahoitus ei riitä."):
    return client_of(by).post(f"/ako/actions/{code}/amend/remove/", {"amendment_reason": reason})


def decide(by, *, body, number, outcome="accepted"):
    meeting = make_meeting("KOK-90", body=body, held_on=ON_THE_DAY)
    given = {"outcome": outcome, "meeting": meeting.code, "number": str(number), "text": "Hyväksyttiin."}
    return client_of(by).post(f"/ako/amendments/{the_amendment().code}/decide/", given)


def by_the_board(outcome="accepted"):
    return decide("secretary", body="BODY-SH", number=77, outcome=outcome)


def by_the_group():
    return decide("chair-mr", body="BODY-WG-MR", number=4)


def codes_of_the_round():
    lines = lines_of_round([the_group()], the_period(), person("coordinator-mr"))
    return [line.line.code for line in lines]


# --- A new action ------------------------------------------------------------------------------------------


def test_a_proposed_action_counts_nowhere():
    planned = totals_of(the_plan()).planned
    answer = propose_addition()
    amendment = the_amendment()
    assert answer.url == f"/ako/amendments/{amendment.code}/"
    assert (amendment.kind, amendment.decider, amendment.line.code) == ("add", "board", ADDED)
    assert not Action.objects.filter(code=ADDED).exists()
    assert totals_of(the_plan()).planned == planned
    assert ADDED not in codes_of_the_round()
    assert client_of("coordinator-mr").get(f"/ako/actions/{ADDED}/").status_code == 404
    of_plan = client_of("coordinator-mr").get(PLAN).context
    assert ADDED not in [action.code for action, _statuses, _comments in of_plan["rows"]]
    assert [waiting.code for waiting in of_plan["pending"]] == [amendment.code]
    page = client_of("coordinator-mr").get(answer.url).text
    assert "<ins>Asemanseutujen kehityskuvat</ins>" in page
    assert f"/ako/actions/{ADDED}/" not in page


def test_an_accepted_one_is_part_of_the_plan_with_all_its_cells():
    planned = totals_of(the_plan()).planned
    propose_addition()
    assert by_the_board().status_code == 302
    action = the_action(ADDED)
    assert (action.planned_euros, action.start_month, action.end_month) == (1500, 10, 12)
    assert [target.code for target in action.targets.all()] == ["VT-2009-MR-2"]
    assert totals_of(the_plan()).planned == planned + 1500
    assert ADDED in codes_of_the_round()
    version = the_plan().versions.get(occasion="amended")
    assert version.rows[-1]["code"] == ADDED
    page = client_of("member-mr").get(f"/ako/actions/{ADDED}/").text
    assert the_amendment().code in page


def test_a_rejected_one_stays_outside_and_readable():
    propose_addition()
    by_the_board("rejected")
    assert not Action.objects.filter(code=ADDED).exists()
    page = client_of("coordinator-mr").get(f"/ako/amendments/{the_amendment().code}/").text
    assert "Asemanseutujen kehityskuvat" in page


def test_the_next_proposal_has_a_code_of_its_own():
    propose_addition()
    by_the_board("rejected")
    propose_addition(text="Toinen")
    assert Amendment.objects.get(state="proposed").line.code == "TP-2009-MR-10"


def test_one_without_euros_is_the_groups_to_decide():
    propose_addition(planned_euros="0")
    assert the_amendment().decider == "group"
    assert by_the_group().status_code == 302
    assert the_action(ADDED).no_cost


@pytest.mark.parametrize("cell", ["text", "targets", "responsible", "start_month", "planned_euros"])
def test_a_hole_is_told_at_its_cell_and_nothing_is_proposed(cell):
    refused = propose_addition(**{cell: [] if cell == "targets" else ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [cell])
    assert "Kehityskuvat" in refused.text
    assert not Amendment.objects.exists()
    assert not Action.with_removed.filter(code=ADDED).exists()


@pytest.mark.parametrize("by", ["member-mr", "coordinator-hp", "secretary", "auditor"])
def test_only_those_who_write_for_the_group_propose(by):
    assert propose_addition(by=by).status_code in (403, 404)
    assert propose_removal(by=by).status_code in (403, 404)


def test_a_plan_in_draft_takes_rows_by_typing():
    back_to_draft(group__code="WG-MR", year=2009)
    assert propose_addition().status_code == 403
    assert propose_removal().status_code == 403


# --- An action that goes -----------------------------------------------------------------------------------


def test_an_action_stays_in_force_until_its_removal_is_decided():
    propose_removal()
    assert (the_amendment().kind, the_amendment().decider) == ("remove", "board")
    assert REMOVED in codes_of_the_round()
    assert propose_removal().status_code == 422


def test_a_removed_action_is_asked_for_no_more_and_what_was_said_stays():
    said = FollowUp.objects.filter(action=the_action(REMOVED)).count()
    euros, planned = the_action(REMOVED).planned_euros, totals_of(the_plan()).planned
    propose_removal()
    assert by_the_board().status_code == 302
    assert REMOVED not in codes_of_the_round()
    assert totals_of(the_plan()).planned == planned - euros
    assert FollowUp.objects.filter(action__code=REMOVED).count() == said > 0

    reader = client_of("coordinator-mr")
    page = reader.get(f"/ako/actions/{REMOVED}/").text
    assert "Poistettu työohjelmasta 9.9.2009" in page
    assert f"/ako/actions/{REMOVED}/follow-up/" not in page
    assert f"/ako/actions/{REMOVED}/amend/" not in page
    assert reader.get(f"/ako/actions/{REMOVED}/follow-up/2009-T2/").status_code == 403
    assert f'href="/ako/actions/{REMOVED}/"' not in reader.get(PLAN).text


def test_versions_show_what_came_and_what_went():
    propose_addition()
    by_the_board()
    first = the_plan().versions.get(occasion="amended")
    propose_removal()
    amendment = Amendment.objects.get(kind="remove")
    deciding.decide_amendment(
        amendment,
        actor=person("secretary"),
        accepted=True,
        meeting=make_meeting("KOK-91", body="BODY-SH", held_on=ON_THE_DAY),
        number=78,
        text="Hyväksyttiin.",
    )
    last = the_plan().versions.get(number=first.number + 1)
    [gone] = compare(first.rows, last.rows)
    assert (gone.code, gone.kind) == (REMOVED, "removed")
    page = client_of("coordinator-mr").get(f"{PLAN}versions/?a={first.number}&b={last.number}").text
    assert REMOVED in page


def test_without_a_reason_nothing_is_proposed():
    assert propose_removal(reason="").status_code == 422
    assert propose_addition(amendment_reason="").status_code == 422
    assert not Amendment.objects.exists()
    assert not Action.with_removed.filter(code=ADDED).exists()


def test_the_last_action_of_a_plan_is_not_taken_out():
    others = list(Action.objects.filter(work_programme=the_plan()).exclude(code=REMOVED))
    with pgtrigger.ignore(*ROWS_OF_AN_APPROVED_PLAN):
        Action.objects.filter(pk__in=[row.pk for row in others]).update(removed_at=clock.now())
    refused = propose_removal()
    assert refused.status_code == 422
    assert "viimeinen toimi:" in refused.text
    assert not Amendment.objects.exists()


def test_who_proposed_does_not_decide():
    propose_removal(WITHOUT_COST, by="chair-mr")
    assert by_the_group().status_code == 403


# --- The database's own refusals ---------------------------------------------------------------------------


def test_a_row_outside_comes_in_by_its_amendment_only():
    propose_addition()
    outside = Action.with_removed.get(code=ADDED)
    ways = [
        lambda: Action.with_removed.filter(pk=outside.pk).update(removed_at=None),
        lambda: Action.with_removed.filter(pk=outside.pk).update(text="Hiljaa."),
        lambda: outside.targets.add(the_target()),
        lambda: Action.objects.filter(code=REMOVED).update(removed_at=datetime.datetime.now(datetime.UTC)),
    ]
    for way in ways:
        with pytest.raises(DatabaseError), transaction.atomic():
            way()


def test_only_an_action_is_added_or_removed():
    with pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.create(
            group=the_group(),
            code="MUU-2009-90",
            kind="remove",
            target=the_target(),
            changes=[],
            reason="Syy.",
            decider="board",
            proposed_at=datetime.datetime(2009, 9, 9, 12, tzinfo=datetime.UTC),
        )


def test_what_changed_after_the_proposal_is_not_removed_unseen():
    """As when somebody mended the row in the database itself: those who decide had read other words."""
    propose_removal()
    with pgtrigger.ignore(*ROWS_OF_AN_APPROVED_PLAN):
        Action.objects.filter(code=REMOVED).update(text="Aivan muu.")
    answer = by_the_board()
    assert answer.status_code == 422
    assert "Toinen muutos" in answer.text
    assert (the_amendment().state, the_amendment().decision) == ("proposed", None)
    assert the_action(REMOVED).text == "Aivan muu."
    assert not Matter.objects.filter(meeting__code="KOK-90").exists()
    assert not the_plan().versions.exists()


def test_an_amendment_lets_through_only_what_its_kind_says():
    """In the very transaction in which it is accepted, too."""
    now = datetime.datetime.now(datetime.UTC)
    with transaction.atomic():
        propose_removal()
        by_the_board()
        removed = Action.with_removed.filter(code=REMOVED)
        for change in ({"text": "Hiljaa."}, {"planned_euros": 1}, {"code": "TP-2009-MR-99"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                removed.update(**change)
        with transaction.atomic():
            assert removed.update(removed_at=now) == 1
    with transaction.atomic():
        changed = make_amendment(the_action(WITHOUT_COST), output="Toinen tuotos")
        meeting = make_meeting("KOK-92", body="BODY-WG-MR", held_on=ON_THE_DAY)
        deciding.decide_amendment(
            changed, actor=person("chair-mr"), accepted=True, meeting=meeting, number=9, text="Hyväksyttiin."
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            Action.objects.filter(code=WITHOUT_COST).update(removed_at=now)


def test_a_closed_account_leaves_what_it_removed_and_proposed():
    propose_addition()
    propose_removal()
    deciding.decide_amendment(
        Amendment.objects.get(kind="remove"),
        actor=person("secretary"),
        accepted=True,
        meeting=make_meeting("KOK-90", body="BODY-SH", held_on=ON_THE_DAY),
        number=77,
        text="Hyväksyttiin.",
    )
    person("secretary").delete()
    person("coordinator-mr").delete()
    rows = Action.with_removed.filter(code__in=[REMOVED, ADDED])
    assert list(rows.values_list("removed_by", flat=True)) == [None, None]


def test_nobody_waits_for_an_answer_on_what_was_removed():
    action, period = the_action(REMOVED), the_period()
    services.submit_follow_up(
        action,
        period,
        actor=person("coordinator-mr"),
        version=0,
        values={"status": "on_track", "text": "Tehty."},
    )
    programme = action.work_programme.group.programme
    waiting = {"groups": [action.work_programme.group_id], "accepts_for_office": False}
    assert waiting_for(person("chair-mr"), programme, **waiting).filter(action=action).exists()
    propose_removal()
    by_the_board()
    assert not waiting_for(person("chair-mr"), programme, **waiting).filter(action=action).exists()
    page = client_of("member-mr").get(f"/ako/actions/{REMOVED}/").text
    assert f'action="/ako/actions/{REMOVED}/comment/"' not in page


# --- What somebody was typing of it ------------------------------------------------------------------------


@pytest.mark.parametrize("rest", ["", "draft/"])
def test_what_is_typed_of_what_was_taken_out_is_kept_and_shown(rest):
    propose_removal()
    by_the_board()
    form = f"/ako/actions/{REMOVED}/follow-up/2009-T2/"
    words = {"status": "on_track", "text": "Kesken jäänyt ajatus", "version": "0"}
    client = client_of("coordinator-mr")
    client.post(f"{form}{rest}", words)
    for answer in (client.get(form), client.post(form, words)):
        assert (answer.status_code, words["text"] in answer.text) == (403, True)
    assert form in client.get("/desk/").text
    assert not FollowUp.objects.filter(action__code=REMOVED, period=the_period()).exists()
    with pytest.raises(ValidationError):
        services.submit_follow_up(
            Action.with_removed.get(code=REMOVED),
            the_period(),
            actor=person("coordinator-mr"),
            version=0,
            values={"status": "on_track", "text": "Ohi."},
        )
