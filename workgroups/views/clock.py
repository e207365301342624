"""The annual clock: the year's page, what is marked done on it, and the personal calendar feed."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_POST, require_safe

from programme.deadlines import marking
from programme.generic import default_programme, signed_in, visible_or_404
from programme.models import Deadline, Programme
from programme.sending import do_and_tell
from workgroups.annual_clock import keys
from workgroups.annual_clock.feed import feed_of
from workgroups.annual_clock.strip import strip_of
from workgroups.annual_clock.year import year_of


@login_required
@require_safe
def annual_clock(request: HttpRequest) -> HttpResponse:
    """Show a year as a strip and as a list; `?year=` names it, `?mine=yes` leaves one's own."""
    programme = default_programme(request)
    if programme is None:
        return render(request, "workgroups/desk_empty.html")
    user = signed_in(request)
    only_mine = request.GET.get("mine") == "yes"
    year = year_of(programme, user, request.GET.get("year", ""), only_mine=only_mine)
    key = keys.key_of(user)
    context = {
        "year": year,
        "strip": strip_of(year),
        "feed_address": f"{settings.ADDRESS}{reverse('workgroups:clock-feed')}?key={key}" if key else "",
    }
    return render(request, "workgroups/clock.html", context)


def _deadline(request: HttpRequest, pk: int) -> Deadline:
    deadline = visible_or_404(Deadline.objects.for_pages(), pk=pk)
    request.programme = deadline.step.programme  # type: ignore[attr-defined]
    if not request.user.has_perm("workgroups.mark_deadline", deadline):
        raise PermissionDenied(
            _("A step is marked by whoever does it, or by the programme office: ask %(who)s.")
            % {"who": deadline.step.get_doer_display()}
        )
    return deadline


@require_POST
def mark_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a step has been done."""
    deadline = _deadline(request, pk)
    act = partial(marking.mark_done, deadline, actor=signed_in(request))
    do_and_tell(request, act, said=_("Marked as done."))
    return redirect(deadline)


@require_POST
def mark_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a step has not been done after all."""
    deadline = _deadline(request, pk)
    act = partial(marking.mark_open, deadline, actor=signed_in(request))
    do_and_tell(request, act, said=_("Marked as open."))
    return redirect(deadline)


@require_POST
def renew_feed(request: HttpRequest) -> HttpResponse:
    """Give a person a new address of their calendar."""
    keys.renew(signed_in(request))
    messages.success(request, _("The calendar has a new address. The old one answers no more."))
    return redirect("workgroups:clock")


@require_POST
def turn_feed_off(request: HttpRequest) -> HttpResponse:
    """Take the address of a person's calendar out of use."""
    keys.turn_off(signed_in(request))
    messages.success(request, _("The address of the calendar answers no more."))
    return redirect("workgroups:clock")


@login_not_required
@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """Serve the calendar of whoever the key in the address belongs to; to anybody else it does not exist."""
    user = keys.person_with(request.GET.get("key", ""))
    programme = Programme.objects.default()
    if user is None or programme is None:
        raise Http404(_("There is no such page, or it is not yours to see."))
    response = HttpResponse(feed_of(user, programme), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Language"] = user.language
    response.headers["Content-Disposition"] = 'inline; filename="clock.ics"'
    return response
