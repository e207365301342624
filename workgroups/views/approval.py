"""The way of a work programme: submit, return, approve, note; and its versions."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programme.breadcrumbs import Step
from programme.generic import signed_in
from programme.models import User
from programme.sending import do_and_tell, taken, version_read
from workgroups.comments import may_read
from workgroups.models import WorkProgramme, WorkProgrammeVersion, targets_visible_to
from workgroups.views.plan import plan_of, steps_to
from workgroups.views.work_programmes import WorkProgrammeDetail, return_form
from workgroups.work_programmes import approval
from workgroups.work_programmes.forms import ElsewhereForm, MeetingForm
from workgroups.work_programmes.versions import VersionRow, compare, content_of
from workgroups.work_programmes.waiting import undecided_targets_of

NOW = "now"


@require_POST
def submit(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Hand the plan to the chair."""
    plan = plan_of(request, programme, code, year)
    if not request.user.has_perm("workgroups.plan", plan.group):
        raise PermissionDenied(_("Only the coordinators of the group submit its work programme."))
    try:
        approval.submit_work_programme(plan, actor=signed_in(request))
    except ValidationError as error:
        if plan.is_editable:
            # What lacks is told there, each cell with a link to it.
            return redirect(f"{plan.address('workgroups:work-programme-edit')}?lacking=yes#lacking")
        messages.error(request, "; ".join(error.messages))
        return redirect(plan)
    messages.success(request, _("Submitted for acceptance."))
    return redirect(plan)


