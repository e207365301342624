"""Forms of reports made elsewhere."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from programme import clock, text
from programme.attachments.checking import must_not_be_too_large
from programme.attachments.pdfs import must_be_pdf
from programme.forms import DayField, MatterNumberField, NamedChoice, RowChoice
from programme.models import Body, Matter, Programme, ReportingPeriod


class PeriodChoice(RowChoice):
    """A reporting period by its days."""

    def label_from_instance(self, row: Any) -> str:
        return text.period(row.starts_on, row.ends_on)


class EarlierReportForm(forms.Form):
    """A report that was presented before the portal made it; once read, its bytes are in `content`."""

    file = forms.FileField(
        label=_("Report (PDF)"),
        max_length=200,
        help_text=format_lazy(
            _("At most {size} MB. It is kept as it is, with its SHA-256, and never changes."),
            size=settings.LARGEST_FILE // (1024 * 1024),
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Write the title of the report.")}
    )
    presented_on = DayField(
        label=_("Presented on"), error_messages={"required": _("Write the day of the meeting.")}
    )
    number = MatterNumberField(label=_("Section (§) or item"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    content: bytes

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = NamedChoice(
            programme.bodies.all(),
            label=_("Body"),
            empty_label="–",
            help_text=_("The body that it was presented to."),
            error_messages={"required": _("Choose the body.")},
        )
        self.fields["period"] = PeriodChoice(
            ReportingPeriod.objects.filter(programme=programme).order_by("-ends_on"),
            label=_("Period that it tells about"),
            required=False,
        )
        self.order_fields(["file", "title", "body", "presented_on", "number", "period", "language"])

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        must_not_be_too_large(uploaded.size)
        self.content = uploaded.read()
        must_be_pdf(self.content)
        return uploaded

    def clean_presented_on(self) -> Any:
        day = self.cleaned_data["presented_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come: such a report is made here."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        body, day, number = (cleaned.get(name) for name in ("body", "presented_on", "number"))
        if body and day and number:
            self._must_not_be_of_another_day(body, day, number)
        return cleaned

    def _must_not_be_of_another_day(self, body: Body, day: datetime.date, number: int) -> None:
        """Refuse a section that another meeting of the year has: there is one of each in a year."""
        known = Matter.objects.filter(meeting__body=body, meeting__held_on__year=day.year, section=number)
        matter = known.exclude(meeting__held_on=day).select_related("meeting").first()
        if matter is not None and not known.filter(meeting__held_on=day).exists():
            self.add_error(
                "number",
                _("%(section)s is of the meeting on %(day)s. Check the section and the day.")
                % {"section": text.section(number), "day": text.day(matter.meeting.held_on)},
            )

    def values(self) -> dict[str, Any]:
        """Return what was written, for the service."""
        values = dict(self.cleaned_data)
        return {"file_name": values.pop("file").name, **values}


class WithdrawalForm(forms.Form):
    """Why a report was brought in wrongly."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown beside the report, which stays readable."),
        error_messages={"required": _("Write why the report is withdrawn.")},
    )
