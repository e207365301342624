"""Which package is made, and up to which period it tells."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme import clock, text
from programme.models import Programme, ReportingPeriod
from workgroups.models import Evaluation

KINDS = [Evaluation.Kind.MID_TERM, Evaluation.Kind.FINAL]


class PeriodChoice(forms.ModelChoiceField):
    """A period by its days and code."""

    def label_from_instance(self, row: Any) -> str:
        return f"{text.period(row.starts_on, row.ends_on)} ({row.code})"


class PackageForm(forms.Form):
    """The kind of the evaluation and the last period that is told of."""

    kind = forms.ChoiceField(
        label=_("Evaluation"),
        choices=[(str(kind), kind.label) for kind in KINDS],
        error_messages={"required": _("Choose which evaluation the package is for.")},
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begun = ReportingPeriod.objects.filter(programme=programme).begun_by(clock.now())
        self.fields["period"] = PeriodChoice(
            begun.select_related("programme"),
            to_field_name="code",
            label=_("Last period"),
            empty_label="–",
            help_text=_("All that was told from the programme’s beginning up to it."),
            error_messages={"required": _("Choose the last period that is told of.")},
        )
