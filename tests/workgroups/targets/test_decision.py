"""The decision of a year's annual targets, and the lock that it puts on them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from priorities.models import AnnualTarget, StrategicGoal, TargetGoal
from programme.budget.drawing_up import begin_budget, propose_budget
from programme.models import Budget, BudgetLine, Matter, Meeting
from tests.factories import ako, make_meeting, make_target, the_target
from tests.personas import client_of, person
from tests.programme.deadlines.clock_rows import deadline
from tests.workgroups.targets.steps import decide, held, proposed
from workgroups.models import TargetOwnership
from workgroups.targets import drafting
from workgroups.targets.decision import decide_targets

pytestmark = pytest.mark.django_db

State = AnnualTarget.State
EDIT = "/ako/targets/VT-2010-MR-1/edit/"
PLAN = "/ako/plan/2010/"


# --- The decision ----------------------------------------------------------------------------------------


def test_a_decision_takes_all_that_is_proposed_and_makes_no_budget():
    mine, others = proposed("VT-2010-MR-1"), proposed("VT-2010-HP-1", group="WG-HP")
    left = make_target("VT-2010-EO-1", group="WG-EO", year=2010, state=State.DRAFT)
    client = client_of("secretary")
    response = client.post(
        f"{PLAN}decide/",
        {"meeting": "KOK-SH-2009-07", "number": "999", "text": "Hyväksyttiin tavoitteet."},
    )
    assert response.status_code == 302
    for target in (mine, others, left):
        target.refresh_from_db()
    assert not Budget.objects.filter(year=2010).exists()
    assert (mine.state, others.state, left.state) == (State.DECIDED, State.DECIDED, State.DRAFT)
    assert (mine.decision, mine.budget, others.budget) == (others.decision, None, None)
    assert (mine.decision.matter.section, mine.decision.text) == (999, "Hyväksyttiin tavoitteet.")
    assert client_of("elected").get("/ako/targets/VT-2010-MR-1/").status_code == 200
    assert "999" in client.get("/ako/targets/VT-2010-MR-1/").content.decode()


@pytest.mark.parametrize("title", ["Vuositavoitteet 2010", "VUOSITAVOITTEET 2010"])
def test_a_matter_on_the_agenda_takes_the_decision(title):
    matter = Matter.objects.create(meeting=held(), section=999, title=title)
    proposed()
    [target] = decide()
    assert target.decision.matter == matter


def test_a_matter_with_another_title_takes_the_decision_once_that_is_confirmed():
    opening = Matter.objects.create(meeting=held(), section=998, title="Kokouksen avaus")
    matter = Matter.objects.create(meeting=held(), section=999, title="Talousarvio 2010")
    target = proposed()
    sent = {"meeting": held().code, "number": "999", "text": "Hyväksyttiin."}
    secretary = client_of("secretary")
    asked = secretary.post(f"{PLAN}decide/", sent)
    form = asked.context["decide_form"]
    assert (asked.status_code, list(form.errors)) == (422, ["this_matter"])
    assert "Talousarvio 2010" in str(form.errors["this_matter"])
    assert f'name="this_matter" value="{matter.pk}"' in asked.text
    # A box that was ticked for one number says nothing of another.
    other = secretary.post(f"{PLAN}decide/", sent | {"number": "998", "this_matter": matter.pk})
    assert opening.title in str(other.context["decide_form"].errors["this_matter"])
    target.refresh_from_db()
    assert target.state == State.PROPOSED
    assert secretary.post(f"{PLAN}decide/", sent | {"this_matter": matter.pk}).status_code == 302
    target.refresh_from_db()
    assert (target.decision.matter, target.decision.text) == (matter, "Hyväksyttiin.")


def test_a_decision_that_the_minutes_have_already_is_the_one_once_that_is_confirmed():
    taken = Matter.objects.filter(meeting=held(), decision__isnull=False).first()
    proposed()
    with pytest.raises(ValidationError, match=taken.title[:12]):
        decide(number=taken.section)
    words = taken.decision.text
    [target] = decide_targets(
        ako(),
        2010,
        meeting=held(),
        number=taken.section,
        text="Muuta.",
        actor=person("secretary"),
        this_matter=taken.pk,
    ).targets
    assert (target.decision, target.decision.text) == (taken.decision, words)


def proposed_here(code):
    """Propose on the page, of which the trail knows who and when: on the sample's day."""
    target = make_target(code, year=2010, state=State.DRAFT)
    assert client_of("coordinator-mr").post(f"/ako/targets/{code}/propose/").status_code == 302
    return target


