"""The forms of an amendment: why it is proposed, and what was decided of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme.forms import DecisionTextField, MatterNumberField, MeetingChoice
from workgroups.amendments.deciding import meetings_that_decide
from workgroups.models import Amendment

LONGEST_REASON = 1000


class ReasonForm(forms.Form):
    """Why a line should change."""

    amendment_reason = forms.CharField(
        label=_("Reason for the change"),
        help_text=_("Goes as it stands to those who decide."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REASON}),
        error_messages={"required": _("Write why it should change: the reason goes to those who decide.")},
    )


class DecisionForm(forms.Form):
    """What was decided: in which meeting and under which number, where a meeting decides."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("accepted", _("Accepted: the line changes")), ("rejected", _("Rejected: it stays"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was decided.")},
    )

    def __init__(self, data: Any = None, *, amendment: Amendment) -> None:
        super().__init__(data, auto_id="decision-%s")
        if amendment.decider == Amendment.Decider.PRESENTING_OFFICER:
            return
        meetings = meetings_that_decide(amendment).select_related("body").order_by("-held_on")
        self.fields["meeting"] = MeetingChoice(meetings, label=_("Meeting"), to_field_name="code")
        self.fields["number"] = MatterNumberField(label=_("Section (§) or item"))
        self.fields["text"] = DecisionTextField()

    def given(self) -> dict[str, Any]:
        """Return what was decided, as the service takes it."""
        values = dict(self.cleaned_data)
        return {"accepted": values.pop("outcome") == "accepted", **values}
