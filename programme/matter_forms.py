"""The part of a form that names a matter of a meeting: its number, and whether an existing one is meant."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programme.confirming import ask
from programme.decisions import MatterToConfirmError
from programme.forms import MatterNumberField, MeetingChoice
from programme.models import Meeting


class MatterForm(forms.Form):
    """In which meeting something was decided, and under which number.

    Where the number is one of a matter that may be about something else, its title is asked about:
    `this_matter` is then that matter's key, and says nothing of another one.
    """

    number = MatterNumberField()
    why_none = ""  # why there is no meeting to choose, where there is none
    this_matter = forms.IntegerField(
        label=_("The number has a matter already"), required=False, widget=forms.HiddenInput
    )

    def offer(self, meetings: QuerySet[Meeting], *, number: Any, why_none: str) -> None:
        """Give the meetings to choose from; `why_none` says why there are none, where there are none."""
        choice = MeetingChoice(meetings, label=_("Meeting"), to_field_name="code")
        if not meetings.exists():
            choice.empty_label = _("No meeting to choose")
            choice.help_text = self.why_none = why_none
        self.fields["meeting"] = choice
        self.fields["number"].label = number
        self.order_fields(["outcome", "meeting", "number", "this_matter"])

    def add_error(self, field: str | None, error: Any) -> None:
        """Put the question about a matter at its own field, which can be seen from then on."""
        if isinstance(error, MatterToConfirmError):
            field = "this_matter"
            matter = error.matter
            ask(self, "this_matter", value=matter.pk, label=f"{matter.number} {matter.title}")
        super().add_error(field, error)  # type: ignore[arg-type]
