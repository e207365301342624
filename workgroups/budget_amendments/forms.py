"""The forms of a budget's amendment: what its lines would stand at and why, and what was decided."""

from typing import Any, Self

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programme.budget.forms import BudgetForm
from programme.saving import Saved
from workgroups.amendments.forms import DecisionForm, reason_field
from workgroups.models import BudgetProposal


class AmendmentForm(BudgetForm):
    """What every line of a decided budget would stand at, and why; the budget brings what they stand at."""

    amendment_reason = reason_field()

    @property
    def written(self) -> list[str]:
        return [name for name in super().written if name != "amendment_reason"]

    def rebased_on(self, saved: Saved) -> Self:
        reason = self.data.get("amendment_reason", "")
        rebased = super().rebased_on(saved)
        typed = {name: [value] for name, value in rebased.data.items()}
        rebased.data = MultiValueDict(typed | {"amendment_reason": [reason]})
        return rebased

    def typed(self) -> dict[str, Any]:
        return super().typed() | {"reason": self.cleaned_data["amendment_reason"]}


class BudgetDecisionForm(DecisionForm):
    """What was decided of a budget's amendment."""

    def __init__(self, data: Any = None, *, amendment: BudgetProposal) -> None:
        super().__init__(data, amendment=amendment)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101  as the form above declares it
        outcome.choices = [
            ("accepted", _("Accepted: the budget changes")),
            ("rejected", _("Rejected: it stays")),
        ]

    def why_no_meeting(self, amendment: BudgetProposal) -> str:
        if amendment.budget.is_over:
            return gettext(
                "The body that decides held no meeting between the proposal and the end of the budget’s year:"
                " the proposal can only be withdrawn."
            )
        return super().why_no_meeting(amendment)
