"""Drawing up a work programme: its editor, a row's own page, and the verbs on rows."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme import clock
from programme.breadcrumbs import Step, step_to
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from programme.merging import Conflict
from programme.saving import as_base, read_base
from workgroups.comments import open_comments_in
from workgroups.models import PARTS, Action, WorkingGroup, WorkProgramme
from workgroups.work_programmes import cells, drafting, mistakes
from workgroups.work_programmes.forms import DrawUpForm, SpreadsheetForm
from workgroups.work_programmes.grid import grid_of, row_of
from workgroups.work_programmes.writers import who_wrote


def plan_of(request: HttpRequest, programme: str, code: str, year: int) -> WorkProgramme:
    """Return the plan that an address names, among those its reader may see."""
    found = programme_of(request, programme)
    plans = WorkProgramme.objects.visible_to(request.user, found).select_related(
        "group__programme",
        "group__body",
        "group__cost_centre",
        "submitted_by",
        "submitted_for",
        "judged_by",
        "judged_for",
    )
    return visible_or_404(plans, group__code=code, year=year)


def steps_to(plan: WorkProgramme) -> list[Step]:
    """Return the way to the pages under a plan."""
    year = Step(f"{_('Work programme')} {plan.year}", plan.get_absolute_url())
    return [step_to(plan.group), year]


def _must_plan(request: HttpRequest, group: WorkingGroup) -> None:
    if not request.user.has_perm("workgroups.plan", group):
        raise PermissionDenied(
            _("Only the coordinators of the group draw up its work programme. Ask the programme office.")
        )


def must_edit(request: HttpRequest, plan: WorkProgramme, way: Step | None = None) -> None:
    """Refuse those who do not write for the group, and everybody once the plan is handed on.

    `way` leads on from there; without it the plan's own page does.
    """
    _must_plan(request, plan.group)
    with refused_with_reason(way or steps_to(plan)[-1]):
        plan.must_be_editable()
        plan.group.programme.must_not_be_closed()


def _row(request: HttpRequest, programme: str, code: str, *, removed: bool = False) -> Action:
    """Return the row that an address names, for those who may edit it."""
    found = programme_of(request, programme)
    plans = WorkProgramme.objects.visible_to(request.user, found)
    # A draft's removed row is told of: by whom, and that it can be brought back.
    told = Q(removed_at__isnull=True) | Q(work_programme__state__in=WorkProgramme.EDITABLE)
    rows = Action.with_removed.filter(Q() if removed else told, work_programme__in=plans)
    action = visible_or_404(
        rows.select_related(
            *PARTS,
            "responsible",
            "cost_centre",
            "funding_source",
            "removed_by",
            "work_programme__group__programme",
            "work_programme__group__cost_centre",
        ),
        code=code,
    )
    plan = action.work_programme
    must_edit(request, plan, Step(code, action.get_absolute_url()))
    if not removed:
        to_the_removed = Step(_("Removed rows"), f"{plan.address('workgroups:work-programme-edit')}#removed")
        with refused_with_reason(to_the_removed):
            drafting.must_not_be_removed(action)
    return action


@require_POST
def draw_up(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Start a group's work programme of a year."""
    found = programme_of(request, programme)
    groups = WorkingGroup.objects.select_related("programme", "cost_centre")
    group = visible_or_404(groups, programme=found, code=code)
    _must_plan(request, group)
    past = request.user.has_perm("workgroups.bring_in_the_past", group)
    form = DrawUpForm(request.POST, group=group, past=past)
    if not form.is_valid():
        messages.error(request, _("Choose the year from the list."))
        return redirect(group)
    try:
        plan = drafting.draw_up(group, actor=signed_in(request), past=past, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(group)
    return redirect(plan.address("workgroups:work-programme-edit"))


@require_POST
def remove_plan(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Take away a plan that was drawn up by mistake: without rows, and never handed on."""
    plan = plan_of(request, programme, code, year)
    must_edit(request, plan)
    try:
        mistakes.remove_plan(plan)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(plan)
    messages.success(request, _("Removed: the work programme %(year)s.") % {"year": year})
    return redirect(plan.group)


@require_safe
def work_programme_edit(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Show the plan as a grid to type into."""
    plan = plan_of(request, programme, code, year)
    must_edit(request, plan)
    grid = grid_of(plan, clock.today())
    # What was left empty is dropped when the plan is submitted.
    written = [row.action for row in grid.rows if not mistakes.is_left_empty(row.action)]
    context = {
        "plan": plan,
        "grid": grid,
        "lacking": drafting.holes_in(written) if "lacking" in request.GET else [],
        "is_empty": not written,
        "was_refused": "lacking" in request.GET,
        "upload": SpreadsheetForm(),
        "breadcrumbs": [*steps_to(plan), Step(_("Edit"))],
    }
    return render(request, "workgroups/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refused_with_reason()
def add_action(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Add a row: empty to the grid where it asks, else on a page of its own, once something stands in it."""
    plan = plan_of(request, programme, code, year)
    must_edit(request, plan)
    if request.method == "POST" and request.htmx:  # type: ignore[attr-defined]
        return _fragment(request, drafting.Saved(drafting.add_action(plan, actor=signed_in(request))))
    if request.method != "POST":
        return _new_row_page(request, plan)
    if "base" not in request.POST:
        return redirect(plan.address("workgroups:action-add"))
    saved = drafting.add_written_action(
        plan, actor=signed_in(request), form=request.POST, base=_base(request.POST["base"])
    )
    if saved is None:
        messages.info(request, _("Nothing was written, so no row was added."))
        return redirect(plan.address("workgroups:work-programme-edit"))
    return _told(request, saved)


@require_http_methods(["GET", "HEAD", "POST"])
@refused_with_reason()
def action_edit(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take a row: whole on its own page, or some cells of it from the grid."""
    action = _row(request, programme, code)
    if request.method != "POST":
        return _row_page(request, action, _form_of(action))
    saved = drafting.save_cells(
        action, actor=signed_in(request), form=request.POST, base=_base(request.POST.get("base", ""))
    )
    if request.htmx:  # type: ignore[attr-defined]
        return _fragment(request, saved)
    return _told(request, saved)


def _told(request: HttpRequest, saved: drafting.Saved) -> HttpResponse:
    """Lead back to the rows; where something is to be mended or chosen, show it on the row's page."""
    action = saved.action
    if saved.conflicts or saved.errors:
        # What stands now, others' changes too, with one's own text where both changed the same cell.
        own = {name: conflict.yours for name, conflict in saved.conflicts.items()}
        shown = cells.standing_of(action) | own
        form = cells.CellsForm(cells.for_form(shown), work_programme=action.work_programme, stored=action)
        form.is_valid()
        return _row_page(request, action, form, saved=saved)
    messages.success(request, _("Saved: %(line)s") % {"line": action.code})
    return redirect(f"{action.work_programme.address('workgroups:work-programme-edit')}#{action.code}")


def _base(sent: str) -> dict[str, str]:
    """Return the cells as they stood when typing began; the form itself brought them."""
    try:
        return read_base(sent, cells.CELLS)
    except ValidationError as error:
        raise BadRequest(" ".join(error.messages)) from error


def _form_of(action: Action) -> cells.CellsForm:
    """Return the row's form: what stands saved, and what waits to be mended as it was typed."""
    shown = cells.for_form(cells.standing_of(action))
    return cells.CellsForm(initial=shown, work_programme=action.work_programme, stored=action)


def _row_page(
    request: HttpRequest, action: Action, form: cells.CellsForm, saved: drafting.Saved | None = None
) -> HttpResponse:
    conflicts = saved.conflicts if saved else {}
    form.mark_demanded(drafting.DEMANDED)
    context: dict[str, Any] = {
        "action": action,
        "plan": action.work_programme,
        "breadcrumbs": [*steps_to(action.work_programme), Step(action.code)],
        "form": form,
        "base": as_base(cells.standing_of(action)),
        "has_targets": cells.targets_to_choose(action.work_programme).exists(),
        "saving": who_wrote(action, conflicts) if conflicts else None,
        "differing": [
            (form.fields[name].label, *(cells.as_people_read(form.fields[name], cell) for cell in conflict))
            for name, conflict in conflicts.items()
        ],
    }
    return render(request, "workgroups/action_edit.html", context, status=_status(saved))


def _new_row_page(request: HttpRequest, plan: WorkProgramme) -> HttpResponse:
    """Show an empty row, which is added once something is written into it."""
    base = drafting.new_cells(plan)
    form = cells.CellsForm(initial=cells.for_form(base), work_programme=plan)
    form.mark_demanded(drafting.DEMANDED)
    context = {
        "plan": plan,
        "breadcrumbs": [*steps_to(plan), Step(_("New row"))],
        "form": form,
        "base": as_base(base),
        "has_targets": cells.targets_to_choose(plan).exists(),
    }
    return render(request, "workgroups/action_edit.html", context)


def _fragment(request: HttpRequest, saved: drafting.Saved) -> HttpResponse:
    """Return a row as the grid shows it, with the plan's totals."""
    action, plan = saved.action, saved.action.work_programme
    form = cells.CellsForm(work_programme=plan)
    context = {
        "plan": plan,
        "row": row_of(action, form, saved.conflicts, comments=open_comments_in(plan).get(action.pk, 0)),
        "saving": who_wrote(action, saved.conflicts) if saved.conflicts else None,
        "totals": drafting.totals_of(plan),
    }
    return render(request, "workgroups/_plan_fragment.html", context, status=_status(saved))


def _status(saved: drafting.Saved | None) -> int:
    if saved is None:
        return 200
    return 409 if saved.conflicts else 422 if saved.errors else 200


@require_POST
@refused_with_reason()
def move_action(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Let a row change places with its neighbour."""
    action = _row(request, programme, code)
    up = request.POST.get("direction") == "up"
    drafting.move_action(action, up=up)
    # To the button that was pressed: whoever moves a row by keyboard may press it again.
    button = f"{code}-{'up' if up else 'down'}"
    return redirect(f"{action.work_programme.address('workgroups:work-programme-edit')}#{button}")


@require_POST
@refused_with_reason()
def remove_action(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Take a row out; the page offers it back. One that has been rewritten meanwhile is shown first."""
    action = _row(request, programme, code)
    seen = _base(request.POST.get("base", ""))
    if changed := drafting.remove_action(action, actor=signed_in(request), base=seen):
        return _rewritten_page(request, action, changed)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    messages.success(
        request,
        _("Removed: %(line)s. Below the table it can be brought back.") % {"line": action.text or code},
        extra_tags=action.address("workgroups:action-restore"),
    )
    return redirect(f"{action.work_programme.address('workgroups:work-programme-edit')}#undo")


def _rewritten_page(request: HttpRequest, action: Action, changed: Mapping[str, Conflict]) -> HttpResponse:
    """Show what somebody else wrote into a row that was to be removed, and who; it is removed from there."""
    action.refresh_from_db()
    plan = action.work_programme
    fields = cells.CellsForm(work_programme=plan).fields
    context = {
        "action": action,
        "plan": plan,
        "breadcrumbs": [*steps_to(plan), Step(action.code)],
        "base": as_base(cells.standing_of(action)),
        "saving": who_wrote(action, changed),
        "changed": [
            (fields[name].label, *(cells.as_people_read(fields[name], cell) for cell in conflict))
            for name, conflict in changed.items()
        ],
    }
    return render(request, "workgroups/action_rewritten.html", context, status=409)


@require_POST
@refused_with_reason()
def restore_action(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Bring a removed row back."""
    action = _row(request, programme, code, removed=True)
    drafting.restore_action(action)
    messages.success(request, _("Brought back: %(line)s") % {"line": code})
    return redirect(f"{action.work_programme.address('workgroups:work-programme-edit')}#{code}")
