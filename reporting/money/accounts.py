"""The rows behind a cost centre's figures: its accounts, from budget and ledger. All sums are euros."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programme.models import Account, CostCentre, ReportingPeriod
from reporting.facts.money_sums import Sums, period_sums
from reporting.facts.values import percent


@dataclass
class AccountRow:
    account: Account
    sums: Sums

    @property
    def original(self) -> Decimal:
        return self.sums.original

    @property
    def amendments(self) -> Decimal:
        return self.sums.changed

    @property
    def amended(self) -> Decimal:
        return self.sums.amended

    @property
    def actual(self) -> Decimal:
        return self.sums.actual

    @property
    def actual_percent(self) -> str | None:
        return percent(self.actual, self.amended)


def accounts_of(centre: CostCentre, period: ReportingPeriod) -> list[AccountRow]:
    """Return a cost centre's expense accounts in a period: five queries."""
    by_account = period_sums(period, period.programme, centre).by_account()
    used = {account: sums for account, sums in by_account.items() if sums.is_of_the_year}
    return [AccountRow(account, used[account.pk]) for account in Account.objects.filter(pk__in=used)]


class Whole(NamedTuple):
    """What the accounts of a cost centre come to."""

    amended: Decimal
    actual: Decimal


def whole_of(accounts: list[AccountRow]) -> Whole:
    nothing = Decimal(0)
    amended = sum((row.amended for row in accounts), nothing)
    return Whole(amended, sum((row.actual for row in accounts), nothing))
