"""Drawing up the budget of a year: begun, written, proposed, taken back. Each act locks the budget.

A budget is neither read by others nor locked until a meeting has decided it. All sums are euros.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme import clock
from programme.budget.grid import Cell, Grid, amounts_of, grid_of
from programme.budget.reading import figures_of
from programme.deadlines.facts import acted, taken_back
from programme.models import Budget, BudgetLine, BudgetPlanLine, DeadlineStep, Programme, User
from programme.open_years import open_years
from programme.saving import Saved, merge_into

PROPOSED = DeadlineStep.Act.BUDGET_PROPOSED


def years_to_begin(programme: Programme) -> list[int]:
    """Return the years that may be planned and have no budget yet; one query."""
    begun = set(Budget.objects.filter(programme=programme).values_list("year", flat=True))
    return [year for year in open_years(programme) if year not in begun]


@transaction.atomic
def begin_budget(programme: Programme, year: int, *, like_last: bool) -> Budget:
    """Begin the budget of a year, empty or with the lines of the year before as they are amended today.

    What that budget's plan has of the years after the new one goes on in the new one's. Raises
    ValidationError where the year is not to be planned, or its budget has been begun.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    programme.must_not_be_closed()
    if year not in years_to_begin(programme):
        raise ValidationError(_("The budget of %(year)s has been begun, or is not to be.") % {"year": year})
    budget = Budget.objects.create(programme=programme, year=year, code=f"TA-{year}")
    last = Budget.objects.filter(programme=programme, year=year - 1, decided_on__isnull=False).first()
    if like_last and last is not None:
        amounts: dict[Cell, Decimal | None] = {}
        amendments = last.amendments.filter(decided_on__lte=clock.today()).prefetch_related("lines")
        for place, figures in figures_of(last, amendments).items():
            amounts[Cell(place, 0)] = figures.amended
            # The year after the new budget's was the last of the old one's plan.
            amounts[Cell(place, 1)] = figures.plan[1]
        _write(budget, amounts)
    return budget


@transaction.atomic
def save_budget(budget: Budget, *, values: Mapping[str, Decimal | None], base: Mapping[str, str]) -> Saved:
    """Save the cells of a budget that is being drawn up; `base` are they as the form was opened on them.

    Where somebody else changed the same cell meanwhile, nothing is saved. Raises ValidationError where the
    budget is proposed or decided.
    """
    locked = _locked(budget)
    must_be_draft(locked)
    grid = grid_of(locked.programme)
    with_amounts(locked, grid)
    before = {name: getattr(locked, name) for name in values}
    saved = merge_into(locked, values, base)
    if not saved.conflicts:
        now = {name: getattr(locked, name) for name in values}
        _write(locked, {grid.cells[name]: now[name] for name in values if now[name] != before[name]})
    return saved


@transaction.atomic
def propose_budget(budget: Budget, *, actor: User | None = None) -> None:
    """Propose a budget: the federation meeting decides it. Raises ValidationError where it is empty."""
    locked = _locked(budget)
    must_be_draft(locked)
    if not locked.lines.exists():
        raise ValidationError(_("The budget is empty: write its euros first."))
    locked.proposed_on = clock.today()
    locked.save(update_fields=["proposed_on"])
    acted(PROPOSED, by=actor, step__programme=locked.programme, budget_year=locked.year)


@transaction.atomic
def take_budget_back(budget: Budget) -> None:
    """Take a proposed budget back to be written on.

    What bodies handled was another one: their handlings are left to the trail. Raises ValidationError where
    it is not proposed.
    """
    locked = _locked(budget)
    must_wait(locked)
    locked.handlings.all().delete()
    locked.proposed_on = None
    locked.save(update_fields=["proposed_on"])
    taken_back(PROPOSED, step__programme=locked.programme, budget_year=locked.year)


def must_be_draft(budget: Budget) -> None:
    """Raise ValidationError where a budget's lines may not be written any more."""
    budget.programme.must_not_be_closed()
    if budget.decided_on is not None:
        raise ValidationError(_("The budget has been decided: from then on only amendments change it."))
    if budget.proposed_on is not None:
        raise ValidationError(_("The budget has been proposed. Take it back to write on it."))


def must_wait(budget: Budget) -> None:
    """Raise ValidationError where a budget is not on its way through the bodies."""
    budget.programme.must_not_be_closed()
    if not budget.waits:
        raise ValidationError(_("The budget is not proposed, or it has been decided already."))


def with_amounts(budget: Budget, grid: Grid) -> Budget:
    """Return a budget with its euros as it is drawn up, cell by cell: two queries."""
    return with_cells(budget, grid, amounts_of(budget))


def with_cells(budget: Budget, grid: Grid, amounts: Mapping[Cell, Decimal | None]) -> Budget:
    """Return a budget with the euros of every cell of a grid as an attribute, by the cell's name."""
    for name, cell in grid.cells.items():
        setattr(budget, name, amounts.get(cell))
    return budget


def _locked(budget: Budget) -> Budget:
    rows = Budget.objects.select_related("programme").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=budget.pk)


def _write(budget: Budget, amounts: Mapping[Cell, Decimal | None]) -> None:
    """Write euros into cells, each by its own row, which the trail then tells; none takes the row away."""
    for cell, amount in amounts.items():
        named: dict[str, Any] = {"budget": budget, **cell.place.columns()}
        rows: QuerySet[Any] = BudgetLine.objects.all()
        if cell.ahead:
            named["years_ahead"] = cell.ahead
            rows = BudgetPlanLine.objects.all()
        if amount is None:
            rows.filter(**named).delete()
        else:
            rows.update_or_create(**named, defaults={"amount": amount})
