"""Keeping a group's members: adding one, and correcting or ending a membership."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programme import clock
from programme.breadcrumbs import Step, step_to
from programme.generic import programme_of, refused_with_reason, visible_or_404
from programme.trail import Saving, last_saving
from workgroups.members import keeping
from workgroups.members.forms import MembershipForm
from workgroups.models import Membership, WorkingGroup


def _group(request: HttpRequest, slug: str, code: str) -> WorkingGroup:
    """Return the group that an address names, for those who keep its members."""
    programme = programme_of(request, slug)
    group = visible_or_404(WorkingGroup.objects.select_related("programme"), programme=programme, code=code)
    if not request.user.has_perm("workgroups.keep_members", group):
        raise PermissionDenied(_("The programme office keeps the members of groups. Tell it what to mend."))
    with refused_with_reason():
        programme.must_not_be_closed()
    return group


@require_http_methods(["GET", "HEAD", "POST"])
def membership_create(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take the form of a new membership."""
    group = _group(request, programme, code)
    named: dict[str, Any] = {"programme": group.programme, "instance": Membership(group=group)}
    if request.method != "POST":
        first_values = {"starts_on": clock.today(), "municipality": request.GET.get("municipality")}
        return _form(request, MembershipForm(initial=first_values, **named), group)
    form = MembershipForm(request.POST, **named)
    if not form.is_valid():
        return _form(request, form, group, status=422)
    try:
        membership = keeping.add_membership(group, values=form.typed()["values"])
    except ValidationError as error:
        form.add_error(None, error)
        return _form(request, form, group, status=422)
    messages.success(request, _("Saved: %(line)s") % {"line": membership.get_role_display()})
    return redirect(group)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_edit(request: HttpRequest, programme: str, code: str, pk: int) -> HttpResponse:
    """Show and take a membership's form; its last day ends it."""
    group = _group(request, programme, code)
    membership = visible_or_404(group.memberships.select_related("user", "municipality"), pk=pk)
    named: dict[str, Any] = {"programme": group.programme, "instance": membership}
    if request.method != "POST":
        return _form(request, MembershipForm(**named), group, membership)
    form = MembershipForm(request.POST, **named)
    if not form.is_valid():
        return _form(request, form, group, membership, status=422)
    try:
        saved = keeping.save_membership(membership, **form.typed())
    except ValidationError as error:
        form.add_error(None, error)
        return _form(request, form, group, membership, status=422)
    if saved.conflicts:
        saving = last_saving(membership)
        return _form(request, form.rebased_on(saved), group, membership, status=409, saving=saving)
    messages.success(request, _("Saved: %(line)s") % {"line": membership.get_role_display()})
    return redirect(group)


def _form(
    request: HttpRequest,
    form: MembershipForm,
    group: WorkingGroup,
    membership: Membership | None = None,
    *,
    status: int = 200,
    saving: Saving | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "group": group,
        "membership": membership,
        "saving": saving,
        "breadcrumbs": [step_to(group), Step(_("Membership") if membership else _("Add a member"))],
    }
    return render(request, "workgroups/membership_form.html", context, status=status)
