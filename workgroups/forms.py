"""Forms of the groups' work: the three-minute update, and the steps of a work programme."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from priorities.models import Indicator
from programme import text
from programme.forms import DayField, DecimalField, EuroField, NamedChoice, StatusSelect
from programme.models import Decision, Post, ReportingPeriod, User
from programme.statuses import CRITERIA, DEVIATING, SHORT_OF_AIM, Status, scale
from workgroups.evidence import SHORTEST_WORDS, is_shown
from workgroups.evidence_decisions import DecisionChoice, name_of
from workgroups.models import FollowUp

LONGEST_TEXT = 400


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST_TEXT})


def _post_name(typed: str) -> str:
    post = Post.objects.filter(pk=typed).first() if typed.isdecimal() else None
    return text.words_of(post, "name")[0] if post else ""


def _decision_name(typed: str) -> str:
    decisions = Decision.objects.select_related("matter__meeting__body")
    decision = decisions.filter(pk=typed).first() if typed.isdecimal() else None
    return name_of(decision) if decision else ""


class FollowUpForm(forms.ModelForm):
    """Status and situation; a deviation demands its reason and corrective action, nothing more.

    `version` is that of the stored follow-up the form was opened on, 0 where there was none: a stale one
    is a conflict, told by the view. `drafted` is the stamp of the writer's draft that the words grew from.
    """

    new_due_on = DayField(label=_("New estimate of completion"), required=False)
    indicator_value = DecimalField(label=_("Value of the indicator"), required=False)
    forecast = EuroField(
        label=_("Forecast for the year, €"),
        required=False,
        min_value=0,
        help_text=_("What it will have cost by the end of the year. Leave empty when nothing changes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    drafted = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    beside: forms.BaseForm | None = None  # that with files, whose faults are told with those of this one

    class Meta:
        model = FollowUp
        fields = [
            "status",
            "text",
            "reason",
            "corrective_action",
            "effect",
            "new_due_on",
            "new_responsible",
            "decision_needed",
            "indicator_value",
            "forecast",
            "evidence",
            "decision",
        ]
        widgets = {
            "status": StatusSelect,
            "text": _lines(4),
            "reason": _lines(3),
            "corrective_action": _lines(3),
            "effect": _lines(2),
        }
        labels = {
            "text": _("Situation"),
            "new_responsible": _("Responsible from now on"),
            "decision": _("Decision as evidence"),
        }
        help_texts = {
            "text": _("1–3 sentences. The text goes into the report as it stands."),
            "reason": _("What happened, not who. Demanded when delayed or not to be achieved."),
            "corrective_action": _("What is done about it. Demanded when delayed or not to be achieved."),
            "new_responsible": _("Only when somebody else takes it over."),
            "decision_needed": _("Leave empty when nobody has to decide anything."),
            "evidence": _(
                "Where it can be seen: a document or an address. Demanded when achieved, unless you choose a "
                "decision or add a file."
            ),
            "decision": _("What has been decided about the line, or by the group this year."),
        }

    def __init__(
        self,
        *args: Any,
        period: ReportingPeriod,
        of_target: bool,
        decisions: QuerySet[Decision],
        has_files: bool = False,
        series: Indicator | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.of_target = of_target
        status = self.fields["status"]
        assert isinstance(status, forms.TypedChoiceField)  # noqa: S101  a ModelForm's choice field
        codes = scale(year_end=period.is_year_end)
        status.choices = [(code.value, code.label) for code in codes]
        self.criteria = [(code.label, CRITERIA[code]) for code in codes]
        status.error_messages["required"] = _("Choose the status.")
        self.fields["text"].required = of_target
        self.fields["text"].error_messages["required"] = _("Write what the situation is.")
        self.has_files = has_files
        if period.is_year_end:
            self._ask_of_a_whole_year()
        for name in ("reason", "corrective_action", "evidence"):
            self.fields[name].is_demanded_later = True  # type: ignore[attr-defined]
        self.fields["new_responsible"] = NamedChoice(
            Post.objects.filter(programme=period.programme),
            label=self.fields["new_responsible"].label,
            required=False,
            empty_label="–",
            help_text=self.fields["new_responsible"].help_text,
        )
        standing = self.fields["decision"]
        self.fields["decision"] = DecisionChoice(
            decisions, label=standing.label, help_text=standing.help_text
        )
        if not of_target:
            del self.fields["indicator_value"]
        elif series is not None:
            self.fields["indicator_value"] = DecimalField(
                label=self.fields["indicator_value"].label,
                required=False,
                max_digits=14,
                decimal_places=series.decimals,
                help_text=_("Stands in the series %(code)s, %(unit)s. Empty is not known, never 0.")
                % {"code": series.code, "unit": series.unit},
            )

    def _ask_of_a_whole_year(self) -> None:
        """Ask nothing that the end of the year has answered, and tell the demands of its own statuses."""
        del self.fields["forecast"]
        self.fields["reason"].help_text = _(
            "What happened, not who. Demanded when achieved only in part or not at all."
        )
        self.fields["corrective_action"].help_text = _(
            "What is done about it. Demanded when the work goes on: then give the new estimate of "
            "completion. The turn of the year moves it to the next year’s plan."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        status = cleaned.get("status")
        if status in SHORT_OF_AIM:
            self._demand("text", _("Write what the situation is."))
            self._demand("reason", _("Write why it was achieved only in part or not at all."))
            if cleaned.get("new_due_on"):
                self._demand("corrective_action", _("Write what is done about it."))
        if status in DEVIATING:
            self._demand("text", _("Write what the situation is."))
            self._demand("reason", _("Write why it is delayed or will not be achieved."))
            self._demand("corrective_action", _("Write what is done about it."))
        words = cleaned.get("evidence", "")
        if status == Status.ACHIEVED and not is_shown(
            words, has_decision=bool(cleaned.get("decision")), has_files=self.has_files
        ):
            self._demand(
                "evidence", _("Write where the achievement can be seen, choose a decision, or add a file.")
            )
            if words:
                self.add_error(
                    "evidence",
                    _(
                        "Write so that others find it: a document and its day, or an address; at least "
                        "%(number)s characters."
                    )
                    % {"number": SHORTEST_WORDS},
                )
        return cleaned

    def _demand(self, name: str, message: Any) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, ValidationError(message, code="required"))

    @classmethod
    def told(cls, typed: dict[str, str]) -> list[tuple[str, str]]:
        """Return what somebody typed into such a form as label and words, without what is empty."""
        said = typed | {"status": str(dict(Status.choices).get(typed.get("status", ""), ""))}
        for name, chosen in (("new_responsible", _post_name), ("decision", _decision_name)):
            said[name] = chosen(typed.get(name, ""))
        return [
            (str(field.label), said[name])
            for name, field in cls.base_fields.items()
            if said.get(name, "").strip()
        ]

    def values(self) -> dict[str, Any]:
        """Return what was written, for the service: every field but those that nobody writes."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}


