"""The forms around a work programme: its start, and the meetings that approved or noted it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programme import clock, text
from programme.forms import DayField, MatterNumberField
from programme.matter_forms import MatterForm
from programme.models import Meeting
from workgroups.models import WorkingGroup, WorkProgramme
from workgroups.work_programmes import drafting
from workgroups.work_programmes.approval import meetings_that_approve, meetings_that_note
from workgroups.work_programmes.spreadsheets.archive import LARGEST_UPLOAD
from workgroups.work_programmes.spreadsheets.reading import Table, read


class DrawUpForm(forms.Form):
    """For which year a group starts a plan, and from what."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    from_previous = forms.BooleanField(label=_("Take over the rows of the year before"), required=False)

    def __init__(self, *args: Any, group: WorkingGroup, past: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = self.fields["year"]
        assert isinstance(year, forms.ChoiceField)  # noqa: S101  declared above
        year.choices = [(free, str(free)) for free in drafting.years_to_draw_up(group, past=past)]


class ElsewhereForm(forms.Form):
    """When a plan of a year gone by was approved on paper, and under which item."""

    approved_on = DayField(label=_("Approved on"), error_messages={"required": _("Write the day.")})
    number = MatterNumberField(label=_("Item of the memo"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="elsewhere-%s")


class SpreadsheetForm(forms.Form):
    """A spreadsheet to bring in; once read, its rows are in `table`."""

    spreadsheet = forms.FileField(
        label=_("Spreadsheet (XLSX)"),
        help_text=_("At most 2 MB. You see first what would change; nothing is saved before you confirm."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("The file is empty."),
        },
    )
    table: Table

    def clean_spreadsheet(self) -> Any:
        uploaded = self.cleaned_data["spreadsheet"]
        # One byte more tells what is too large without reading all of it.
        self.table = read(uploaded.read(LARGEST_UPLOAD + 1))
        return uploaded


class MeetingForm(MatterForm):
    """In which meeting something was decided, and under which number: § or item."""

    def __init__(self, data: Any, meetings: QuerySet[Meeting], *, number: Any, why_none: str) -> None:
        super().__init__(data, auto_id="decision-%s")
        held = meetings.filter(held_on__lte=clock.today()).select_related("body").order_by("-held_on")
        self.offer(held, number=number, why_none=why_none)

    @classmethod
    def of_group(cls, plan: WorkProgramme, data: Any = None) -> "MeetingForm":
        """Return the form for a meeting of the plan's own group."""
        why_none = _("The group has held no meeting since the beginning of %(year)s.") % {
            "year": plan.year - 1
        }
        return cls(data, meetings_that_approve(plan), number=_("Item"), why_none=why_none)

    @classmethod
    def of_board(cls, plan: WorkProgramme, data: Any = None) -> "MeetingForm":
        """Return the form for a meeting of the board since the plan's approval."""
        since = text.day(plan.approved_on or clock.today())
        why_none = _("The board has held no meeting since the approval, %(day)s.") % {"day": since}
        return cls(data, meetings_that_note(plan), number=_("Section (§)"), why_none=why_none)
