"""The finance officer's desk: figures that are awaited, forecasts, explanations and claims that are missing.

Files on their way into the ledger are in `programme/ledger/desk.py`. All sums are euros.
"""

import calendar
import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Q
from django.db.models.functions import TruncMonth

from programme import clock
from programme.amended import amended_by_centre
from programme.claims import ClaimDue, claims_due
from programme.deviations import lacks_explanation
from programme.ledger.desk import LedgerDesk, ledger_desk
from programme.models import Account, CostCentre, Forecast, LedgerEntry, Programme, ReportingPeriod, User

# A cut-off that is not further away is on the desk already.
DAYS_BEFORE_CUT_OFF = 31


@dataclass
class PeriodFigures:
    """What the ledger has of a period."""

    period: ReportingPeriod
    reaches: datetime.date | None  # the last day of an entry
    missing: list[tuple[datetime.date, datetime.date]]  # months on end without an entry, up to the cut-off
    without: list[CostCentre]  # that have a budget and no entry

    @property
    def is_past(self) -> bool:
        return self.period.ledger_cut_off < clock.today()

    @property
    def is_waiting(self) -> bool:
        """Whether figures are to be brought; a cost centre may rightly have spent nothing."""
        return bool(self.missing)


@dataclass
class Unexplained:
    """A forecast whose deviation is to be explained and is not."""

    forecast: Forecast
    deviation: Decimal


@dataclass
class FinanceDesk:
    """What waits for who keeps the programme's money."""

    ledger: LedgerDesk
    periods: list[PeriodFigures]
    next_period: ReportingPeriod | None  # whose cut-off comes next after these
    open_period: ReportingPeriod | None
    next_round: ReportingPeriod | None  # that opens next
    without_forecast: list[CostCentre]
    unexplained: list[Unexplained]
    claims: list[ClaimDue]

    @property
    def waits_for_figures(self) -> bool:
        return any(row.is_waiting for row in self.periods)

    @property
    def forecasts_waiting(self) -> int:
        """How many cost centres wait for a forecast or for an explanation."""
        return len(self.without_forecast) + len(self.unexplained)


def finance_desk(user: User, programme: Programme) -> FinanceDesk | None:
    """Lay the desk of a finance officer, None for others: a fixed number of queries."""
    ledger = ledger_desk(user, programme)
    if ledger is None:
        return None
    now, today = clock.now(), clock.today()
    periods = list(ReportingPeriod.objects.filter(programme=programme).order_by("ends_on"))
    soon = today + datetime.timedelta(DAYS_BEFORE_CUT_OFF)
    near = [period for period in periods if period.ledger_cut_off <= soon]
    told = [period for period in near if period.last_closing > now] or near[-1:]
    opened = next((period for period in periods if period.is_open), None)
    centres = list(CostCentre.objects.filter(programme=programme))
    without, unexplained = _forecasts(programme, opened, centres)
    return FinanceDesk(
        ledger=ledger,
        periods=_figures(programme, told, centres, today),
        next_period=next((period for period in periods if period.ledger_cut_off > soon), None),
        open_period=opened,
        next_round=next((period for period in periods if period.opens_at > now), None),
        without_forecast=without,
        unexplained=unexplained,
        claims=claims_due(programme, today),
    )


def _figures(
    programme: Programme, periods: list[ReportingPeriod], centres: list[CostCentre], today: datetime.date
) -> list[PeriodFigures]:
    if not periods:
        return []
    budgeted = amended_by_centre(programme, {period.year for period in periods}, until=today)
    entries = LedgerEntry.objects.counted().filter(
        cost_centre__in=centres, account__kind=Account.Kind.EXPENSE
    )
    last_days = {
        f"in_{period.pk}": Max(
            "booked_on", filter=Q(booked_on__range=(period.starts_on, period.ledger_cut_off))
        )
        for period in periods
    }
    rows = entries.order_by().annotate(month=TruncMonth("booked_on")).values("cost_centre", "month")
    lasts = list(rows.annotate(**last_days))
    return [
        _of_period(
            period,
            [(row["cost_centre"], row["month"], day) for row in lasts if (day := row[f"in_{period.pk}"])],
            [centre for centre in centres if budgeted.get((centre.pk, period.year))],
        )
        for period in periods
    ]


def _of_period(
    period: ReportingPeriod,
    booked: list[tuple[int, datetime.date, datetime.date]],
    budgeted: list[CostCentre],
) -> PeriodFigures:
    """Return a period's figures from the last days on which a cost centre has expenses, by month."""
    with_expenses = {centre for centre, _month, _day in booked}
    return PeriodFigures(
        period=period,
        reaches=max((day for _centre, _month, day in booked), default=None),
        missing=_missing(period, {month for _centre, month, _day in booked}),
        without=[centre for centre in budgeted if centre.pk not in with_expenses],
    )


def _missing(
    period: ReportingPeriod, months: set[datetime.date]
) -> list[tuple[datetime.date, datetime.date]]:
    """Return the first and last days of months on end that are not among those with an entry."""
    last = period.last_day_of_actuals
    found: list[tuple[datetime.date, datetime.date]] = []
    for number in range(period.starts_on.month, last.month + 1):
        first = datetime.date(period.year, number, 1)
        if first in months:
            continue
        until = min(last, first.replace(day=calendar.monthrange(period.year, number)[1]))
        goes_on = found and found[-1][1] + datetime.timedelta(1) == first
        found.append((found.pop()[0] if goes_on else first, until))
    return found


def _forecasts(
    programme: Programme, period: ReportingPeriod | None, centres: list[CostCentre]
) -> tuple[list[CostCentre], list[Unexplained]]:
    """Return the cost centres without a forecast in a round, and the forecasts that are not explained."""
    if period is None:
        return [], []
    amended = amended_by_centre(programme, [period.year], until=period.ends_on)
    given = {
        forecast.cost_centre_id: forecast
        for forecast in Forecast.objects.filter(period=period).select_related("cost_centre", "explanation")
    }
    budgeted = [centre for centre in centres if amended.get((centre.pk, period.year))]
    unexplained = []
    for centre in centres:
        forecast, whole = given.get(centre.pk), amended.get((centre.pk, period.year), Decimal(0))
        if forecast and lacks_explanation(programme, forecast, whole):
            unexplained.append(Unexplained(forecast, whole - forecast.amount))
    return [centre for centre in budgeted if centre.pk not in given], unexplained
