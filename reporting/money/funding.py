"""The funding of a year by source: what the amended budget counts on, and what was used of it."""

from typing import NamedTuple

from reporting.fact_types import FinanceFacts, Words
from reporting.money.follow_up import Kind, Unit, shown


class FundingShown(NamedTuple):
    """A funding source as the page shows it, in the unit of the page."""

    code: str
    name: Words
    amended: str
    used: str  # as it was told when the year's books were closed
    share: str  # of all that was used, in per cent


def funding_shown(finance: FinanceFacts, unit: Unit) -> list[FundingShown]:
    return [
        FundingShown(
            row["code"],
            row["name"],
            shown(row["amended"], Kind.EXACT, unit),
            shown(row["used"], Kind.EXACT, unit),
            shown(row["used_percent"], Kind.PERCENT, unit),
        )
        for row in finance["funding"]
    ]
