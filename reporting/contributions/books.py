"""The years' keys, shares and settlements as a reader may know them: a fixed number of queries."""

from collections import defaultdict
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser

from programme.models import (
    Audience,
    ContributionKey,
    ContributionShare,
    MunicipalSettlement,
    Programme,
    ReportingPeriod,
    User,
)
from reporting import rules
from reporting.contributions.settling import Totals, YearAccount, YearsKey, account_of_years
from reporting.models import Report
from reporting.reading import MOST_TELLING_FIRST


def accounts_for(user: User | AnonymousUser, programme: Programme) -> dict[int, YearAccount]:
    """Return the municipalities' account, year by year: four queries, whatever the number of years."""
    return account_of_years(keys_of(programme), settlements_for(user, programme))


def keys_of(programme: Programme) -> dict[int, YearsKey]:
    """Return the key and the shares of every year that has them; two queries."""
    populations: dict[int, dict[int, int]] = defaultdict(dict)
    amounts: dict[int, dict[int, Decimal]] = defaultdict(dict)
    shares = ContributionShare.objects.filter(programme=programme)
    for year, municipality, population, amount in shares.values_list(
        "year", "municipality_id", "population", "amount"
    ):
        populations[year][municipality] = population
        amounts[year][municipality] = amount
    deducting = set(
        ContributionKey.objects.filter(programme=programme, deducts_advances=True).values_list(
            "year", flat=True
        )
    )
    return {year: YearsKey(populations[year], amounts[year], year in deducting) for year in amounts}


def settlements_for(user: User | AnonymousUser, programme: Programme) -> dict[int, Totals | None]:
    """Return the settlements by year; None for one that the reader has not been told.

    Officials and groups read them as they stand; elected members, municipal contacts and the public what a
    year's report has told them.
    """
    rows = MunicipalSettlement.objects.filter(period__programme=programme).select_related("period")
    stand = {row.period.year: Totals(row.billed, row.used, row.text) for row in rows}
    if rules.reads_live_figures(user, programme):
        return dict(stand)
    told = _told_settlements(user, programme) if stand else {}
    return {year: told.get(year) for year in stand}


def _told_settlements(user: User | AnonymousUser, programme: Programme) -> dict[int, Totals]:
    reports = (
        Report.objects.visible_to(user, programme)
        .frozen()
        .filter(period__kind=ReportingPeriod.Kind.YEAR_END)
        .order_by("-version")
        .values_list("period__year", "depth", "dataset__facts__finance__settlement")
    )
    told: dict[int, Totals] = {}
    # Of two that tell a year, the one that tells most: the sorting keeps the newest version first.
    by_depth = sorted(reports, key=lambda row: MOST_TELLING_FIRST.index(Audience.Depth(row[1])))
    for year, _depth, settlement in by_depth:
        if settlement and year not in told:
            told[year] = Totals(
                Decimal(settlement["billed"]), Decimal(settlement["used"]), settlement["text"]
            )
    return told
