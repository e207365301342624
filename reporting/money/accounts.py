"""The rows behind a cost centre's figures: its accounts, from budget and ledger. All sums are euros."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from programme.models import Account, CostCentre, ReportingPeriod
from reporting.facts import money_sums
from reporting.facts.money_sums import Sums, period_sums
from reporting.facts.values import percent
from reporting.money.follow_up import Kind, Unit, shown


@dataclass
class AccountRow:
    """An account of a cost centre, or all of them."""

    account: Account | None
    sums: Sums

    @property
    def amended(self) -> Decimal:
        return self.sums.amended

    @property
    def actual(self) -> Decimal:
        return self.sums.actual

    def shown_in(self, unit: Unit) -> dict[str, str]:
        """Return the figures as the page shows them, by their names."""
        sums = self.sums
        return {
            "original": shown(sums.original, Kind.EXACT, unit),
            "amendments": shown(sums.changed, Kind.CHANGE, unit),
            "amended": shown(sums.amended, Kind.EXACT, unit),
            "actual": shown(sums.actual, Kind.SUM, unit),
            "actual_percent": shown(percent(sums.actual, sums.amended), Kind.PERCENT, unit),
            "expected_percent": shown(sums.expected_percent, Kind.PERCENT, unit),
        }


def accounts_of(centre: CostCentre, period: ReportingPeriod) -> list[AccountRow]:
    """Return a cost centre's expense accounts in a period: five queries."""
    by_account = period_sums(period, period.programme, centre).by_account()
    used = {account: sums for account, sums in by_account.items() if sums.is_of_the_year}
    return [AccountRow(account, used[account.pk]) for account in Account.objects.filter(pk__in=used)]


def whole_of(accounts: Iterable[AccountRow]) -> AccountRow:
    """Return what the accounts of a cost centre come to."""
    return AccountRow(None, money_sums.whole_of(row.sums for row in accounts))
