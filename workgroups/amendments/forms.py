"""The forms of an amendment: why it is proposed, and what was decided of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.forms import DecisionTextField
from programme.matter_forms import MatterForm
from workgroups.amendments.deciding import meetings_that_decide
from workgroups.models import Amendment, BudgetProposal

LONGEST_REASON = 1000


def reason_field() -> forms.CharField:
    """Return the field of why something that has been decided should change."""
    return forms.CharField(
        label=_("Reason for the change"),
        help_text=_("Goes as it stands to those who decide."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REASON}),
        error_messages={"required": _("Write why it should change: the reason goes to those who decide.")},
    )


class ReasonForm(forms.Form):
    """Why a line should change."""

    amendment_reason = reason_field()


class DecisionForm(MatterForm):
    """What was decided: in which meeting and under which number, where a meeting decides."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("accepted", _("Accepted: the line changes")), ("rejected", _("Rejected: it stays"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was decided.")},
    )

    def __init__(self, data: Any = None, *, amendment: Amendment | BudgetProposal) -> None:
        super().__init__(data, auto_id="decision-%s")
        if amendment.decider == Amendment.Decider.PRESENTING_OFFICER:
            del self.fields["number"], self.fields["this_matter"]
            self.fields["text"] = forms.CharField(
                label=_("Reason of the decision"),
                help_text=_("Needed where it is rejected. Whoever proposed it reads it."),
                max_length=LONGEST_REASON,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REASON}),
            )
            return
        meetings = meetings_that_decide(amendment).select_related("body").order_by("-held_on")
        self.fields["text"] = DecisionTextField()
        self.offer(meetings, number=_("Section (§) or item"), why_none=self.why_no_meeting(amendment))

    def why_no_meeting(self, amendment: Any) -> str:
        """Return why there is no meeting to choose, where there is none."""
        no_meeting = _("The body that decides has held no meeting since the proposal, %(day)s.")
        return no_meeting % {"day": text.day(amendment.proposed_on)}

    def given(self) -> dict[str, Any]:
        """Return what was decided, as the service takes it."""
        values = dict(self.cleaned_data)
        return {"accepted": values.pop("outcome") == "accepted", **values}
