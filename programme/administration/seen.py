"""Forms of rows that somebody else may save meanwhile: nothing is overwritten that was not seen."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme.administration.refusals import LeftToTheDatabase
from programme.forms import shown
from programme.merging import merge


class SeenForm(LeftToTheDatabase):
    """A form that carries what its reader saw, and merges into what stands when it is sent.

    The row must be locked while it is saved. A field that both changed differently is in `differing`, and the
    form, shown again, has the typed text in the field and knows what stands saved: sent once more, it counts.
    """

    differing: list[tuple[str, str, str]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differing = []
        for field in self.fields.values():
            field.show_hidden_initial = True

    def _post_clean(self) -> None:
        """Merge before the values reach the row."""
        names = [name for name in self.fields if name in self.cleaned_data]
        saved = {
            name: self._cell(name, self.get_initial_for_field(self.fields[name], name)) for name in names
        }
        seen = {name: self._seen(name, saved[name]) for name in names}
        yours = {name: self._cell(name, self.cleaned_data[name]) for name in names}
        merged = merge(seen, yours, saved)
        taken_over = [
            name for name in names if merged.merged[name] != yours[name] and name not in merged.conflicts
        ]
        for name in taken_over:
            self.cleaned_data[name] = self.fields[name].to_python(saved[name])
        for name, conflict in merged.conflicts.items():
            field = self.fields[name]
            self.differing.append(
                (str(field.label), shown(field, conflict.yours), shown(field, conflict.saved))
            )
            self.add_error(name, _("Somebody else has changed this meanwhile."))
        if self.differing:
            self._show_again(saved, taken_over)
        super()._post_clean()  # type: ignore[misc]

    def _show_again(self, saved: dict[str, str], taken_over: list[str]) -> None:
        """Let the form have seen what stands, and show what others changed where its reader did not."""
        shown_again: dict[str, Any] = {name: self.data[name] for name in self.data}
        for name, cell in saved.items():
            shown_again[self.add_initial_prefix(name)] = cell
        for name in taken_over:
            initial = self.get_initial_for_field(self.fields[name], name)
            shown_again[self.add_prefix(name)] = self.fields[name].prepare_value(initial)
        self.data = shown_again

    def _cell(self, name: str, value: Any) -> str:
        """Return a value as text that compares alike however it was written."""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        prepared = self.fields[name].prepare_value(value)
        return "" if prepared is None else str(prepared)

    def _seen(self, name: str, saved: str) -> str:
        """Return what the reader saw; a form that does not say so saw what stands."""
        posted = self.data.get(self.add_initial_prefix(name))
        if posted is None:
            return saved
        try:
            return self._cell(name, self.fields[name].to_python(posted))
        except forms.ValidationError:
            return str(posted)
