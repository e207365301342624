"""Amendments: all of them, one, its proposal and its decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from priorities.models import AnnualTarget
from programme.breadcrumbs import Step
from programme.generic import do_and_tell, programme_of, refused_with_reason, signed_in, visible_or_404
from programme.models import Programme
from workgroups import services
from workgroups.amendments import deciding, lines
from workgroups.amendments.forms import DecisionForm, ReasonForm
from workgroups.models import Action, Amendment
from workgroups.services import Line


def _line(request: HttpRequest, programme: Programme, kind: str, code: str) -> Line:
    """Return the line that an address names, for those who may propose that it changes."""
    line: Line
    if kind == "target":
        decided = AnnualTarget.objects.decided().select_related("programme", "ownership__group__programme")
        line = visible_or_404(decided, programme=programme, code=code)
    else:
        seen = Action.objects.visible_to(request.user, programme).select_related(
            "work_programme__group__programme", "work_programme__group__cost_centre"
        )
        line = visible_or_404(seen, code=code)
    group = services.group_of(line)
    if group is None or not request.user.has_perm("workgroups.propose_amendment", group):
        raise PermissionDenied(
            _("The coordinator or the chair of the group, or the programme office, proposes amendments.")
        )
    with refused_with_reason():
        lines.must_be_amendable(line)
        programme.must_not_be_closed()
    return line


def _step_to_amendments(programme: Programme) -> Step:
    return Step(_("Amendments"), reverse("workgroups:amendment-list", args=[programme.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, programme: str, kind: str, code: str) -> HttpResponse:
    """Show and take the proposal that a decided line changes."""
    line = _line(request, programme_of(request, programme), kind, code)
    if request.method != "POST":
        return _propose_page(request, line, lines.form_of(line), ReasonForm())
    form, why = lines.form_of(line, request.POST), ReasonForm(request.POST)
    if not (form.is_valid() & why.is_valid()):
        return _propose_page(request, line, form, why, status=422)
    try:
        amendment = deciding.propose_amendment(
            line,
            actor=signed_in(request),
            changes=lines.changes_in(line, form),
            reason=why.cleaned_data["amendment_reason"],
        )
    except ValidationError as error:
        why.add_error(None, error)
        return _propose_page(request, line, form, why, status=422)
    messages.success(request, _("Proposed: %(line)s") % {"line": amendment.code})
    return redirect(amendment)


def _propose_page(
    request: HttpRequest, line: Line, form: Any, why: ReasonForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "line": line,
        "form": form,
        "fields": [field for field in form if not field.is_hidden],
        "why": why,
        "breadcrumbs": [Step(line.code, line.get_absolute_url()), Step(_("Propose an amendment"))],
    }
    return render(request, "workgroups/amendment_form.html", context, status=status)


@login_not_required
@require_safe
def amendment_list(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the amendments that the reader may see, the newest first."""
    found = programme_of(request, programme)
    amendments = Amendment.objects.visible_to(request.user, found).select_related(
        "group__programme", "target__programme", "action__work_programme__group__programme"
    )
    waiting = [amendment for amendment in amendments if amendment.state == Amendment.State.PROPOSED]
    context = {
        "programme": found,
        "waiting": waiting,
        "decided": [amendment for amendment in amendments if amendment.state != Amendment.State.PROPOSED],
        "breadcrumbs": [Step(_("Amendments"))],
    }
    return render(request, "workgroups/amendment_list.html", context)


def _amendment(request: HttpRequest, programme: str, code: str) -> Amendment:
    found = programme_of(request, programme)
    rows = Amendment.objects.visible_to(request.user, found).select_related(
        "group__programme",
        "group__body",
        "target__programme",
        "action__work_programme__group__programme",
        "proposed_by",
        "decided_by",
        "decision__matter__meeting__body__programme",
    )
    return visible_or_404(rows, code=code)


@login_not_required
@require_safe
def amendment_detail(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show old, new, reason, who decides, and what was decided."""
    amendment = _amendment(request, programme, code)
    waits = amendment.state == Amendment.State.PROPOSED
    decides = waits and request.user.has_perm("workgroups.decide_amendment", amendment)
    return _detail_page(request, amendment, DecisionForm(amendment=amendment) if decides else None)


def _detail_page(
    request: HttpRequest, amendment: Amendment, form: DecisionForm | None, *, status: int = 200
) -> HttpResponse:
    waits = amendment.state == Amendment.State.PROPOSED
    context = {
        "programme": amendment.group.programme,
        "amendment": amendment,
        "line": amendment.line,
        "decision_form": form,
        "may_withdraw": waits and request.user.has_perm("workgroups.withdraw_amendment", amendment),
        "reads_people": request.user.is_authenticated,
        "breadcrumbs": [_step_to_amendments(amendment.group.programme), Step(amendment.code)],
    }
    return render(request, "workgroups/amendment.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Take a proposal back."""
    amendment = _amendment(request, programme, code)
    if not request.user.has_perm("workgroups.withdraw_amendment", amendment):
        raise PermissionDenied(_("Those who write for the group withdraw its proposals."))
    do_and_tell(
        request,
        lambda: deciding.withdraw_amendment(amendment, actor=signed_in(request)),
        said=_("Withdrawn: %(line)s") % {"line": code},
    )
    return redirect(amendment)


@require_POST
def decide(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Enter what was decided."""
    amendment = _amendment(request, programme, code)
    if not request.user.has_perm("workgroups.decide_amendment", amendment):
        raise PermissionDenied(
            _("Its own body decides: the secretary, the group’s chair or the presenting officer enters it.")
        )
    form = DecisionForm(request.POST, amendment=amendment)
    if not form.is_valid():
        return _detail_page(request, amendment, form, status=422)
    try:
        decided = deciding.decide_amendment(amendment, actor=signed_in(request), **form.given())
    except ValidationError as error:
        form.add_error(None, error)
        return _detail_page(request, amendment, form, status=422)
    if decided.state == Amendment.State.ACCEPTED:
        messages.success(request, _("Accepted: %(line)s has changed.") % {"line": decided.line.code})
    else:
        messages.success(request, _("Rejected: %(line)s stays as it is.") % {"line": decided.line.code})
    return redirect(decided)