@require_POST
def take_back(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Make a submitted plan a draft again."""
    plan = plan_of(request, programme, code, year)
    if not request.user.has_perm("workgroups.plan", plan.group):
        raise PermissionDenied(_("Only the coordinators of the group take its work programme back."))
    do_and_tell(
        request,
        lambda: approval.take_back_work_programme(plan),
        said=_("Taken back: it is a draft again, and its rows can be edited."),
    )
    return redirect(plan)


def _must_accept(request: HttpRequest, plan: WorkProgramme) -> None:
    if not request.user.has_perm("workgroups.accept_work_programme", plan):
        raise PermissionDenied(
            _("The chair of the group approves and returns its work programme, and nobody their own.")
        )


def _waits_no_longer(request: HttpRequest, plan: WorkProgramme) -> bool:
    """Whether a plan waits no longer; that is told first, before anything about the form is asked."""
    try:
        plan.must_wait()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return True
    return False


@require_POST
def give_back(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Return the plan to its writers with a reason."""
    plan = plan_of(request, programme, code, year)
    _must_accept(request, plan)
    version, form = version_read(request), return_form(request.POST)
    if _waits_no_longer(request, plan):
        return redirect(plan)
    return _answer(
        request,
        plan,
        {"return_form": form},
        lambda: approval.return_work_programme(
            plan, actor=signed_in(request), version=version, reason=form.cleaned_data["reason"]
        ),
        said=_("Returned to its writers."),
    )


@require_POST
def approve(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Approve the plan in a meeting of the group; the office's own unit has none, only the day."""
    plan = plan_of(request, programme, code, year)
    _must_accept(request, plan)
    actor, version = signed_in(request), version_read(request)
    if _waits_no_longer(request, plan):
        return redirect(plan)
    said = _approved(plan, actor)
    if plan.group.body is None:
        do_and_tell(
            request,
            lambda: approval.approve_work_programme(
                plan, actor=actor, version=version, meeting=None, item=None
            ),
            said=said,
        )
        return redirect(plan)
    form = MeetingForm.of_group(plan, request.POST)
    return _answer(
        request,
        plan,
        {"meeting_form": form},
        lambda: approval.approve_work_programme(
            plan,
            actor=actor,
            version=version,
            meeting=form.cleaned_data["meeting"],
            item=form.cleaned_data["number"],
            this_matter=form.cleaned_data["this_matter"],
        ),
        said=said,
    )


def _approved(plan: WorkProgramme, reader: User) -> str:
    """Say that a plan has been approved, and of which of its targets that is not so."""
    said = _("Approved. From now on it changes by amendment only.")
    undecided = ", ".join(target.code for target in undecided_targets_of(plan, reader))
    if not undecided:
        return said
    left = _("Not decided yet, and so not seen by others: %(targets)s.") % {"targets": undecided}
    return f"{said} {left}"


@require_POST
def approve_elsewhere(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Record that the plan of a year gone by was approved on paper."""
    plan = plan_of(request, programme, code, year)
    if not request.user.has_perm("workgroups.bring_in_the_past", plan.group):
        raise PermissionDenied(_("The programme office brings in what was made elsewhere."))
    form = ElsewhereForm(request.POST)
    return _answer(
        request,
        plan,
        {"elsewhere_form": form},
        lambda: approval.approve_elsewhere(plan, actor=signed_in(request), **form.cleaned_data),
        said=_("Recorded. From now on it changes by amendment only."),
    )


@require_POST
def note(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Enter that the board noted the plan."""
    plan = plan_of(request, programme, code, year)
    if not request.user.has_perm("workgroups.note_work_programme", plan.group.programme):
        raise PermissionDenied(_("The secretary enters what bodies decided."))
    form = MeetingForm.of_board(plan, request.POST)
    return _answer(
        request,
        plan,
        {"noting_form": form},
        lambda: approval.note_work_programme(
            plan,
            meeting=form.cleaned_data["meeting"],
            section=form.cleaned_data["number"],
            this_matter=form.cleaned_data["this_matter"],
        ),
        said=_("Entered."),
    )


def _answer(
    request: HttpRequest,
    plan: WorkProgramme,
    sent: dict[str, Form],
    act: Callable[[], object],
    *,
    said: str,
) -> HttpResponse:
    """Do what a form of the plan's page asks, or show it there again with what was typed and what to mend.

    Where the plan has moved on meanwhile and its page has no such form any more, the page says why.
    """
    [(name, form)] = sent.items()
    if taken(form, act):
        messages.success(request, said)
        return redirect(plan)
    page = WorkProgrammeDetail(sent_forms=sent)
    page.setup(request, programme=plan.group.programme.slug, code=plan.group.code, year=plan.year)
    context = page.get_context_data()
    if context[name] is form:
        return page.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    for errors in form.errors.values():
        messages.error(request, " ".join(str(error) for error in errors))
    return redirect(plan)


@require_safe
def versions(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Show the versions of a plan: one whole, and what differs between two, or one and what stands now."""
    plan = plan_of(request, programme, code, year)
    kept = _versions_to_read(request, plan)
    ends = _ends_to_compare(plan, kept)
    before, after = request.GET.get("a") or ends[0], request.GET.get("b") or ends[1]
    whole = request.GET.get("whole", "")
    context = {
        "plan": plan,
        "versions": kept,
        "breadcrumbs": [*steps_to(plan), Step(_("Versions"))],
        "before": before,
        "after": after,
        "whole": whole,
        "rows": compare([], _content(request, plan, kept, whole)) if whole else [],
        "differences": compare(_content(request, plan, kept, before), _content(request, plan, kept, after)),
    }
    return render(request, "workgroups/work_programme_versions.html", context)


def _ends_to_compare(plan: WorkProgramme, kept: list[WorkProgrammeVersion]) -> tuple[str, str]:
    """Return what is compared unless the reader chooses: the newest change that there is.

    While rows are being written, it is from the newest version to what stands now; else between the last two.
    """
    numbers = [str(version.number) for version in kept]
    if plan.is_editable or len(numbers) < 2:
        return (numbers[-1] if numbers else NOW), NOW
    return numbers[-2], numbers[-1]


def _versions_to_read(request: HttpRequest, plan: WorkProgramme) -> list[WorkProgrammeVersion]:
    """Return the versions of a plan that its reader may see: what was only submitted is unfinished work."""
    versions = plan.versions.all()
    if not may_read(request.user, plan.group):
        versions = versions.exclude(occasion=WorkProgrammeVersion.Occasion.SUBMITTED)
    return list(versions)


def _content(
    request: HttpRequest, plan: WorkProgramme, kept: list[WorkProgrammeVersion], number: str
) -> list[VersionRow]:
    """Return the rows of a version, without the codes of targets that the reader does not see."""
    if number == NOW:
        return _seen(request, plan, content_of(plan))
    version = next((version for version in kept if str(version.number) == number), None)
    if version is None:
        raise Http404(_("There is no such page, or it is not yours to see."))
    return _seen(request, plan, version.rows)


def _seen(request: HttpRequest, plan: WorkProgramme, rows: list[VersionRow]) -> list[VersionRow]:
    if may_read(request.user, plan.group):
        return rows
    visible = set(targets_visible_to(request.user, plan.group.programme).values_list("code", flat=True))
    for row in rows:
        targets = row["cells"]["targets"].split()
        row["cells"]["targets"] = " ".join(code for code in targets if code in visible)
    return rows
