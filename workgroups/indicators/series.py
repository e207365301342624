"""What stands in the series of indicators, from its one place each.

Where a target is measured by the series, its follow-up is the place of the region’s values of that year;
elsewhere what was entered by itself. Facts and pages both read here, so a figure is the same on both.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from priorities.models import AnnualTarget, Indicator, IndicatorValue, MeasuredTarget
from programme.models import Origin, User
from programme.trail import trail_of
from workgroups.models import FollowUp


@dataclass(frozen=True)
class Entry:
    """One figure, with who said so; None says that it is not known."""

    value: Decimal | None
    note: str = ""
    language: str = ""
    entered_at: datetime.datetime | None = None
    entered_by: User | None = None
    accepted_at: datetime.datetime | None = None
    accepted_by: User | None = None
    is_loaded: bool = False
    target: AnnualTarget | None = None  # whose follow-up tells it
    row: IndicatorValue | None = None  # where it was entered by itself
    is_hidden: bool = False  # it waits, and its figure is not the reader's to see

    @property
    def hidden(self) -> "Entry":
        """The same, for those who may only know that something waits."""
        return Entry(None, is_hidden=True)


@dataclass
class Cell:
    """What stands of one indicator in one period: what is told, what waits, what was returned."""

    told: Entry | None = None
    waiting: Entry | None = None
    returned: Entry | None = None


Series = dict[int, dict[int, Cell]]  # by indicator, by period


def series_of(indicators: Iterable[Indicator]) -> Series:
    """Return the region’s cells of these indicators: four queries.

    What was accepted is told until its correction is accepted too.
    """
    series: Series = {indicator.pk: {} for indicator in indicators}
    rows = list(
        IndicatorValue.objects.filter(indicator__in=series, municipality__isnull=True).select_related(
            "entered_by", "accepted_by"
        )
    )
    cells = cells_of(rows)
    for row in rows:
        series[row.indicator_id][row.period_id] = cells[row.pk]
    measured = {
        row.target_id: row
        for row in MeasuredTarget.objects.filter(
            indicator__in=series, target__removed_at__isnull=True
        ).select_related("target__programme")
    }
    said = FollowUp.objects.filter(target__in=measured, indicator_value__isnull=False).exclude(
        state=FollowUp.State.RETURNED
    )
    for follow_up in said.select_related("submitted_by", "accepted_by"):
        assert follow_up.target_id is not None  # noqa: S101  asked for by its target
        of = measured[follow_up.target_id]
        cell = series[of.indicator_id].setdefault(follow_up.period_id, Cell())
        waits = follow_up.state != FollowUp.State.APPROVED
        _put(cell, _entry_of_follow_up(follow_up, of.target), waits=waits)
    return series


def cells_of(rows: Iterable[IndicatorValue]) -> dict[int, Cell]:
    """Return, by row, what is told of it, what waits and what was returned: one query more.

    Of a row whose correction waits or was returned, what was accepted last is told.
    """
    kept = list(rows)
    stood = _last_accepted([row.pk for row in kept if row.accepted_at is None])
    cells = {}
    for row in kept:
        entry = entry_of(row)
        if row.is_returned:
            cells[row.pk] = Cell(told=stood.get(row.pk), returned=entry)
        elif row.waits:
            cells[row.pk] = Cell(told=stood.get(row.pk), waiting=entry)
        else:
            cells[row.pk] = Cell(told=entry)
    return cells


def _last_accepted(rows: list[int]) -> dict[int, Entry]:
    """Return what was accepted last of values that a correction of theirs now stands in place of."""
    accepted = trail_of(IndicatorValue).filter(pgh_obj_id__in=rows, accepted_at__isnull=False)
    newest = accepted.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return {
        event.pgh_obj_id: replace(entry_of(event), row=None)
        for event in newest.select_related("entered_by", "accepted_by")
    }


def _put(cell: Cell, entry: Entry, *, waits: bool) -> None:
    if waits:
        cell.waiting = entry
    else:
        cell.told = entry


def entry_of(row: IndicatorValue) -> Entry:
    return Entry(
        row.value,
        row.note,
        row.language,
        row.entered_at,
        row.entered_by,
        row.accepted_at,
        row.accepted_by,
        is_loaded=row.origin == Origin.IMPORTED,
        row=row,
    )


def _entry_of_follow_up(said: FollowUp, target: AnnualTarget) -> Entry:
    return Entry(
        said.indicator_value,
        entered_at=said.submitted_at,
        entered_by=said.submitted_by,
        accepted_at=said.accepted_at,
        accepted_by=said.accepted_by,
        is_loaded=said.origin == Origin.IMPORTED,
        target=target,
    )
