"""Of one grant there is one remainder, and a claim says which state share its rules speak of."""

from decimal import Decimal

import pytest

from programme.claims.years import funding_plan, years_of
from programme.models import PaymentClaim
from tests.factories import ako
from tests.personas import client_of
from tests.programme.claims.claims import decided, sent

pytestmark = pytest.mark.django_db


def the_year():
    return next(
        year for year in years_of(ako(), PaymentClaim.objects.filter(programme=ako())) if year.year == 2009
    )


def test_the_plan_and_the_years_take_the_same_of_a_grant():
    claim = decided("1000.50", reason="Vain osa hyväksyttiin.")
    assert claim.state_share > Decimal("1000.50")
    year = the_year()
    plan = funding_plan(year, ako())
    [granted] = [row for row in plan.rows if row.source.pk == year.grant.funding_source_id]
    assert granted.used == year.taken == year.grant.granted - year.left
    assert granted.left - year.left == granted.amended - year.grant.granted
    assert "mitä rahoittaja on päättänyt" in client_of("finance").get("/ako/finance/claims/?year=2009").text


def test_the_rule_of_the_municipalities_share_says_which_state_share_it_takes():
    claim = sent()
    client = client_of("finance")
    assert "haettu valtionosuus" in client.get(claim.get_absolute_url()).text
    claim.decided_on, claim.decided_amount = claim.claimed_on, claim.state_share
    claim.state = PaymentClaim.State.DECIDED
    claim.save()
    told = client.get(claim.get_absolute_url()).text
    assert "valtionosuus, sellaisena kuin rahoittaja sen päätti" in told
    assert "haettu valtionosuus" not in told
