"""The cells of a budget that is being drawn up: every cost centre by every account and every funding source.

A cell is named by what it is of: `expense_KP-2110_TILI-4000_0` is an expense of the budget's own year.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programme.budget.reading import Place, place_of
from programme.models import Account, Budget, BudgetPlanLine, CostCentre, FundingSource, Programme

# The budget's own year, and the plan years after it.
AHEAD = (0, *BudgetPlanLine.YEARS_AHEAD)


class Cell(NamedTuple):
    """A place in the budget, in its own year or so many years after it."""

    place: Place
    ahead: int


@dataclass(frozen=True)
class GridRow:
    """An account or a funding source of a cost centre, with the names of its cells by year."""

    centre: CostCentre
    of: Account | FundingSource
    place: Place
    names: list[str]


@dataclass(frozen=True)
class GridPart:
    """A cost centre with all rows that may have euros in it."""

    centre: CostCentre
    expenses: list[GridRow]
    income: list[GridRow]

    @property
    def rows(self) -> list[GridRow]:
        return [*self.expenses, *self.income]


@dataclass(frozen=True)
class Grid:
    """The cells of a budget: in its own year, and so many years after it."""

    parts: list[GridPart]
    ahead: tuple[int, ...]

    @property
    def rows(self) -> list[GridRow]:
        return [row for part in self.parts for row in part.rows]

    @property
    def cells(self) -> dict[str, Cell]:
        """The cells by their names."""
        return {
            name: Cell(row.place, ahead)
            for row in self.rows
            for name, ahead in zip(row.names, self.ahead, strict=True)
        }


def grid_of(programme: Programme, ahead: tuple[int, ...] = AHEAD) -> Grid:
    """Return all cells that a budget of a programme may have in these years: three queries."""
    accounts = list(Account.objects.filter(programme=programme, kind=Account.Kind.EXPENSE))
    sources = list(FundingSource.objects.filter(programme=programme).select_related("account"))
    parts = []
    for centre in CostCentre.objects.filter(programme=programme):
        expenses = [
            GridRow(centre, one, Place(centre.pk, one.pk, None), _names("expense", centre, one, ahead))
            for one in accounts
        ]
        income = [
            GridRow(centre, one, Place(centre.pk, None, one.pk), _names("income", centre, one, ahead))
            for one in sources
        ]
        parts.append(GridPart(centre, expenses, income))
    return Grid(parts, ahead)


def amounts_of(budget: Budget) -> dict[Cell, Decimal]:
    """Return the euros of a budget as it was drawn up, by cell: two queries."""
    own, plan = budget.lines.order_by(), budget.plan_lines.order_by()
    return {Cell(place_of(line), 0): line.amount for line in own} | {
        Cell(place_of(line), line.years_ahead): line.amount for line in plan
    }


def _names(kind: str, centre: CostCentre, of: Account | FundingSource, ahead: tuple[int, ...]) -> list[str]:
    return [f"{kind}_{centre.code}_{of.code}_{years}" for years in ahead]
