"""Forms of the ledger import: the file, the total, and the reason for reverting."""

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
from programme.ledger.workbooks import OLD, ZIP
from programme.models import LedgerSource, Programme

ACCEPTED = ".csv,.txt,.tsv,.xlsx,.ods,.xls"
MEDIA_TYPES = {ZIP: "application/zip", OLD: "application/x-ole-storage"}


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
