"""Meeting mode: the round on the projector, line by line, typed and accepted in view of all."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programme import sessions
from programme.breadcrumbs import Step, step_to
from programme.generic import programme_of, signed_in, visible_or_404
from programme.models import ReportingPeriod
from workgroups import rules
from workgroups.contradictions import of_typed_estimate
from workgroups.drafts import browser_key
from workgroups.evidence import files_at_hand
from workgroups.evidence_decisions import decisions_about
from workgroups.evidence_forms import EvidenceForm
from workgroups.forms import FollowUpForm, ReturnForm
from workgroups.lines import RoundLine, indicator_of, lines_of_round
from workgroups.models import FollowUp, WorkingGroup
from workgroups.views.drafts import opened_anew, opened_with


@require_safe
@opened_anew
def meeting_mode(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """Show one line of the round, large; `line` names it, else the first that waits is shown.

    Writers type here and the chair accepts here, each signed in as themselves, on one machine or on two: the
    page asks for itself what the other has done.
    """
    found = programme_of(request, programme)
    if not rules.reads_approved_work(request.user, found):
        raise Http404(_("There is no such page, or it is not yours to see."))
    group = visible_or_404(
        WorkingGroup.objects.filter(programme=found).select_related("programme"), code=code
    )
    told = visible_or_404(ReportingPeriod.objects.filter(programme=found), code=period)
    writes = request.user.has_perm("workgroups.follow_up", group)
    accepts = request.user.has_perm("workgroups.accept_for_group", group)
    if not (writes or accepts):
        raise PermissionDenied(_("The coordinators and the chair of the group run its round in a meeting."))
    lines = lines_of_round([group], told, signed_in(request))
    if not lines:
        raise Http404(_("The group has no decided lines in this year."))
    place = _place_of(request.GET.get("line"), lines)
    here = lines[place]
    seen = f"{here.said.version}-{here.said.state}" if here.said else "nothing"
    is_part = bool(request.headers.get("HX-Request"))
    if is_part and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    form = _form(here, told) if writes and told.is_open and here.may_be_written else None
    context = {
        "programme": found,
        "seen": seen,
        "group": group,
        "period": told,
        "here": here,
        "number": place + 1,
        "total": len(lines),
        "previous": lines[place - 1] if place else None,
        "next": lines[place + 1] if place + 1 < len(lines) else None,
        "form": form,
        "estimate_doubts": of_typed_estimate(here.line, form["new_due_on"].value()) if form else [],
        "evidence": EvidenceForm(at_hand=files_at_hand(here.said, here.draft)) if form else None,
        "files": files_at_hand(here.said, None),
        "draft_key": browser_key(here.line, told, signed_in(request)),
        "session_seconds": sessions.seconds_left(request),
        "may_accept": bool(
            here.said
            and here.said.state == FollowUp.State.SUBMITTED
            and request.user.has_perm("workgroups.accept_follow_up", here.said)
        ),
        "return_form": ReturnForm(auto_id="return-%s"),
        "breadcrumbs": [step_to(group), Step(_("Meeting"))],
    }
    template = "workgroups/_meeting_state.html" if is_part else "workgroups/meeting_mode.html"
    return render(request, template, context)


def _place_of(code: str | None, lines: list[RoundLine]) -> int:
    """Return the place of the line that is asked for; else of the first that is not accepted yet."""
    if code is not None:
        place = next((place for place, line in enumerate(lines) if line.line.code == code), None)
        if place is None:
            raise Http404(_("There is no such page, or it is not yours to see."))
        return place
    return next((place for place, line in enumerate(lines) if line.may_be_written), 0)


def _form(line: RoundLine, period: ReportingPeriod) -> FollowUpForm:
    initial = opened_with(line.draft, line.said)
    return FollowUpForm(
        series=indicator_of(line.line),
        instance=line.said or FollowUp(),
        initial=initial,
        period=period,
        of_target=line.is_target,
        decisions=decisions_about(
            line.line, line.group, period, standing=line.said.decision_id if line.said else None
        ),
    )
