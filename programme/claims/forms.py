"""The forms of drawing up a claim and of a grant decision."""

import datetime
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.claims.due import ClaimPeriod, last_day
from programme.forms import DayField, DecimalField, EuroField, NamedChoice
from programme.models import ClaimExclusion, FundingSource, Grant, LedgerEntry, PaymentClaim
from programme.saving import RememberingForm

OTHER_DAYS = "other"
LONGEST_GROUND = 1000


def _other_income() -> EuroField:
    return EuroField(
        label=_("Other income, €"),
        min_value=0,
        help_text=_("What others than the funder and the municipalities pay for it. Write 0 if nothing."),
        error_messages={"required": _("Write the other income, or 0 if there is none.")},
    )


class NewClaimForm(forms.Form):
    """Of which days a claim is: those that a grant is to be claimed for next, or others."""

    period = forms.ChoiceField(
        label=_("Period"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the period.")},
    )
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)
    other_income = _other_income()

    def __init__(self, data: Any = None, *, periods: list[ClaimPeriod]) -> None:
        choices = [(_value(period), text.period(period.starts_on, period.ends_on)) for period in periods]
        super().__init__(data, initial={"period": choices[0][0] if choices else OTHER_DAYS})
        self.periods = {_value(period): (period.starts_on, period.ends_on) for period in periods}
        period = self.fields["period"]
        assert isinstance(period, forms.ChoiceField)  # noqa: S101  declared above
        period.choices = [*choices, (OTHER_DAYS, _("Other days: write them below"))]
        for name in ("starts_on", "ends_on"):
            self.fields[name].demanded_when = _("for other days")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("period") == OTHER_DAYS:
            for name in ("starts_on", "ends_on"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Write the day."))
        return cleaned

    def given(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        values = dict(self.cleaned_data)
        chosen = self.periods.get(values.pop("period"))
        if chosen is not None:
            values["starts_on"], values["ends_on"] = chosen
        return values


def _value(period: ClaimPeriod) -> str:
    return f"{period.starts_on}_{period.ends_on}"


class ClaimForm(RememberingForm):
    """A draft's days and other income; costs come from the ledger and the state share is computed."""

    starts_on = DayField(label=_("First day"), error_messages={"required": _("Write the day.")})
    ends_on = DayField(label=_("Last day"), error_messages={"required": _("Write the day.")})
    other_income = _other_income()

    class Meta:
        model = PaymentClaim
        fields = ["starts_on", "ends_on", "other_income"]


class ExclusionForm(RememberingForm):
    """How much of a cost is not eligible, and on what ground."""

    amount = EuroField(label=_("Not eligible, €"), error_messages={"required": _("Write the sum in euros.")})
    ground = forms.CharField(
        label=_("Ground"),
        max_length=LONGEST_GROUND,
        help_text=_("Why the funder does not accept it: it goes to the funder as it stands."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_GROUND}),
        error_messages={"required": _("Write on what ground it is not eligible.")},
    )

    class Meta:
        model = ClaimExclusion
        fields = ["amount", "ground"]

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount == 0:
            raise forms.ValidationError(_("Write how much of it is not eligible: zero is nothing."))
        return amount

    def __init__(self, *args: Any, entry: LedgerEntry | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if entry is not None:
            self.fields["amount"].help_text = _("The whole line is %(whole)s; a part of it will do.") % {
                "whole": text.exact_euros(entry.amount)
            }
            if not self.instance.pk:
                self.initial["amount"] = entry.amount


class MonthsField(forms.CharField):
    """Months by their numbers: 6, 12."""

    default_error_messages = {
        "required": _("Write at least one month."),
        "invalid": _("Write months by their numbers, for example 6, 12."),
    }

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        months = [int(part) for part in re.findall(r"[0-9]{1,3}", written)]
        if (
            not re.fullmatch(r"[0-9,;. ]+", written)
            or not all(1 <= month <= 12 for month in months)
            or not months
        ):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return sorted(set(months))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(month) for month in value) if isinstance(value, list) else value


class GrantForm(RememberingForm):
    """What the funder decided on a year's grant."""

    decided_on = DayField(label=_("Decided on"), error_messages={"required": _("Write the day.")})
    granted = EuroField(
        label=_("Granted at the most, €"),
        min_value=1,
        error_messages={"required": _("Write the sum in euros.")},
    )
    rate = DecimalField(
        label=_("Rate, %"),
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=100,
        help_text=_("Of eligible net costs: costs less other income less what is not eligible."),
        error_messages={"required": _("Write the rate in per cent.")},
    )
    granter = forms.CharField(
        label=_("Funder"), max_length=200, error_messages={"required": _("Write who granted it.")}
    )
    starts_on = DayField(
        label=_("Costs from"),
        help_text=_("Costs of earlier days are not accepted."),
        error_messages={"required": _("Write the day.")},
    )
    ends_on = DayField(label=_("Costs until"), error_messages={"required": _("Write the day.")})
    claim_months = MonthsField(
        label=_("Claimed after the months"),
        help_text=_("6, 12 means a claim for January–June and another for July–December."),
    )
    claim_within = forms.IntegerField(
        label=_("Claimed within, months"),
        min_value=0,
        max_value=24,
        help_text=_("How many months after that a claim is sent at the latest."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages={"required": _("Write the number of months.")},
    )
    funding_source = NamedChoice(
        FundingSource.objects.none(),
        label=_("Funding source in the budget"),
        required=False,
        help_text=_("Which source of the funding plan the grant is: its use is what is claimed."),
    )

    class Meta:
        model = Grant
        fields = [
            "decided_on",
            "granted",
            "rate",
            "granter",
            "starts_on",
            "ends_on",
            "claim_months",
            "claim_within",
            "funding_source",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = FundingSource.objects.filter(programme=self.instance.programme)
        self.fields["funding_source"].queryset = sources  # type: ignore[attr-defined]
        for name in ("decided_on", "starts_on", "ends_on"):
            self.fields[name].year = self.instance.year  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first is not None and last is not None and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        self._months_must_reach(last, cleaned.get("claim_months"))
        return cleaned

    def _months_must_reach(self, last: datetime.date | None, months: list[int] | None) -> None:
        """Demand that the grant's last days are claimed too; those of other years no claim of it can have."""
        if last is None or not months:
            return
        year = self.instance.year
        until = min(last, last_day(year, 12))
        claimed_until = last_day(year, max(months))
        if claimed_until < until:
            self.add_error(
                "claim_months",
                _("Costs after %(claimed)s are in no claim: the grant goes on until %(until)s. Add a month.")
                % {"claimed": text.day(claimed_until), "until": text.day(until)},
            )

    def clean_rate(self) -> Any:
        rate = self.cleaned_data["rate"]
        if rate == 0:
            raise forms.ValidationError(_("Write a rate above zero."))
        return rate
