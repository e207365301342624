"""Forms of the group's report: three texts, and the same as they are being typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workgroups.forms import TypedForm
from workgroups.group_reports import TEXTS
from workgroups.models import FollowUpDraft, GroupReport


def _text() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 6, "maxlength": GroupReport.LONGEST})


class GroupReportForm(forms.ModelForm):
    """What was done, what hinders, what is asked of whom.

    `version` is that of the stored report the form was opened on, 0 where there was none; `drafted` is
    the stamp of the writer's draft that the words grew from.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    drafted = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    draft: FollowUpDraft | None = None

    class Meta:
        model = GroupReport
        fields = TEXTS
        widgets = {name: _text() for name in TEXTS}
        labels = {
            "done": _("What was done"),
            "hinders": _("What hinders"),
            "asked": _("What is asked, and of whom"),
        }
        help_texts = {
            "done": _("The group’s period in a few sentences; the lines tell the rest."),
            "hinders": _("Leave empty when nothing does."),
            "asked": _("For example a decision of the board or a statement of a municipality."),
        }
        error_messages = {"done": {"required": _("Write what was done.")}}

    @classmethod
    def told(cls, typed: dict[str, str]) -> list[tuple[str, str]]:
        """Return what somebody typed into such a form as label and words, without what is empty."""
        return [
            (str(cls.base_fields[name].label), typed[name]) for name in TEXTS if typed.get(name, "").strip()
        ]

    def values(self) -> dict[str, Any]:
        """Return what was written, for the service: every field but the version."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class ReportDraftForm(TypedForm):
    """What is being typed of a group's report."""

    WORDS = TEXTS
    LONGEST = 2 * GroupReport.LONGEST
