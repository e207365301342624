"""Founding a working group, and mending the names of one that was founded here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programme.breadcrumbs import Step, step_to
from programme.generic import programme_of, refused_with_reason, visible_or_404
from programme.models import Programme
from programme.sending import locked_when_sent, sent, status_of, taken
from workgroups.members.group_forms import GroupForm, NewGroupForm
from workgroups.members.groups import change_group, found_group
from workgroups.models import WorkingGroup


def _programme(request: HttpRequest, slug: str) -> Programme:
    """Return the programme of an address, for those who found its groups."""
    programme = programme_of(request, slug)
    if not request.user.has_perm("workgroups.found_groups", programme):
        raise PermissionDenied(_("The programme office founds groups. Tell it what is needed."))
    with refused_with_reason():
        programme.must_not_be_closed()
    return programme


@require_http_methods(["GET", "HEAD", "POST"])
def group_create(request: HttpRequest, programme: str) -> HttpResponse:
    """Show and take the form of a new group; `?parent=` names the group above."""
    found = _programme(request, programme)
    above = WorkingGroup.objects.filter(programme=found, code=request.GET.get("parent", "")).first()
    form = NewGroupForm(sent(request), programme=found, initial={"parent": above})
    if taken(form, lambda: found_group(form.instance, meets_from=form.cleaned_data["meets_from"])):
        messages.success(
            request, _("Founded: %(line)s. Add its members next.") % {"line": form.instance.code}
        )
        return redirect(form.instance)
    return _form(request, form, found, _("Found a group"), back=_list_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def group_edit(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take the names of a group that the programme document does not name."""
    found = _programme(request, programme)
    groups = WorkingGroup.objects.select_related("programme", "body").filter(programme=found)
    group = visible_or_404(locked_when_sent(request, groups), code=code)
    if group.is_of_the_document:
        raise PermissionDenied(_("The name is the programme’s own and is not edited here."))
    way = [_step_to_list(found), step_to(group)]
    form = GroupForm(sent(request), instance=group)
    columns = [name for name in form.written if name != "meets_from"]
    if taken(
        form,
        lambda: change_group(form.instance, changed=columns, meets_from=form.cleaned_data.get("meets_from")),
    ):
        messages.success(request, _("Saved: %(line)s") % {"line": code})
        return redirect(group)
    return _form(request, form, found, _("Edit"), back=group.get_absolute_url(), way=way, lead=code)


def _list_of(programme: Programme) -> str:
    return reverse("workgroups:group-list", args=[programme.slug])


def _step_to_list(programme: Programme) -> Step:
    return Step(_("Working groups"), _list_of(programme))


def _form(
    request: HttpRequest, form: Any, programme: Programme, title: str, *, back: str, **more: Any
) -> HttpResponse:
    way = more.pop("way", [_step_to_list(programme)])
    context = {"programme": programme, "title": title, "form": form, "back": back}
    context |= {"breadcrumbs": [*way, Step(title)], **more}
    return render(request, "programme/administration_form.html", context, status=status_of(form))
