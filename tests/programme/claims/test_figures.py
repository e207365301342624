"""The figures of claims: those of the file to the euro, and the rule that makes them."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from programme.claims.figures import costs_between, entries_of, left_of_grant, share_by_rate, state_share_of
from programme.claims.years import funding_plan, years_of
from programme.models import Grant, PaymentClaim
from tests.factories import ako
from tests.programme.claims.claims import drafted, left_out, the_claim, the_grant

SAMPLE = yaml.safe_load((Path(__file__).resolve().parents[3] / "programme/data/sample.yaml").read_text())
RATES = {record["year"]: Decimal(record["state_grant"]["rate_pct"]) for record in SAMPLE["budget_years"]}
EUROS = st.decimals(min_value=-1000, max_value=10_000_000, places=2)
PERCENTS = st.decimals(min_value=1, max_value=100, places=2)


@pytest.mark.parametrize("record", SAMPLE["claims"], ids=lambda record: record["id"])
def test_the_state_share_is_that_of_the_file(record):
    net = Decimal(record["costs"]) - record["other_income"] - record["ineligible"]
    assert (net, state_share_of(net, RATES[record["year"]])) == (record["eligible"], record["state_share"])


@given(net=EUROS, rate=PERCENTS)
def test_the_state_share_is_whole_and_less_than_a_euro_under_the_rate(net, rate):
    share = state_share_of(net, rate)
    exact = max(net * rate / 100, Decimal(0))
    assert share == share.to_integral_value()
    assert 0 <= exact - share < 1


@pytest.mark.django_db
def test_claims_of_the_file_stand_on_the_ledger_and_their_figures_agree():
    claims = PaymentClaim.objects.filter(programme=ako()).select_related("programme")
    by_code = {record["id"]: record for record in SAMPLE["claims"]}
    assert sorted(claim.code for claim in claims) == [
        "MAK-2007-1",
        "MAK-2007-2",
        "MAK-2008-1",
        "MAK-2008-2",
        "MAK-2009-1",
    ]
    for claim in claims:
        record = by_code[claim.code]
        assert claim.costs == costs_between(ako(), claim.starts_on, claim.ends_on)
        assert entries_of(claim).aggregate(sum=Sum("amount"))["sum"] == claim.costs
        assert share_by_rate(claim) == claim.state_share == record["state_share"]
        assert [(line.entry, line.amount, line.ground) for line in claim.exclusions.all()] == (
            [(None, record["ineligible"], record["ineligible_reason_fi"])] if record["ineligible"] else []
        )
        assert claim.state_share + claim.municipal_share + claim.other_income == claim.costs


@pytest.mark.django_db
def test_years_tell_what_was_granted_claimed_decided_paid_and_left():
    years = years_of(ako(), PaymentClaim.objects.filter(programme=ako()))
    told = [(year.year, year.claimed, year.decided, year.paid, year.left) for year in years]
    assert told == [
        (2009, 123529, None, None, 265000 - 123529),
        (2008, 104115 + 125599, 104115 + 125599, 104115 + 125599, 260000 - 104115 - 125599),
        (2007, 86746 + 118243, 86746 + 118243, 86746 + 118243, 240000 - 86746 - 118243),
    ]


@pytest.mark.django_db
def test_the_funding_plan_and_its_use_add_up_and_agree_with_the_claims():
    for year in years_of(ako(), PaymentClaim.objects.filter(programme=ako())):
        plan = funding_plan(year, ako())
        used = {row.source.code: row.used for row in plan.rows}
        assert used["RL-VALTIO"] == year.claimed
        assert plan.amended == sum(row.amended for row in plan.rows)
        if year.year == 2009:
            # What the municipalities paid is told when the books of the year are closed.
            assert (used["RL-KUNNAT"], plan.used, plan.left) == (None, None, None)
        else:
            assert plan.used == sum(used.values())
            assert plan.left == plan.amended - plan.used


@pytest.mark.django_db
def test_no_more_is_claimed_than_is_left_of_the_grant():
    Grant.objects.filter(pk=the_grant().pk).update(granted=Decimal("130000"))
    claim = drafted("0")
    assert claim.state_share == 130000 - 123529
    assert share_by_rate(claim) > claim.state_share
    assert left_of_grant(the_grant()) == 0


@pytest.mark.django_db
def test_of_what_is_left_of_a_grant_whole_euros_are_claimed():
    Grant.objects.filter(pk=the_grant().pk).update(granted=Decimal("130000.50"))
    claim = drafted("0")
    assert claim.state_share == 130000 - 123529
    with pytest.raises(IntegrityError, match="whole_euros"), transaction.atomic():
        PaymentClaim.objects.filter(pk=claim.pk).update(state_share=Decimal("6470.50"))


@pytest.mark.django_db
def test_what_the_funder_did_not_grant_of_a_claim_is_left_for_the_next():
    PaymentClaim.objects.filter(code="MAK-2009-1").update(
        state="decided", decided_on="2009-09-01", decided_amount=100000, decided_reason="Ei hyväksytty."
    )
    assert left_of_grant(the_grant()) == 165000


@pytest.mark.django_db
def test_lines_that_are_not_eligible_lower_the_share_and_stay_with_the_municipalities():
    claim = drafted("0")
    before = (claim.state_share, claim.municipal_share)
    left_out(claim, "100.50")
    now = the_claim()
    assert now.not_eligible == Decimal("100.50")
    assert now.state_share == state_share_of(claim.costs - Decimal("100.50"), Decimal(50))
    assert now.state_share + now.municipal_share == sum(before)
