"""Who entered, accepted or returned which value of an indicator when: read from the trail, all of it."""

import datetime
from decimal import Decimal
from typing import NamedTuple

from priorities.models import Indicator, IndicatorValue
from programme.models import Municipality, Origin, ReportingPeriod
from programme.models.base import signed
from programme.trail import trail_of


class Event(NamedTuple):
    """One entry, acceptance or return; earlier figures stay here after a correction."""

    period: ReportingPeriod
    municipality: Municipality | None
    value: Decimal | None
    note: str
    language: str
    kind: str  # entered, accepted, returned, loaded
    who: str
    moment: datetime.datetime | None
    reason: str = ""  # for returning


LONGEST = 60


def history_of(indicator: Indicator, *, with_waiting: bool) -> list[Event]:
    """Return what the trail tells of an indicator's values, the newest first: one query.

    Without `with_waiting` only what was accepted is told.
    """
    rows = trail_of(IndicatorValue).filter(indicator=indicator).exclude(pgh_label="delete")
    if not with_waiting:
        rows = rows.filter(accepted_at__isnull=False)
    people = ("entered_by", "entered_for", "accepted_by", "accepted_for")
    rows = rows.select_related("period", "municipality", *people)
    return [_event(row) for row in rows.order_by("-pgh_id")[:LONGEST]]


def _event(row: IndicatorValue) -> Event:
    told = (row.period, row.municipality, row.value, row.note, row.language)
    if row.origin == Origin.IMPORTED:
        return Event(*told, "loaded", "", row.entered_at)
    judge = signed(row.accepted_by, row.accepted_for)
    if row.accepted_at is not None:
        return Event(*told, "accepted", judge, row.accepted_at)
    if row.returned_at is not None:
        return Event(*told, "returned", judge, row.returned_at, row.returning_reason)
    return Event(*told, "entered", signed(row.entered_by, row.entered_for), row.entered_at)