def test_before_anything_was_proposed_there_is_no_meeting_to_choose():
    proposed_here("VT-2010-MR-91")
    form = client_of("secretary").get(PLAN).context["decide_form"]
    assert not form.fields["meeting"].queryset.exists()
    assert "9.9.2009" in form.fields["meeting"].help_text
    with pytest.raises(ValidationError, match=r"9\.9\.2009"):
        decide()


def test_what_was_proposed_after_a_meeting_was_not_decided_in_it():
    before = proposed("VT-2010-MR-92")
    later = proposed_here("VT-2010-MR-91")
    page = client_of("secretary").post(
        f"{PLAN}decide/", {"meeting": held().code, "number": "999", "text": "Hyväksyttiin."}, follow=True
    )
    assert "1 tavoite jää ehdotetuksi" in page.text.replace("\u00a0", " ")
    for target in (before, later):
        target.refresh_from_db()
    assert (before.state, later.state) == (State.DECIDED, State.PROPOSED)
    make_meeting("KOK-SH-2009-90", held_on=datetime.date(2009, 9, 9))
    assert decide(meeting=Meeting.objects.get(code="KOK-SH-2009-90"), number=998) == [later]


def test_a_budget_that_stands_already_is_linked_and_stays():
    budget = Budget.objects.create(programme=ako(), year=2010, code="TA-X", decided_on="2009-08-01")
    proposed()
    [target] = decide()
    budget.refresh_from_db()
    assert (target.budget, str(budget.decided_on), budget.decision) == (budget, "2009-08-01", None)


def test_the_federation_meeting_decides_a_budget_that_has_been_drawn_up_together_with_the_targets():
    budget = draw_up_budget()
    meeting = make_meeting("KOK-YK-90", body="BODY-YK", held_on=datetime.date(2009, 8, 1))
    proposed()
    [target] = decide(meeting=meeting)
    budget.refresh_from_db()
    assert (target.budget, budget.decided_on, budget.decision) == (budget, meeting.held_on, target.decision)
    assert deadline("BUDGET-DECISION", 2010).done_by == person("secretary")


def test_another_bodys_decision_leaves_the_budget_as_it_is():
    budget = draw_up_budget()
    proposed()
    [target] = decide()
    budget.refresh_from_db()
    assert (target.budget, budget.decided_on, budget.decision) == (None, None, None)
    assert "Päätetty talousarviossa" not in client_of("elected").get(f"/ako/targets/{target.code}/").text


def test_the_page_says_decided_with_the_budget_only_of_a_budget_that_is_decided():
    [first] = AnnualTarget.objects.filter(year=2009, budget__decided_on__isnull=False)[:1]
    decision = Matter.objects.filter(meeting=held(), decision__isnull=False)[0].decision
    waiting, decided = (
        make_target(code, year=2009, state=State.DECIDED, decision=decision, budget=budget)
        for code, budget in (("VT-2009-MR-91", draw_up_budget()), ("VT-2009-MR-92", first.budget))
    )
    words = "Päätetty talousarviossa"
    elected = client_of("elected")
    told = [words in elected.get(f"/ako/targets/{target.code}/").text for target in (waiting, decided)]
    assert told == [False, True]


def test_a_budget_that_is_being_drawn_up_is_left_alone():
    budget = draw_up_budget(proposed_on=None)
    proposed()
    [target] = decide(meeting=make_meeting("KOK-YK-90", body="BODY-YK", held_on=datetime.date(2009, 9, 8)))
    budget.refresh_from_db()
    assert (target.budget, budget.decided_on) == (None, None)


def test_a_proposed_budget_is_decided_alone_where_no_target_is_proposed_and_its_handling_is_kept():
    budget = begin_budget(ako(), 2010, like_last=True)
    propose_budget(budget)
    make_meeting("KOK-YK-90", body="BODY-YK", held_on=datetime.date(2009, 9, 9))
    secretary = client_of("secretary")
    assert "vain talousarviota" in secretary.get(PLAN).content.decode()
    typed = {"meeting": "KOK-YK-90", "number": "999", "text": "Hyväksyttiin."}
    answer = secretary.post(f"{PLAN}decide/", typed, follow=True)
    assert "Päätetty ja lukittu: TA-2010" in answer.content.decode().replace("\u00a0", " ")
    budget.refresh_from_db()
    [handling] = budget.handlings.all()
    assert (budget.decision.matter, budget.decided_on) == (handling.matter, datetime.date(2009, 9, 9))
    assert budget.decision.matter.title == "Talousarvio 2010"
    with pytest.raises(DatabaseError), transaction.atomic():
        budget.lines.update(amount=1)


