"""Tables of reports."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from programme import text
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
