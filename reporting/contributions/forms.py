"""The forms of a year's key and of its settlement."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.forms import DayField, DecimalField, EuroField
from programme.models import ContributionKey, Municipality, MunicipalSettlement
from programme.saving import RememberingForm, Saved, as_base, cells_of
from reporting.contributions.keeping import cell_of

LONGEST = 2000


class PopulationField(DecimalField):
    """A number of residents."""

    default_error_messages = {
        "required": _("Write the population; 0 where the municipality pays nothing this year."),
        "invalid": _("Write the number of residents with digits, for example 28 000."),
        "max_decimal_places": _("Write whole residents, without decimals."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=8, decimal_places=0, **kwargs)


class KeyForm(RememberingForm):
    """Whose populations the shares are split by, and the populations; `reason` is of the change alone."""

    counted_on = DayField(
        label=_("Residents counted on"), help_text=_("The day of the statistics, usually 31 December.")
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Whose statistics, for example Statistics Finland.")
    )
    deducts_advances = forms.BooleanField(
        label=_("What was carried from earlier years is deducted from this year’s bills"),
        required=False,
        help_text=_("Otherwise it stays as advances received, and the whole share is billed."),
    )
    reason = forms.CharField(
        label=_("Why the shares change"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ContributionKey
        fields = ["counted_on", "source", "deducts_advances"]

    BESIDE_THE_KEY = {"base", "reason", "seen"}

    def __init__(self, *args: Any, members: list[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for municipality in members:
            name = cell_of(municipality)
            self.fields[name] = PopulationField(label=text.words_of(municipality, "name")[0])
            self.initial[name] = getattr(self.instance, name)
        self.initial["base"] = as_base(cells_of(self.instance, self.written))
        if self.instance.pk is None:
            del self.fields["reason"]
        else:
            self.fields["reason"].is_demanded_later = True  # type: ignore[attr-defined]

    @property
    def written(self) -> list[str]:
        return [name for name in self.fields if name not in self.BESIDE_THE_KEY]

    def typed(self) -> dict[str, Any]:
        return super().typed() | {
            "seen": self.cleaned_data["seen"],
            "reason": self.cleaned_data.get("reason", ""),
        }

    def populations(self) -> dict[str, Any] | None:
        """Return what was typed of the populations, by cell; None where some cell is to be mended."""
        cells = [cell_of(one) for one in self.members]
        if not all(cell in self.cleaned_data for cell in cells):
            return None
        return {cell: self.cleaned_data[cell] for cell in cells}

    def rebased_on(self, saved: Saved) -> Self:
        """Keep the reason too, which no saved row holds."""
        reason = self.cleaned_data.get("reason", "")
        super().rebased_on(saved)
        self.data["reason"] = reason  # type: ignore[index]
        return self


class SettlementForm(RememberingForm):
    """What the municipalities were billed for a year, and what of it was used."""

    billed = EuroField(label=_("Billed, €"), min_value=0, help_text=_("All municipalities together."))
    used = EuroField(
        label=_("Used, €"),
        min_value=0,
        help_text=_("What the municipalities paid of the year’s costs, by the accounts."),
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST,
        help_text=_("What is done with the rest, in the words of the accounts."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
    )

    class Meta:
        model = MunicipalSettlement
        fields = ["billed", "used", "text"]
