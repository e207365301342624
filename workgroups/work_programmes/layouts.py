"""The same rows laid out otherwise: along the months of the year, and as euros by their source."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from programme.models import CostCentre, FundingSource
from workgroups.models import Action

MONTHS = range(1, 13)
# A milestone is a line of its own and begins with its month: “3 luonnos valmis”, “3. luonnos”, “3: luonnos”.
MILESTONE = re.compile(r"^\s*(1[0-2]|[1-9])\s*[.:)]?\s+(\S.*)$")


class Milestone(NamedTuple):
    month: int
    text: str


class Month(NamedTuple):
    """A month of an action: whether it goes on then, and what is reached."""

    number: int
    goes_on: bool
    milestones: list[Milestone]


class TimelineRow(NamedTuple):
    action: Action
    months: list[Month]
    without_month: list[str]  # milestones that name no month


class EuroRow(NamedTuple):
    """What comes to one cost centre from one funding source; a missing one is told as missing."""

    cost_centre: CostCentre | None
    funding_source: FundingSource | None
    actions: list[Action]

    @property
    def planned(self) -> Decimal:
        return sum((action.planned_euros or Decimal(0) for action in self.actions), Decimal(0))

    @property
    def unknown(self) -> int:
        """How many of the actions say nothing of their euros: missing is not zero."""
        return sum(action.planned_euros is None for action in self.actions)


def milestones_in(text: str) -> tuple[list[Milestone], list[str]]:
    """Read milestones, one a line; return those with a month in its order, and the lines without one."""
    dated, undated = [], []
    for line in text.splitlines():
        if found := MILESTONE.match(line):
            dated.append(Milestone(int(found[1]), found[2].strip()))
        elif line.strip():
            undated.append(line.strip())
    return sorted(dated, key=lambda milestone: milestone.month), undated


def timeline_of(actions: Iterable[Action]) -> list[TimelineRow]:
    """Lay actions along the months of their year."""
    rows = []
    for action in actions:
        dated, undated = milestones_in(action.milestones)
        start, end = action.start_month or 0, action.end_month or 0
        months = [
            Month(
                number,
                start <= number <= end,
                [milestone for milestone in dated if milestone.month == number],
            )
            for number in MONTHS
        ]
        rows.append(TimelineRow(action, months, undated))
    return rows


def milestones_of(rows: Iterable[TimelineRow]) -> list[tuple[Action, Milestone]]:
    """Return the milestones of a plan in the order of the year, each with its action."""
    found = [
        (row.action, milestone) for row in rows for month in row.months for milestone in month.milestones
    ]
    return sorted(found, key=lambda pair: pair[1].month)


def euros_of(actions: Iterable[Action]) -> list[EuroRow]:
    """Sum actions by cost centre and funding source, in their order; what has neither comes last."""
    found: dict[tuple[int | None, int | None], EuroRow] = {}
    for action in actions:
        key = (action.cost_centre_id, action.funding_source_id)
        row = found.setdefault(key, EuroRow(action.cost_centre, action.funding_source, []))
        row.actions.append(action)
    return sorted(found.values(), key=_order)


def _order(row: EuroRow) -> tuple[bool, str, bool, str]:
    centre, source = row.cost_centre, row.funding_source
    return (
        centre is None,
        centre.number if centre else "",
        source is None,
        source.code if source else "",
    )
