"""The form of a value: empty means that it is not known."""

from django import forms
from django.utils.translation import gettext_lazy as _

from priorities.models import IndicatorValue
from programme.forms import DecimalField
from programme.saving import RememberingForm


class ValueForm(RememberingForm):
    """A value of one period and place, and where it comes from."""

    value = DecimalField(
        label=_("Value"),
        required=False,
        max_digits=14,
        decimal_places=2,
        help_text=_("Leave empty when it is not known: it is shown as –, never as 0."),
    )
    note = forms.CharField(
        label=_("Note and source"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 400}),
        help_text=_("Where the figure comes from, and what should be known of it."),
    )

    class Meta:
        model = IndicatorValue
        fields = ["value", "note"]
