"""The amended budget of expenses by cost centre and year: what was decided first, and its amendments."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from programme.models import BudgetAmendmentLine, BudgetLine

ByCentre = dict[tuple[int, int], Decimal]  # euros by the key of a cost centre and a year


def amended_by_centre(years: Iterable[int], *, until: datetime.date) -> ByCentre:
    """Return the budgets of years with the amendments that were decided by a day: two queries."""
    years = list(years)
    found = sums_by_centre(
        BudgetLine.objects.decided().expenses().filter(budget__year__in=years), "budget__year"
    )
    changed = sums_by_centre(
        BudgetAmendmentLine.objects.expenses().filter(
            amendment__budget__year__in=years, amendment__decided_on__lte=until
        ),
        "amendment__budget__year",
    )
    for place, amount in changed.items():
        found[place] = found.get(place, Decimal(0)) + amount
    return found


def sums_by_centre(rows: QuerySet[Any], year: str) -> ByCentre:
    """Return the sums of rows by cost centre and year; `year` names the column of the latter."""
    summed = rows.order_by().values_list("cost_centre", year).annotate(Sum("amount"))
    return {(centre, of_year): amount for centre, of_year, amount in summed}