def test_a_budget_is_not_decided_by_a_meeting_before_its_proposal_nor_by_another_body():
    propose_budget(begin_budget(ako(), 2010, like_last=True))
    before = make_meeting("KOK-YK-90", body="BODY-YK", held_on=datetime.date(2009, 9, 8))
    board = make_meeting("KOK-SH-90", body="BODY-SH", held_on=datetime.date(2009, 9, 9))
    for meeting in (before, board):
        with pytest.raises(ValidationError):
            decide_targets(
                ako(), 2010, meeting=meeting, number=999, text="Hyväksyttiin.", actor=person("secretary")
            )


def test_a_budget_that_is_being_drawn_up_is_not_told_to_who_enters_decisions():
    begin_budget(ako(), 2010, like_last=True)
    page = client_of("secretary").get(PLAN)
    assert (page.context["outlook"].budget, page.context["decide_form"]) == (None, None)


def draw_up_budget(proposed_on="2009-08-01"):
    budget = Budget.objects.create(programme=ako(), year=2010, code="TA-X", proposed_on=proposed_on)
    line = BudgetLine.objects.exclude(budget=budget).first()
    line.pk, line.budget, line._state.adding = None, budget, True
    line.save()
    return budget


def test_a_later_decision_takes_what_is_proposed_later():
    proposed("VT-2010-MR-91")
    [first] = decide()
    later = make_target("VT-2010-HP-91", group="WG-HP", year=2010, state=State.DRAFT)
    drafting.propose_target(later)
    [second] = decide(number=998)
    assert second.code == later.code
    assert second.decision != first.decision


def test_a_board_leaves_what_is_binding_to_the_federation_meeting():
    binding, rest = proposed("VT-2010-MR-91", binding=True), proposed("VT-2010-MR-92")
    response = client_of("secretary").post(
        f"{PLAN}decide/", {"meeting": "KOK-SH-2009-07", "number": "999", "text": "Hyväksyttiin."}, follow=True
    )
    assert "1 sitova tavoite jää ehdotetuksi" in response.content.decode().replace("\u00a0", " ")
    for target in (binding, rest):
        target.refresh_from_db()
    assert (binding.state, rest.state) == (State.PROPOSED, State.DECIDED)
    with pytest.raises(ValidationError):
        decide(number=998)
    [decided] = decide(meeting=make_meeting("KOK-Y", body="BODY-YK", held_on=datetime.date(2009, 9, 8)))
    assert decided == binding


def test_before_deciding_the_page_lists_what_is_taken_and_what_is_left():
    proposed("VT-2010-MR-91", binding=True)
    make_target("VT-2010-HP-91", group="WG-HP", year=2010, state=State.DRAFT)
    page = client_of("secretary").get(PLAN)
    outlook = page.context["outlook"]
    assert [row.group.code for row in outlook.proposing] == ["WG-MR"]
    assert [row.group.code for row in outlook.drafting] == ["WG-HP"]
    assert {"WG-HP", "WG-EO"} <= {group.code for group in outlook.silent}
    assert (outlook.binding, outlook.budget) == (1, None)
    assert "VT-2010-" not in page.content.decode()


def test_only_meetings_of_the_year_before_or_later_are_offered():
    proposed()
    form = client_of("secretary").get(PLAN).context["decide_form"]
    days = [meeting.held_on for meeting in form.fields["meeting"].queryset]
    assert days
    assert all(datetime.date(2009, 1, 1) <= day <= datetime.date(2009, 9, 9) for day in days)


def refusals():
    taken = Matter.objects.filter(body__code="BODY-SH", year=2009, decision__isnull=False).first()
    return {
        "a taken §": {"number": taken.section},
        "a future meeting": {"meeting": Meeting.objects.get(code="KOK-SH-2009-08")},
        "a body that does not decide": {
            "meeting": make_meeting("KOK-X", body="BODY-KJK", held_on="2009-08-01")
        },
        "a meeting before the year before": {"meeting": make_meeting("KOK-W", held_on="2008-01-30")},
        "nothing proposed": {"year": 2008},
    }


