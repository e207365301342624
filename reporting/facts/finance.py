"""Facts of money: budget, amendments, actuals, forecast and deviation, by cost centre. All sums are euros.

Columns and rules: domain of the programme, 2.7. Totals are computed from the sums, never from rounded ones.
"""

from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum

from programme.models import (
    Account,
    BudgetAmendmentLine,
    BudgetLine,
    CostCentre,
    Forecast,
    FundingSource,
    FundingUse,
    LedgerEntry,
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
from reporting.facts.values import euros, percent, words

MONTHS_OF_A_YEAR = 12


def no_finance(period: ReportingPeriod, programme: Programme) -> FinanceFacts:
    """Return empty money facts, for pages that show none: no query."""
    return {"rows": [], "total": _total(period, programme, []), "funding": [], "settlement": None}


def finance_facts(period: ReportingPeriod, programme: Programme) -> FinanceFacts:
    """Return the follow-up of a period's money: eight queries, whatever the number of entries."""
    budgeted = _sums_of_rows(
        BudgetLine.objects.decided().filter(budget__programme=programme, budget__year=period.year)
    )
    changed_rows = _sums_of_rows(
        BudgetAmendmentLine.objects.filter(
            amendment__budget__programme=programme,
            amendment__budget__year=period.year,
            amendment__decided_on__lte=period.ends_on,
        )
    )
    entries = LedgerEntry.objects.counted().filter(
        cost_centre__programme=programme,
        booked_on__range=(period.starts_on, period.ledger_cut_off),
        account__kind=Account.Kind.EXPENSE,
    )
    original, changed = budgeted.expenses, changed_rows.expenses
    actual = dict(entries.order_by().values_list("cost_centre").annotate(Sum("amount")))
    forecasts = {
        forecast.cost_centre_id: forecast
        for forecast in Forecast.objects.filter(period=period).select_related("explanation")
    }
    rows = []
    for centre in CostCentre.objects.filter(programme=programme):
        if centre.pk not in original.keys() | changed.keys() | actual.keys() | forecasts.keys():
            continue
        forecast = forecasts.get(centre.pk)
        row = _row(
            period,
            programme,
            code=centre.code,
            number=centre.number,
            name=words(centre, "name"),
            original=original.get(centre.pk, Decimal(0)),
            changed=changed.get(centre.pk, Decimal(0)),
            actual=actual.get(centre.pk, Decimal(0)),
            forecast=forecast.amount if forecast else None,
        )
        explanation = getattr(forecast, "explanation", None)
        if explanation is not None:
            row["explanation"] = explanation.reason
            row["corrective_action"] = explanation.corrective_action or None
            row["who_decides"] = explanation.who_decides or None
        rows.append(row)
    return {
        "rows": rows,
        "total": _total(period, programme, rows),
        "funding": _funding(period, programme, budgeted.income, changed_rows.income),
        "settlement": _settlement(period),
    }


class _Sums(NamedTuple):
    """Sums of budget rows: expenses by cost centre, income by funding source."""

    expenses: dict[int, Decimal]
    income: dict[int, Decimal]


def _sums_of_rows(rows: QuerySet[Any]) -> _Sums:
    sums = _Sums({}, {})
    grouped = rows.order_by().values_list("cost_centre", "funding_source").annotate(Sum("amount"))
    for centre, source, amount in grouped:
        if source is None:
            sums.expenses[centre] = sums.expenses.get(centre, Decimal(0)) + amount
        else:
            sums.income[source] = sums.income.get(source, Decimal(0)) + amount
    return sums


def _row(
    period: ReportingPeriod,
    programme: Programme,
    *,
    code: str,
    number: str,
    name: Words,
    original: Decimal,
    changed: Decimal,
    actual: Decimal,
    forecast: Decimal | None,
) -> FinanceRow:
    amended = original + changed
    deviation = None if forecast is None else amended - forecast
    return {
        "code": code,
        "number": number,
        "name": name,
        "original": euros(original),
        "amendments": euros(changed),
        "amended": euros(amended),
        "actual": euros(actual),
        "actual_percent": percent(actual, amended),
        "expected_percent": percent(Decimal(period.months), Decimal(MONTHS_OF_A_YEAR)) or "0.0",
        "forecast": None if forecast is None else euros(forecast),
        "deviation": None if deviation is None else euros(deviation),
        "deviation_percent": None if deviation is None else percent(deviation, amended),
        "must_explain": deviation is not None and must_explain(programme, deviation, amended),
        "explanation": None,
        "corrective_action": None,
        "who_decides": None,
    }


def must_explain(programme: Programme, deviation: Decimal, amended: Decimal) -> bool:
    """Say whether a deviation reaches the programme's threshold: euros or per cent, either is enough."""
    size = abs(deviation)
    return size >= programme.deviation_euros or size * 100 >= programme.deviation_percent * abs(amended)


def _total(period: ReportingPeriod, programme: Programme, rows: list[FinanceRow]) -> FinanceRow:
    """Return the task's total; without every forecast there is no forecast of the whole."""

    def add(column: str) -> Decimal:
        return sum((Decimal(row[column]) for row in rows), Decimal(0))  # type: ignore[literal-required]

    complete = bool(rows) and all(row["forecast"] is not None for row in rows)
    total = _row(
        period,
        programme,
        code="",
        number="",
        name=words(programme, "name"),
        original=add("original"),
        changed=add("amendments"),
        actual=add("actual"),
        forecast=add("forecast") if complete else None,
    )
    total["must_explain"] = False  # the threshold is measured by cost centre
    return total


def _funding(
    period: ReportingPeriod, programme: Programme, budgeted: dict[int, Decimal], changed: dict[int, Decimal]
) -> list[FundingRow]:
    used = dict(FundingUse.objects.filter(period=period).values_list("funding_source", "amount"))
    all_used = sum(used.values(), Decimal(0))
    return [
        {
            "code": source.code,
            "name": words(source, "name"),
            "amended": euros(budgeted.get(source.pk, Decimal(0)) + changed.get(source.pk, Decimal(0))),
            "used": euros(used[source.pk]) if source.pk in used else None,
            "used_percent": percent(used[source.pk], all_used) if source.pk in used else None,
        }
        for source in FundingSource.objects.filter(programme=programme).select_related("account")
        if source.pk in budgeted.keys() | changed.keys() | used.keys()
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
