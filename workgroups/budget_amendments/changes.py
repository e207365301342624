"""What an amendment changes of a budget, who decides that, and what it is called. All sums are euros.

Towards the federation meeting the totals of the task's expenses and income bind, towards the board the cost
centres; accounts and funding sources inside a cost centre are the presenting officer's own decision.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from programme.budget.reading import Place
from programme.decisions import in_language_of_minutes
from workgroups.models import BudgetProposal

Decider = BudgetProposal.Decider
Changes = Mapping[Place, Decimal]
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Totals:
    """By how much expenses and income of the whole task change."""

    expenses: Decimal
    income: Decimal

    @property
    def is_balanced(self) -> bool:
        return self.expenses == self.income


def totals_of(changes: Changes) -> Totals:
    return Totals(
        sum((change for place, change in changes.items() if place.account is not None), NOTHING),
        sum((change for place, change in changes.items() if place.account is None), NOTHING),
    )


def decider_of(changes: Changes) -> BudgetProposal.Decider:
    """Return who decides such changes of a budget."""
    totals = totals_of(changes)
    if totals.expenses or totals.income:
        return Decider.ASSEMBLY
    of_centres: dict[tuple[int, bool], Decimal] = defaultdict(Decimal)
    for place, change in changes.items():
        of_centres[place.centre, place.account is None] += change
    return Decider.BOARD if any(of_centres.values()) else Decider.PRESENTING_OFFICER


def why_decides(decider: BudgetProposal.Decider) -> str:
    """Return why just this body or officer decides an amendment, as the rule above has it."""
    if decider == Decider.ASSEMBLY:
        return _("because the expenses or the income of the whole task change")
    if decider == Decider.BOARD:
        return _("because euros move between cost centres")
    return _("because only accounts or funding sources inside a cost centre change")


def kind_of(changes: Changes) -> str:
    """Return what such an amendment is called in the minutes."""
    expenses = totals_of(changes).expenses
    decider = decider_of(changes)
    with in_language_of_minutes():
        if decider == Decider.PRESENTING_OFFICER:
            return _("transfer inside a cost centre")
        if decider == Decider.BOARD:
            return _("transfer inside the task")
        if expenses > 0:
            return _("increase of the appropriation")
        return _("decrease of the appropriation") if expenses < 0 else _("change of the income")
