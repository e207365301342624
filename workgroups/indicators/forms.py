"""Forms of indicators: a value, where empty means that it is not known; and the series itself."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from priorities.models import Indicator, IndicatorValue
from programme.forms import CodedChoice, CodeField, DayField, DecimalField, NamedChoice
from programme.models import Programme
from programme.saving import RememberingForm, as_base, cells_of
from workgroups.forms import TypedForm
from workgroups.models import WorkingGroup


class ValueForm(RememberingForm):
    """A value of one period and place, and where it comes from.

    `drafted` is the stamp of the writer's draft that the words grew from; `version` is the drafts' own and
    says nothing here, where the cells themselves are compared.
    """

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
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, initial=0)
    drafted = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    class Meta:
        model = IndicatorValue
        fields = ["value", "note"]

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = decimals_of(indicator, self.fields["value"])

    @property
    def written(self) -> list[str]:
        return self._meta.fields  # type: ignore[return-value]

    def typed(self) -> dict[str, Any]:
        return super().typed() | {"drafted": self.cleaned_data["drafted"]}

    @classmethod
    def told(cls, typed: dict[str, str]) -> list[tuple[str, str]]:
        """Return what somebody typed into such a form as label and words, without what is empty."""
        return [
            (str(cls.base_fields[name].label), typed[name])
            for name in cls.Meta.fields
            if typed.get(name, "").strip()
        ]


class ValueDraftForm(TypedForm):
    """What is being typed of a value, with the cells as they stood when it was begun."""

    WORDS = ("value", "note", "base")

    def has_words(self) -> bool:
        return any(self.cleaned_data[name].strip() for name in ValueForm.Meta.fields)


def decimals_of(indicator: Indicator, field: forms.Field) -> DecimalField:
    """Return the same field for values of a series: with as many decimals as it is told with."""
    return DecimalField(
        label=field.label,
        help_text=field.help_text,
        required=False,
        max_digits=14,
        decimal_places=indicator.decimals,
    )


def aim_name(year: int) -> str:
    return f"aim_{year}"


class IndicatorForm(RememberingForm):
    """All that a series says of itself, the group that answers for it, and the aims of the years.

    Group and aims are rows of their own: `keeping.with_parts` lays them on the indicator that the form is of.
    """

    code = CodeField(help_text="")
    baseline = DecimalField(label=_("Baseline"), required=False, max_digits=14, decimal_places=2)
    baseline_on = DayField(label=_("Day of the baseline"), required=False)
    followed_from = DayField(
        label=_("Followed from"),
        required=False,
        help_text=_(
            "Values are asked of the periods that end on this day or later. Empty: from the beginning."
        ),
    )
    followed_until = DayField(
        label=_("Followed until"),
        required=False,
        help_text=_("To end the series, write its last day: what was told stays, no more is asked."),
    )

    class Meta:
        model = Indicator
        fields = [
            "code",
            "name_fi",
            "name_sv",
            "name_en",
            "unit",
            "decimals",
            "direction",
            "source",
            "baseline",
            "baseline_on",
            "by_municipality",
            "followed_from",
            "followed_until",
        ]
        labels = {
            "name_fi": _("Name in Finnish"),
            "name_sv": _("Name in Swedish"),
            "name_en": _("Name in English"),
            "unit": _("Unit"),
            "direction": _("Direction"),
            "source": _("Source"),
            "by_municipality": _("A value is entered for each municipality too"),
        }
        help_texts = {
            "unit": _("For example kpl, %, hlö, €. It stays once a value has been entered."),
            "source": _("Where its figures come from: a register, a survey, the group’s own count."),
        }
        error_messages = {
            "name_fi": {"required": _("Write what is measured.")},
            "unit": {"required": _("Write the unit.")},
        }

    def __init__(self, *args: Any, programme: Programme, proposed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.years = range(programme.starts_on.year, programme.ends_on.year + 1)
        if self.instance.pk:
            del self.fields["code"]
        else:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Leave empty to take the next one of its group: %(codes)s.") % {
                "codes": proposed
            }
        self.fields["direction"].required = True
        self.fields["decimals"] = forms.TypedChoiceField(
            label=_("Decimals"),
            coerce=int,
            choices=[(number, str(number)) for number in range(Indicator.MOST_DECIMALS + 1)],
            help_text=_("With how many decimals at most its values are entered."),
        )
        self.fields["group"] = NamedChoice(
            WorkingGroup.objects.filter(programme=programme),
            label=_("Group that answers"),
            empty_label="–",
            error_messages={"required": _("Choose the group.")},
        )
        for year in self.years:
            self.fields[aim_name(year)] = DecimalField(
                label=_("Aim by 31.12.%(year)s") % {"year": year},
                required=False,
                max_digits=14,
                decimal_places=2,
            )
        for name in ("group", *self.aims):
            self.initial[name] = getattr(self.instance, name, None)
        self.initial["base"] = as_base(cells_of(self.instance, self.written))

    @property
    def aims(self) -> list[str]:
        return [aim_name(year) for year in self.years]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("followed_from"), cleaned.get("followed_until")
        if begins and ends and ends < begins:
            self.add_error("followed_until", ValidationError(_("The last day is before the first one.")))
        for name in ("baseline", *self.aims):
            number: Decimal | None = cleaned.get(name)
            most = cleaned.get("decimals", Indicator.MOST_DECIMALS)
            if number is not None and -int(number.normalize().as_tuple().exponent) > most:
                self.add_error(name, ValidationError(_("Write at most %(max)s decimals.") % {"max": most}))
        return cleaned


class TieTargetForm(forms.Form):
    """An annual target whose follow-up is to tell the series of its year."""

    def __init__(self, data: Any = None, *, targets: Any) -> None:
        super().__init__(data, auto_id="target-%s")
        self.fields["target"] = CodedChoice(
            targets,
            label=_("Annual target"),
            to_field_name="code",
            empty_label="–",
            error_messages={"required": _("Choose the target."), "invalid_choice": _("Choose the target.")},
        )


class TieMeasureForm(forms.Form):
    """A measure that the series tells of."""

    def __init__(self, data: Any = None, *, measures: Any) -> None:
        super().__init__(data, auto_id="measure-%s")
        self.fields["measure"] = CodedChoice(
            measures,
            words="text",
            label=_("Measure"),
            to_field_name="code",
            empty_label="–",
            error_messages={"required": _("Choose the measure."), "invalid_choice": _("Choose the measure.")},
        )


class SeriesForm(forms.Form):
    """The series that a target's follow-up is to tell; empty: none."""

    def __init__(self, data: Any = None, *, indicators: Any) -> None:
        super().__init__(data, auto_id="series-%s")
        self.fields["series"] = CodedChoice(
            indicators,
            label=_("Series"),
            to_field_name="code",
            required=False,
            empty_label=_("none"),
            error_messages={"invalid_choice": _("Choose the series.")},
        )
