"""What the programme office keeps: rounds of reporting, thresholds of deviations, bodies.

Pages that move deadlines are given `tell`: whose the deadlines are is known above, where they are served.
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from programme import clock, text
from programme.administration import bodies, periods
from programme.administration.lists import KEPT_LISTS
from programme.administration.settings_forms import (
    BodyEndForm,
    BodyForm,
    NewRoundForm,
    RecordsForm,
    ReopenForm,
    RoundForm,
    ThresholdForm,
)
from programme.breadcrumbs import Step
from programme.deadlines.moved import Tell
from programme.generic import RefusedByState, signed_in, visible_or_404
from programme.models import Body, Programme, ReportingPeriod
from programme.sending import locked_when_sent, taken
from programme.views.settings_form import form_page, must, settings_address, who_reads_settings


def _office(request: HttpRequest, programme: str) -> Programme:
    reason = _("Rounds and thresholds are kept by the programme office.")
    return must(request, programme, "programme.keep_settings", reason)


def _keeper_of_bodies(request: HttpRequest, programme: str) -> Programme:
    reason = _("Bodies are kept by the programme office and the administrator.")
    return must(request, programme, "programme.keep_bodies", reason)


@require_safe
def settings_page(request: HttpRequest, programme: str) -> HttpResponse:
    """Show rounds, thresholds, the programme's dates and bodies, with what the reader may change."""
    found = must(request, programme, "programme.read_settings", who_reads_settings())
    user = request.user
    rounds = found.periods.select_related("reopened_by").order_by("-ends_on")
    context = {
        "programme": found,
        "rounds": [(period, periods.may_still_change(period)) for period in rounds],
        "bodies": found.bodies.select_related("programme", "audience", "replaces__programme"),
        "lists": KEPT_LISTS,
        "may_keep": user.has_perm("programme.keep_settings", found),
        "may_keep_bodies": user.has_perm("programme.keep_bodies", found),
        "may_read_people": user.has_perm("programme.read_people", found),
        "breadcrumbs": [Step(_("Settings"))],
    }
    return render(request, "programme/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: HttpRequest, programme: str, *, tell: Tell) -> HttpResponse:
    """Add a period and its round."""
    found = _office(request, programme)
    first_values = {"year": clock.today().year}
    form = NewRoundForm(
        request.POST if request.method == "POST" else None, programme=found, initial=first_values
    )
    if taken(form, lambda: periods.add_round(form.instance, tell=tell)):
        messages.success(request, _("Saved."))
        return redirect(f"{settings_address(found)}#{form.instance.code}")
    return form_page(
        request, found, _("Add a round"), form, lead=_("It tells about the year from 1 January.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def round_update(request: HttpRequest, programme: str, code: str, *, tell: Tell) -> HttpResponse:
    """Change the dates of a round that has not closed."""
    found = _office(request, programme)
    rows = locked_when_sent(request, ReportingPeriod.objects.select_related("programme"))
    period = visible_or_404(rows, programme=found, code=code)
    if not periods.may_still_change(period):
        raise RefusedByState(
            _("The round has closed: its dates stay as they are. It can be reopened."),
            Step(
                _("Reopen the round %(code)s") % {"code": code},
                reverse("programme:round-reopen", args=[programme, code]),
            ),
        )
    form = RoundForm(request.POST if request.method == "POST" else None, instance=period)
    if taken(form, lambda: periods.change_round(form.instance, tell=tell)):
        messages.success(request, _("Saved."))
        return redirect(f"{settings_address(found)}#{code}")
    return form_page(
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
        raise RefusedByState(
            _("The round has not closed: change the day on which it closes instead."),
            Step(
                _("Round %(code)s") % {"code": code},
                reverse("workgroups:round-update", args=[programme, code]),
            ),
        )
    form = ReopenForm(request.POST if request.method == "POST" else None)

    def reopen() -> None:
        periods.reopen_round(
            period,
            until=form.cleaned_data["reopened_until"],
            reason=form.cleaned_data["reopening_reason"],
            actor=signed_in(request),
        )

    if taken(form, reopen):
        messages.success(request, _("The round is open again."))
        return redirect(f"{settings_address(found)}#{code}")
    return form_page(
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
    row = locked_when_sent(request, Programme.objects.all()).get(pk=found.pk)
    form = ThresholdForm(request.POST if request.method == "POST" else None, instance=row)
    if taken(form, lambda: periods.change_thresholds(form.instance)):
        messages.success(request, _("Saved."))
        return redirect(settings_address(found))
    lead = _(
        "A cost centre’s deviation is explained when it reaches either of these. Frozen figures keep theirs."
    )
    return form_page(request, found, _("Thresholds"), form, lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def records_update(request: HttpRequest, programme: str) -> HttpResponse:
    """Change how the case management files what is handed over to it."""
    found = _office(request, programme)
    row = locked_when_sent(request, Programme.objects.all()).get(pk=found.pk)
    form = RecordsForm(request.POST if request.method == "POST" else None, instance=row)
    if taken(form, lambda: periods.change_records(form.instance)):
        messages.success(request, _("Saved."))
        return redirect(settings_address(found))
    lead = _("These stand in the metadata of the papers that are handed over to the case management.")
    return form_page(request, found, _("Records"), form, lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
def body_create(request: HttpRequest, programme: str, *, tell: Tell) -> HttpResponse:
    """Add a body, which may replace another."""
    found = _keeper_of_bodies(request, programme)
    form = BodyForm(request.POST if request.method == "POST" else None, programme=found)
    if taken(form, lambda: bodies.add_body(form.instance, tell=tell)):
        _tell_of_ending(request, form.instance.replaces)
        return redirect(f"{settings_address(found)}#{form.instance.code}")
    return form_page(request, found, _("Add a body"), form)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def body_end(request: HttpRequest, programme: str, code: str, *, tell: Tell) -> HttpResponse:
    """Say on which day a body ends."""
    found = _keeper_of_bodies(request, programme)
    rows = locked_when_sent(request, Body.objects.select_related("programme"))
    body = visible_or_404(rows, programme=found, code=code)
    form = BodyEndForm(request.POST if request.method == "POST" else None, instance=body)
    if taken(form, lambda: bodies.end_body(form.instance, tell=tell)):
        _tell_of_ending(request, form.instance)
        return redirect(f"{settings_address(found)}#{code}")
    return form_page(
        request,
        found,
        _("Last day of a body"),
        form,
        lead=text.words_of(body, "name")[0],
    )


def _tell_of_ending(request: HttpRequest, ended: Body | None) -> None:
    messages.success(request, _("Saved."))
    left = bodies.meetings_after_the_end(ended) if ended else 0
    if ended and left:
        messages.warning(
            request,
            ngettext(
                "%(body)s: %(left)s meeting is planned after the last day, %(day)s."
                " The secretary moves or cancels it.",
                "%(body)s: %(left)s meetings are planned after the last day, %(day)s."
                " The secretary moves or cancels them.",
                left,
            )
            % {
                "body": text.words_of(ended, "name")[0],
                "left": left,
                "day": text.day(ended.valid_until),
            },
        )
