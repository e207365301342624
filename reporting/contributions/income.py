"""What municipalities pay of a year's decided budget, and how amendments changed it; in euros."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, Sum

from programme import clock
from programme.models import Budget, BudgetAmendment, Decision, Programme

MUNICIPAL = Q(lines__funding_source__of_municipalities=True)


class IncomeStep(NamedTuple):
    """The municipalities' income as a decision left it."""

    decided_on: datetime.date
    code: str  # of the budget or the amendment
    decision: Decision | None  # None: on a day whose § nobody knows
    income: Decimal
    change: Decimal | None = None  # None: the budget itself


def years_with_budgets(programme: Programme) -> list[int]:
    """Return the years whose budget is decided, the latest first."""
    decided = Budget.objects.filter(programme=programme, decided_on__lte=clock.today())
    return list(decided.order_by("-year").values_list("year", flat=True))


def income_steps(programme: Programme, year: int) -> list[IncomeStep]:
    """Return the income of a decided budget and of each amendment that changed it, in order; two queries.

    None of a year whose budget nobody has decided: until then it is not public, and nothing is split.
    """
    today = clock.today()
    with_decision = "decision__matter__meeting__body__programme"
    budget = (
        Budget.objects.filter(programme=programme, year=year, decided_on__lte=today)
        .annotate(income=Sum("lines__amount", filter=MUNICIPAL))
        .select_related(with_decision)
        .first()
    )
    if budget is None or budget.decided_on is None:
        return []
    income = budget.income or Decimal(0)
    steps = [IncomeStep(budget.decided_on, budget.code, budget.decision, income)]
    amendments = (
        BudgetAmendment.objects.filter(budget=budget, decided_on__lte=today)
        .annotate(change=Sum("lines__amount", filter=MUNICIPAL))
        .exclude(change=None)
        .exclude(change=0)
        .select_related(with_decision)
        .order_by("decided_on", "code")
    )
    for amendment in amendments:
        income += amendment.change
        steps.append(
            IncomeStep(
                amendment.decided_on, amendment.code, amendment.decision, income, change=amendment.change
            )
        )
    return steps


def amended(steps: Sequence[IncomeStep]) -> Decimal | None:
    """Return the income with all amendments; None where there is no decided budget."""
    return steps[-1].income if steps else None
