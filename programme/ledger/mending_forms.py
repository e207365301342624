"""The form by which faults are mended in their rows: a choice by number, a value by cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.forms import DayField, EuroField
from programme.ledger.checking import UNKNOWN, Findings, Told, Unknown
from programme.ledger.corrections import NAMING, text_of
from programme.ledger.fields import LABELS, SUMS, Field
from programme.ledger.lines import LONGEST_LINE, LONGEST_VOUCHER
from programme.ledger.mending import Given
from programme.ledger.words import Said, said
from programme.models import Account, CostCentre, Programme

SHOWN = 50  # faults of each kind on a page; when these are mended, the next ones come
NOTHING_GIVEN = _("Choose a number or write a value: nothing was given.")


def names_of(programme: Programme) -> dict[Field, dict[str, str]]:
    """Return cost centres and accounts by their codes, with number and name: two queries."""
    return {
        Field.COST_CENTRE: _named(CostCentre.objects.filter(programme=programme)),
        Field.ACCOUNT: _named(Account.objects.filter(programme=programme)),
    }


def _named(rows: Iterable[CostCentre | Account]) -> dict[str, str]:
    return {row.code: f"{row.number} {text.words_of(row, 'name')[0]}" for row in rows}


def _number(unknown: Unknown) -> str:
    """Name a field by what it mends: what was typed stays with its cell when the check is made anew."""
    return f"number-{unknown['field']}-{crc32(unknown['read'].encode()):x}"


def _remember(unknown: Unknown) -> str:
    return f"remember-{_number(unknown)}"


def _cell(told: Told) -> str:
    return f"cell-{told['row']}-{told['field']}"


@dataclass
class NumberToMend:
    """An unknown number, where it stands, and the fields by which it is mended, if the reader may."""

    unknown: Unknown
    choice: BoundField | None
    tick: BoundField | None

    @property
    def further(self) -> int:
        """How many rows say it besides those that are named."""
        return self.unknown["rows"] - len(self.unknown["first"])


@dataclass
class CellToMend:
    """A fault of a cell, and the field by which it is mended, if the reader may."""

    said: Said
    field: BoundField | None


class MendingForm(forms.Form):
    """What the check has found, with a field for each number and each cell that can be given here."""

    def __init__(
        self,
        data: Any = None,
        *,
        findings: Findings,
        names: Mapping[Field, Mapping[str, str]],
    ) -> None:
        super().__init__(data)
        self.names = names
        self.unknown = findings.get("unknown", [])[:SHOWN]
        # What was checked before numbers were gathered has each of them at its rows alone.
        by_number = UNKNOWN if "unknown" in findings else ()
        cells = [told for told in findings["faults"] if told["code"] not in by_number]
        self.told: Sequence[Told] = cells[:SHOWN]
        self.number_of_cells = len(cells)
        for unknown in self.unknown:
            label = f"{LABELS[Field(unknown['field'])]} {unknown['read']}"
            self.fields[_number(unknown)] = self._choice(Field(unknown["field"]), label)
            self.fields[_remember(unknown)] = forms.BooleanField(
                label=_("Remember for the next files"), required=False
            )
        for told in self.told:
            if told["code"] not in UNKNOWN:
                self.fields[_cell(told)] = self._cell_field(told)

    def _choice(self, name: Field, label: str) -> forms.ChoiceField:
        choices = [("", text.NOTHING), *self.names[name].items()]
        return forms.ChoiceField(label=label, required=False, choices=choices)

    def _cell_field(self, told: Told) -> forms.Field:
        name = Field(told["field"])
        label = f"{_('Row')} {text.number(told['row'])}, {told['column'] or LABELS[name]}"
        if name in NAMING:
            return self._choice(name, label)
        if name in SUMS:
            return EuroField(label=label, required=False, max_digits=14)
        if name == Field.DAY:
            return DayField(label=label, required=False)
        if name == Field.SIDE:
            choices = [("", text.NOTHING), ("D", LABELS[Field.DEBIT]), ("K", LABELS[Field.CREDIT])]
            return forms.ChoiceField(label=label, required=False, choices=choices)
        longest = LONGEST_LINE if name == Field.LINE else LONGEST_VOUCHER
        return forms.CharField(label=label, required=False, max_length=longest)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.given():
            raise ValidationError(NOTHING_GIVEN)
        return cleaned

    def given(self) -> list[Given]:
        """Return what was chosen and written; what was left empty stays a fault."""
        cleaned = self.cleaned_data
        numbers = [
            Given(
                unknown["field"],
                unknown["read"],
                cleaned[_number(unknown)],
                is_remembered=cleaned[_remember(unknown)],
            )
            for unknown in self.unknown
            if cleaned.get(_number(unknown))
        ]
        cells = [
            Given(told["field"], told["read"], text_of(cleaned[_cell(told)]), row=told["row"])
            for told in self.told
            if cleaned.get(_cell(told)) not in (None, "")
        ]
        return numbers + cells

    def numbers_to_mend(self, *, may_mend: bool) -> list[NumberToMend]:
        """Return the unknown numbers, the first of them, with their fields for those who may mend."""
        return [
            NumberToMend(
                unknown,
                self[_number(unknown)] if may_mend else None,
                self[_remember(unknown)] if may_mend else None,
            )
            for unknown in self.unknown
        ]

    def cells_to_mend(self, *, may_mend: bool) -> list[CellToMend]:
        """Return the faults of cells, the first of them, with their fields for those who may mend."""
        return [
            CellToMend(said(told), self[_cell(told)] if may_mend and _cell(told) in self.fields else None)
            for told in self.told
        ]
