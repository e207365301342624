"""What the programme office keeps: rounds of reporting, thresholds of deviations, bodies."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from programme import clock, text
from programme.administration import bodies, periods
from programme.administration.settings_forms import (
    BodyEndForm,
    BodyForm,
    ReopenForm,
    RoundForm,
    ThresholdForm,
)
from programme.breadcrumbs import Step
from programme.generic import programme_of, signed_in, visible_or_404
from programme.models import Body, Programme, ReportingPeriod
from programme.views.people import status_of


def _must(request: HttpRequest, programme: str, permission: str, reason: str) -> Programme:
    found = programme_of(request, programme)
    if not request.user.has_perm(permission, found):
        raise PermissionDenied(reason)
    return found


def _office(request: HttpRequest, programme: str) -> Programme:
    reason = _("Rounds and thresholds are kept by the programme office.")
    return _must(request, programme, "programme.keep_settings", reason)


def _keeper_of_bodies(request: HttpRequest, programme: str) -> Programme:
    reason = _("Bodies are kept by the programme office and the administrator.")
    return _must(request, programme, "programme.keep_bodies", reason)


def _address(programme: Programme) -> str:
    return reverse("programme:settings", args=[programme.slug])


def _form_page(
    request: HttpRequest, programme: Programme, title: str, form: Any, **more: Any
) -> HttpResponse:
    context = {
        "programme": programme,
        "title": title,
        "form": form,
        "back": _address(programme),
        "breadcrumbs": [Step(_("Settings"), _address(programme)), Step(title)],
        **more,
    }
    return render(request, "programme/administration_form.html", context, status=status_of(form))


@require_safe
def settings_page(request: HttpRequest, programme: str) -> HttpResponse:
    """Show rounds, thresholds, the programme's dates and bodies, with what the reader may change."""
    reason = _("The settings are read by the programme office, the administrator and the auditor.")
    found = _must(request, programme, "programme.read_settings", reason)
    user = request.user
    rounds = found.periods.select_related("reopened_by").order_by("-ends_on")
    context = {
        "programme": found,
        "rounds": [(period, periods.may_still_change(period)) for period in rounds],
        "bodies": found.bodies.select_related("programme", "audience", "replaces__programme"),
        "today": clock.today(),
        "may_keep": user.has_perm("programme.keep_settings", found),
        "may_keep_bodies": user.has_perm("programme.keep_bodies", found),
        "may_read_people": user.has_perm("programme.read_people", found),
        "breadcrumbs": [Step(_("Settings"))],
    }
    return render(request, "programme/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def round_update(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Change the dates of a round that has not closed."""
    found = _office(request, programme)
    rows = ReportingPeriod.objects.select_for_update(of=("self",), no_key=True).select_related("programme")
    period = visible_or_404(rows, programme=found, code=code)
    if not periods.may_still_change(period):
        raise PermissionDenied(_("The round has closed: its dates stay as they are. It can be reopened."))
    form = RoundForm(request.POST if request.method == "POST" else None, instance=period)
    if form.is_bound and form.is_valid():
        try:
            periods.change_round(form.instance)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{_address(found)}#{code}")
    return _form_page(
        request,
        found,
        _("Round %(code)s") % {"code": code},
        form,
        lead=text.period(period.starts_on, period.ends_on),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def round_reopen(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Open a closed round again, with a reason."""
    found = _office(request, programme)
    period = visible_or_404(ReportingPeriod.objects.select_related("programme"), programme=found, code=code)
    if periods.may_still_change(period):
        raise PermissionDenied(_("The round has not closed: change the day on which it closes instead."))
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            periods.reopen_round(
                period,
                until=given["reopened_until"],
                reason=given["reopening_reason"],
                actor=signed_in(request),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The round is open again."))
            return redirect(f"{_address(found)}#{code}")
    return _form_page(
        request,
        found,
        _("Reopen the round %(code)s") % {"code": code},
        form,
        lead=_(
            "What has been frozen does not change: a report of this period is corrected by a new version."
        ),
        act=_("Reopen"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def threshold_update(request: HttpRequest, programme: str) -> HttpResponse:
    """Change from what deviation on an explanation is demanded."""
    found = _office(request, programme)
    locked = Programme.objects.select_for_update(no_key=True).get(pk=found.pk)
    form = ThresholdForm(request.POST if request.method == "POST" else None, instance=locked)
    if form.is_bound and form.is_valid():
        try:
            periods.change_thresholds(form.instance)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(_address(found))
    lead = _(
        "A cost centre’s deviation is explained when it reaches either of these. Frozen figures keep theirs."
    )
    return _form_page(request, found, _("Thresholds"), form, lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
def body_create(request: HttpRequest, programme: str) -> HttpResponse:
    """Add a body, which may replace another."""
    found = _keeper_of_bodies(request, programme)
    form = BodyForm(request.POST if request.method == "POST" else None, programme=found)
    if form.is_bound and form.is_valid():
        try:
            bodies.add_body(form.instance)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{_address(found)}#{form.instance.code}")
    return _form_page(request, found, _("Add a body"), form)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def body_end(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Say on which day a body ends."""
    found = _keeper_of_bodies(request, programme)
    rows = Body.objects.select_for_update(of=("self",), no_key=True).select_related("programme")
    body = visible_or_404(rows, programme=found, code=code)
    form = BodyEndForm(request.POST if request.method == "POST" else None, instance=body)
    if form.is_bound and form.is_valid():
        try:
            left = bodies.end_body(form.instance)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _tell_of_ending(request, left)
            return redirect(f"{_address(found)}#{code}")
    return _form_page(
        request,
        found,
        _("Last day of a body"),
        form,
        lead=text.words_of(body, "name")[0],
    )


def _tell_of_ending(request: HttpRequest, left: int) -> None:
    messages.success(request, _("Saved."))
    if left:
        messages.warning(
            request,
            ngettext(
                "%(left)s meeting is planned after that day. The secretary moves or cancels it.",
                "%(left)s meetings are planned after that day. The secretary moves or cancels them.",
                left,
            )
            % {"left": left},
        )