@pytest.mark.parametrize(
    "why",
    [
        "a taken §",
        "a future meeting",
        "a body that does not decide",
        "a meeting before the year before",
        "nothing proposed",
    ],
)
def test_a_decision_is_refused(why):
    target = proposed()
    refused = refusals()[why]
    if isinstance(refused.get("meeting"), Meeting):
        refused["meeting"].refresh_from_db()
    with pytest.raises(ValidationError):
        decide(**refused)
    target.refresh_from_db()
    assert (target.state, Budget.objects.filter(year=2010).exists()) == (State.PROPOSED, False)


def test_a_refused_decision_says_why_and_keeps_what_was_typed():
    response = client_of("secretary").post(
        f"{PLAN}decide/", {"meeting": "KOK-SH-2009-07", "number": "999", "text": "Hyväksyttiin."}
    )
    assert response.status_code == 422
    assert "Hyväksyttiin." in response.content.decode()


def test_a_refused_decision_keeps_its_meeting_and_number():
    proposed()
    typed = {"meeting": "KOK-SH-2009-07", "number": "999", "text": ""}
    page = client_of("secretary").post(f"{PLAN}decide/", typed).content.decode()
    assert '<option value="KOK-SH-2009-07" selected>' in page
    assert 'value="999"' in page


def test_nobody_edits_a_decided_target_and_the_refusal_names_the_way():
    response = client_of("office").get("/ako/targets/VT-2009-MR-2/edit/")
    assert response.status_code == 403
    assert "muutosesity" in response.content.decode()


def test_a_decided_target_refuses_the_services():
    target = the_target()
    for act in (drafting.propose_target, drafting.take_back_target, drafting.restore_target):
        with pytest.raises(ValidationError):
            act(target)
    with pytest.raises(ValidationError):
        drafting.remove_target(target, actor=person("office"))
    with pytest.raises(ValidationError):
        drafting.save_target(target, values={}, base={})


# --- The database's own lock -----------------------------------------------------------------------------

CHANGES = [
    "UPDATE priorities_annualtarget SET name_fi = 'Toinen' WHERE code = 'VT-2009-MR-2'",
    "UPDATE priorities_annualtarget SET own_euros = 1 WHERE code = 'VT-2009-MR-2'",
    "UPDATE priorities_annualtarget SET due_on = '2010-02-28' WHERE code = 'VT-2009-MR-2'",
    "UPDATE priorities_annualtarget SET responsible_id = NULL WHERE code = 'VT-2009-MR-2'",
    "UPDATE priorities_annualtarget SET binding = NOT binding WHERE code = 'VT-2009-MR-2'",
    "UPDATE priorities_annualtarget SET version = version + 1 WHERE code = 'VT-2009-MR-2'",
    "UPDATE priorities_annualtarget SET state = 'draft' WHERE code = 'VT-2009-MR-2'",
    "UPDATE priorities_annualtarget SET state = 'decided' WHERE code = 'VT-2007-MR-2'",
    "DELETE FROM priorities_annualtarget WHERE code = 'VT-2009-MR-2'",
    "DELETE FROM priorities_targetgoal",
    "UPDATE priorities_targetmeasure SET measure_id = 1",
    "DELETE FROM workgroups_targetownership",
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_what_is_decided(change):
    refused = pytest.raises(DatabaseError, match="by amendment only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_orm_refuses_too():
    target = the_target()
    goal = StrategicGoal.objects.exclude(annual_targets=target).first()
    for act in (
        lambda: AnnualTarget.objects.filter(pk=target.pk).update(name_fi="Toinen"),
        lambda: TargetOwnership.objects.filter(target=target).delete(),
        lambda: TargetGoal.objects.create(target=target, goal=goal),
        target.goals.clear,
        target.measures.clear,
    ):
        with pytest.raises(DatabaseError, match="by amendment only"), transaction.atomic():
            act()


def test_a_decided_target_may_be_closed_and_a_closed_account_leaves_it():
    writer = person("coordinator-hp")
    target = make_target(drafted_by=writer)
    writer.delete()
    AnnualTarget.objects.filter(pk=target.pk).update(state=State.CLOSED)
    target.refresh_from_db()
    assert (target.state, target.drafted_by) == (State.CLOSED, None)
