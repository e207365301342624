"""A body's page: public, and more of it for those who sit in the body or work for it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from programme import clock
from programme.breadcrumbs import Step, step_to
from programme.generic import visible_or_404
from programme.meetings.body_page import Shown, decided_by, next_meeting, questions_of
from programme.meetings.keepers import KEEP
from programme.models import Body
from programme.views.meetings import OfMeetings

LATEST = 12


@method_decorator(login_not_required, name="dispatch")
class BodyDetail(OfMeetings):
    """One body: what is coming, the papers of the next meeting, what it decided and what became of it."""

    template_name = "programme/body.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bodies = Body.objects.select_related(
            "programme", "audience", "replaces__programme", "working_group__programme"
        )
        body = visible_or_404(bodies, programme=self.programme, code=self.kwargs["code"])
        reader, today = self.request.user, clock.today()
        may_keep = reader.has_perm(KEEP, body)
        upcoming = next_meeting(body, reader=reader, may_keep=may_keep)
        coming = body.meetings.select_related("body__programme").upcoming(today)
        held = body.meetings.select_related("body__programme").filter(held_on__lt=today)
        asked = self.request.GET
        return super().get_context_data(
            body=body,
            replaced_by=body.replaced_by.select_related("programme"),
            breadcrumbs=[Step(_("Meetings"), self.list_address()), step_to(body, is_here=True)],
            may_keep=may_keep,
            next=upcoming,
            handed=upcoming.meeting.reports.visible_to(reader, self.programme) if upcoming else [],
            coming=coming,
            held=held[:LATEST],
            decided=decided_by(body, reader=reader, year=asked.get("year", ""), shown=asked.get("tasks", "")),
            choices=[
                (Shown.ALL, _("All")),
                (Shown.OPEN, _("Something still to do")),
                (Shown.DONE, _("Done")),
            ],
            questions=questions_of(reader, body),
            papers=body.earlier_reports.visible_to(reader, self.programme).for_lists(),
            **kwargs,
        )
