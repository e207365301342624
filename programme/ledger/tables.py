"""The table of ledger imports."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.models import LedgerImport

NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


class LedgerImportTable(tables.Table):
    """Imports, the latest first."""

    caption = _("Ledger imports")
    empty_text = _("No actuals have been imported yet.")

    source_name = tables.Column(
        verbose_name=_("File"), linkify=lambda record: record.get_absolute_url(), orderable=False
    )
    source = tables.Column(
        verbose_name=_("Accounting system"),
        accessor="file__source__name",
        default=text.NOTHING,
        orderable=False,
    )
    imported_at = tables.Column(verbose_name=_("Imported"), orderable=False)
    imported_by = tables.Column(verbose_name=_("By"), default=text.NOTHING, orderable=False)
    days = tables.Column(verbose_name=_("Days"), empty_values=(), orderable=False)
    number_of_lines = tables.Column(verbose_name=_("Lines"), attrs=NUMBER, orderable=False)
    total = tables.Column(verbose_name=_("Sum, euros"), attrs=NUMBER, orderable=False)
    state = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False)

    class Meta:
        model = LedgerImport
        fields = [
            "source_name",
            "source",
            "imported_at",
            "imported_by",
            "days",
            "number_of_lines",
            "total",
            "state",
        ]
        attrs = {"class": "table--cards"}
        row_attrs = {"id": lambda record: f"import-{record.pk}"}

    def render_imported_at(self, value: Any) -> str:
        return text.weekday_and_time(value)

    def render_days(self, record: Any) -> str:
        return text.period(record.first_day, record.last_day)

    def render_number_of_lines(self, value: int) -> str:
        return text.number(value)

    def render_total(self, value: Any) -> str:
        return text.exact_sum(value)

    def render_state(self, record: LedgerImport) -> str:
        if record.reverted_at is None:
            return str(_("counted"))
        return str(_("reverted: %(reason)s") % {"reason": record.reverting_reason})
