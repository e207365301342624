"""Who paid what, year by year: parts make their sums exactly, to the cent, whatever the sums."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from programme.models.municipalities import split_by_population, unit_of
from reporting.contributions.settling import Totals, YearsKey, account_of_years, parts_of

CENT = Decimal("0.01")
sums = st.integers(min_value=-(10**9), max_value=10**9).map(lambda cents: cents * CENT)
positive = st.integers(min_value=0, max_value=10**9).map(lambda cents: cents * CENT)
populations = st.dictionaries(
    st.integers(min_value=1, max_value=12), st.integers(min_value=0, max_value=300_000), min_size=1
).filter(lambda counts: sum(counts.values()) > 0)


@given(sums, populations)
def test_the_parts_of_any_sum_make_it_and_none_is_a_unit_from_its_due(amount, counts):
    parts, unit = parts_of(amount, counts), unit_of(amount)
    assert sum(parts.values()) == amount
    assert all(part % unit == 0 for part in parts.values())
    residents = sum(counts.values())
    assert all(abs(parts[one] - amount * count / residents) < unit for one, count in counts.items())


@given(sums, populations)
def test_what_takes_a_sum_back_is_parted_as_the_sum_was(amount, counts):
    assert parts_of(-amount, counts) == {one: -part for one, part in parts_of(amount, counts).items()}


def test_equal_remainders_follow_the_order_of_the_keys_whatever_the_digits():
    thirds = {"B": 1, "C": 1, "A": 1}
    assert split_by_population(Decimal("0.02"), thirds, unit=CENT) == {
        "A": CENT,
        "B": CENT,
        "C": Decimal(0),
    }


@st.composite
def years(draw):
    """Draw years with their own members, incomes, ways of billing and, for some, settlements."""
    keys, settlements = {}, {}
    for year in range(2007, 2007 + draw(st.integers(min_value=1, max_value=5))):
        counts, income = draw(populations), draw(positive)
        keys[year] = YearsKey(counts, parts_of(income, counts), draw(st.booleans()))
        if draw(st.booleans()):
            settlements[year] = Totals(draw(positive), draw(positive))
    return keys, settlements


@given(years())
def test_every_column_of_every_year_makes_its_sum_exactly(book):
    keys, settlements = book
    carried = Decimal(0)
    for year, account in account_of_years(keys, settlements).items():
        assert account.before is not None
        assert sum(account.before.values()) == carried
        assert account.to_bill is not None
        deducted = carried if keys[year].deducts_advances else 0
        assert sum(account.to_bill.values()) == keys[year].total - deducted
        assert (account.settled is None) == (year not in settlements)
        if account.settled is None:
            continue
        totals = settlements[year]
        assert sum(part.billed for part in account.settled.values()) == totals.billed
        assert sum(part.used for part in account.settled.values()) == totals.used
        assert sum(part.carried_over for part in account.settled.values()) == totals.carried_over
        carried += totals.carried_over
        assert account.after is not None
        assert sum(account.after.values()) == carried


def test_where_the_shares_were_billed_what_is_carried_is_split_by_the_key():
    counts = {1: 28_000, 2: 19_000, 3: 208_000}
    key = YearsKey(counts, parts_of(Decimal(228_000), counts))
    account = account_of_years({2007: key}, {2007: Totals(Decimal(228_000), Decimal(205_611))})[2007]
    assert account.settled is not None
    assert {one: part.carried_over for one, part in account.settled.items()} == parts_of(
        Decimal(22_389), counts
    )


def test_what_is_deducted_is_on_the_bills_of_the_next_year():
    counts = {1: 2, 2: 1}
    first = YearsKey(counts, parts_of(Decimal(300), counts))
    second = YearsKey({1: 1, 2: 1, 3: 1}, parts_of(Decimal(300), {1: 1, 2: 1, 3: 1}), deducts_advances=True)
    accounts = account_of_years(
        {2007: first, 2008: second},
        {2007: Totals(Decimal(300), Decimal(270)), 2008: Totals(Decimal(270), Decimal(300))},
    )
    assert accounts[2008].before == {1: 20, 2: 10}
    assert accounts[2008].to_bill == {1: 80, 2: 90, 3: 100}
    # All is used and all that was carried has been deducted: nobody has anything left.
    assert accounts[2008].after == {1: 0, 2: 0, 3: 0}


def test_after_a_settlement_that_is_not_told_nothing_carried_is_known():
    counts = {1: 1}
    keys = {
        2007: YearsKey(counts, parts_of(Decimal(10), counts)),
        2008: YearsKey(counts, parts_of(Decimal(20), counts)),
        2009: YearsKey(counts, parts_of(Decimal(30), counts), deducts_advances=True),
    }
    accounts = account_of_years(keys, {2007: None})
    assert (accounts[2007].before, accounts[2007].settled) == ({}, None)
    assert (accounts[2008].before, accounts[2008].to_bill) == (None, {1: 20})
    assert (accounts[2009].before, accounts[2009].to_bill) == (None, None)


def test_a_settlement_without_shares_is_not_split():
    account = account_of_years({}, {2007: Totals(Decimal(1), Decimal(1))})[2007]
    assert (account.key, account.settled, account.after) == (None, None, None)
