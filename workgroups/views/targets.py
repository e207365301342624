"""Annual targets on their way: the plan of a year, a target's form, and the verbs on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from priorities.models import AnnualTarget
from programme.forms import shown
from programme.generic import RefusedByState, programme_of, refused_with_reason, signed_in, visible_or_404
from programme.models import Programme
from programme.saving import as_base
from programme.sending import do_and_tell
from programme.trail import last_saving
from workgroups import rules
from workgroups.models import WorkingGroup, targets_visible_to
from workgroups.targets import cells, drafting
from workgroups.targets.decision import decide_targets
from workgroups.targets.forms import DecideForm, GroupForm, TargetForm
from workgroups.targets.pages import form_page, plan_page


def _place(request: HttpRequest, slug: str, year: int) -> Programme:
    """Return the programme whose plan of a year the reader may see: officials and groups."""
    programme = programme_of(request, slug)
    if not programme.starts_on.year <= year <= programme.ends_on.year:
        raise Http404(_("There is no such page, or it is not yours to see."))
    if not rules.reads_approved_work(request.user, programme):
        raise Http404(_("There is no such page, or it is not yours to see."))
    return programme


def _target(request: HttpRequest, slug: str, code: str) -> AnnualTarget:
    """Return the target that an address names, among those its reader may see."""
    programme = programme_of(request, slug)
    return visible_or_404(_whole(targets_visible_to(request.user, programme)), code=code)


def _whole(targets: QuerySet[AnnualTarget]) -> QuerySet[AnnualTarget]:
    return targets.select_related("programme", "ownership__group__programme", "ownership__group__priority")


def _must_draft(request: HttpRequest, target: AnnualTarget) -> None:
    """Refuse everybody where a target is decided, and those who may not write for its group."""
    with refused_with_reason():
        target.must_be_editable()
        target.programme.must_not_be_closed()
    if not request.user.has_perm("workgroups.draft_targets", target.ownership.group):
        raise PermissionDenied(
            _("Only the coordinators of the group draw up its targets. Ask the programme office.")
        )


@require_safe
def target_plan(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Show the annual targets of a year on their way to the decision."""
    found = _place(request, programme, year)
    may_decide = request.user.has_perm("workgroups.decide_targets", found)
    form = DecideForm(None, programme=found, year=year) if may_decide else None
    return render(request, "workgroups/target_plan.html", plan_page(request, found, year, form))


