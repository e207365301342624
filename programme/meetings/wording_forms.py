"""The form of a body's wording: what it is for, the proposal and the decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme.administration.refusals import LeftToTheDatabase
from programme.meetings.wordings import PLACES
from programme.models import DecisionTemplate
from programme.saving import RememberingForm

LONGEST = 2000


class WordingForm(LeftToTheDatabase, RememberingForm):
    """A wording in the body's own language; what stands in braces is filled in when it is used."""

    proposal = forms.CharField(
        label=_("Proposal"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the proposal, as the body decides.")},
    )
    text = forms.CharField(
        label=_("Decision"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write the decision, as it stands in the minutes when the proposal passes.")
        },
    )

    class Meta:
        model = DecisionTemplate
        fields = ["use", "proposal", "text"]
        labels = {"use": _("What it is for")}
        error_messages = {"use": {"required": _("Choose what the wording is for.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # What it is for stays: other words for the same use are the same wording, renewed.
            del self.fields["use"]
            self.fields["proposal"].help_text = _filled_in(PLACES.get(self.instance.use, ()))
        else:
            self.fields["proposal"].help_text = _(
                "In braces stands what is filled in, for example {kausi} for the days of the report."
            )


def _filled_in(places: tuple[str, ...]) -> Any:
    names = ", ".join(f"{{{place}}}" for place in places)
    return _("Filled in when it is used: %(names)s.") % {"names": names}
