"""Bodies and their meetings: public, with planned ones too."""

import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from programme import clock
from programme.deadlines.reading import state_for
from programme.filters import MeetingFilter
from programme.generic import DetailView, ListView
from programme.meetings.finding import matters_for, meeting_at, steps_to_meeting
from programme.meetings.keepers import KEEP, WRITE, bodies_kept_by
from programme.meetings.meeting_page import work_of
from programme.meetings.month import days_shown, month_of, month_written
from programme.models import Deadline, Meeting
from programme.tables import MeetingTable


@method_decorator(login_not_required, name="dispatch")
class MeetingList(ListView):
    """Meetings of all bodies and groups."""

    template_name = "programme/meeting_list.html"
    table_class = MeetingTable
    filterset_class = MeetingFilter

    def get_queryset(self) -> QuerySet[Meeting]:
        return Meeting.objects.filter(body__programme=self.programme).select_related("body__programme")

    def get_template_names(self) -> list[str]:
        return ["programme/meeting_month.html"] if self.month else super().get_template_names()

    @cached_property
    def month(self) -> datetime.date | None:
        """The first day of the month that is asked for; none for the list."""
        written = self.request.GET.get("month", "")
        return (month_written(written) or clock.today().replace(day=1)) if written else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.month:
            shown = days_shown(self.month)
            rows = self.get_queryset().filter(held_on__range=(shown[0], shown[-1]))
            kwargs["month"] = month_of(self.month, rows.order_by("held_on", "starts_at", "code"))
        kwargs["this_month"] = f"{clock.today():%Y-%m}"
        if bodies_kept_by(self.request.user, self.programme).exists():
            kwargs["create_url"] = reverse("workgroups:meeting-create", args=[self.programme.slug])
            kwargs["create_label"] = _("Add a meeting")
        return super().get_context_data(title=_("Meetings"), **kwargs)


class OfMeetings(DetailView):
    """A page reached from the list of meetings."""

    def list_address(self) -> str:
        return reverse("programme:meeting-list", args=[self.programme.slug])


@method_decorator(login_not_required, name="dispatch")
class MeetingDetail(OfMeetings):
    """One meeting: its matters, and what was decided in each."""

    template_name = "programme/meeting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting = meeting_at(self.programme, self.kwargs["code"])
        may_keep = self.request.user.has_perm(KEEP, meeting.body)
        matters = matters_for(self.request.user, meeting).select_related("decision", "presenter", "preparer")
        return super().get_context_data(
            meeting=meeting,
            matters=matters,
            may_keep=may_keep,
            deadlines=self._deadlines(meeting),
            may_write=self.request.user.has_perm(WRITE, meeting.body),
            work=work_of(meeting, matters, reader=self.request.user, may_keep=may_keep),
            handed=meeting.reports.visible_to(self.request.user, self.programme),
            papers=meeting.earlier_reports.visible_to(self.request.user, self.programme).for_lists(),
            breadcrumbs=steps_to_meeting(meeting, is_here=True),
            **kwargs,
        )

    def _deadlines(self, meeting: Meeting) -> list[tuple[Deadline, str]]:
        """Return what is counted back from a meeting, for the signed in, with the states they may know."""
        reader = self.request.user
        if not reader.is_authenticated:
            return []
        return [(deadline, state_for(reader, deadline)) for deadline in meeting.deadlines.for_pages()]
