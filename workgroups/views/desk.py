"""Pages of the day: Oma työ, and the queue of those who accept."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programme import rules as programme_rules
from programme.generic import signed_in
from programme.models import Programme
from workgroups import rules
from workgroups.contradictions import contradictions
from workgroups.desk import desk_of
from workgroups.forms import ReturnForm
from workgroups.indicators.entering import waiting_values
from workgroups.lines import waiting_for


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show what a person must do."""
    programme = Programme.objects.default()
    if programme is None:
        return render(request, "workgroups/desk_empty.html")
    return render(request, "workgroups/desk.html", {"desk": desk_of(signed_in(request), programme)})


@login_required
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """Show what waits for a person to accept or return."""
    programme = Programme.objects.default()
    if programme is None:
        return redirect("workgroups:desk")
    groups = rules.groups_of(request.user, programme, rules.ACCEPTING_ROLES)
    is_presenter = bool(programme_rules.is_presenting_officer(request.user, programme))
    if not groups and not is_presenter:
        raise PermissionDenied(_("Chairs accept for their groups, the presenting officer for the office."))
    waiting = waiting_for(signed_in(request), programme, groups, accepts_for_office=is_presenter)
    waiting = waiting.prefetch_related("files__attachment")
    rows = [
        (said, contradictions(said.line, said.period, said.status, said.indicator_value)) for said in waiting
    ]
    context = {
        "waiting": waiting,
        "rows": rows,
        "values": waiting_values(signed_in(request), programme, groups, accepts_for_office=is_presenter),
        "form": ReturnForm(),
    }
    return render(request, "workgroups/approvals.html", context)


@login_required
@require_safe
def round_of_period(request: HttpRequest, period: str) -> HttpResponse:
    """Lead to the first line of the round that its reader has not answered; when none is left, the desk."""
    programme = Programme.objects.default()
    if programme is None:
        return redirect("workgroups:desk")
    desk = desk_of(signed_in(request), programme)
    if desk.period is not None and desk.period.code == period and desk.to_answer:
        return redirect(desk.to_answer[0].address)
    return redirect("workgroups:desk")
