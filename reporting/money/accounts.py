"""The rows behind a cost centre's figures: its accounts, from budget and ledger. All sums are euros."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum

from programme.models import (
    Account,
    BudgetAmendmentLine,
    BudgetLine,
    CostCentre,
    LedgerEntry,
    ReportingPeriod,
)
from reporting.facts.values import percent


@dataclass
class AccountRow:
    account: Account
    original: Decimal
    amendments: Decimal
    actual: Decimal

    @property
    def amended(self) -> Decimal:
        return self.original + self.amendments

    @property
    def actual_percent(self) -> str | None:
        return percent(self.actual, self.amended)


def accounts_of(centre: CostCentre, period: ReportingPeriod) -> list[AccountRow]:
    """Return a cost centre's expense accounts in a period: four queries."""
    original = _sums(
        BudgetLine.objects.decided().expenses().filter(budget__year=period.year, cost_centre=centre)
    )
    changed = _sums(
        BudgetAmendmentLine.objects.expenses().filter(
            amendment__budget__year=period.year,
            amendment__decided_on__lte=period.ends_on,
            cost_centre=centre,
        )
    )
    actual = _sums(
        LedgerEntry.objects.counted().filter(
            cost_centre=centre, booked_on__range=(period.starts_on, period.ledger_cut_off)
        )
    )
    used = original.keys() | changed.keys() | actual.keys()
    nothing = Decimal(0)
    return [
        AccountRow(
            account,
            original.get(account.pk, nothing),
            changed.get(account.pk, nothing),
            actual.get(account.pk, nothing),
        )
        for account in Account.objects.filter(pk__in=used, kind=Account.Kind.EXPENSE)
    ]


class Whole(NamedTuple):
    """What the accounts of a cost centre come to."""

    amended: Decimal
    actual: Decimal


def whole_of(accounts: list[AccountRow]) -> Whole:
    nothing = Decimal(0)
    amended = sum((row.amended for row in accounts), nothing)
    return Whole(amended, sum((row.actual for row in accounts), nothing))


def _sums(rows: QuerySet[Any]) -> dict[int, Decimal]:
    return dict(rows.order_by().values_list("account").annotate(Sum("amount")))
