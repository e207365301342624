"""Judging a follow-up: the chair accepts what was submitted, or returns it with a reason."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from programme.generic import default_programme, signed_in, visible_or_404
from programme.sending import do_and_tell, version_read
from workgroups import group_reports, services
from workgroups.approvals import lines_to_judge
from workgroups.forms import ChosenLinesForm, ReturnForm
from workgroups.lines import follow_up_address
from workgroups.models import FollowUp
from workgroups.views import drafts as draft_pages
from workgroups.views.place import Place, meeting_address, place_of


def _to_be_accepted(request: HttpRequest, place: Place) -> FollowUp:
    """Return the follow-up that waits, for those who may accept it."""
    waiting = FollowUp.objects.visible_to(request.user, place.programme).filter(
        **services.line_lookup(place.line)
    )
    follow_up = visible_or_404(waiting.select_related("group__programme"), period=place.period)
    if not request.user.has_perm("workgroups.accept_for_group", follow_up.group):
        raise PermissionDenied(_("The chair of the group accepts and returns its follow-up."))
    if not request.user.has_perm("workgroups.accept_follow_up", follow_up):
        raise PermissionDenied(_("Nobody accepts their own follow-up. Ask another who may."))
    return follow_up


def _after_judging(request: HttpRequest, place: Place) -> str:
    return meeting_address(place) if request.GET.get("to") == "meeting" else "workgroups:approvals"


@require_POST
def accept(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Accept what was submitted: from now on it is counted."""
    place = place_of(request, programme, kind, code, period)
    follow_up = _to_be_accepted(request, place)
    version = version_read(request)
    try:
        do_and_tell(
            request,
            lambda: services.accept_follow_up(follow_up, actor=signed_in(request), version=version),
            said=_("Accepted: %(line)s") % {"line": code},
            received=draft_pages.typed_key(request, place.return_address),
        )
    except services.StaleVersionError:
        messages.error(
            request,
            _("%(line)s was written anew while you read it, and is not accepted yet: read it again.")
            % {"line": code},
        )
    return redirect(_after_judging(request, place))


@require_POST
def accept_chosen(request: HttpRequest) -> HttpResponse:
    """Accept at once the lines that were chosen among those that wait."""
    programme = default_programme(request)
    if programme is None:
        return redirect("workgroups:desk")
    user = signed_in(request)
    form = ChosenLinesForm(request.POST)
    if not form.is_valid():
        raise BadRequest(_("The form is not whole. Open the page again."))
    versions = form.cleaned_data["line"]
    chosen = lines_to_judge(user, programme).filter(pk__in=versions)
    outcome = group_reports.accept_chosen(chosen, versions, actor=user)
    if outcome.accepted:
        keys = " ".join(
            draft_pages.typed_key(
                request, follow_up_address(row.line, programme.slug, row.period.code, verb="return")
            )
            for row in chosen
            if row.line.code in outcome.accepted
        )
        said = _("Accepted: %(line)s") % {"line": ", ".join(outcome.accepted)}
        messages.success(request, said, extra_tags=keys)
    for refused in outcome.refused:
        messages.error(request, refused)
    if not versions:
        messages.error(request, _("Choose the lines to accept."))
    elif missing := len(versions) - len(outcome.accepted) - len(outcome.refused):
        messages.error(
            request,
            ngettext("%(number)s line no longer waited.", "%(number)s lines no longer waited.", missing)
            % {"number": missing},
        )
    return redirect("workgroups:approvals")


@require_POST
def give_back(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Return what was submitted to its writer, with a reason."""
    place = place_of(request, programme, kind, code, period)
    follow_up = _to_be_accepted(request, place)
    version = version_read(request)
    form = ReturnForm(request.POST)
    context = {"place": place, "follow_up": follow_up, "form": form}
    if not form.is_valid():
        return render(request, "workgroups/return.html", context, status=422)
    reason = form.cleaned_data["reason"]
    try:
        do_and_tell(
            request,
            lambda: services.return_follow_up(
                follow_up, actor=signed_in(request), version=version, reason=reason
            ),
            said=_("Returned to its writer: %(line)s") % {"line": code},
            received=draft_pages.typed_key(request, request.path),
        )
    except services.StaleVersionError as newer:
        context |= {"follow_up": newer.stored, "is_stale": True}
        return render(request, "workgroups/return.html", context, status=409)
    return redirect(_after_judging(request, place))
