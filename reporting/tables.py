"""Tables of reports and of the ledger's entries."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.models import LedgerEntry, LedgerImport
from reporting.models import Report


class ReportTable(tables.Table):
    """Reports, the latest period first."""

    caption = _("Reports")
    empty_text = _("No report has been made yet. The programme office assembles the first.")

    code = tables.Column(verbose_name=_("Report"), linkify=True)
    period = tables.Column(verbose_name=_("Period"), order_by="period__ends_on")
    audience = tables.Column(verbose_name=_("Audience"), order_by="audience__order")
    state = tables.Column(verbose_name=_("State"))
    day = tables.Column(verbose_name=_("Told on"), accessor="presented_on", attrs={"td": {"class": "number"}})

    class Meta:
        model = Report
        fields = ["code", "period", "audience", "state", "day"]
        attrs = {"class": "table--cards"}
        row_attrs = {"id": lambda record: record.code}

    def render_period(self, value: Any) -> str:
        return text.period(value.starts_on, value.ends_on)

    def render_audience(self, value: Any) -> str:
        return text.words_of(value, "name")[0]

    def render_day(self, value: Any) -> str:
        return text.day(value)


class EntryTable(tables.Table):
    """Entries of the ledger, the first booked first; the whole's sum stands below, on every page."""

    caption = _("Entries of the ledger, euros")
    empty_text = _("Nothing has been booked in this year. The finance officer brings the ledger in.")
    row_header = "voucher"

    def __init__(self, *args: Any, imports_of: str = "", **kwargs: Any) -> None:
        """`imports_of` is the programme whose imports the reader may open, by its slug."""
        super().__init__(*args, **kwargs)
        self.imports_of = imports_of

    booked_on = tables.Column(verbose_name=_("Booked"))
    voucher = tables.Column(verbose_name=_("Voucher"))
    text = tables.Column(verbose_name=_("Text"), orderable=False)
    cost_centre = tables.Column(verbose_name=_("Cost centre"), order_by="cost_centre__number")
    account = tables.Column(verbose_name=_("Account"), order_by="account__number")
    ledger_import = tables.Column(verbose_name=_("From the file"), orderable=False)
    amount = tables.Column(
        verbose_name=_("Euros"), attrs={"td": {"class": "number"}, "th": {"class": "number"}}
    )

    class Meta:
        model = LedgerEntry
        fields = ["booked_on", "voucher", "text", "cost_centre", "account", "ledger_import", "amount"]
        default = text.NOTHING
        attrs = {"class": "table--cards"}

    def render_booked_on(self, value: Any) -> str:
        return text.day(value)

    def render_cost_centre(self, value: Any) -> str:
        return f"{value.number} {text.words_of(value, 'name')[0]}"

    render_account = render_cost_centre

    def render_ledger_import(self, value: LedgerImport) -> str:
        if not self.imports_of:
            return value.source_name
        address = reverse("programme:ledger-import-detail", args=[self.imports_of, value.pk])
        return format_html('<a href="{}">{}</a>', address, value.source_name)

    def render_amount(self, value: Any) -> str:
        return text.number(value, 2)
