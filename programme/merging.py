"""What two people changed at the same time: different cells merge, the same one shows both texts."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.db import models


class Conflict(NamedTuple):
    """One cell that both changed, each to something else."""

    yours: str
    saved: str


class Merge(NamedTuple):
    """What should stand, and where that is for a person to say: there the saved text stands meanwhile."""

    merged: dict[str, str]
    conflicts: dict[str, Conflict]


def merge(base: Mapping[str, str], yours: Mapping[str, str], saved: Mapping[str, str]) -> Merge:
    """Merge what one person typed into what stands saved, cell by cell.

    `base` is what the person saw before typing, `yours` the cells they have typed, `saved` what stands now.
    A cell that only one of the two changed takes that change, and one that both changed alike is agreed on.
    A cell that is not in `base` was never seen: typing into it counts as a change of what is saved now.
    """
    merged, conflicts = dict(saved), {}
    for name, typed in yours.items():
        seen, stored = base.get(name, saved[name]), saved[name]
        if typed in (seen, stored):
            continue
        if stored == seen:
            merged[name] = typed
        else:
            conflicts[name] = Conflict(yours=typed, saved=stored)
    return Merge(merged, conflicts)


def differing(form: forms.ModelForm, stored: models.Model) -> list[tuple[Any, Any, Any]]:
    """Return the label of each field that was typed otherwise than it stands saved, and both texts."""
    return [
        (field.label, _shown(field, form[name].value()), _shown(field, getattr(stored, name)))
        for name, field in form.fields.items()
        if name in (form._meta.fields or ()) and form.cleaned_data.get(name) != getattr(stored, name)
    ]


def _shown(field: forms.Field, value: Any) -> Any:
    """Return what a person chose by its label, and what they typed as it is."""
    if isinstance(field, forms.ModelChoiceField):
        row = value if isinstance(value, models.Model) or not value else field.to_python(value)
        return field.label_from_instance(row) if row else ""
    if isinstance(field, forms.ChoiceField):
        return dict(field.choices).get(value, value or "")  # type: ignore[arg-type]  # pairs
    return value or ""