@require_http_methods(["GET", "HEAD", "POST"])
def target_create(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Show and take the form of a new draft."""
    found = _place(request, programme, year)
    groups = _groups_to_write_for(request, found)
    if year not in drafting.open_years(found):
        raise RefusedByState(
            _("The year has ended, or the programme has: its targets are no longer drafted.")
        )
    group_form = GroupForm(request.POST if request.method == "POST" else None, groups)
    only = groups[0] if len(groups) == 1 else None
    if request.method != "POST":
        form = TargetForm(initial=_first_values(year, only), programme=found, group=only, year=year)
        return _form(request, form, programme=found, year=year, group_form=group_form, only=only)
    form = TargetForm(request.POST, programme=found, group=only, year=year)
    if not group_form.is_valid():
        # Beside the field too; the summary is of this form.
        form.add_error(None, group_form.errors["group"][0])
    if not form.is_valid():
        return _form(request, form, programme=found, year=year, group_form=group_form, only=only, status=422)
    try:
        target = drafting.create_target(
            group_form.cleaned_data["group"], year, actor=signed_in(request), values=form.cleaned_data
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _form(request, form, programme=found, year=year, group_form=group_form, only=only, status=422)
    messages.success(request, _("Saved as a draft: %(line)s") % {"line": target.code})
    return redirect(target)


def _groups_to_write_for(request: HttpRequest, programme: Programme) -> QuerySet[WorkingGroup]:
    """Return the groups for which a person draws up targets; refuses those who have none."""
    groups = drafting.groups_to_write_for(request.user, programme).select_related("programme", "cost_centre")
    if not groups:
        raise PermissionDenied(
            _("Only the coordinators of the group draw up its targets. Ask the programme office.")
        )
    return groups


def _first_values(year: int, group: WorkingGroup | None) -> dict[str, Any]:
    return {
        "due_on": f"31.12.{year}",
        "cost_centre": group.cost_centre_id if group else None,
        "group": group,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take a target's form; what two people changed at once merges or shows both texts."""
    target = _target(request, programme, code)
    _must_draft(request, target)
    group = target.ownership.group
    named: dict[str, Any] = {"programme": target.programme, "group": group, "stored": target}
    named["year"] = target.year
    if request.method != "POST":
        stored = cells.cells_of(target)
        several = {name: stored[name].split() for name in cells.SEVERAL}
        form = TargetForm(instance=target, initial=several | {"base": as_base(stored)}, **named)
        return _form(request, form, programme=target.programme, year=target.year, target=target)
    form = TargetForm(request.POST, instance=AnnualTarget(), **named)
    if not form.is_valid():
        return _form(request, form, programme=target.programme, year=target.year, target=target, status=422)
    try:
        saved = drafting.save_target(target, values=form.cleaned_data, base=form.cleaned_data["base"])
    except ValidationError as error:
        form.add_error(None, error)
        return _form(request, form, programme=target.programme, year=target.year, target=target, status=422)
    if saved.conflicts:
        return _conflict(request, saved, named)
    if saved.others_changed:
        messages.success(
            request, _("Saved: %(line)s. What somebody else changed meanwhile is kept too.") % {"line": code}
        )
    else:
        messages.success(request, _("Saved: %(line)s") % {"line": code})
    return redirect(target)


def _conflict(request: HttpRequest, saved: drafting.Saved, named: dict[str, Any]) -> HttpResponse:
    """Show both texts, who and when; the form keeps one's own and takes over what merged by itself."""
    merged: dict[str, Any] = cells.for_form(saved.merged)
    merged["base"] = as_base(cells.cells_of(saved.target))
    form = TargetForm(merged, instance=AnnualTarget(), **named)
    form.is_valid()
    differing = [
        (field.label, shown(field, conflict.yours), shown(field, conflict.saved))
        for name, conflict in saved.conflicts.items()
        for field in [form.fields[name]]
    ]
    return _form(
        request,
        form,
        programme=saved.target.programme,
        year=saved.target.year,
        target=named["stored"],
        status=409,
        differing=differing,
        saving=last_saving(saved.target),
    )


def _form(request: HttpRequest, form: TargetForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "workgroups/target_form.html", form_page(form, **more), status=status)


def _act(
    request: HttpRequest, target: AnnualTarget, act: Callable[[AnnualTarget], None], *, said: str
) -> HttpResponse:
    do_and_tell(request, lambda: act(target), said=said % {"line": target.code})
    return redirect(_plan_address(target))


def _plan_address(target: AnnualTarget) -> str:
    address = reverse("workgroups:target-plan", args=[target.programme.slug, target.year])
    return f"{address}#{target.code}"


@require_POST
def target_propose(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Propose a draft to the bodies that decide."""
    target = _target(request, programme, code)
    _must_draft(request, target)
    return _act(request, target, drafting.propose_target, said=_("Proposed: %(line)s"))


@require_POST
def target_take_back(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Make a proposal a draft again."""
    target = _target(request, programme, code)
    _must_draft(request, target)
    return _act(request, target, drafting.take_back_target, said=_("Taken back to draft: %(line)s"))


@require_POST
def target_remove(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Remove a draft."""
    target = _target(request, programme, code)
    _must_draft(request, target)
    if not request.user.has_perm("workgroups.remove_target", target):
        raise PermissionDenied(_("A draft is removed by the one who wrote it, or by the programme office."))
    actor = signed_in(request)
    said = _("Removed: %(line)s. Below the plan it can be brought back.")
    undo = reverse("workgroups:target-restore", args=[programme, code])
    do_and_tell(
        request,
        lambda: drafting.remove_target(target, actor=actor),
        said=said % {"line": target.code},
        undo=undo,
    )
    return redirect(f"{reverse('workgroups:target-plan', args=[programme, target.year])}#undo")


@require_POST
def target_restore(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Bring a removed draft back."""
    found = programme_of(request, programme)
    visible = targets_visible_to(request.user, found, among=AnnualTarget.with_removed.all())
    target = visible_or_404(_whole(visible), code=code)
    _must_draft(request, target)
    return _act(request, target, drafting.restore_target, said=_("Brought back: %(line)s"))


def _left_to_the_federation_meeting(number: int) -> str:
    return ngettext(
        "%(number)s binding target stays proposed: the federation meeting decides it.",
        "%(number)s binding targets stay proposed: the federation meeting decides them.",
        number,
    ) % {"number": number}


def _left_to_the_next_meeting(number: int) -> str:
    return ngettext(
        "%(number)s target stays proposed: it was proposed after that meeting.",
        "%(number)s targets stay proposed: they were proposed after that meeting.",
        number,
    ) % {"number": number}


@require_POST
def targets_decide(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Enter the decision of all that is proposed for a year."""
    found = _place(request, programme, year)
    if not request.user.has_perm("workgroups.decide_targets", found):
        raise PermissionDenied(_("The secretary enters what bodies decided."))
    form = DecideForm(request.POST, programme=found, year=year)
    if form.is_valid():
        try:
            decided = decide_targets(found, year, actor=signed_in(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if decided.targets:
                messages.success(
                    request,
                    ngettext(
                        "Decided: %(number)s target. From now on it changes by amendment only.",
                        "Decided: %(number)s targets. From now on they change by amendment only.",
                        len(decided.targets),
                    )
                    % {"number": len(decided.targets)},
                )
            if decided.budget is not None:
                messages.success(request, _("Decided and locked: %(line)s") % {"line": decided.budget.code})
            if decided.left:
                messages.warning(request, _left_to_the_federation_meeting(decided.left))
            if decided.later:
                messages.warning(request, _left_to_the_next_meeting(decided.later))
            return redirect("workgroups:target-plan", found.slug, year)
    return render(request, "workgroups/target_plan.html", plan_page(request, found, year, form), status=422)
