"""What became of a line, as its writer says it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.forms import EuroField
from workgroups.models import LineTurn
from workgroups.services import Line
from workgroups.year_turn.standing import Choice, is_open, is_to_ask, why_to_choose
from workgroups.year_turn.turning import NO_EUROS
from workgroups.year_turn.twins import Choice as Twin
from workgroups.year_turn.twins import why_to_choose as why_it_is_one

LONGEST_REASON = 400
Outcome = LineTurn.Outcome


class TurnForm(forms.Form):
    """One line at the turn of the year; its prefix is the line's code."""

    outcome = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_REASON}),
        error_messages={"required": _("Write why: next year’s writers read it.")},
    )
    euros = EuroField(
        label=_("Euros left for next year"),
        required=False,
        min_value=0,
    )

    standing = forms.ChoiceField(
        label=_("What stands in the next year’s plan already"),
        required=False,
        choices=Choice.choices,
        widget=forms.HiddenInput,
    )

    twin = forms.ChoiceField(
        label=_("What has been drafted in the same words"),
        required=False,
        choices=Twin.choices,
        widget=forms.HiddenInput,
    )

    def __init__(
        self,
        *args: Any,
        planned: Decimal | None = None,
        standing: Line | None = None,
        twin: Line | None = None,
        **kwargs: Any,
    ) -> None:
        """`planned` are the line's euros, all of which go on where nothing is typed.

        `standing` is what continues the line already, `twin` a draft in its words that continues nothing.
        """
        super().__init__(*args, **kwargs)
        self.ask_of(standing)
        self.ask_of_twin(None if standing else twin)
        if planned is None:
            self.fields["euros"].help_text = _(
                "Only where it goes on or moves. The line has no planned euros."
            )
        else:
            self.fields["euros"].help_text = _(
                "Only where it goes on or moves. Left empty, the whole planned sum goes on, %(euros)s: the"
                " portal does not know what has been used of it."
            ) % {"euros": text.euros(planned)}

    def ask_of(self, standing: Line | None) -> None:
        """Ask what becomes of what stands, where an answer does not change it unasked."""
        if standing is None or not is_to_ask(standing):
            return
        field = self.fields["standing"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        choices = [Choice.LEAVE, Choice.CHANGE] if is_open(standing) else [Choice.LEAVE]
        field.choices = [(choice.value, choice.label) for choice in choices]
        field.widget = forms.RadioSelect(choices=field.choices)
        field.help_text = why_to_choose(standing)

    def ask_of_twin(self, twin: Line | None) -> None:
        """Ask whether a draft in the same words is the same."""
        if twin is None:
            return
        field = self.fields["twin"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.widget = forms.RadioSelect(choices=Twin.choices)
        only_then = _("Only where it goes on or moves.")
        field.help_text = f"{why_it_is_one(twin)} {only_then}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("euros") is not None and cleaned.get("outcome") in (Outcome.DONE, Outcome.ENDS):
            self.add_error("euros", NO_EUROS)
        return cleaned