class TypedForm(forms.Form):
    """What is being typed, as it is: kept whole, judged only when it is submitted."""

    LONGEST = 4000
    WORDS: Sequence[str]

    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    drafted = forms.CharField(required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.WORDS:
            self.fields[name] = forms.CharField(required=False, max_length=self.LONGEST, strip=False)

    def typed(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.WORDS if name in self.data}


class DraftForm(TypedForm):
    """What is being typed of a line."""

    WORDS = FollowUpForm.Meta.fields


class ReturnForm(forms.Form):
    """Why a follow-up goes back to its writer."""

    reason = forms.CharField(
        label=_("What should be mended"),
        widget=_lines(2),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write what should be mended: the writer sees it.")},
    )


class ChosenLinesForm(forms.Form):
    """The lines to accept at once: each a follow-up with the version that its reader saw, as 12:3."""

    def clean(self) -> dict[str, Any]:
        data = self.data.getlist("line")  # type: ignore[attr-defined]
        try:
            pairs = [chosen.split(":", 1) for chosen in data]
            versions = {int(pk): int(version) for pk, version in pairs}
        except ValueError as error:
            raise ValidationError(_("The form is not whole. Open the page again.")) from error
        if any(not 0 < pk < 2**63 for pk in versions):
            raise ValidationError(_("The form is not whole. Open the page again."))
        return {"line": versions}


class CommentForm(forms.Form):
    """A comment on a line, and who is asked to look."""

    LONGEST = 2000

    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
        error_messages={"required": _("Write the comment.")},
    )

    def __init__(self, data: Any = None, *, members: QuerySet[User]) -> None:
        super().__init__(data, auto_id="comment-%s")
        mentions = forms.ModelMultipleChoiceField(
            members,
            label=_("Who is asked to look"),
            help_text=_("It stands on their own work until it is settled."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        # Asked for once: a page looks whether there is anybody before it lists them.
        mentions.choices = list(mentions.choices)  # type: ignore[arg-type]  # an iterator of pairs
        self.fields["mentions"] = mentions
