"""Amendments: all of them, one, its proposal and its decision."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from priorities.models import AnnualTarget
from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from programme.models import Programme
from programme.saving import as_base, read_base
from programme.sending import do_and_tell
from workgroups import services
from workgroups.amendments import deciding, lines
from workgroups.amendments.forms import DecisionForm, ReasonForm
from workgroups.amendments.merging import merged_with_what_stands
from workgroups.amendments.waiting import those_who_may_decide
from workgroups.models import PARTS, Action, Amendment, BudgetProposal, WorkingGroup, WorkProgramme
from workgroups.services import Line


def _line(request: HttpRequest, programme: Programme, kind: str, code: str) -> Line:
    """Return the line that an address names, for those who may propose that it changes."""
    line: Line
    if kind == "target":
        decided = AnnualTarget.objects.decided().select_related("programme", "ownership__group__programme")
        line = visible_or_404(decided, programme=programme, code=code)
    else:
        line = _action(request, programme, code)
    _must_propose_of(request, line)
    return line


def _action(request: HttpRequest, programme: Programme, code: str) -> Action:
    seen = Action.objects.visible_to(request.user, programme).select_related(
        "work_programme__group__programme", "work_programme__group__cost_centre"
    )
    return visible_or_404(seen, code=code)


def _must_propose_of(request: HttpRequest, line: Line) -> None:
    """Refuse those who do not write of a line, and everybody where it does not change by an amendment."""
    _must_propose(request, services.group_of(line))
    with refused_with_reason():
        lines.must_be_amendable(line)
        services.answering_group_of(line).programme.must_not_be_closed()


def _plan(request: HttpRequest, programme: Programme, code: str, year: int) -> WorkProgramme:
    """Return the plan that an address names, for those who may propose a new action for it."""
    plans = WorkProgramme.objects.visible_to(request.user, programme).select_related(
        "group__programme", "group__cost_centre"
    )
    plan = visible_or_404(plans, group__code=code, year=year)
    _must_propose(request, plan.group)
    with refused_with_reason():
        lines.must_be_amendable(plan)
        programme.must_not_be_closed()
    return plan


def _must_propose(request: HttpRequest, group: WorkingGroup | None) -> None:
    if group is None or not request.user.has_perm("workgroups.propose_amendment", group):
        raise PermissionDenied(
            _("The coordinator or the chair of the group, or the programme office, proposes amendments.")
        )


def _step_to_amendments(programme: Programme) -> Step:
    return Step(_("Amendments"), reverse("workgroups:amendment-list", args=[programme.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, programme: str, kind: str, code: str) -> HttpResponse:
    """Show and take the proposal that a decided line changes."""
    line = _line(request, programme_of(request, programme), kind, code)
    if (waiting := _waiting(request, line)) is not None:
        return waiting
    data = request.POST if request.method == "POST" else None
    stands = lines.cells_of(line)
    form, base = lines.form_of(line, data), as_base(stands)
    differing: list[tuple[Any, str, str]] = []
    if data is not None:
        base = data.get("base") or "{}"
        seen = _seen(base, stands)
        if form.is_valid():
            form, differing = merged_with_what_stands(line, form, seen)
            base = as_base(stands)

    def act(reason: str) -> Amendment:
        changes = lines.changes_in(line, form)
        return deciding.propose_amendment(line, actor=signed_in(request), changes=changes, reason=reason)

    page = {
        "title": _("Propose an amendment"),
        **_about(line),
        "heading": _("What it says now"),
        "fields": [field for field in form if not field.is_hidden],
        "base": base,
        "differing": differing,
    }
    return _proposed(request, act, page, form, ReasonForm(data))


def _about(line: Line) -> dict[str, Any]:
    return {
        "of": Step(line.code, line.get_absolute_url()),
        "line": line,
        "group": services.answering_group_of(line),
        "year": services.year_of(line),
    }


def _waiting(request: HttpRequest, line: Line) -> HttpResponse | None:
    """Lead to the amendment of a line that waits already, before anybody fills in a form for another.

    What has been typed is answered by the form, which keeps it.
    """
    if request.method == "POST":
        return None
    proposed = Amendment.objects.filter(state=Amendment.State.PROPOSED, **services.line_lookup(line))
    waiting = proposed.select_related("group__programme").first()
    if waiting is None:
        return None
    messages.warning(
        request,
        _("%(amendment)s already waits for a decision on this line: withdraw it before proposing another.")
        % {"amendment": waiting.code},
    )
    return redirect(waiting)


def _seen(base: str, cells: Iterable[str]) -> dict[str, str]:
    """Return the cells as they stood when the form was opened; the form itself brought them."""
    try:
        return read_base(base, cells)
    except ValidationError as error:
        raise BadRequest(" ".join(error.messages)) from error


@require_http_methods(["GET", "HEAD", "POST"])
def propose_addition(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Show and take the proposal that an approved plan gets a new action."""
    plan = _plan(request, programme_of(request, programme), code, year)
    data = request.POST if request.method == "POST" else None
    continues = _continued(request, plan)
    form = lines.form_of_new(plan, data, continues=continues)

    def act(reason: str) -> Amendment:
        changes = lines.cells_of_new(form)
        return deciding.propose_addition(
            plan, actor=signed_in(request), changes=changes, reason=reason, continues=continues
        )

    page = {
        "title": _("Propose a new action"),
        "of": Step(plan.code, plan.get_absolute_url()),
        "group": plan.group,
        "year": plan.year,
        "heading": _("The new action"),
        "continues": continues,
        "fields": list(form),
    }
    return _proposed(request, act, page, form, ReasonForm(data))


