"""Filters of the list of indicators."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme import text
from reporting.indicators import IndicatorReading


class IndicatorFilterForm(forms.Form):
    """Which indicators are listed."""

    WITHOUT_PRIORITY = "none"

    priority = forms.ChoiceField(label=_("Priority"), required=False)
    group = forms.ChoiceField(label=_("Working group"), required=False)
    missing = forms.BooleanField(label=_("Only those without a value of the latest period"), required=False)

    def __init__(self, *args: Any, readings: list[IndicatorReading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = {reading.group.code: reading.group for reading in readings if reading.group}
        priorities = {group.priority.code: group.priority for group in groups.values() if group.priority}
        named = sorted(priorities.values(), key=lambda priority: priority.number)
        self._choose(
            "priority",
            [
                *((row.code, f"{row.number} {text.words_of(row, 'name')[0]}") for row in named),
                (self.WITHOUT_PRIORITY, _("Networks and coordination")),
            ],
        )
        self._choose("group", [(code, text.words_of(row, "name")[0]) for code, row in groups.items()])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def filtered(self, readings: list[IndicatorReading]) -> list[IndicatorReading]:
        """Return the indicators that the filters let through; a wrong filter lets through none."""
        if not self.is_bound:
            return readings
        if not self.is_valid():
            return []
        wanted = self.cleaned_data
        return [
            reading
            for reading in readings
            if (not wanted["priority"] or self._priority_of(reading) == wanted["priority"])
            and (not wanted["group"] or (reading.group and reading.group.code == wanted["group"]))
            and (not wanted["missing"] or reading.lacks_now)
        ]

    def _priority_of(self, reading: IndicatorReading) -> str:
        priority = reading.group.priority if reading.group else None
        return priority.code if priority else self.WITHOUT_PRIORITY
