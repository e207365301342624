"""Forms of the ledger import: the file, its columns, the total, and the reason for reverting."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programme import text
from programme.attachments import names
from programme.attachments.checking import CheckedFile, must_not_be_too_large, sha256_of
from programme.confirming import ask
from programme.forms import EuroField
from programme.ledger.acting import TICK_FURTHER_LINES
from programme.ledger.amounts import COMMA, POINT
from programme.ledger.columns import Remembered, proposed
from programme.ledger.corrections import GivenNumbers
from programme.ledger.fields import DEMANDED, LABELS, SUMS, Field
from programme.ledger.headings import Heading
from programme.ledger.lines import ColumnMapping
from programme.ledger.sides import Minus
from programme.ledger.workbooks import OLD, ZIP
from programme.models import LedgerSource, Programme

ACCEPTED = ".csv,.txt,.tsv,.xlsx,.ods,.xls"
MEDIA_TYPES = {ZIP: "application/zip", OLD: "application/x-ole-storage"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class LedgerFileForm(forms.Form):
    """A file of the accounting system; once looked at, it is in `checked`."""

    file = forms.FileField(
        label=_("File of the accounting system"),
        max_length=200,
        help_text=format_lazy(
            _("CSV or text, XLSX, ODS or XLS, at most {size} MB. Nothing is counted before you confirm."),
            size=settings.LARGEST_FILE // (1024 * 1024),
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )
    source = forms.CharField(
        label=_("Accounting system"),
        max_length=80,
        help_text=_(
            "By its name, for example Pro Economica. The columns that you choose are remembered for it."
        ),
        widget=forms.TextInput(attrs={"list": "ledger-sources", "autocomplete": "off"}),
        error_messages={"required": _("Write the name of the accounting system.")},
    )
    checked: CheckedFile

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = list(programme.ledger_sources.values_list("name", flat=True))
        if not self.is_bound and self.sources:
            latest = LedgerSource.objects.filter(files__programme=programme).order_by("-files__pk").first()
            self.initial["source"] = latest.name if latest else ""

    def clean_source(self) -> str:
        return " ".join(self.cleaned_data["source"].split())

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        must_not_be_too_large(uploaded.size)
        uploaded.seek(0)
        head = uploaded.read(16)
        kind = next((kind for sign, kind in MEDIA_TYPES.items() if head.startswith(sign)), "text/plain")
        name = names.cleaned(uploaded.name or "") or "?"
        self.checked = CheckedFile(name, kind, uploaded.size, sha256_of(uploaded), uploaded)
        return uploaded


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


class ConfirmForm(forms.Form):
    """The total that the accounting system tells: what is imported must come to it.

    Where the file has further lines of known vouchers, their number is to be ticked: the same line would look
    new where its text or its number was not imported before.
    """

    stated_total = EuroField(
        label=_("Total by the accounting system, euros"),
        max_digits=14,
        help_text=_(
            "From its own report, of the same rows. The import is written only if both are the same."
        ),
        error_messages={"required": _("Write the total that the accounting system tells.")},
    )
    further_lines = forms.IntegerField(
        label=_("Further lines of known vouchers"),
        required=False,
        widget=forms.HiddenInput,
        help_text=_(
            "The ledger has other lines of the same vouchers. If an earlier import was without the texts or"
            " the numbers of lines, the same lines look new now and would be counted twice."
        ),
        error_messages={"invalid": TICK_FURTHER_LINES},
    )

    def __init__(self, *args: Any, further_lines: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number_of_further_lines = further_lines
        if further_lines:
            words = ngettext(
                "I have checked that %(n)s line is not in the ledger yet",
                "I have checked that %(n)s lines are not in the ledger yet",
                further_lines,
            )
            label = words % {"n": text.number(further_lines)}
            ask(self, "further_lines", value=further_lines, label=label)

    def clean_further_lines(self) -> int:
        ticked = self.cleaned_data["further_lines"] or 0
        if ticked != self.number_of_further_lines:
            raise ValidationError(TICK_FURTHER_LINES)
        return int(ticked)


class RevertForm(forms.Form):
    """Why an import is taken out of all figures."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown beside the import, whose lines stay readable."),
        error_messages={"required": _("Write why the import is reverted.")},
    )
