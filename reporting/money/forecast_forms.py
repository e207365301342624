"""The form of a forecast and its explanation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme.forms import EuroField
from programme.models import Forecast
from programme.saving import RememberingForm
from reporting.money.forecasts import EXPLAINED_BY

LONGEST = 2000


def _lines(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
    )


class ForecastForm(RememberingForm):
    """What the year will cost, and why it deviates from the amended budget."""

    amount = EuroField(
        label=_("Forecast for the year, €"),
        min_value=0,
        help_text=_("What the cost centre will have cost on 31 December."),
        error_messages={"required": _("Write the forecast. Nothing is computed in its place.")},
    )
    reason = _lines(_("Reason"), _("What the deviation comes from."))
    effect = _lines(_("Effect"), _("On the result, the schedule or other money."))
    corrective_action = _lines(_("Corrective action"), _("What is done about it."))
    who_decides = forms.CharField(
        label=_("Who decides"),
        required=False,
        max_length=200,
        help_text=_("The body or the person whose decision is needed, or that none is."),
    )

    class Meta:
        model = Forecast
        fields = ["amount"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The explanation's texts are cells of the forecast for its form alone: no column brings them.
        self.initial.update((name, getattr(self.instance, name)) for name in EXPLAINED_BY)
