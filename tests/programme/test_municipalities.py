"""What each municipality pays: the parts make exactly the sum."""

from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from programme.models import ContributionShare, Grant
from programme.models.municipalities import split_by_population

EURO, CENT = Decimal(1), Decimal("0.01")


def test_the_largest_remainders_get_what_rounding_down_leaves_over():
    assert split_by_population(Decimal(100), {"A": 1, "B": 1, "C": 1}, unit=EURO) == {
        "A": Decimal(34),
        "B": Decimal(33),
        "C": Decimal(33),
    }
    assert split_by_population(Decimal("10.00"), {"A": 2, "B": 1}, unit=CENT) == {
        "A": Decimal("6.67"),
        "B": Decimal("3.33"),
    }


@given(
    st.integers(min_value=0, max_value=10**9),
    st.lists(st.integers(min_value=1, max_value=300_000), min_size=1, max_size=12),
)
def test_the_parts_make_the_sum_and_none_is_a_unit_from_its_due(units, residents):
    amount = units * CENT
    populations = {f"K{index:02}": number for index, number in enumerate(residents)}
    parts = split_by_population(amount, populations, unit=CENT)
    assert sum(parts.values()) == amount
    total = sum(residents)
    assert all(abs(parts[name] - amount * number / total) < CENT for name, number in populations.items())


@pytest.mark.parametrize(
    ("amount", "populations"), [(Decimal("0.5"), {"A": 1}), (Decimal(1), {}), (Decimal(1), {"A": 0})]
)
def test_what_cannot_be_split_is_refused(amount, populations):
    with pytest.raises(ValueError, match="at least one resident"):
        split_by_population(amount, populations, unit=EURO)


@pytest.mark.django_db
def test_the_shares_of_each_year_make_the_municipalities_contribution():
    for grant in Grant.objects.all():
        shares = ContributionShare.objects.filter(programme=grant.programme, year=grant.year)
        populations = dict(shares.values_list("municipality__code", "population"))
        total = shares.aggregate(sum=Sum("amount"))["sum"]
        assert dict(shares.values_list("municipality__code", "amount")) == split_by_population(
            total, populations, unit=EURO
        )
