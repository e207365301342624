"""The form of a budget that is being drawn up: a table by cost centre, account and funding source."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.budget.figures import minus, plus
from programme.budget.grid import Grid, GridPart, GridRow
from programme.forms import EuroField
from programme.models import Account, Budget, CostCentre, FundingSource
from programme.saving import RememberingForm, as_base, cells_of

Sums = list[Decimal | None]


def name_of(of: Account | FundingSource) -> str:
    """Return an account by its number and name, or a funding source by its name."""
    return f"{getattr(of, 'number', '')} {text.words_of(of, 'name')[0]}".strip()


class FormRow(NamedTuple):
    name: str
    cells: list[forms.BoundField]


@dataclass(frozen=True)
class Balance:
    """Sums of expenses and income by year."""

    spent: Sums
    earned: Sums

    @property
    def difference(self) -> Sums:
        """Income less expenses."""
        return [minus(*pair) for pair in zip(self.earned, self.spent, strict=True)]


class FormPart(NamedTuple):
    """A cost centre's rows in the form, and the sums of what stands in them."""

    centre: CostCentre
    expenses: list[FormRow]
    income: list[FormRow]
    sums: Balance


class BudgetForm(RememberingForm):
    """All cells of a budget, empty where nothing is given; the budget brings their euros as attributes."""

    class Meta:
        model = Budget
        fields: list[str] = []

    def __init__(self, data: Any = None, *, instance: Budget, grid: Grid) -> None:
        super().__init__(data, instance=instance)
        self.grid = grid
        for row in grid.rows:
            for name, ahead in zip(row.names, grid.ahead, strict=True):
                self.fields[name] = _euro_field(row, instance.year + ahead)
                self.initial[name] = getattr(instance, name)
        self.initial["base"] = as_base(cells_of(instance, self.written))

    @property
    def parts(self) -> list[FormPart]:
        return [
            FormPart(part.centre, self._rows(part.expenses), self._rows(part.income), self._balance([part]))
            for part in self.grid.parts
        ]

    @property
    def whole(self) -> Balance:
        """The sums of the whole task."""
        return self._balance(self.grid.parts)

    def _balance(self, parts: list[GridPart]) -> Balance:
        return Balance(
            self._sums([row for part in parts for row in part.expenses]),
            self._sums([row for part in parts for row in part.income]),
        )

    def _rows(self, rows: Iterable[GridRow]) -> list[FormRow]:
        return [FormRow(name_of(row.of), [self[name] for name in row.names]) for row in rows]

    def _sums(self, rows: list[GridRow]) -> Sums:
        """Return the sums by year of what was typed, else of what is saved."""
        return [self._sum([row.names[place] for row in rows]) for place in range(len(self.grid.ahead))]

    def _sum(self, names: list[str]) -> Decimal | None:
        """Return the sum of cells; where one of them cannot be read, nobody knows it."""
        if any(name in self.errors for name in names):
            return None
        values = getattr(self, "cleaned_data", None) or self.initial
        return functools.reduce(plus, (values.get(name) for name in names), None)


def _euro_field(row: GridRow, year: int) -> EuroField:
    label = f"{row.centre.number} {name_of(row.of)} {year}"
    field = EuroField(
        label=label,
        required=False,
        min_value=0,
        error_messages={"min_value": _("A sum of the budget is not less than zero.")},
    )
    field.widget.attrs |= {"size": 9, "aria-label": label, "class": "number"}
    return field


class BeginForm(forms.Form):
    """From what a budget is begun."""

    like = forms.ChoiceField(choices=[("last", "last"), ("empty", "empty")])

    def clean_like(self) -> bool:
        """Return whether it is begun with the lines of the year before."""
        return bool(self.cleaned_data["like"] == "last")
