"""Steps of tests that draw up a budget and read it."""

from decimal import Decimal

from programme.budget.drawing_up import begin_budget, propose_budget
from programme.models import Budget, BudgetPlanLine
from tests.factories import ako

BUDGET, EDIT = "/ako/budget/2010/", "/ako/budget/2010/edit/"
CELL = "expense_KP-2110_TILI-4000_0"
PLAN_CELL = "expense_KP-2110_TILI-4000_1"
INCOME = "income_KP-2110_RL-VALTIO_0"


def begun(*, like_last: bool = True) -> Budget:
    return begin_budget(ako(), 2010, like_last=like_last)


def proposed() -> Budget:
    budget = begun()
    propose_budget(budget)
    budget.refresh_from_db()
    return budget


def decided_budget() -> Budget:
    return Budget.objects.get(programme=ako(), year=2009)


def with_plan(budget: Budget, euros: str = "47000") -> BudgetPlanLine:
    line = budget.lines.expenses()[0]
    return BudgetPlanLine.objects.create(
        budget=budget,
        years_ahead=2,
        cost_centre=line.cost_centre,
        account=line.account,
        amount=Decimal(euros),
    )
