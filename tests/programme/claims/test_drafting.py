"""Drawing up a claim: its days, its costs from the ledger, and what is not eligible."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from programme import clock
from programme.claims import drafting, grants
from programme.claims.figures import costs_between, ledger_now
from programme.models import (
    Account,
    Attachment,
    ClaimExclusion,
    CostCentre,
    Grant,
    LedgerEntry,
    LedgerImport,
    PaymentClaim,
)
from programme.saving import cells_of
from tests.factories import ako
from tests.programme.claims.claims import (
    FIRST,
    LAST,
    before_the_board,
    drafted,
    left_out,
    some_entry,
    the_claim,
    the_grant,
    with_document,
)

pytestmark = pytest.mark.django_db

CELLS = ("starts_on", "ends_on", "other_income")


def day(month: int, number: int, year: int = 2009) -> datetime.date:
    return datetime.date(year, month, number)


def booked(euros: str, *, on: datetime.date = LAST) -> LedgerImport:
    """Bring one more cost into the ledger."""
    ledger_import = LedgerImport.objects.create(
        programme=ako(), source_name="x.csv", source_sha256="0" * 64, imported_at=clock.now()
    )
    LedgerEntry.objects.create(
        ledger_import=ledger_import,
        cost_centre=CostCentre.objects.get(programme=ako(), code="KP-2110"),
        account=Account.objects.filter(programme=ako(), kind="expense")[0],
        booked_on=on,
        voucher="X1",
        amount=Decimal(euros),
    )
    return ledger_import


def save(claim: PaymentClaim, **values: object) -> PaymentClaim:
    base = cells_of(claim, CELLS)
    typed = {name: getattr(claim, name) for name in CELLS} | values
    drafting.save_claim(claim, values=typed, base=base)
    return the_claim(claim.code)


def test_a_draft_takes_its_costs_from_the_ledger_and_its_code_from_the_year():
    claim = drafted("1000")
    assert (claim.code, claim.year, claim.state, claim.rate) == ("MAK-2009-2", 2009, "drafted", 50)
    assert claim.costs == costs_between(ako(), FIRST, LAST) > 0
    assert claim.state_share == (claim.costs - 1000) // 2


@pytest.mark.parametrize(
    ("first", "last", "field", "said"),
    [
        (day(6, 30), LAST, "starts_on", "MAK-2009-1"),
        (day(8, 1), day(7, 1), "ends_on", "ennen ensimmäistä"),
        (day(12, 1), day(1, 31, 2010), "ends_on", "yhden vuoden"),
        (day(1, 1, 2010), day(6, 30, 2010), "starts_on", "2010"),
    ],
    ids=["claimed", "backwards", "two years", "no grant"],
)
def test_days_that_cannot_be_claimed_are_refused_at_their_field(first, last, field, said):
    with pytest.raises(ValidationError) as refusal:
        drafted(first=first, last=last)
    [(at, [message])] = refusal.value.message_dict.items()
    assert at == field
    assert said in message
    assert not PaymentClaim.objects.filter(code="MAK-2009-2").exists()


def test_days_outside_of_the_grants_own_are_refused():
    Grant.objects.filter(pk=the_grant().pk).update(starts_on=day(7, 2), ends_on=day(8, 30))
    with pytest.raises(ValidationError, match="avustus") as early:
        drafted()
    with pytest.raises(ValidationError, match="avustus") as late:
        drafted(first=day(7, 2))
    assert [list(one.value.message_dict) for one in (early, late)] == [["starts_on"], ["ends_on"]]


def test_the_database_refuses_to_claim_a_day_twice():
    claim = drafted()
    with pytest.raises(IntegrityError, match="a_cost_is_claimed_once"), transaction.atomic():
        PaymentClaim.objects.filter(pk=claim.pk).update(starts_on=day(6, 30))


def test_more_income_than_costs_is_refused():
    with pytest.raises(ValidationError) as refusal:
        drafted("10000000")
    assert list(refusal.value.message_dict) == ["other_income"]


def test_a_draft_is_compared_to_the_ledger_and_takes_the_figure_anew():
    claim = drafted()
    booked("12.34")
    assert ledger_now(claim).costs == claim.costs + Decimal("12.34")
    drafting.retake_costs(claim)
    assert the_claim().costs == claim.costs + Decimal("12.34")


def test_other_days_take_other_costs_and_the_rest_stays_typed():
    claim = save(drafted(), ends_on=day(7, 31))
    assert claim.costs == costs_between(ako(), FIRST, day(7, 31))
    assert (claim.other_income, claim.version) == (1000, 2)


def test_other_days_are_refused_while_a_line_of_the_old_ones_is_left_out():
    claim = drafted()
    entry = drafting.eligible_entries(claim).filter(booked_on__month=8).first()
    left_out(claim, f"{entry.amount}", entry=entry)
    with pytest.raises(ValidationError, match="muina päivinä"):
        save(the_claim(), ends_on=day(7, 31))


def test_a_line_is_left_out_whole_or_in_part_and_the_sum_is_that_of_the_lines():
    claim = drafted()
    entry = some_entry(claim)
    left_out(claim, f"{entry.amount}", entry=entry)
    left_out(claim, "10.10")
    claim = the_claim()
    assert claim.not_eligible == entry.amount + Decimal("10.10")
    assert not drafting.eligible_entries(claim).filter(pk=entry.pk).exists()
    line = ClaimExclusion.objects.get(entry=entry)
    cells = cells_of(line, ("amount", "ground"))
    drafting.save_exclusion(line, values={"amount": Decimal(1), "ground": "Lahja"}, base=cells)
    assert the_claim().not_eligible == Decimal("11.10")
    drafting.remove_exclusion(line)
    assert the_claim().not_eligible == Decimal("10.10")


def test_more_than_the_line_itself_is_not_left_out():
    claim = drafted()
    entry = some_entry(claim)
    for amount in (entry.amount + 1, Decimal(-1)):
        with pytest.raises(ValidationError) as refusal:
            left_out(claim, f"{amount}", entry=entry)
        assert list(refusal.value.message_dict) == ["amount"]
    assert the_claim().not_eligible == 0


def test_a_line_is_left_out_once():
    claim = drafted()
    entry = some_entry(claim)
    left_out(claim, "1", entry=entry)
    with pytest.raises(ValidationError, match="on jo jätetty"):
        left_out(claim, "1", entry=entry)


def test_lines_of_other_days_and_of_reverted_imports_are_none_of_the_claims():
    claim = drafted()
    reverted = booked("50")
    LedgerImport.objects.filter(pk=reverted.pk).update(
        reverted_at=clock.now(), reverting_reason="Väärä kuukausi."
    )
    other = booked("60", on=day(6, 30))
    for entry in LedgerEntry.objects.filter(ledger_import__in=[reverted, other]):
        with pytest.raises(ValidationError):
            left_out(claim, "1", entry=entry)


def test_a_draft_is_removed_with_its_lines_and_papers():
    claim = drafted()
    left_out(claim, "10")
    with_document(claim)
    drafting.remove_claim(claim)
    assert not PaymentClaim.objects.filter(pk=claim.pk).exists()
    assert not Attachment.objects.filter(name="liite.pdf").exists()


def test_what_is_before_the_board_is_not_changed():
    claim = before_the_board()
    for act in (
        lambda: drafting.retake_costs(claim),
        lambda: drafting.remove_claim(claim),
        lambda: left_out(claim, "10"),
        lambda: save(claim, other_income=Decimal(1)),
    ):
        with pytest.raises(ValidationError, match="hallituksen käsittelyssä"):
            act()


def test_drafts_follow_a_grant_that_is_mended_and_sent_claims_do_not():
    drafted("0")
    grant = the_grant()
    base = cells_of(grant, ("rate",))
    grants.save_grant(grant, values={"rate": Decimal(40)}, base=base)
    claim = the_claim()
    assert (claim.rate, claim.state_share) == (40, claim.costs * 40 // 100)
    assert the_claim("MAK-2009-1").rate == 50


def test_a_grant_is_not_less_than_what_has_been_claimed_of_it():
    grant = the_grant()
    base = cells_of(grant, ("granted",))
    with pytest.raises(ValidationError) as refusal:
        grants.save_grant(grant, values={"granted": Decimal(100000)}, base=base)
    assert list(refusal.value.message_dict) == ["granted"]
    assert the_grant().granted == 265000


def test_a_new_grant_begins_on_the_terms_of_the_one_before():
    grant = grants.grant_of(ako(), 2010)
    assert grant.pk is None
    assert (grant.rate, grant.granter, grant.claim_months) == (50, "Pirkanmaan liitto", [6, 12])
    assert (grant.starts_on, grant.ends_on) == (day(1, 1, 2010), day(12, 31, 2010))
