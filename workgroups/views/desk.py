"""Pages of the day: Oma työ, and the queue of those who accept."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from programme.finance_desk import finance_desk
from programme.generic import default_programme, signed_in
from programme.municipalities import represented_by
from workgroups import rules
from workgroups.approvals import (
    amendments_to_judge,
    blocks_of,
    lines_to_judge,
    plans_to_judge,
    reports_to_judge,
    values_to_judge,
)
from workgroups.desk import desk_of
from workgroups.forms import ReturnForm


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show what a person must do."""
    programme = default_programme(request)
    if programme is None:
        return render(request, "workgroups/desk_empty.html")
    user = signed_in(request)
    context = {
        "desk": desk_of(user, programme),
        "finance": finance_desk(user, programme),
        # Who reads the work of all municipalities needs no way to one.
        "municipalities": []
        if rules.reads_approved_work(user, programme)
        else represented_by(user, programme),
    }
    return render(request, "workgroups/desk.html", context)


@login_required
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """Show what waits for a person to accept or return."""
    programme = default_programme(request)
    if programme is None:
        return redirect("workgroups:desk")
    user = signed_in(request)
    waiting = lines_to_judge(user, programme).prefetch_related("files__attachment")
    reports, values = reports_to_judge(user, programme), values_to_judge(user, programme)
    plans = plans_to_judge(user, programme)
    context = {
        "number": len(waiting) + len(reports) + len(values) + len(plans),
        "plans": plans,
        "amendments": amendments_to_judge(user, programme),
        "waiting": waiting,
        "blocks": blocks_of(waiting),
        "reports": reports,
        "values": values,
        "form": ReturnForm(),
    }
    return render(request, "workgroups/approvals.html", context)


@login_required
@require_safe
def round_of_period(request: HttpRequest, period: str) -> HttpResponse:
    """Lead to the first line of the round that its reader has not answered; when none is left, the desk."""
    programme = default_programme(request)
    if programme is None:
        return redirect("workgroups:desk")
    desk = desk_of(signed_in(request), programme)
    if desk.period is not None and desk.period.code == period and desk.to_answer:
        return redirect(desk.to_answer[0].address)
    return redirect("workgroups:desk")
