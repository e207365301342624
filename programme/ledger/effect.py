"""What an import does to the figures: expenses before and after, by year and cost centre, and the budget."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import TypedDict

from programme import clock
from programme.amended import amended_by_centre, sums_by_centre
from programme.models import Account, CostCentre, LedgerEntry, Programme

NOTHING = Decimal(0)


class CentreEffect(TypedDict):
    """Sums of a cost centre in a year, as texts with cents."""

    year: int
    number: str
    name: dict[str, str]
    before: str
    imported: str
    after: str
    amended: str | None  # None: the year has no decided budget for it
    percent: str | None  # of the amended budget, after; none without a budget


def effects(programme: Programme, imported: Mapping[tuple[int, int], Decimal]) -> list[CentreEffect]:
    """Return what sums by cost centre and year would do to expenses: four queries."""
    years = sorted({year for _centre, year in imported})
    if not years:
        return []
    before = sums_by_centre(
        LedgerEntry.objects.counted().filter(
            account__kind=Account.Kind.EXPENSE,
            booked_on__range=(datetime.date(years[0], 1, 1), datetime.date(years[-1], 12, 31)),
        ),
        "booked_on__year",
    )
    budgeted = amended_by_centre(programme, years, until=clock.today())
    centres = {centre.pk: centre for centre in CostCentre.objects.filter(programme=programme)}
    found: list[CentreEffect] = []
    for place in sorted(imported, key=lambda place: (place[1], centres[place[0]].number)):
        centre, had = centres[place[0]], before.get(place, NOTHING)
        amended = budgeted.get(place)
        after = had + imported[place]
        found.append(
            {
                "year": place[1],
                "number": centre.number,
                "name": {code: getattr(centre, f"name_{code}") for code in ("fi", "sv", "en")},
                "before": f"{had:.2f}",
                "imported": f"{imported[place]:.2f}",
                "after": f"{after:.2f}",
                "amended": None if amended is None else f"{amended:.2f}",
                "percent": f"{after * 100 / amended:.1f}" if amended else None,
            }
        )
    return found
