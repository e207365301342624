"""Saving a form while somebody else may have saved too.

The form brings the cells as its writer saw them when it was opened: the trail knows what was saved, not what
stood on a page. They need no signature, since whoever sends them may write the same cells anyway.
"""

import datetime
import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from programme.forms import shown
from programme.merging import Conflict, merge

YES = "yes"


@dataclass
class Saved:
    """What became of what was typed: where there are conflicts, nothing is to be saved."""

    cells: dict[str, str]  # with one's own text where both differ
    stored: dict[str, str]  # as somebody else left them
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    others_changed: bool = False  # somebody else's changes stand beside one's own


def cell_of(value: Any) -> str:
    """Return a value as text, which is what a merge compares; rows are told by their keys."""
    match value:
        case None:
            return ""
        case bool():
            return YES if value else ""
        case Decimal():
            return f"{value.normalize():f}"
        case datetime.date():
            return value.isoformat()
        case models.Model():
            return str(value.pk)
        case models.QuerySet() | list():
            return " ".join(sorted(cell_of(row) for row in value))
    return str(value).replace("\r\n", "\n")


def cells_of(row: models.Model, names: Iterable[str]) -> dict[str, str]:
    """Return a row's cells, those included that hold several other rows; a new row has none of these yet."""
    several = _several(row)
    return {
        name: cell_of(getattr(row, name) if name not in several else _rows_in(row, name)) for name in names
    }


def _several(row: models.Model) -> set[str]:
    return {field.name for field in row._meta.many_to_many}


def _rows_in(row: models.Model, name: str) -> models.QuerySet[Any] | list[Any]:
    return getattr(row, name).all() if row.pk else []


def columns_of(row: models.Model) -> dict[str, Any]:
    """Return a row's columns as they stand, for `save_changed`."""
    return {field.name: deepcopy(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def save_changed(row: models.Model, before: Mapping[str, Any]) -> None:
    """Save the columns that have changed since: others keep what somebody else may have written."""
    row.save(update_fields=[name for name, value in columns_of(row).items() if value != before[name]])


def merge_into(row: models.Model, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Set on a locked row what was typed, unless somebody else changed the same cell. The caller saves it.

    Cells that hold several other rows are tied at once.
    """
    stored = cells_of(row, values)
    outcome = merge(base, {name: cell_of(value) for name, value in values.items()}, stored)
    mine = {name: conflict.yours for name, conflict in outcome.conflicts.items()}
    others_changed = any(stored[name] != base.get(name, stored[name]) for name in stored)
    if not outcome.conflicts:
        several = _several(row)
        for name, value in values.items():
            if outcome.merged[name] == stored[name]:
                continue
            if name in several:
                getattr(row, name).set(value)
            else:
                setattr(row, name, value)
    return Saved(outcome.merged | mine, stored, outcome.conflicts, others_changed)


class RememberingForm(forms.ModelForm):
    """A row's form that carries the cells as they stood when it was opened.

    After a conflict `differing` holds the label, one's own text and the saved one of each cell.
    """

    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differing: list[tuple[Any, str, str]] = []
        self.initial["base"] = as_base(cells_of(self.instance, self.written))

    @property
    def written(self) -> list[str]:
        """The names of the cells that the form writes."""
        return [name for name in self.fields if name != "base"]

    def clean_base(self) -> dict[str, str]:
        """Read the cells that the form brought; without them everything typed counts as changed."""
        return read_base(self.cleaned_data["base"] or "{}", self.written)

    def typed(self) -> dict[str, Any]:
        """Return what was typed, as a service takes it."""
        return {"values": {name: self.cleaned_data[name] for name in self.written}} | {
            "base": self.cleaned_data["base"]
        }

    def rebased_on(self, saved: Saved) -> Self:
        """Return this form as typed, with what is stored beside it; sent again, it builds on that."""
        self.differing = [
            (self.fields[name].label, shown(self.fields[name], yours), shown(self.fields[name], stored))
            for name, (yours, stored) in saved.conflicts.items()
        ]
        typed = {name: _as_typed(self.fields[name], cell) for name, cell in saved.cells.items()}
        self.data = MultiValueDict(
            {name: cell if isinstance(cell, list) else [cell] for name, cell in typed.items()}
            | {"base": [as_base(saved.stored)]}
        )
        return self


def read_base(sent: str, names: Iterable[str]) -> dict[str, str]:
    """Read the cells that a form brought. Raises ValidationError where they are none of ours."""
    try:
        base = json.loads(sent)
    except json.JSONDecodeError:
        base = None
    if not isinstance(base, dict) or not all(isinstance(cell, str) for cell in base.values()):
        raise ValidationError(_("The form is not whole. Open the page again."))
    return {name: cell for name, cell in base.items() if name in names}


def as_base(cells: Mapping[str, str]) -> str:
    """Return cells as a form carries them."""
    return json.dumps(dict(cells), ensure_ascii=False)


def _as_typed(form_field: forms.Field, cell: str) -> Any:
    """Return a cell as a person would have typed it into its field."""
    if isinstance(form_field, forms.ModelMultipleChoiceField):
        return cell.split()
    return form_field.prepare_value(form_field.to_python(cell))
