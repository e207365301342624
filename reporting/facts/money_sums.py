"""The sums behind the follow-up of money: what was budgeted, changed, expected and booked, by line.

A line is a cost centre and an account. Everything that is told is added up from these, never from what was
rounded. All sums are euros.
"""

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, Self

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from programme.amended import appropriations
from programme.models import (
    Account,
    CostCentre,
    LedgerEntry,
    Phasing,
    Programme,
    ReportingPeriod,
)
from programme.models.phasing import WHOLE
from reporting.facts.values import percent

MONTHS_OF_A_YEAR = 12
EARLIER_YEARS = 2
NOTHING = Decimal(0)


@dataclass
class Sums:
    """What is told of one thing: a line, or lines added up."""

    original: Decimal = NOTHING
    changed: Decimal = NOTHING
    expected: Fraction = Fraction(0)  # of the amended budget, by the period's last day
    actual: Decimal = NOTHING
    earlier: dict[int, Decimal] = field(default_factory=dict)  # by year; what is not there is zero

    @property
    def amended(self) -> Decimal:
        return self.original + self.changed

    @property
    def expected_percent(self) -> str | None:
        """What is expected, in per cent of the amended budget; None of nothing."""
        return percent(Decimal(self.expected.numerator), self.expected.denominator * self.amended)

    @property
    def is_of_the_year(self) -> bool:
        """Whether there is anything of the year itself, not of earlier ones alone."""
        return bool(self.original or self.changed or self.actual)

    def add(self, other: Self) -> None:
        """Take in what another thing has."""
        self.original += other.original
        self.changed += other.changed
        self.expected += other.expected
        self.actual += other.actual
        for year, euros in other.earlier.items():
            self.earlier[year] = self.earlier.get(year, NOTHING) + euros


class Line(NamedTuple):
    """Where an expense is budgeted and booked, by the keys of the rows."""

    cost_centre: int
    account: int


@dataclass
class PeriodSums:
    """All sums of a period: the expenses by line, the income by funding source and by account."""

    expenses: dict[Line, Sums]
    sources: dict[int, Sums]  # what the budget says of each; what was booked is known by account alone
    income: dict[int, Sums]  # what was booked on each income account, a plus being income
    is_phased: bool  # whether a line has a phasing of its own
    years_of_expenses: set[int]  # of which the ledger has any
    years_of_income: set[int]

    def by_cost_centre(self) -> dict[int, Sums]:
        return added_up((line.cost_centre, sums) for line, sums in self.expenses.items())

    def by_account(self) -> dict[int, Sums]:
        return added_up((line.account, sums) for line, sums in self.expenses.items())


def added_up(sums: Iterable[tuple[int, Sums]]) -> dict[int, Sums]:
    """Return sums by their keys, those of the same key added up."""
    found: dict[int, Sums] = defaultdict(Sums)
    for key, one in sums:
        found[key].add(one)
    return dict(found)


def whole_of(sums: Iterable[Sums]) -> Sums:
    """Return what sums come to."""
    whole = Sums()
    for one in sums:
        whole.add(one)
    return whole


def same_day(day: datetime.date, year: int) -> datetime.date:
    """Return the same day of another year; the last day of a month stays the last."""
    last = calendar.monthrange(year, day.month)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return day.replace(year=year, day=last if is_last else min(day.day, last))


def earlier_days(period: ReportingPeriod) -> list[datetime.date]:
    """Return the day of a period's actuals in the two earlier years, the nearer first."""
    day = period.last_day_of_actuals
    return [same_day(day, period.year - ago) for ago in range(1, EARLIER_YEARS + 1)]


def period_sums(
    period: ReportingPeriod, programme: Programme, centre: CostCentre | None = None
) -> PeriodSums:
    """Add up a period, of one cost centre or of all: four queries, whatever the number of entries."""
    of_centre: dict[str, Any] = {"cost_centre": centre} if centre else {"cost_centre__programme": programme}
    found = PeriodSums(defaultdict(Sums), defaultdict(Sums), defaultdict(Sums), False, set(), set())
    columns = "cost_centre", "account", "funding_source"
    budgeted = appropriations(programme, [period.year], *columns, until=period.ends_on, **of_centre)
    for (of, account, source), appropriation in budgeted.items():
        sums = found.expenses[Line(of, account)] if source is None else found.sources[source]
        sums.original += appropriation.original
        sums.changed += appropriation.changed
    phasings = {
        Line(phasing.cost_centre_id, phasing.account_id): phasing
        for phasing in Phasing.objects.filter(
            budget__programme=programme, budget__year=period.year, **of_centre
        )
    }
    found.is_phased = bool(phasings)
    _expect(found, period, phasings)
    _read_ledger(found, period, LedgerEntry.objects.counted().filter(**of_centre))
    return found


def _expect(found: PeriodSums, period: ReportingPeriod, phasings: Mapping[Line, Phasing]) -> None:
    even = Fraction(period.months, MONTHS_OF_A_YEAR)
    for line, sums in found.expenses.items():
        phasing = phasings.get(line)
        share = Fraction(phasing.by_month(period.months) / WHOLE) if phasing else even
        sums.expected = Fraction(sums.amended) * share
    for sums in found.sources.values():
        sums.expected = Fraction(sums.amended) * even


def _read_ledger(found: PeriodSums, period: ReportingPeriod, entries: QuerySet[LedgerEntry]) -> None:
    """Read what was booked by the day of each year, and of which years the ledger has anything at all."""
    counts = Q(booked_on__range=(period.starts_on, period.ledger_cut_off))
    for day in earlier_days(period):
        counts |= Q(booked_on__range=(day.replace(month=1, day=1), day))
    first = datetime.date(period.year - EARLIER_YEARS, 1, 1)
    booked = (
        entries.filter(booked_on__range=(first, period.ledger_cut_off))
        .order_by()
        .annotate(year=ExtractYear("booked_on"))
        .values_list("year", "cost_centre", "account", "account__kind")
        .annotate(total=Sum("amount", filter=counts))
    )
    for year, centre, account, kind, amount in booked:
        year = min(year, period.year)  # what is booked after New Year by a late cut-off is of the year
        is_income = kind == Account.Kind.INCOME
        (found.years_of_income if is_income else found.years_of_expenses).add(year)
        if amount is None:
            continue
        sums = found.income[account] if is_income else found.expenses[Line(centre, account)]
        amount = -amount if is_income else amount
        if year == period.year:
            sums.actual += amount
        else:
            sums.earlier[year] = sums.earlier.get(year, NOTHING) + amount
