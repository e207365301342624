"""Finding a meeting and its matters by their addresses, and the way back to them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from programme.breadcrumbs import Step, step_to
from programme.generic import visible_or_404
from programme.meetings.keepers import KEEP
from programme.models import Matter, Meeting, Programme, User
from programme.rules import is_official


def meeting_at(programme: Programme, code: str) -> Meeting:
    """Return a programme's meeting by its code, with what rules ask of its body."""
    rows = Meeting.objects.select_related("body__programme", "body__working_group__programme")
    return visible_or_404(rows, body__programme=programme, code=code)


def matter_at(meeting: Meeting, number: int, matters: QuerySet[Matter] | None = None) -> Matter:
    """Return a meeting's matter by its § or its item, among all or these, with its decision if any."""
    rows = Matter.objects.all() if matters is None else matters
    matter = visible_or_404(
        rows.select_related("decision"), meeting=meeting, **{meeting.body.number_column: number}
    )
    matter.meeting = meeting
    return matter


def matters_for(reader: User | AnonymousUser, meeting: Meeting) -> QuerySet[Matter]:
    """Return a meeting's matters that a person may read: officials and its keepers all, others the public."""
    matters = meeting.matters.all()
    if is_official(reader, meeting.body.programme) or reader.has_perm(KEEP, meeting.body):
        return matters
    return matters.published()


def steps_to_meeting(meeting: Meeting, *, is_here: bool = False) -> list[Step]:
    """Return the way to a meeting's own page."""
    address = reverse("programme:meeting-list", args=[meeting.body.programme.slug])
    return [
        Step(_("Meetings"), f"{address}?year={meeting.held_on.year}"),
        step_to(meeting.body),
        Step(meeting.number, None if is_here else meeting.get_absolute_url()),
    ]
