"""Steps of tests that amend the decided budget of the sample's year."""

from collections.abc import Mapping
from decimal import Decimal

from programme.budget.grid import Cell
from programme.models import User
from tests.personas import person
from tests.programme.budget.steps import decided_budget
from workgroups.budget_amendments.proposing import (
    amended_today,
    grid_to_amend,
    propose_budget_amendment,
)
from workgroups.models import BudgetProposal

NEW = "/ako/budget/2009/amendments/new/"
FEES, SPACES = "expense_KP-2110_TILI-4340_0", "expense_KP-2110_TILI-4470_0"
OTHER_CENTRE = "expense_KP-2130_TILI-4340_0"
STATE, MUNICIPALITIES = "income_KP-2110_RL-VALTIO_0", "income_KP-2110_RL-KUNNAT_0"


def stands() -> dict[str, Decimal | None]:
    """Return what every line stands at, by the names of the cells."""
    budget = decided_budget()
    amended = {Cell(place, 0): euros for place, euros in amended_today(budget).items()}
    return {name: amended.get(cell) for name, cell in grid_to_amend(budget.programme).cells.items()}


def moved(**changes: int) -> dict[str, Decimal]:
    """Return what lines would stand at after these changes."""
    now = stands()
    return {name: (now[name] or Decimal(0)) + change for name, change in changes.items()}


def propose(
    changes: Mapping[str, int], *, actor: User | None = None, reason: str = "Kilpailutus"
) -> BudgetProposal:
    _saved, proposal = propose_budget_amendment(
        decided_budget(),
        actor=actor or person("finance"),
        reason=reason,
        values=moved(**changes),
        base={},
    )
    assert proposal is not None
    return proposal


def a_proposal() -> BudgetProposal:
    """Propose what the presenting officer decides."""
    return propose({FEES: -1000, SPACES: 1000})
