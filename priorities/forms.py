"""The forms of the turn of a council term."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from priorities.models import GoalMapping, Priority, StrategicGoal
from priorities.term_turn import years_of_targets_decided_under_the_old
from programme import clock, text
from programme.confirming import ask
from programme.forms import DayField, WordsChoice, WordsChoices
from programme.models import Programme, Strategy
from programme.saving import RememberingForm


class StrategyForm(forms.ModelForm):
    """The name and the council term of the next strategy."""

    class Meta:
        model = Strategy
        fields = ["name_fi", "name_sv", "name_en", "council_term"]
        labels = {
            "name_fi": _("Name in Finnish"),
            "name_sv": _("Name in Swedish"),
            "name_en": _("Name in English"),
            "council_term": _("Council term"),
        }
        help_texts = {"council_term": _("For example 2009–2012.")}


class GoalForm(forms.ModelForm):
    """A goal of the next strategy: which priority serves it, and its words."""

    class Meta:
        model = StrategicGoal
        fields = ["priority", "text_fi", "text_sv", "text_en"]
        labels = {
            "priority": _("Priority that serves it"),
            "text_fi": _("Goal in Finnish"),
            "text_sv": _("Goal in Swedish"),
            "text_en": _("Goal in English"),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 2, "maxlength": 600})
            for name in ("text_fi", "text_sv", "text_en")
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"] = WordsChoice(
            Priority.objects.filter(programme=programme),
            label=self.Meta.labels["priority"],
            error_messages={"required": _("Choose the priority.")},
        )
        self.fields["text_fi"].error_messages["required"] = _("Write the goal.")


class GoalWordsForm(RememberingForm):
    """The words of a goal of the next strategy; its priority stands in its code and stays."""

    class Meta:
        model = StrategicGoal
        fields = ["text_fi", "text_sv", "text_en"]
        labels = GoalForm.Meta.labels
        widgets = GoalForm.Meta.widgets
        error_messages = {"text_fi": {"required": _("Write the goal.")}}


class MappingForm(forms.Form):
    """What one old goal becomes; its prefix is the goal's code."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("goal", "What becomes of it"),
        choices=GoalMapping.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": pgettext_lazy("goal", "Choose what becomes of it.")},
    )

    def __init__(self, *args: Any, strategy: Strategy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = StrategicGoal.objects.filter(strategy=strategy).order_by("priority__number", "number")
        self.fields["becomes"] = WordsChoices(goals, words="text", label=_("It becomes"))


class AdoptForm(forms.Form):
    """The day from which the next strategy is in force."""

    on = DayField(label=_("Adopted on"), error_messages={"required": _("Write the day of the adoption.")})
    is_certain = forms.CharField(label=_("The day is in the past"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, strategy: Strategy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strategy = strategy

    def clean(self) -> dict[str, Any]:
        """Ask before a day in the past, since an adoption stays: decided targets serve what it replaces."""
        cleaned = super().clean() or self.cleaned_data
        on = cleaned.get("on")
        if on is None or on >= clock.today() or cleaned.get("is_certain") == on.isoformat():
            return cleaned
        if years := years_of_targets_decided_under_the_old(self.strategy, on):
            written = text.day(on)
            ask(
                self,
                "is_certain",
                value=on.isoformat(),
                label=str(_("It was adopted on %(day)s") % {"day": written}),
            )
            self.add_error(
                "is_certain",
                _(
                    "Decided targets of these years serve the goals that it replaces: %(years)s. They keep"
                    " those goals, while reports of the time since %(day)s show the new ones beside them."
                    " An adoption is not undone: confirm the day."
                )
                % {"years": ", ".join(str(year) for year in years), "day": written},
            )
        return cleaned
