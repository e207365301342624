"""What an address of a follow-up names, among what its reader may see."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from programme.generic import programme_of, visible_or_404
from programme.models import Programme, ReportingPeriod
from workgroups import services
from workgroups.lines import follow_up_address
from workgroups.models import Action, WorkingGroup, WorkProgramme
from workgroups.services import Line


@dataclass
class Place:
    """The line, the period and the group that an address names."""

    programme: Programme
    line: Line
    period: ReportingPeriod
    group: WorkingGroup

    @property
    def written(self) -> Line:
        return self.line

    @property
    def address(self) -> str:
        return follow_up_address(self.line, self.programme.slug, self.period.code)

    @property
    def return_address(self) -> str:
        return follow_up_address(self.line, self.programme.slug, self.period.code, verb="return")


def place_of(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> Place:
    """Find what an address names, among what its reader may see."""
    found = programme_of(request, programme)
    line: Line
    if kind == "target":
        targets = AnnualTarget.objects.decided().select_related(
            "ownership__group__programme", "measured__indicator"
        )
        line = visible_or_404(targets, programme=found, code=code)
    else:
        # Of an action that was taken out nobody is asked, but what was typed of it finds its place.
        actions = (
            Action.with_removed.in_their_plan_once()
            .visible_to(request.user, found)
            .select_related("work_programme__group__programme")
        )
        line = visible_or_404(actions, work_programme__state__in=WorkProgramme.SEEN_BY_ALL_GROUPS, code=code)
    period_found = ReportingPeriod.objects.filter(programme=found, code=period).first()
    if period_found is None or period_found.year != services.year_of(line):
        raise Http404(_("This line is not followed up in such a period."))
    period_found.programme = found
    try:
        group = services.answering_group_of(line)
    except ValidationError as nobody:
        raise Http404(nobody.message) from nobody
    return Place(found, line, period_found, group)


def meeting_address(place: Place) -> str:
    address = reverse(
        "workgroups:meeting-mode", args=[place.programme.slug, place.group.code, place.period.code]
    )
    return f"{address}?line={place.line.code}"
