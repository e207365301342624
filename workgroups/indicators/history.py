"""Who entered and accepted which value of an indicator when: read from the trail, so nothing is left out."""

import datetime
from decimal import Decimal
from typing import NamedTuple

from priorities.models import Indicator, IndicatorValue
from programme.models import Municipality, Origin, ReportingPeriod, User
from programme.trail import trail_of


class Event(NamedTuple):
    """One entry or acceptance; earlier figures stay here after a correction."""

    period: ReportingPeriod
    municipality: Municipality | None
    value: Decimal | None
    note: str
    language: str
    is_acceptance: bool
    is_loaded: bool
    who: User | None
    moment: datetime.datetime | None


LONGEST = 60


def history_of(indicator: Indicator, *, with_waiting: bool) -> list[Event]:
    """Return what the trail tells of an indicator's values, the newest first: one query.

    Without `with_waiting` only what was accepted is told.
    """
    rows = trail_of(IndicatorValue).filter(indicator=indicator).exclude(pgh_label="delete")
    if not with_waiting:
        rows = rows.filter(accepted_at__isnull=False)
    rows = rows.select_related("period", "municipality", "entered_by", "accepted_by")
    return [_event(row) for row in rows.order_by("-pgh_id")[:LONGEST]]


def _event(row: IndicatorValue) -> Event:
    is_loaded = row.origin == Origin.IMPORTED
    is_acceptance = row.accepted_at is not None and not is_loaded
    return Event(
        row.period,
        row.municipality,
        row.value,
        row.note,
        row.language,
        is_acceptance,
        is_loaded,
        row.accepted_by if is_acceptance else row.entered_by,
        row.accepted_at if is_acceptance else row.entered_at,
    )
