"""Giving a cost centre's forecast in a round, and saying why it deviates."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programme import text
from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason, visible_or_404
from programme.models import CostCentre, ReportingPeriod
from programme.sending import saved, sent, status_of
from programme.trail import last_saving
from reporting import rules
from reporting.money.accounts import accounts_of, whole_of
from reporting.money.forecast_forms import ForecastForm
from reporting.money.forecasts import forecast_of, save_forecast
from workgroups.services import must_be_open


@require_http_methods(["GET", "HEAD", "POST"])
def forecast_edit(request: HttpRequest, programme: str, year: int, period: str, code: str) -> HttpResponse:
    """Show and take the forecast of a cost centre; what two people changed at once merges or shows both."""
    found = programme_of(request, programme)
    if not rules.reads_live_figures(request.user, found):
        raise Http404(_("There is no such page, or it is not yours to see."))
    periods = ReportingPeriod.objects.select_related("programme").filter(programme=found, year=year)
    told = visible_or_404(periods, code=period)
    centre = visible_or_404(CostCentre.objects.select_related("programme"), programme=found, code=code)
    if not request.user.has_perm("reporting.give_forecast", centre):
        raise PermissionDenied(
            _(
                "Forecasts are given by the coordinators of the cost centre’s group, the programme office and"
                " the finance officer."
            )
        )
    with refused_with_reason():
        must_be_open(told)
    forecast = forecast_of(centre, told)
    form = ForecastForm(sent(request), instance=forecast)
    finance = f"{reverse('reporting:finance', args=[found.slug, year])}?period={told.code}"
    if saved(form, partial(save_forecast, centre, told)) is None:
        context = {
            "form": form,
            "centre": centre,
            "period": told,
            "whole": whole_of(accounts_of(centre, told)),
            "back": finance,
            "saving": last_saving(forecast) if forecast.pk and form.differing else None,
            "breadcrumbs": [
                Step(_("Finance %(year)s") % {"year": year}, finance),
                Step(f"{centre.number} {text.words_of(centre, 'name')[0]}"),
            ],
        }
        return render(request, "reporting/forecast_form.html", context, status=status_of(form))
    messages.success(request, _("Saved: %(line)s") % {"line": centre.number})
    return redirect(f"{finance}#{centre.code}")