def _continued(request: HttpRequest, plan: WorkProgramme) -> Action | None:
    """Return the action of the year before that the address says a new one continues."""
    code = request.GET.get("continues")
    if not code:
        return None
    earlier = Action.objects.filter(
        work_programme__group=plan.group, work_programme__year=plan.year - 1
    ).select_related(
        *PARTS, "responsible", "cost_centre", "funding_source", "work_programme__group__programme"
    )
    return visible_or_404(earlier, code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def propose_removal(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take the proposal that an action is taken out of its approved plan."""
    line = _action(request, programme_of(request, programme), code)
    _must_propose_of(request, line)
    if (waiting := _waiting(request, line)) is not None:
        return waiting
    why = ReasonForm(request.POST if request.method == "POST" else None)

    def act(reason: str) -> Amendment:
        return deciding.propose_removal(line, actor=signed_in(request), reason=reason)

    page = {
        "title": _("Propose its removal"),
        **_about(line),
        "removed": line,
    }
    return _proposed(request, act, page, why)


def _proposed(
    request: HttpRequest, act: Callable[[str], Amendment], page: dict[str, Any], *forms: Any
) -> HttpResponse:
    """Take a proposal, whose reason stands in the last form; or show it, with what is wrong."""
    why = forms[-1]
    status = HTTPStatus.OK
    if why.is_bound:
        valid = [form.is_valid() for form in forms]  # each tells what is wrong in it
        if all(valid) and not page.get("differing"):
            try:
                amendment = act(why.cleaned_data["amendment_reason"])
            except ValidationError as error:
                _tell(error, *forms)
            else:
                messages.success(request, _("Proposed: %(line)s") % {"line": amendment.code})
                return redirect(amendment)
        status = HTTPStatus.CONFLICT if page.get("differing") else HTTPStatus.UNPROCESSABLE_ENTITY
    context = page | {
        "form": forms[0] if len(forms) > 1 else None,
        "why": why,
        "breadcrumbs": [page["of"], Step(page["title"])],
    }
    return render(request, "workgroups/amendment_form.html", context, status=status)


def _tell(error: ValidationError, *forms: Any) -> None:
    """Put what a service refuses at its cells, where it names them; else beside the reason."""
    forms[0 if hasattr(error, "error_dict") else -1].add_error(None, error)


@login_not_required
@require_safe
def amendment_list(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the amendments that the reader may see, the newest first."""
    found = programme_of(request, programme)
    amendments = Amendment.objects.visible_to(request.user, found).select_related(
        "group__programme",
        "target__programme",
        "action__work_programme__group__programme",
        "decision__matter__meeting__body__programme",
    )
    waiting = [amendment for amendment in amendments if amendment.state == Amendment.State.PROPOSED]
    of_budgets = BudgetProposal.objects.visible_to(request.user, found).select_related("budget__programme")
    context = {
        "programme": found,
        "waiting": waiting,
        "of_budgets": list(of_budgets),
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
        "proposed_for",
        "decided_by",
        "decided_for",
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
    reads_people = request.user.is_authenticated
    context = {
        "programme": amendment.group.programme,
        "amendment": amendment,
        "line": amendment.line,
        "decision_form": form,
        "may_withdraw": waits and request.user.has_perm("workgroups.withdraw_amendment", amendment),
        "reads_people": reads_people,
        "waits_for": those_who_may_decide(amendment) if waits and reads_people else [],
        "is_own": request.user.pk in amendment.writers,
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


def _what_became(decided: Amendment) -> str:
    if decided.state != Amendment.State.ACCEPTED:
        return _("Rejected: %(line)s stays as it is.")
    return {
        Amendment.Kind.CHANGE: _("Accepted: %(line)s has changed."),
        Amendment.Kind.ADD: _("Accepted: %(line)s is part of the work programme."),
        Amendment.Kind.REMOVE: _("Accepted: %(line)s is no longer part of the work programme."),
    }[Amendment.Kind(decided.kind)]


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
    messages.success(request, _what_became(decided) % {"line": decided.line.code})
    return redirect(decided)
