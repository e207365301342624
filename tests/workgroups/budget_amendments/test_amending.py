"""A decided budget changes by an amendment that the body whose matter it is has decided."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from programme.budget.reading import read_budget
from programme.models import BudgetAmendment
from tests.factories import make_meeting
from tests.personas import client_of, person
from tests.programme.budget.steps import begun, decided_budget
from tests.workgroups.budget_amendments.steps import (
    FEES,
    MUNICIPALITIES,
    NEW,
    OTHER_CENTRE,
    SPACES,
    STATE,
    a_proposal,
    moved,
    propose,
    stands,
)
from workgroups.amendments.deciding import meetings_that_decide
from workgroups.budget_amendments.proposing import (
    decide_budget_proposal,
    propose_budget_amendment,
    withdraw_budget_proposal,
)
from workgroups.models import BudgetProposal, BudgetProposalLine

pytestmark = pytest.mark.django_db

Decider, State = BudgetProposal.Decider, BudgetProposal.State


@pytest.mark.parametrize(
    ("changes", "decider", "body"),
    [
        ({FEES: -1000, SPACES: 1000}, Decider.PRESENTING_OFFICER, None),
        ({STATE: -1000, MUNICIPALITIES: 1000}, Decider.PRESENTING_OFFICER, None),
        ({FEES: -1000, OTHER_CENTRE: 1000}, Decider.BOARD, "BODY-SH"),
        ({FEES: 1000}, Decider.ASSEMBLY, "BODY-YK"),
        ({STATE: 1000}, Decider.ASSEMBLY, "BODY-YK"),
        ({FEES: 1000, STATE: 1000}, Decider.ASSEMBLY, "BODY-YK"),
        # Expenses of one centre against income of another do not cancel each other out.
        ({FEES: 1000, STATE: -1000}, Decider.ASSEMBLY, "BODY-YK"),
    ],
)
def test_what_changes_says_who_decides(changes, decider, body):
    proposal = propose(changes)
    assert proposal.decider == decider
    if body:
        make_meeting("KOK-X", body=body, held_on=datetime.date(2009, 9, 9))
        assert {meeting.body.code for meeting in meetings_that_decide(proposal)} == {body}


def test_accepted_it_amends_the_budget_from_the_day_of_the_meeting_on():
    before = stands()
    meeting = make_meeting("KOK-X", body="BODY-SH", held_on=datetime.date(2009, 9, 9))
    proposal = propose({FEES: -1000, OTHER_CENTRE: 1000})
    decide_budget_proposal(
        proposal,
        actor=person("secretary"),
        accepted=True,
        text="Hyväksyttiin.",
        meeting=meeting,
        number=900,
    )
    amendment = BudgetAmendment.objects.get(code=proposal.code)
    assert (amendment.kind, amendment.body.code) == ("siirto tehtävän sisällä", "BODY-SH")
    assert (amendment.decided_on, amendment.decision.matter.section) == (meeting.held_on, 900)
    assert sum(line.amount for line in amendment.lines.all()) == 0
    now = stands()
    assert {name: now[name] - before[name] for name in now if now[name] != before[name]} == {
        FEES: Decimal(-1000),
        OTHER_CENTRE: Decimal(1000),
    }
    yesterday = read_budget(decided_budget(), meeting.held_on - datetime.timedelta(days=1))
    assert amendment not in yesterday.counted
    for act in (amendment.delete, lambda: amendment.lines.update(amount=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_the_presenting_officer_decides_accounts_without_a_meeting_and_the_rest_not():
    proposal, other = a_proposal(), propose({FEES: 1})
    presenter = client_of("presenter")
    assert presenter.post(f"{proposal.get_absolute_url()}decide/", {"outcome": "accepted"}).status_code == 302
    amendment = BudgetAmendment.objects.get(code=proposal.code)
    assert (amendment.body, amendment.decision, amendment.decided_on) == (
        None,
        None,
        datetime.date(2009, 9, 9),
    )
    assert presenter.post(f"{other.get_absolute_url()}decide/", {"outcome": "accepted"}).status_code == 403
    page = client_of("elected")
    assert proposal.code in page.get("/ako/budget/2009/").content.decode()


def test_rejected_it_changes_nothing_and_withdrawn_it_is_not_decided():
    before = stands()
    rejected, withdrawn = a_proposal(), a_proposal()
    with pytest.raises(ValidationError):
        decide_budget_proposal(rejected, actor=person("presenter"), accepted=False)
    decide_budget_proposal(rejected, actor=person("presenter"), accepted=False, text="Ei tarvita.")
    withdraw_budget_proposal(withdrawn, actor=person("finance"))
    with pytest.raises(ValidationError):
        decide_budget_proposal(withdrawn, actor=person("presenter"), accepted=True)
    states = set(BudgetProposal.objects.values_list("state", flat=True))
    assert (states, stands()) == ({State.REJECTED, State.WITHDRAWN}, before)


def test_of_two_that_change_the_same_line_the_second_is_proposed_anew():
    first, second = a_proposal(), a_proposal()
    decide_budget_proposal(first, actor=person("presenter"), accepted=True)
    with pytest.raises(ValidationError):
        decide_budget_proposal(second, actor=person("presenter"), accepted=True)
    second.refresh_from_db()
    assert (second.state, BudgetAmendment.objects.filter(code=second.code).exists()) == (
        State.PROPOSED,
        False,
    )


def test_nobody_decides_their_own():
    proposal = propose({FEES: -1, SPACES: 1}, actor=person("presenter"))
    with pytest.raises(ValidationError):
        decide_budget_proposal(proposal, actor=person("presenter"), accepted=True)
    assert client_of("presenter").post(f"{proposal.get_absolute_url()}decide/").status_code == 403


def test_it_needs_a_reason_a_change_and_a_decided_budget():
    for values, reason in ((moved(**{FEES: 0}), "Syy"), (moved(**{FEES: 1}), " ")):
        with pytest.raises(ValidationError):
            propose_budget_amendment(
                decided_budget(), actor=person("finance"), reason=reason, values=values, base={}
            )
    with pytest.raises(ValidationError):
        propose_budget_amendment(begun(), actor=person("finance"), reason="Syy", values={}, base={})


def one_line_more(proposal):
    like = decided_budget().lines.exclude(account__in=proposal.lines.values("account")).expenses()[0]
    proposal.lines.create(cost_centre=like.cost_centre, account=like.account, amount=1)


def test_it_is_decided_as_it_was_proposed():
    proposal, withdrawn = a_proposal(), a_proposal()
    withdraw_budget_proposal(withdrawn, actor=person("finance"))
    changes = {
        "reason": lambda: BudgetProposal.objects.update(reason="Muu"),
        "decider": lambda: BudgetProposal.objects.update(decider=Decider.GROUP),
        "accepted without an amendment": lambda: BudgetProposal.objects.update(state=State.ACCEPTED),
        "line": lambda: BudgetProposalLine.objects.update(amount=5),
        "line of what was withdrawn": lambda: one_line_more(withdrawn),
        "removed": lambda: BudgetProposal.objects.all()._raw_delete("default"),
    }
    for change in changes.values():
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    proposal.refresh_from_db()
    assert (proposal.reason, proposal.state) == ("Kilpailutus", State.PROPOSED)
    assert {line.amount for line in proposal.lines.all()} == {Decimal(-1000), Decimal(1000)}


def test_once_the_year_is_over_its_budget_is_not_amended(settings):
    waiting, boards = a_proposal(), propose({FEES: -1000, OTHER_CENTRE: 1000})
    settings.TODAY = datetime.date(2010, 1, 20)
    with pytest.raises(ValidationError):
        a_proposal()
    with pytest.raises(ValidationError):
        decide_budget_proposal(waiting, actor=person("presenter"), accepted=True)
    finance = client_of("finance")
    assert finance.get(NEW).status_code == 403
    page = finance.get("/ako/budget/2009/")
    assert (page.context["budget"].year, page.context["proposes"]) == (2009, False)
    decide_budget_proposal(waiting, actor=person("presenter"), accepted=False, text="Vuosi on ohi.")
    withdraw_budget_proposal(boards, actor=person("finance"))


def test_a_meeting_of_the_budgets_own_year_alone_decides_and_is_entered_after_it_too(settings):
    settings.TODAY = datetime.date(2009, 12, 30)
    proposal = propose({FEES: -1000, OTHER_CENTRE: 1000})
    settings.TODAY = datetime.date(2010, 1, 20)
    make_meeting("KOK-Y", body="BODY-SH", held_on=datetime.date(2010, 1, 15))
    secretary = client_of("secretary")
    late = secretary.get(proposal.get_absolute_url())
    assert "voi vain perua" in late.context["decision_form"].why_none
    assert "kun kokous on pidetty" not in late.text
    make_meeting("KOK-X", body="BODY-SH", held_on=datetime.date(2009, 12, 31))
    typed = {"outcome": "accepted", "number": "900", "text": "Hyväksyttiin."}
    decide = f"{proposal.get_absolute_url()}decide/"
    assert secretary.post(decide, typed | {"meeting": "KOK-Y"}).status_code == 422
    assert secretary.post(decide, typed | {"meeting": "KOK-X"}).status_code == 302
    assert str(BudgetAmendment.objects.get(code=proposal.code).decided_on) == "2009-12-31"


def test_the_codes_go_on_in_the_series_of_all_amendments():
    known = set(BudgetAmendment.objects.values_list("code", flat=True))
    first, second = a_proposal(), a_proposal()
    assert first.code not in known
    assert int(second.code.rpartition("-")[2]) == int(first.code.rpartition("-")[2]) + 1


def opened(client):
    form = client.get(NEW).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_the_form_proposes_what_was_typed_and_keeps_it_when_it_is_wrong():
    finance = client_of("finance")
    form = opened(finance)
    wrong = finance.post(NEW, form | {FEES: "paljon", "amendment_reason": "Kilpailutus"})
    kept = wrong.context["form"]
    assert (wrong.status_code, set(kept.errors)) == (422, {FEES})
    assert [kept[name].value() for name in (FEES, "amendment_reason")] == ["paljon", "Kilpailutus"]
    unchanged = finance.post(NEW, form | {"amendment_reason": "Kilpailutus"})
    assert (unchanged.status_code, BudgetProposal.objects.count()) == (422, 0)
    euros = moved(**{FEES: -1000, SPACES: 1000})
    typed = {name: str(sum_of) for name, sum_of in euros.items()}
    answer = finance.post(NEW, form | typed | {"amendment_reason": "Kilpailutus"}, follow=True)
    proposal = BudgetProposal.objects.get()
    assert answer.redirect_chain == [(proposal.get_absolute_url(), 302)]
    assert {line.amount for line in proposal.lines.all()} == {Decimal(-1000), Decimal(1000)}
    assert "Esittelijä" in answer.content.decode()


def test_a_form_opened_before_another_amendment_shows_both_and_keeps_the_reason():
    finance = client_of("finance")
    form = opened(finance)
    decide_budget_proposal(a_proposal(), actor=person("presenter"), accepted=True)
    stale = finance.post(NEW, form | {FEES: "5", "amendment_reason": "Kilpailutus"})
    assert stale.status_code == 409
    assert [yours for _label, yours, _saved in stale.context["form"].differing] == ["5"]
    assert stale.context["form"]["amendment_reason"].value() == "Kilpailutus"


def test_what_waits_stands_on_the_desk_of_who_decides_and_on_the_budgets_page():
    mine, boards = a_proposal(), propose({FEES: -1, OTHER_CENTRE: 1})
    of = {
        name: client_of(name).get("/desk/").context["desk"].budget_amendments
        for name in ("presenter", "secretary")
    }
    assert of == {"presenter": [mine], "secretary": [boards]}
    page = client_of("finance").get("/ako/budget/2009/")
    assert (set(page.context["proposals"]), page.context["proposes"]) == ({mine, boards}, True)
    assert list(client_of("coordinator-mr").get("/ako/budget/2009/").context["proposals"]) == []
