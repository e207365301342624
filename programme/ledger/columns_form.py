"""The form by which columns are chosen: which holds what, and how its sums are to be read."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programme.ledger.amounts import COMMA, POINT
from programme.ledger.columns import Remembered, proposed
from programme.ledger.corrections import GivenNumbers
from programme.ledger.fields import DEMANDED, LABELS, SUMS, Field
from programme.ledger.headings import Heading
from programme.ledger.lines import ColumnMapping
from programme.ledger.sides import Minus

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ColumnsForm(forms.Form):
    """Which column holds what; the first rows of the file stand beside it."""

    skips_other_centres = forms.BooleanField(
        label=_("Skip rows of cost centres that are not the programme’s"),
        required=False,
        help_text=_("Otherwise they are faults. The check tells how many were skipped."),
    )
    is_reversed = forms.BooleanField(
        label=_("Costs are negative in this file"),
        required=False,
        help_text=_("In the ledger costs are positive: all signs are turned round."),
    )
    decimal_mark = forms.ChoiceField(
        label=_("Decimal mark"),
        required=False,
        choices=[
            ("", _("found by the column")),
            (COMMA, _("comma: 1.234,50")),
            (POINT, _("point: 1,234.50")),
        ],
    )

    minus = forms.ChoiceField(
        label=_("A minus in an amount beside debit or credit"),
        required=False,
        choices=[
            (Minus.UNKNOWN, _("is a fault")),
            (Minus.TURNS, _("turns the side: −100 in credit is 100 in debit")),
            (Minus.REPEATS, _("repeats the side: −100 in credit is −100")),
        ],
        help_text=_("Matters only where debit or credit is told in a column of its own."),
    )
    forgets = forms.MultipleChoiceField(
        label=_("Forget remembered numbers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Files have said these numbers, which the programme does not have, for its own."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        heading: Heading,
        remembered: Remembered | None,
        chosen: ColumnMapping | None,
        names: Mapping[Field, Mapping[str, str]],
    ) -> None:
        """`names` tells the cost centres and accounts by their codes."""
        super().__init__(data)
        self.heading = heading
        self.numbers: GivenNumbers = remembered.get("numbers", {}) if remembered else {}
        columns = [
            (str(column), f"{letters_of(column)}: {label}" if label else letters_of(column))
            for column, label in enumerate(heading.labels)
        ]
        begun: dict[str, int] = (
            chosen["columns"] if chosen else {str(k): v for k, v in proposed(heading, remembered).items()}
        )
        for name in Field:
            self.fields[name.value] = forms.ChoiceField(
                label=LABELS[name],
                required=name in DEMANDED,
                choices=[("", "–"), *columns],
                initial=str(begun.get(name, "")),
                error_messages={"required": _("Choose the column.")},
            )
        begin_with = chosen or remembered
        if begin_with:
            self.initial["skips_other_centres"] = begin_with["skips_other_centres"]
            self.initial["is_reversed"] = begin_with["is_reversed"]
            self.initial["decimal_mark"] = begin_with["decimal_mark"]
            self.initial["minus"] = begin_with.get("minus", "")
        self.fields["forgets"].choices = [  # type: ignore[attr-defined]
            (f"{name}:{read}", f"{LABELS[Field(name)]} {read} → {names[Field(name)].get(code, code)}")
            for name, given in self.numbers.items()
            for read, code in given.items()
        ]
        if not self.fields["forgets"].choices:  # type: ignore[attr-defined]
            del self.fields["forgets"]
        self.order_fields([name.value for name in Field])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sums = [name for name in SUMS if cleaned.get(name)]
        if not sums:
            self.add_error(Field.AMOUNT, _("Choose the column of the amount, or those of debit and credit."))
        elif Field.AMOUNT in sums and len(sums) > 1:
            self.add_error(Field.AMOUNT, _("Choose either the amount, or debit and credit."))
        elif cleaned.get(Field.SIDE) and Field.AMOUNT not in sums:
            self.add_error(Field.SIDE, _("Debit and credit have columns of their own: choose no side."))
        seen: dict[str, Field] = {}
        for name in Field:
            column = cleaned.get(name)
            if column and column in seen:
                self.add_error(
                    name,
                    ValidationError(
                        _("This column is chosen already: %(name)s."), params={"name": LABELS[seen[column]]}
                    ),
                )
            elif column:
                seen[column] = name
        return cleaned

    def mapping(self, sheet: int) -> ColumnMapping:
        """Return what was chosen, for a sheet by its place."""
        return {
            "sheet": sheet,
            "heading_row": self.heading.row,
            "labels": list(self.heading.labels),
            "columns": {
                name.value: int(self.cleaned_data[name]) for name in Field if self.cleaned_data[name]
            },
            "skips_other_centres": self.cleaned_data["skips_other_centres"],
            "decimal_mark": self.cleaned_data["decimal_mark"],
            "is_reversed": self.cleaned_data["is_reversed"],
            "minus": self.cleaned_data["minus"],
            "numbers": self._numbers_kept(),
        }

    def _numbers_kept(self) -> GivenNumbers:
        forgotten = set(self.cleaned_data.get("forgets", ()))
        return {
            name: {read: code for read, code in given.items() if f"{name}:{read}" not in forgotten}
            for name, given in self.numbers.items()
        }


def letters_of(column: int) -> str:
    """Return a column's letters as spreadsheets show them; the first one, 0, is A."""
    return (letters_of(column // 26 - 1) if column >= 26 else "") + LETTERS[column % 26]
