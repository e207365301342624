"""Forms of rounds, thresholds and bodies."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme.administration.refusals import LeftToTheDatabase
from programme.administration.seen import SeenForm
from programme.forms import CodeField, DayField, DecimalField, EuroField, MomentField, NamedChoice
from programme.models import Audience, Body, Programme, ReportingPeriod

CENTS = Decimal("0.01")


class MomentsOfRound(forms.Form):
    """When people answer."""

    opens_at = MomentField(
        label=_("Round opens"), error_messages={"required": _("Write when the round opens.")}
    )
    closes_at = MomentField(
        label=_("Round closes"),
        help_text=_("After this moment nobody answers any more."),
        error_messages={"required": _("Write when the round closes.")},
    )


class RoundForm(MomentsOfRound, SeenForm):
    """When people answer, and until when actuals count."""

    ledger_cut_off = DayField(
        label=_("Actuals until"),
        help_text=_("The last day of the accounts that the period’s figures hold."),
        error_messages={"required": _("Write the day until which actuals count.")},
    )

    class Meta:
        model = ReportingPeriod
        fields = ["opens_at", "closes_at", "ledger_cut_off"]


class NewRoundForm(MomentsOfRound, LeftToTheDatabase):
    """A period that is told about, and its round. The period's days follow from its year and kind."""

    ledger_cut_off = DayField(
        label=_("Actuals until"), required=False, help_text=_("Empty: the last day of the period.")
    )

    class Meta:
        model = ReportingPeriod
        fields = ["year", "kind", "opens_at", "closes_at", "ledger_cut_off"]
        labels = {"year": _("Year"), "kind": _("Period")}
        error_messages = {"year": {"required": _("Write the year.")}}

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme


class ReopenForm(forms.Form):
    """Until when a closed round is open again, and why."""

    reopened_until = MomentField(
        label=_("Open until"),
        help_text=_("The day and the time, for example 1.9.2009 16.00."),
        error_messages={"required": _("Write until when the round is open.")},
    )
    reopening_reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown beside the round, with your name."),
        error_messages={"required": _("Write why the round is opened again.")},
    )


class ThresholdForm(SeenForm):
    """From what deviation on an explanation is demanded: either is enough."""

    deviation_percent = DecimalField(
        label=_("Deviation, %"), min_value=Decimal(0), max_value=Decimal(100), max_digits=5, decimal_places=2
    )
    deviation_euros = EuroField(label=_("Deviation, €"), min_value=Decimal(0))

    class Meta:
        model = Programme
        fields = ["deviation_percent", "deviation_euros"]

    def clean_deviation_percent(self) -> Decimal:
        """Write it with the decimals that the database keeps, so that an untouched field compares alike."""
        return Decimal(self.cleaned_data["deviation_percent"]).quantize(CENTS)

    def clean_deviation_euros(self) -> Decimal:
        return Decimal(self.cleaned_data["deviation_euros"]).quantize(CENTS)


class RecordsForm(SeenForm):
    """How the authority's case management files what is handed over to it."""

    class Meta:
        model = Programme
        fields = ["function_class", "retention_period"]
        labels = {"function_class": _("Class of function"), "retention_period": _("Retention period")}
        help_texts = {
            "function_class": _(
                "As the authority’s plan of information management has it, for example 14 06 00."
            ),
            "retention_period": _("For example 10 years, or permanently."),
        }


class BodyForm(LeftToTheDatabase):
    """A new body: its names, whom it replaces, and from when."""

    valid_from = DayField(label=_("First day"), error_messages={"required": _("Write the first day.")})
    code = CodeField(
        help_text=_("Letters, digits and hyphens, for example BODY-SH2. It stands in addresses and stays.")
    )

    class Meta:
        model = Body
        fields = [
            "name_fi",
            "name_sv",
            "name_en",
            "code",
            "replaces",
            "valid_from",
            "audience",
            "decides",
            "numbering",
            "document",
        ]
        labels = {
            "name_fi": _("Name in Finnish"),
            "name_sv": _("Name in Swedish"),
            "name_en": _("Name in English"),
            "decides": _("The body decides"),
            "numbering": _("Numbering of matters"),
            "document": _("Document of a meeting"),
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        self.fields["numbering"].initial = Body.Numbering.SECTION_PER_YEAR
        self.fields["document"].initial = Body.Document.MINUTES
        self.fields["name_fi"].error_messages["required"] = _("Write the name in Finnish.")
        self.fields["replaces"] = NamedChoice(
            Body.objects.filter(programme=programme, replaced_by__isnull=True),
            label=_("Replaces"),
            required=False,
            empty_label=_("None"),
            help_text=_("The replaced body ends on the day before. Its meetings and decisions stay its own."),
        )
        self.fields["audience"] = NamedChoice(
            Audience.objects.filter(programme=programme),
            label=_("Audience it serves"),
            required=False,
            empty_label=_("None"),
            help_text=_("Empty: that of the replaced body."),
        )


class BodyEndForm(SeenForm):
    """The last day of a body."""

    valid_until = DayField(label=_("Last day"), required=False, help_text=_("Empty: the body goes on."))

    class Meta:
        model = Body
        fields = ["valid_until"]
