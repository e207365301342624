"""Keeping a group's members: adding one, and correcting or ending a membership."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programme import clock, text
from programme.breadcrumbs import Step, step_to
from programme.generic import programme_of, refused_with_reason, visible_or_404
from programme.sending import saved, sent, status_of, taken
from programme.trail import last_saving
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
    first_values = {"starts_on": clock.today(), "municipality": request.GET.get("municipality")}
    form = MembershipForm(sent(request), initial=first_values, **named)
    _must_not_name_oneself(request, form)
    made: list[Membership] = []
    if not taken(form, lambda: made.append(keeping.add_membership(group, values=form.typed()["values"]))):
        return _form(request, form, group)
    messages.success(request, _("Saved: %(line)s") % {"line": form.instance.get_role_display()})
    _tell_of_two_chairs(request, made[0])
    return redirect(group)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_edit(request: HttpRequest, programme: str, code: str, pk: int) -> HttpResponse:
    """Show and take a membership's form; its last day ends it."""
    group = _group(request, programme, code)
    membership = visible_or_404(group.memberships.select_related("user", "municipality"), pk=pk)
    if membership.user_id == request.user.pk:
        raise PermissionDenied(_another_does_it())
    form = MembershipForm(sent(request), programme=group.programme, instance=membership)
    _must_not_name_oneself(request, form)
    if saved(form, partial(keeping.save_membership, membership)) is None:
        return _form(request, form, group, membership)
    messages.success(request, _("Saved: %(line)s") % {"line": membership.get_role_display()})
    membership.refresh_from_db()
    _tell_of_two_chairs(request, membership)
    return redirect(group)


def _tell_of_two_chairs(request: HttpRequest, membership: Membership) -> None:
    """Say that a group has two chairs at once: a handing over may overlap, a slip may too."""
    other = keeping.other_chair_of(membership)
    if other is not None:
        messages.warning(
            request,
            _("The group has another chair at the same time: %(person)s, %(term)s. End one of the terms.")
            % {"person": other.user or "–", "term": text.period(other.starts_on, other.until)},
        )


def _must_not_name_oneself(request: HttpRequest, form: MembershipForm) -> None:
    """Refuse (403) to give oneself what a membership allows."""
    if form.is_bound and form.is_valid() and form.cleaned_data["user"] == request.user:
        raise PermissionDenied(_another_does_it())


def _another_does_it() -> str:
    return _(
        "Nobody makes themselves a member of a group or changes their own membership: an administrator or"
        " somebody else of the programme office does it."
    )


def _form(
    request: HttpRequest,
    form: MembershipForm,
    group: WorkingGroup,
    membership: Membership | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "group": group,
        "membership": membership,
        "saving": last_saving(membership) if membership and form.differing else None,
        "breadcrumbs": [step_to(group), Step(_("Membership") if membership else _("Add a member"))],
    }
    return render(request, "workgroups/membership_form.html", context, status=status_of(form))
