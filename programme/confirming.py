"""A box to tick before something is done that may be a slip; its value says what was asked about."""

from typing import Any

from django import forms


class OneBox(forms.CheckboxSelectMultiple):
    """One box to tick, which sends its value alone."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)


def ask(form: forms.Form, name: str, *, value: object, label: str) -> None:
    """Let a field that was hidden be seen as a box; a tick for one value says nothing of another."""
    field = form.fields[name]
    field.widget = OneBox(choices=[(value, label)])
    field.is_demanded_later = True  # type: ignore[attr-defined]
