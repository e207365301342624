"""Forms of reading and reporting."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.merging import differing
from programme.statuses import DEVIATIONS, DISTRIBUTION_ORDER, NOT_UPDATED, STATUS_LABELS
from reporting.dashboard import GOING_WELL, has_changed
from reporting.fact_types import TargetFacts
from reporting.models import Report
from reporting.reading import Reading


class TargetFilterForm(forms.Form):
    """Which targets of a period are listed; works on facts, live or frozen alike."""

    WITHOUT_PRIORITY = "none"
    GROUPS_OF_STATUSES = {
        "going_well": (_("On track or achieved"), GOING_WELL),
        "deviating": (_("Deviating"), DEVIATIONS),
        "updated": (_("Updated"), tuple(code for code in DISTRIBUTION_ORDER if code != NOT_UPDATED)),
    }

    period = forms.ChoiceField(label=_("Period"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), required=False)
    group = forms.ChoiceField(label=_("Working group"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    binding = forms.BooleanField(label=_("Only binding targets"), required=False)
    changed = forms.BooleanField(label=_("Only those whose status changed"), required=False)

    def __init__(self, *args: Any, reading: Reading | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        periods = reading.periods if reading else []
        self._choose(
            "period", [(period.code, text.period(period.starts_on, period.ends_on)) for period in periods]
        )
        priorities = reading.facts["priorities"] if reading else []
        self._choose(
            "priority",
            [
                ("", _("All")),
                *(
                    (priority["code"], f"{priority['number']} {text.words_of(priority['name'])[0]}")
                    for priority in priorities
                ),
                (self.WITHOUT_PRIORITY, _("Networks and coordination")),
            ],
        )
        groups = reading.facts["groups"] if reading else []
        self._choose(
            "group",
            [("", _("All")), *((group["code"], text.words_of(group["name"])[0]) for group in groups)],
        )
        self._choose(
            "status",
            [
                ("", _("All")),
                *((code, label) for code, (label, _statuses) in self.GROUPS_OF_STATUSES.items()),
                *((str(code), STATUS_LABELS[str(code)]) for code in DISTRIBUTION_ORDER),
            ],
        )

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def filtered(self, targets: list[TargetFacts]) -> list[TargetFacts]:
        """Return the targets that the filters let through; a wrong filter lets through none."""
        if not self.is_bound:
            return targets
        if not self.is_valid():
            return []
        wanted = self.cleaned_data
        return [target for target in targets if self._passes(target, wanted)]

    def _passes(self, target: TargetFacts, wanted: dict[str, Any]) -> bool:
        priority, status = wanted["priority"], wanted["status"]
        statuses = self.GROUPS_OF_STATUSES[status][1] if status in self.GROUPS_OF_STATUSES else (status,)
        return (
            (not priority or (target["priority"] or self.WITHOUT_PRIORITY) == priority)
            and (not wanted["group"] or target["group"] == wanted["group"])
            and (not status or target["status"] in statuses)
            and (not wanted["binding"] or target["binding"])
            and (not wanted["changed"] or has_changed(target))
        )


class NarrativeForm(forms.ModelForm):
    """A report's own words: summary and proposal. Its figures are the dataset's.

    `wording` is the number of the words that the form was opened on; `differing` holds, after a conflict,
    what somebody else saved meanwhile; `replaced`, the proposal in whose place a draft was taken.
    """

    wording = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Report
        fields = ["summary", "proposal"]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 5, "maxlength": 900}),
            "proposal": forms.Textarea(attrs={"rows": 6, "maxlength": 2000}),
        }
        help_texts = {
            "summary": _(
                "Three to five sentences: the reader’s first screen. It stands first in the report."
            ),
            "proposal": _("In the body’s own wording; numbers and dates are yours to mend."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differing: list[tuple[Any, Any, Any]] = []
        self.replaced = ""
        self.initial["wording"] = self.instance.wording

    def with_proposal(self, text: str) -> Self:
        """Return this form as typed, with another proposal that is not saved yet."""
        self.replaced = self.data.get("proposal", "")
        self.data = {name: self.data.get(name, "") for name in self.fields} | {"proposal": text}
        return self

    def rebased_on(self, stored: Report) -> Self:
        """Return this form as typed, with what is stored beside it; sent again, it builds on that."""
        self.differing = differing(self, stored)
        self.data = {name: self.data[name] for name in self.Meta.fields} | {"wording": str(stored.wording)}
        return self
