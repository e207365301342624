"""The forms around a work programme: its start, and the meetings that approved or noted it."""

import hashlib
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.forms import DayField, MatterNumberField, MeetingChoice, NamedChoice
from programme.models import Body, Meeting
from workgroups.models import WorkingGroup, WorkProgramme
from workgroups.work_programmes import drafting
from workgroups.work_programmes.approval import meetings_that_approve
from workgroups.work_programmes.earlier import Source
from workgroups.work_programmes.spreadsheets.archive import LARGEST_UPLOAD
from workgroups.work_programmes.spreadsheets.reading import Table, read

LONGEST_NAME = 200


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

    def clean_approved_on(self) -> Any:
        day = self.cleaned_data["approved_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


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


class EarlierWorkProgrammeForm(SpreadsheetForm):
    """A past year's work programme: its spreadsheet, and where it was approved, as far as that is known."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    meeting = MeetingChoice(
        Meeting.objects.none(),
        label=_("Meeting that approved it"),
        required=False,
        help_text=_("Where the meeting is not in the list, write the day, and the body if another did."),
    )
    approved_on = DayField(label=_("Approved on"), required=False)
    body = NamedChoice(Body.objects.none(), label=_("Body that approved it"), required=False)
    number = MatterNumberField(label=_("Item of the memo"), required=False)

    field_order = ("year", "spreadsheet", "meeting", "approved_on", "body", "number")

    def __init__(self, *args: Any, group: WorkingGroup, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year, meeting, body = (self.fields[name] for name in ("year", "meeting", "body"))
        assert isinstance(year, forms.ChoiceField)  # noqa: S101  declared above
        assert isinstance(meeting, forms.ModelChoiceField)  # noqa: S101  declared above
        assert isinstance(body, forms.ModelChoiceField)  # noqa: S101  declared above
        self.group = group
        year.choices = [(free, str(free)) for free in years]
        held = Meeting.objects.filter(body=group.body, held_on__lte=clock.today())
        meeting.queryset = held.select_related("body") if group.body else Meeting.objects.none()
        body.queryset = Body.objects.filter(programme=group.programme)

    def clean_spreadsheet(self) -> Any:
        uploaded = super().clean_spreadsheet()
        uploaded.seek(0)
        self.content = uploaded.read()
        return uploaded

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        meeting, day = told.get("meeting"), told.get("approved_on")
        if meeting is not None:
            if day not in (None, meeting.held_on):
                self.add_error("approved_on", _("The meeting chosen was held on another day."))
            if told.get("body") not in (None, meeting.body):
                self.add_error("body", _("The meeting chosen is another body’s."))
            told |= {"body": meeting.body, "approved_on": meeting.held_on}
        elif day is None and not self.errors.keys() & {"approved_on", "meeting"}:
            self.add_error("approved_on", _("Choose the meeting, or write the day."))
        elif day is not None and day > clock.today():
            self.add_error("approved_on", _("This day is still to come."))
        return told

    def source(self) -> Source:
        """Return which file it was, and where the plan was approved; plain values."""
        told = self.cleaned_data
        return {
            "file_name": told["spreadsheet"].name[-LONGEST_NAME:],
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "approved_on": told["approved_on"].isoformat(),
            "meeting": told["meeting"].pk if told["meeting"] else None,
            "body": told["body"].pk if told["body"] else None,
            "number": told["number"],
        }


class MeetingForm(forms.Form):
    """In which meeting something was decided, and under which number: § or item."""

    number = MatterNumberField()

    def __init__(self, data: Any, meetings: QuerySet[Meeting], *, number: Any) -> None:
        super().__init__(data, auto_id="decision-%s")
        held = meetings.filter(held_on__lte=clock.today()).select_related("body").order_by("-held_on")
        self.fields["meeting"] = MeetingChoice(held, label=_("Meeting"), to_field_name="code")
        self.fields["number"].label = number
        self.order_fields(["meeting", "number"])

    @classmethod
    def of_group(cls, plan: WorkProgramme, data: Any = None) -> "MeetingForm":
        """Return the form for a meeting of the plan's own group."""
        return cls(data, meetings_that_approve(plan), number=_("Item"))

    @classmethod
    def of_board(cls, plan: WorkProgramme, data: Any = None) -> "MeetingForm":
        """Return the form for a meeting, since the plan's approval, of a body that decides."""
        meetings = Meeting.objects.filter(
            body__programme=plan.group.programme,
            body__decides=True,
            body__numbering=Body.Numbering.SECTION_PER_YEAR,
            held_on__gte=plan.approved_on or clock.today(),
        )
        return cls(data, meetings, number=_("Section (§)"))
