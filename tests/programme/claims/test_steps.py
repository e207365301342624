"""The way of a claim: each step in its turn, and what no longer changes."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from programme.claims import acting, documents, drafting
from programme.claims.figures import entries_of
from programme.ledger.writing import LEDGER_LOCK
from programme.models import ClaimedEntry, ClaimExclusion, Grant, LedgerImport, Matter, PaymentClaim
from tests.factories import make_meeting
from tests.personas import person
from tests.programme.claims.claims import (
    HELD_ON,
    approved,
    before_the_board,
    decided,
    drafted,
    left_out,
    paid,
    sent,
    some_entry,
    the_claim,
    with_document,
)
from tests.programme.claims.test_drafting import booked

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2009, 9, 9)


def settle(claim, amount, *, reason="", on=TODAY):
    acting.record_funders_decision(
        claim,
        actor=person("finance"),
        version=claim.version,
        decided_on=on,
        decided_amount=Decimal(amount),
        decided_reason=reason,
    )


def pay(claim, amount, *, on=TODAY):
    acting.record_payment(claim, version=claim.version, paid_on=on, paid_amount=Decimal(amount))


def test_a_claim_goes_its_way():
    claim = paid()
    assert (claim.state, claim.claimed_on, claim.paid_amount) == ("paid", HELD_ON, claim.state_share)
    assert (claim.decision.matter.section, claim.matter) == (901, claim.decision.matter)
    assert claim.decision.matter.title == "Maksatushakemus MAK-2009-2"


def test_a_claim_whose_days_are_not_over_is_not_put_before_the_board():
    claim = drafted(last=datetime.date(2009, 9, 30))
    with pytest.raises(ValidationError, match="päivät eivät ole"):
        acting.hand_on(claim, version=claim.version)


def test_a_claim_that_differs_from_the_ledger_is_not_put_before_the_board():
    claim = drafted()
    booked("10")
    with pytest.raises(ValidationError, match="Kirjanpidossa on nyt"):
        acting.hand_on(claim, version=claim.version)
    assert the_claim().state == "drafted"


def test_a_claim_is_put_before_the_board_as_it_was_read():
    claim = drafted()
    left_out(claim, "10")
    with pytest.raises(ValidationError, match="muuttunut"):
        acting.hand_on(claim, version=claim.version)


def test_a_claim_is_worked_out_anew_when_less_is_left_of_the_grant():
    claim = drafted("0")
    Grant.objects.filter(year=2009).update(granted=Decimal(130000))
    with pytest.raises(ValidationError, match="Laske hakemus ensin uudelleen"):
        acting.hand_on(claim, version=claim.version)
    drafting.retake_costs(claim)
    acting.hand_on(the_claim(), version=2)
    assert (the_claim().state, the_claim().state_share) == ("at_board", 6471)


def test_a_claim_keeps_its_entries_whatever_becomes_of_their_imports():
    claim = drafted()
    extra = booked("10")
    drafting.retake_costs(claim)
    acting.hand_on(the_claim(), version=2)
    before = acting.costs_entries(claim.programme, claim.starts_on, claim.ends_on).count()
    LedgerImport.objects.filter(pk=extra.pk).update(
        reverted_at="2009-09-09T10:00Z", reverting_reason="Väärä."
    )
    assert the_claim().claimed_entries.count() == before
    acting.take_back(the_claim())
    assert the_claim().claimed_entries.count() == 0


def test_a_line_of_a_reverted_import_is_told_before_the_board():
    extra = booked("10")
    claim = drafted()
    entry = extra.entries.get()
    left_out(claim, "10", entry=entry)
    LedgerImport.objects.filter(pk=extra.pk).update(
        reverted_at="2009-09-09T10:00Z", reverting_reason="Väärä."
    )
    drafting.retake_costs(claim)
    with pytest.raises(ValidationError, match="peruttu"):
        acting.hand_on(the_claim(), version=the_claim().version)


def test_a_matter_on_the_agenda_takes_the_decision_without_asking():
    meeting = make_meeting("KOK-SH-X", held_on=HELD_ON)
    matter = Matter.objects.create(meeting=meeting, section=77, title="MAKSATUSHAKEMUS")
    claim = drafted()
    acting.hand_on(claim, version=claim.version, matter=matter)
    acting.enter_boards_decision(the_claim(), meeting=meeting, number=77, text="Hyväksyttiin.")
    assert the_claim().decision.matter == matter


def test_a_claim_is_taken_back_until_the_board_has_decided():
    acting.take_back(before_the_board())
    assert the_claim().state == "drafted"
    acting.hand_on(the_claim(), version=the_claim().version)
    meeting = make_meeting("KOK-SH-X", held_on=HELD_ON)
    acting.enter_boards_decision(the_claim(), meeting=meeting, number=901, text="Hyväksyttiin.")
    with pytest.raises(ValidationError, match="päättänyt"):
        acting.take_back(the_claim())


def test_steps_are_taken_in_their_turn():
    claim = drafted()
    meeting = make_meeting("KOK-SH-Y", held_on=HELD_ON)
    for act in (
        lambda: acting.take_back(claim),
        lambda: acting.enter_boards_decision(claim, meeting=meeting, number=5, text="x"),
        lambda: acting.send(claim, claimed_on=TODAY),
        lambda: settle(claim, 1, reason="x"),
        lambda: pay(claim, 1),
    ):
        with pytest.raises(ValidationError):
            act()
    assert (the_claim().state, the_claim().version) == ("drafted", 1)
    with pytest.raises(ValidationError, match="ei ole vielä päättänyt"):
        acting.send(before_the_board_of(claim), claimed_on=TODAY)


def before_the_board_of(claim):
    acting.hand_on(claim, version=claim.version)
    return the_claim()


@pytest.mark.parametrize("on", [datetime.date(2009, 9, 7), datetime.date(2009, 9, 10)])
def test_a_claim_is_sent_after_its_decision_and_not_in_the_future(on):
    claim = approved()
    with pytest.raises(ValidationError) as refusal:
        acting.send(claim, claimed_on=on)
    assert list(refusal.value.message_dict) == ["claimed_on"]


def test_the_funder_may_decide_less_with_a_reason_and_not_more():
    claim = sent()
    for amount, reason, field in (
        (claim.state_share + 1, "", "decided_amount"),
        (claim.state_share - 1, "", "decided_reason"),
    ):
        with pytest.raises(ValidationError) as refusal:
            settle(claim, amount, reason=reason)
        assert list(refusal.value.message_dict) == [field]
    settle(claim, claim.state_share - 1, reason="Yksi lasku ei kelpaa.")
    now = the_claim()
    assert (now.state, now.decided_reason) == ("decided", "Yksi lasku ei kelpaa.")
    assert now.municipal_share == claim.municipal_share + 1


def test_the_funders_decision_is_mended_until_it_is_paid():
    claim = decided("100", "Ei kaikkea.")
    settle(claim, claim.state_share)
    claim = the_claim()
    assert (claim.decided_amount, claim.decided_reason) == (claim.state_share, "")
    pay(claim, 50)
    pay(the_claim(), 60)
    assert the_claim().paid_amount == 60
    with pytest.raises(ValidationError):
        settle(the_claim(), 100, reason="x")


def test_not_more_is_paid_than_was_decided():
    claim = decided()
    for amount in (claim.state_share + 1, 0):
        with pytest.raises(ValidationError) as refusal:
            pay(claim, amount)
        assert list(refusal.value.message_dict) == ["paid_amount"]


FROZEN = {
    "costs": 1,
    "other_income": 1,
    "not_eligible": 1,
    "rate": 1,
    "state_share": 1,
    "starts_on": "2009-07-02",
    "ends_on": "2009-08-30",
    "code": "MAK-2009-9",
}


@pytest.mark.parametrize(("field", "value"), FROZEN.items(), ids=FROZEN)
def test_the_database_keeps_the_figures_of_what_is_no_draft(field, value):
    claim = sent()
    with pytest.raises(DatabaseError, match="change while it is a draft"), transaction.atomic():
        PaymentClaim.objects.filter(pk=claim.pk).update(**{field: value})


@pytest.mark.parametrize(
    "change", [{"claimed_on": "2009-09-09"}, {"decision": None}, {"state": "drafted"}, {"state": "at_board"}]
)
def test_the_database_keeps_what_was_sent(change):
    claim = sent()
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentClaim.objects.filter(pk=claim.pk).update(**change)


def test_the_database_keeps_lines_entries_and_claims_that_are_no_drafts():
    draft = drafted()
    left_out(draft, "10", entry=some_entry(draft))
    acting.hand_on(the_claim(), version=the_claim().version)
    claim = the_claim()
    for change in (
        lambda: claim.exclusions.update(amount=1),
        lambda: claim.exclusions.all().delete(),
        lambda: ClaimExclusion.objects.create(claim=claim, amount=1, ground="x"),
        lambda: claim.claimed_entries.all().delete(),
        claim.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_database_demands_that_the_lines_make_the_sum():
    claim = drafted()
    with pytest.raises(DatabaseError, match="sum of its lines"), transaction.atomic():
        PaymentClaim.objects.filter(pk=claim.pk).update(not_eligible=1, state="at_board")


def test_the_database_demands_that_the_entries_make_the_costs():
    claim = drafted()
    entries = [ClaimedEntry(claim=claim, entry=entry) for entry in entries_of(claim)]
    ClaimedEntry.objects.bulk_create(entries[1:])
    with pytest.raises(DatabaseError, match="sum of its entries"), transaction.atomic():
        PaymentClaim.objects.filter(pk=claim.pk).update(state="at_board")
    entries[0].save()
    PaymentClaim.objects.filter(pk=claim.pk).update(state="at_board")


def test_nobody_writes_to_the_ledger_while_a_claim_is_put_before_the_board():
    claim = drafted()
    with connection.cursor() as cursor:
        held = "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND (classid, objid) = (%s, %s)"
        cursor.execute(held, [LEDGER_LOCK, claim.programme_id])
        assert cursor.fetchone() == (0,)
        acting.hand_on(claim, version=claim.version)
        cursor.execute(held, [LEDGER_LOCK, claim.programme_id])
        assert cursor.fetchone() == (1,)


def test_papers_stay_once_the_claim_is_sent_and_others_may_join():
    claim = sent()
    document = with_document(claim)
    with pytest.raises(ValidationError, match="on lähetetty"):
        documents.remove_document(claim, document)
    with pytest.raises(DatabaseError), transaction.atomic():
        document.delete()
    assert with_document(claim, "toinen").attachment.name == "toinen.pdf"


def test_the_same_paper_is_kept_once():
    claim = drafted()
    with_document(claim)
    with_document(claim)
    assert claim.documents.count() == 1
    documents.remove_document(claim, claim.documents.get())
    assert claim.documents.count() == 0
