"""What was billed, used and carried over, municipality by municipality and year by year. Pure; euros.

The rule, with its sources: docs/finance.md, “Contributions of the municipalities”.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programme.models.municipalities import split_by_population, unit_of
from reporting.facts.values import percent

Parts = dict[int, Decimal]  # by the id of the municipality
NOTHING = Decimal(0)


class Totals(NamedTuple):
    """The settlement of a year with all municipalities: what is billed and not used is carried over."""

    billed: Decimal
    used: Decimal
    text: str = ""

    @property
    def carried_over(self) -> Decimal:
        return self.billed - self.used


class Settled(NamedTuple):
    """The settlement of a year with one municipality."""

    billed: Decimal
    used: Decimal

    @property
    def carried_over(self) -> Decimal:
        return self.billed - self.used


@dataclass(frozen=True)
class YearsKey:
    """The shares of a year and what they were split by."""

    populations: Mapping[int, int]
    shares: Mapping[int, Decimal]
    deducts_advances: bool = False

    @property
    def total(self) -> Decimal:
        return sum(self.shares.values(), NOTHING)


@dataclass(kw_only=True)
class Paid:
    """What one municipality pays in a year, or all of them; None: not known, or none of it."""

    population: int | None
    share: Decimal | None
    percent: str | None
    carried: Decimal | None
    to_bill: Decimal | None
    settled: Settled | None
    after: Decimal | None


@dataclass(frozen=True)
class YearAccount:
    """A year of the municipalities' account.

    `before` is what is carried from earlier years, None where one of them is not the reader's to know;
    `to_bill` follows it. `unsettled` are the earlier years with shares that nobody has settled yet. `settled`
    is None where the year is not settled, or not to the reader's knowledge.
    """

    year: int
    key: YearsKey | None
    before: Parts | None
    settled_years: list[int]
    unsettled: list[int]
    to_bill: Parts | None
    totals: Totals | None
    settled: dict[int, Settled] | None
    after: Parts | None

    def paid_by(self, one: int) -> Paid:
        """Return what a municipality pays in this year, by its key in the database."""
        share = self.key.shares.get(one) if self.key else None
        return Paid(
            population=self.key.populations.get(one) if self.key else None,
            share=share,
            percent=percent(share, self.key.total) if self.key and share is not None else None,
            carried=self.before.get(one) if self.before else None,
            to_bill=self.to_bill.get(one) if self.to_bill else None,
            settled=self.settled.get(one) if self.settled else None,
            after=self.after.get(one) if self.after else None,
        )


def parts_of(amount: Decimal, populations: Mapping[int, int]) -> Parts:
    """Split a sum by population, in whole euros, or in cents where it has any; nothing has nothing in it."""
    if amount == 0:
        return dict.fromkeys(populations, NOTHING)
    return split_by_population(amount, populations, unit=unit_of(amount))


def to_bill(key: YearsKey, before: Mapping[int, Decimal]) -> Parts:
    """Return what each municipality is billed: its share, less what is carried where the key deducts it."""
    if not key.deducts_advances:
        return dict(key.shares)
    return {one: key.shares.get(one, NOTHING) - before.get(one, NOTHING) for one in {*key.shares, *before}}


def settle(key: YearsKey, bills: Mapping[int, Decimal], totals: Totals) -> dict[int, Settled]:
    """Share out a settlement; the parts make its sums exactly.

    Billed is what was to be billed, and any difference of the totals by the key. Used is the share, less the
    part by the key of what the shares left unused.
    """
    over = parts_of(totals.billed - sum(bills.values(), NOTHING), key.populations)
    unused = parts_of(key.total - totals.used, key.populations)
    return {
        one: Settled(
            billed=bills.get(one, NOTHING) + over.get(one, NOTHING),
            used=key.shares.get(one, NOTHING) - unused.get(one, NOTHING),
        )
        for one in {*bills, *key.populations}
    }


def account_of_years(
    keys: Mapping[int, YearsKey], settlements: Mapping[int, Totals | None]
) -> dict[int, YearAccount]:
    """Return the account year by year; a settlement of None is there, but not the reader's to know."""
    accounts: dict[int, YearAccount] = {}
    carried: Parts | None = {}
    settled_years: list[int] = []
    unsettled: list[int] = []
    for year in sorted({*keys, *settlements}):
        key, before, totals = keys.get(year), carried, settlements.get(year)
        is_billed_as_known = key is not None and (before is not None or not key.deducts_advances)
        bills = to_bill(key, before or {}) if key is not None and is_billed_as_known else None
        is_known = key is not None and bills is not None and totals is not None
        settled = settle(key, bills, totals) if is_known else None  # type: ignore[arg-type]
        accounts[year] = YearAccount(
            year,
            key,
            before,
            settled_years=list(settled_years),
            unsettled=list(unsettled),
            to_bill=bills,
            totals=totals,
            settled=settled,
            after=_added(before, settled),
        )
        if year in settlements:
            carried = accounts[year].after
            settled_years.append(year)
        else:
            unsettled.append(year)
    return accounts


def _added(before: Parts | None, settled: Mapping[int, Settled] | None) -> Parts | None:
    if before is None or settled is None:
        return None
    carried = {one: part.carried_over for one, part in settled.items()}
    return {one: before.get(one, NOTHING) + carried.get(one, NOTHING) for one in {*before, *carried}}
