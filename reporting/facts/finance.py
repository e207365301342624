"""Facts of money: budget, amendments, actuals, forecast and deviation, by cost centre, account and source.

Columns and rules: domain of the programme, 2.7. All sums are euros.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from programme.deviations import must_explain
from programme.models import (
    Account,
    CostCentre,
    Forecast,
    FundingSource,
    LedgerImport,
    MunicipalSettlement,
    Programme,
    ReportingPeriod,
)
from reporting.fact_types import (
    FinanceFacts,
    FinanceRow,
    FundingRow,
    SettlementFacts,
    SourceFacts,
    Words,
)
from reporting.facts.money_sums import (
    MONTHS_OF_A_YEAR,
    PeriodSums,
    Sums,
    earlier_days,
    period_sums,
    whole_of,
)
from reporting.facts.values import euros, percent, words


def no_finance(period: ReportingPeriod, programme: Programme) -> FinanceFacts:
    """Return empty money facts, for pages that show none: no query."""
    total = _Teller(period, programme, set()).total(Sums())
    return {"rows": [], "total": total, "funding": [], "settlement": None}


def finance_facts(period: ReportingPeriod, programme: Programme) -> FinanceFacts:
    """Return the follow-up of a period's money: nine queries, whatever the number of entries."""
    sums = period_sums(period, programme)
    teller = _Teller(period, programme, sums.years_of_expenses)
    forecasts = {
        forecast.cost_centre_id: forecast
        for forecast in Forecast.objects.filter(period=period).select_related("explanation")
    }
    by_centre, by_account = sums.by_cost_centre(), sums.by_account()
    # A cost centre or an account of earlier years alone is told too: the total is that of its rows.
    rows = [
        _with_explanation(
            teller.row(centre, by_centre.get(centre.pk, Sums()), forecasts.get(centre.pk)),
            forecasts.get(centre.pk),
        )
        for centre in CostCentre.objects.filter(programme=programme)
        if centre.pk in by_centre.keys() | forecasts.keys()
    ]
    chart = list(Account.objects.filter(programme=programme))
    accounts = [teller.row(account, by_account[account.pk]) for account in chart if account.pk in by_account]
    used = Sum("uses__amount", filter=Q(uses__period=period))
    sources = list(
        FundingSource.objects.filter(programme=programme).annotate(used=used).order_by("account__number")
    )
    return {
        "rows": rows,
        "total": teller.total(whole_of(sums.expenses.values()), _whole_forecast(by_centre, forecasts)),
        "accounts": accounts,
        **_income(sources, chart, sums, _Teller(period, programme, sums.years_of_income)),  # type: ignore[typeddict-item]
        "phased": sums.is_phased,
        "until": period.last_day_of_actuals.isoformat(),
        "funding": _funding(sources, sums.sources),
        "settlement": _settlement(period),
    }


class _Teller:
    """Tells sums as rows: of a period, and of earlier years of which the ledger has anything."""

    def __init__(self, period: ReportingPeriod, programme: Programme, known_years: set[int]) -> None:
        self.period, self.programme, self.known_years = period, programme, known_years
        self.earlier_days = earlier_days(period)
        self.even_percent = percent(Decimal(period.months), Decimal(MONTHS_OF_A_YEAR)) or "0.0"

    def row(
        self, of: CostCentre | Account | FundingSource, sums: Sums, forecast: Forecast | None = None
    ) -> FinanceRow:
        return self._row(
            sums,
            forecast.amount if forecast else None,
            code=of.code,
            number=getattr(of, "number", ""),
            name=words(of, "name"),
        )

    def total(self, sums: Sums, forecast: Decimal | None = None) -> FinanceRow:
        """Return the row of the whole task; the threshold of an explanation is measured by cost centre."""
        total = self._row(sums, forecast, code="", number="", name=words(self.programme, "name"))
        total["must_explain"] = False
        return total

    def _row(
        self, sums: Sums, forecast: Decimal | None, *, code: str, number: str, name: Words
    ) -> FinanceRow:
        amended = sums.amended
        deviation = None if forecast is None else amended - forecast
        return {
            "code": code,
            "number": number,
            "name": name,
            "original": euros(sums.original),
            "amendments": euros(sums.changed),
            "amended": euros(amended),
            "actual": euros(sums.actual),
            "actual_percent": percent(sums.actual, amended),
            "expected_percent": sums.expected_percent or self.even_percent,
            "forecast": None if forecast is None else euros(forecast),
            "deviation": None if deviation is None else euros(deviation),
            "deviation_percent": None if deviation is None else percent(deviation, amended),
            "must_explain": deviation is not None and must_explain(self.programme, deviation, amended),
            "explanation": None,
            "corrective_action": None,
            "who_decides": None,
            "earlier": [
                {
                    "until": day.isoformat(),
                    "actual": euros(sums.earlier.get(day.year, Decimal(0)))
                    if day.year in self.known_years
                    else None,
                }
                for day in self.earlier_days
            ],
        }


