"""What became of a line, as its writer says it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.forms import EuroField
from workgroups.models import LineTurn

LONGEST_REASON = 400


class TurnForm(forms.Form):
    """One line at the turn of the year; its prefix is the line's code."""

    outcome = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=LineTurn.Outcome.choices,
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

    def __init__(self, *args: Any, planned: Decimal | None = None, **kwargs: Any) -> None:
        """`planned` are the line's euros, all of which go on where nothing is typed."""
        super().__init__(*args, **kwargs)
        if planned is None:
            self.fields["euros"].help_text = _(
                "Only where it goes on or moves. The line has no planned euros."
            )
        else:
            self.fields["euros"].help_text = _(
                "Only where it goes on or moves. Left empty, the whole planned sum goes on, %(euros)s: the"
                " portal does not know what has been used of it."
            ) % {"euros": text.euros(planned)}
