"""The same rows laid out otherwise: along the months of the year, and as euros by their source."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programme.models import CostCentre, FundingSource
from workgroups.models import Action
from workgroups.work_programmes.milestones import Milestone, milestones_in

MONTHS = range(1, 13)
LACKING: dict[tuple[bool, bool], Promise | str] = {
    (False, False): "",
    (True, False): _("first month missing"),
    (False, True): _("last month missing"),
    (True, True): _("months missing"),
}


class Month(NamedTuple):
    """A month of an action: whether it goes on then, and what is reached."""

    number: int
    goes_on: bool
    milestones: list[Milestone]


class TimelineRow(NamedTuple):
    action: Action
    months: list[Month]
    without_month: list[str]  # milestones that name no month
    lacking: Promise | str  # which of its months nobody has given; then none is drawn
    status: str  # what was last accepted of it; "" while nothing has been asked


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


def timeline_of(
    actions: Iterable[Action], year: int, statuses: Mapping[int, str] | None = None
) -> list[TimelineRow]:
    """Lay actions of a year's plan along its months; `statuses` are theirs, by their keys."""
    statuses = statuses or {}
    rows = []
    for action in actions:
        dated, undated = milestones_in(action.milestones, year)
        start, end = action.start_month, action.end_month
        months = [
            Month(
                number,
                start is not None and end is not None and start <= number <= end,
                [milestone for milestone in dated if milestone.month == number],
            )
            for number in MONTHS
        ]
        row = TimelineRow(
            action=action,
            months=months,
            without_month=undated,
            lacking=LACKING[start is None, end is None],
            status=statuses.get(action.pk, ""),
        )
        rows.append(row)
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
