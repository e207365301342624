"""Forms of annual targets: the target itself, its group, and the decision of a year."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget, Measure, StrategicGoal
from programme import clock
from programme.forms import (
    DayField,
    DecimalField,
    DecisionTextField,
    EuroField,
    WordsChoice,
    WordsChoices,
)
from programme.matter_forms import MatterForm
from programme.models import CostCentre, FollowUpPrinciple, Network, Post, Programme, RoleStatement
from programme.saving import cell_of, read_base
from programme.text import day
from workgroups.models import WorkingGroup
from workgroups.targets import cells
from workgroups.targets.decision import first_day_of_proposal, meetings_for

# Of the fields that each form makes for its programme and group.
LABELS = {
    "responsible": _("Responsible"),
    "cost_centre": _("Cost centre"),
    "goals": _("Goals"),
    "measures": _("Measures"),
    "networks": _("Networks"),
    "role_statements": _("Roles of the programme"),
    "follow_up_principles": _("Follow-up principles"),
}


class GoalChoices(WordsChoices):
    """Strategic goals; those of an earlier strategy say so."""

    def __init__(self, rows: QuerySet[StrategicGoal], *, in_force: Collection[int], label: Any) -> None:
        super().__init__(rows, words="text", label=label)
        self.in_force = in_force

    def label_from_instance(self, row: Any) -> str:
        label = super().label_from_instance(row)
        return label if row.pk in self.in_force else _("%(goal)s (earlier strategy)") % {"goal": label}


class TargetForm(forms.ModelForm):
    """All that a target says, and what it serves.

    `base` are the cells as the writer saw them when the form was opened. The form itself carries them: the
    trail knows what was saved, not what stood on a page. They need no signature, since whoever sends them may
    write the same cells anyway.
    """

    baseline = DecimalField(label=_("Baseline"), required=False, max_digits=14, decimal_places=2)
    target_value = DecimalField(label=_("Target value"), required=False, max_digits=14, decimal_places=2)
    due_on = DayField(label=_("Due"), required=False)
    own_euros = EuroField(label=_("Euros asked for"), required=False, min_value=0)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AnnualTarget
        fields = list(cells.COLUMNS)
        labels = {
            "name_fi": _("Target in Finnish"),
            "name_sv": _("Target in Swedish"),
            "name_en": _("Target in English"),
            "indicator_fi": _("Indicator in Finnish"),
            "indicator_sv": _("Indicator in Swedish"),
            "indicator_en": _("Indicator in English"),
            "unit": _("Unit"),
            "direction": _("Direction"),
            "no_cost": _("No cost"),
            "binding": _("Binding: proposed to the federation meeting as binding"),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 2, "maxlength": 600})
            for name in ("name_fi", "name_sv", "name_en")
        }
        help_texts = {
            "name_fi": _("What is ready when it is reached, in one sentence."),
            "indicator_fi": _(
                "What is counted or seen, for example: municipalities that have adopted the plan."
            ),
            "unit": _("For example kpl, %, hlö, €."),
        }

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        group: WorkingGroup | None,
        year: int,
        stored: AnnualTarget | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        due_on = self.fields["due_on"]
        assert isinstance(due_on, DayField)  # noqa: S101  declared above
        due_on.year = year
        self.fields["name_fi"].error_messages["required"] = _("Write the target.")
        self.fields["direction"].required = True
        self.fields["responsible"] = WordsChoice(
            Post.objects.filter(programme=programme),
            label=LABELS["responsible"],
            required=False,
            empty_label="–",
        )
        self.fields["cost_centre"] = WordsChoice(
            CostCentre.objects.filter(programme=programme),
            label=LABELS["cost_centre"],
            required=False,
            empty_label="–",
        )
        self.fields.update(_parts(programme, group, stored))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cells.must_fit_together({name: cell_of(cleaned.get(name)) for name in cells.CELLS})
        return cleaned

    def clean_base(self) -> dict[str, str]:
        """Read the cells that the form brought; without them everything typed counts as changed."""
        return read_base(self.cleaned_data["base"] or "{}", cells.CELLS)


def _parts(
    programme: Programme, group: WorkingGroup | None, stored: AnnualTarget | None
) -> dict[str, WordsChoices]:
    """Return the choices of what a target serves: those of the group's own priority first.

    Goals are of the strategy in force; one of an earlier strategy stays where it stands already.
    """
    of_today = StrategicGoal.objects.in_force_on(clock.today()).filter(priority__programme=programme)
    in_force = set(of_today.values_list("pk", flat=True))
    kept = StrategicGoal.objects.filter(annual_targets=stored) if stored else StrategicGoal.objects.none()
    goals = StrategicGoal.objects.filter(pk__in=[*in_force, *kept.values_list("pk", flat=True)])
    measures = Measure.objects.filter(priority__programme=programme)
    own = Case(When(priority=group.priority if group else None, then=Value(0)), default=Value(1))
    of_programme = {"programme": programme}
    return {
        "goals": GoalChoices(
            goals.order_by(own, "priority__number", "number"), in_force=in_force, label=LABELS["goals"]
        ),
        "measures": WordsChoices(
            measures.order_by(own, "priority__number", "order", "code"),
            words="text",
            label=LABELS["measures"],
        ),
        "networks": WordsChoices(
            Network.objects.filter(**of_programme), words="name", label=LABELS["networks"]
        ),
        "role_statements": WordsChoices(
            RoleStatement.objects.filter(**of_programme), words="text", label=LABELS["role_statements"]
        ),
        "follow_up_principles": WordsChoices(
            FollowUpPrinciple.objects.filter(**of_programme),
            words="text",
            label=LABELS["follow_up_principles"],
        ),
    }


class GroupForm(forms.Form):
    """Whose target is started."""

    def __init__(self, data: Any, groups: QuerySet[WorkingGroup]) -> None:
        super().__init__(data)
        self.fields["group"] = WordsChoice(
            groups,
            label=_("Working group"),
            to_field_name="code",
            error_messages={"required": _("Choose the group."), "invalid_choice": _("Choose the group.")},
        )


class DecideForm(MatterForm):
    """In which meeting the year's targets were decided, under which number, and how."""

    text = DecisionTextField()

    def __init__(self, data: Any, *, programme: Programme, year: int) -> None:
        super().__init__(data, auto_id="decision-%s")
        since = first_day_of_proposal(programme, year)
        held = meetings_for(programme, year).filter(held_on__gte=since)
        why_none = _("No body that decides has met since %(day)s, when the first of them was proposed.")
        self.offer(
            held.select_related("body__audience").order_by("-held_on"),
            number=_("Section (§) or item"),
            why_none=why_none % {"day": day(since)},
        )
