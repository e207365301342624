"""Where a figure of actuals leads: to the entries of the ledger that it is the sum of."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from programme.models import Account


class Behind(NamedTuple):
    """What a row is of: all expenses or all income, or those of one cost centre or one account."""

    kind: Account.Kind
    cost_centre: str = ""  # their codes
    account: str = ""

    @property
    def choice(self) -> dict[str, str]:
        """The row as the list of entries takes it."""
        chosen = {"cost_centre": self.cost_centre, "account": self.account, "kind": self.kind.value}
        return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True)
class EntryLinks:
    """Leads from the figures of a period to their entries."""

    programme: str  # its slug
    year: int
    period: str  # its code
    earlier: list[datetime.date]  # the day of the earlier years' figures, the nearer year first
    accounts: Mapping[str, str]  # the code of each funding source's account, by the source's

    def actual(self, behind: Behind) -> str:
        return self._entries(self.year, {"period": self.period} | behind.choice)

    def of_earlier_year(self, behind: Behind, place: int) -> str:
        """Return where the figure of an earlier year leads: from New Year to the same day."""
        last = self.earlier[place]
        days = {"first": last.replace(month=1, day=1).isoformat(), "last": last.isoformat()}
        return self._entries(last.year, days | behind.choice)

    def _entries(self, year: int, chosen: Mapping[str, str]) -> str:
        address = reverse("reporting:entry-list", args=[self.programme, year])
        return f"{address}?{urlencode(chosen)}"