def _with_explanation(row: FinanceRow, forecast: Forecast | None) -> FinanceRow:
    explanation = getattr(forecast, "explanation", None)
    if explanation is not None:
        row["explanation"] = explanation.reason
        row["corrective_action"] = explanation.corrective_action or None
        row["who_decides"] = explanation.who_decides or None
    return row


def _whole_forecast(by_centre: dict[int, Sums], forecasts: dict[int, Forecast]) -> Decimal | None:
    """Return the forecast of the whole; without that of each cost centre of the year there is none."""
    of_the_year = {centre for centre, sums in by_centre.items() if sums.is_of_the_year}
    if not forecasts or of_the_year - forecasts.keys():
        return None
    return sum((forecast.amount for forecast in forecasts.values()), Decimal(0))


def _income(
    sources: Sequence[FundingSource], chart: Sequence[Account], sums: PeriodSums, teller: _Teller
) -> dict[str, Any]:
    """Return the income by funding source, and its total; a plus is income.

    The ledger knows accounts, not sources: of two that share one, nobody knows what was booked on each, and
    an account of no source is a row of its own. The total is of all of them. Where the ledger has no income
    of the year, nothing is known of it.
    """
    shared = Counter(source.account_id for source in sources)
    rows = []
    for source in sources:
        booked = sums.income.get(source.account_id, Sums())
        if source.pk not in sums.sources and booked == Sums():
            continue
        row = teller.row(source, whole_of([sums.sources.get(source.pk, Sums()), booked]))
        if shared[source.account_id] > 1:
            _forget_what_was_booked(row)
        rows.append(row)
    without_source = (account for account in chart if account.pk in sums.income.keys() - shared.keys())
    rows += [teller.row(account, sums.income[account.pk]) for account in without_source]
    total = teller.total(whole_of([*sums.sources.values(), *sums.income.values()]))
    if teller.period.year not in teller.known_years:
        for row in (*rows, total):
            row["actual"] = row["actual_percent"] = None
    return {"sources": rows, "income": total}


def _forget_what_was_booked(row: FinanceRow) -> None:
    row["actual"] = row["actual_percent"] = None
    row["earlier"] = [{**earlier, "actual": None} for earlier in row.get("earlier", [])]


def _funding(sources: list[Any], budgeted: dict[int, Sums]) -> list[FundingRow]:
    """Return what each source gives and what was used of it, which a closed year tells."""
    all_used = sum((source.used for source in sources if source.used is not None), Decimal(0))
    return [
        {
            "code": source.code,
            "name": words(source, "name"),
            "amended": euros(budgeted.get(source.pk, Sums()).amended),
            "used": None if source.used is None else euros(source.used),
            "used_percent": None if source.used is None else percent(source.used, all_used),
        }
        for source in sources
        if source.pk in budgeted or source.used is not None
    ]


def _settlement(period: ReportingPeriod) -> SettlementFacts | None:
    settlement = MunicipalSettlement.objects.filter(period=period).first()
    if settlement is None:
        return None
    return {
        "billed": euros(settlement.billed),
        "used": euros(settlement.used),
        "carried_over": euros(settlement.carried_over),
        "text": settlement.text,
    }


def source_facts(period: ReportingPeriod, programme: Programme) -> list[SourceFacts]:
    """Return the ledger files that the period's actuals come from, with their hashes."""
    imports = LedgerImport.objects.filter(
        programme=programme,
        reverted_at__isnull=True,
        entries__booked_on__range=(period.starts_on, period.ledger_cut_off),
    )
    return [
        {
            "name": ledger_import.source_name,
            "sha256": ledger_import.source_sha256,
            "imported_at": ledger_import.imported_at.isoformat(),
        }
        for ledger_import in imports.distinct()
    ]
