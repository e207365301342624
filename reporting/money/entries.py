"""The vouchers behind a figure of actuals: which they are, and what they come to. All sums are euros."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from programme.models import Account, LedgerEntry, Programme, ReportingPeriod


class Whole(NamedTuple):
    """What a choice of entries comes to, whatever page of them is shown.

    Income is negative; a kind of which there is no entry has no sum.
    """

    number: int
    euros: Decimal
    costs: Decimal | None
    income: Decimal | None

    @property
    def is_mixed(self) -> bool:
        """Whether there are both, so that their sum alone says little."""
        return self.costs is not None and self.income is not None


def entries_of(programme: Programme, year: int) -> QuerySet[LedgerEntry]:
    """Return the entries of a year whose imports stand, the first booked first."""
    return (
        LedgerEntry.objects.counted()
        .filter(cost_centre__programme=programme, booked_on__year=year)
        .select_related("cost_centre", "account", "ledger_import")
        .order_by("booked_on", "voucher", "pk")
    )


def of_period(entries: QuerySet[LedgerEntry], period: ReportingPeriod) -> QuerySet[LedgerEntry]:
    """Return those that a period's actuals are made of: from its first day to its ledger's cut-off."""
    return entries.filter(booked_on__range=(period.starts_on, period.ledger_cut_off))


def whole_of(entries: QuerySet[LedgerEntry]) -> Whole:
    """Return the number and the sums of entries; one query."""
    found = entries.order_by().aggregate(
        number=Count("pk"),
        euros=Sum("amount", default=Decimal(0)),
        costs=Sum("amount", filter=Q(account__kind=Account.Kind.EXPENSE)),
        income=Sum("amount", filter=Q(account__kind=Account.Kind.INCOME)),
    )
    return Whole(**found)
