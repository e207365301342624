"""What decided budgets have on their lines with the amendments decided by a day. All sums are euros."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum

from programme.models import BudgetAmendmentLine, BudgetLine, Programme

ByCentre = dict[tuple[int, int], Decimal]  # euros by the key of a cost centre and a year


class Appropriation(NamedTuple):
    """A sum of budgets: as it was decided first, and what amendments changed in it."""

    original: Decimal = Decimal(0)
    changed: Decimal = Decimal(0)

    @property
    def amended(self) -> Decimal:
        return self.original + self.changed


def appropriations(
    programme: Programme, years: Iterable[int], *by: str, until: datetime.date, **where: Any
) -> dict[tuple[Any, ...], Appropriation]:
    """Add up the budgets of years as amended by a day: two queries.

    `by` are columns of a row of a budget ("cost_centre", "account", "funding_source"), or "year"; `where`
    narrows the rows by the same columns. The keys have the values of `by`, in their order.
    """
    years = list(years)
    lines = BudgetLine.objects.decided().filter(budget__programme=programme, budget__year__in=years, **where)
    changes = BudgetAmendmentLine.objects.filter(
        amendment__budget__programme=programme,
        amendment__budget__year__in=years,
        amendment__decided_on__lte=until,
        **where,
    )
    found = {
        key: Appropriation(original=amount)
        for key, amount in _summed(lines, _columns(by, "budget__year")).items()
    }
    for key, amount in _summed(changes, _columns(by, "amendment__budget__year")).items():
        found[key] = found.get(key, Appropriation())._replace(changed=amount)
    return found


def amended_by_centre(programme: Programme, years: Iterable[int], *, until: datetime.date) -> ByCentre:
    """Return the expenses of budgets as amended by a day, by cost centre and year: two queries."""
    found = appropriations(programme, years, "cost_centre", "year", until=until, account__isnull=False)
    return {(centre, year): appropriation.amended for (centre, year), appropriation in found.items()}


def sums_by_centre(rows: QuerySet[Any], year: str) -> ByCentre:
    """Return the sums of rows by cost centre and year; `year` names the column of the latter."""
    return {
        (centre, of_year): amount
        for (centre, of_year), amount in _summed(rows, ("cost_centre", year)).items()
    }


def _columns(by: Iterable[str], year: str) -> tuple[str, ...]:
    return tuple(year if name == "year" else name for name in by)


def _summed(rows: QuerySet[Any], columns: tuple[str, ...]) -> dict[tuple[Any, ...], Decimal]:
    summed = rows.order_by().values_list(*columns).annotate(Sum("amount"))
    return {tuple(key): amount for *key, amount in summed}
