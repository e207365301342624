"""Tables of meetings."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.models import Meeting


class MeetingTable(tables.Table):
    """Meetings, the latest first."""

    caption = _("Meetings")
    empty_text = _("No meetings in this year. The secretary adds them.")

    body = tables.Column(
        verbose_name=_("Body"),
        linkify=lambda record: record.get_absolute_url(),
        order_by="body__name_fi",
    )
    number = tables.Column(verbose_name=_("Number"), orderable=False)
    held_on = tables.Column(verbose_name=_("Date"))
    starts_at = tables.Column(verbose_name=_("Time"), orderable=False)
    state = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False)

    class Meta:
        model = Meeting
        fields = ["body", "number", "held_on", "starts_at", "state"]
        attrs = {"class": "table--cards"}
        row_attrs = {"id": lambda record: record.code}

    def render_body(self, record: Meeting) -> str:
        return text.words_of(record.body, "name")[0]

    def render_held_on(self, value: Any) -> str:
        return text.weekday_and_day(value)

    def render_starts_at(self, value: Any) -> str:
        return text.clock_time(value)

    def render_state(self, record: Meeting) -> str:
        return str(_("planned") if record.is_planned else _("held"))
