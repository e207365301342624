"""Entering a value of an indicator by itself, and accepting it."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from priorities.models import Indicator, IndicatorValue
from programme import text
from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from programme.models import Municipality, ReportingPeriod
from programme.sending import do_and_tell, saved, sent, status_of
from programme.trail import last_saving
from workgroups import services
from workgroups.indicators import entering
from workgroups.indicators.forms import ValueForm
from workgroups.indicators.pages import step_to_indicators
from workgroups.indicators.visibility import values_visible_to


def _indicator(request: HttpRequest, programme: str, code: str) -> Indicator:
    found = programme_of(request, programme)
    answered_for = Indicator.objects.filter(ownership__isnull=False)
    return visible_or_404(
        answered_for.select_related("programme", "ownership__group__programme"), programme=found, code=code
    )


def _place(
    indicator: Indicator, period: str, place: str
) -> tuple[ReportingPeriod, list[Municipality], Municipality | None]:
    """Return the period of an address, its municipalities, and the one that the address names, if it does."""
    periods = ReportingPeriod.objects.select_related("programme")
    found = visible_or_404(periods, programme=indicator.programme, code=period)
    municipalities = entering.municipalities_of(found)
    named = {row.code: row for row in municipalities}
    if place and place not in named:
        raise Http404(_("There is no such page, or it is not yours to see."))
    return found, municipalities, named.get(place)


@require_http_methods(["GET", "HEAD", "POST"])
def value_edit(
    request: HttpRequest, programme: str, code: str, period: str, municipality: str = ""
) -> HttpResponse:
    """Show and take the value of an indicator in a period, of the region or of a municipality."""
    indicator = _indicator(request, programme, code)
    found, municipalities, place = _place(indicator, period, municipality)
    if not request.user.has_perm("workgroups.enter_indicator_value", indicator.ownership.group):
        raise PermissionDenied(
            _("Values are entered by the coordinators of the group that answers, and the programme office.")
        )
    with refused_with_reason():
        services.must_be_open(found)
        entering.must_be_entered_by_itself(indicator, found, place)
    row = indicator.values.filter(period=found, municipality=place).first()
    form = ValueForm(sent(request), instance=row or IndicatorValue())
    language = get_language() or settings.LANGUAGE_CODE
    save = partial(entering.enter_value, indicator, found, place, actor=signed_in(request), language=language)
    outcome = saved(form, save)
    if outcome is None:
        context = {
            "indicator": indicator,
            "period": found,
            "place": place,
            "municipalities": municipalities,
            "row": row,
            "form": form,
            "saving": last_saving(row) if row and form.differing else None,
            "told_with": entering.told_with_follow_up(indicator, found),
            "breadcrumbs": [
                step_to_indicators(indicator.programme),
                Step(code, indicator.get_absolute_url()),
                Step(text.period(found.starts_on, found.ends_on)),
            ],
        }
        return render(request, "workgroups/indicator_value.html", context, status=status_of(form))
    messages.success(
        request, _("Saved: %(line)s. It is told to others once the chair accepts it.") % {"line": code}
    )
    return redirect(f"{indicator.get_absolute_url()}#{found.code}")


@require_POST
def value_accept(
    request: HttpRequest, programme: str, code: str, period: str, municipality: str = ""
) -> HttpResponse:
    """Accept a value: from now on it is told to others."""
    indicator = _indicator(request, programme, code)
    found, _municipalities, place = _place(indicator, period, municipality)
    seen = values_visible_to(request.user, indicator.programme).select_related(
        "indicator__programme", "indicator__ownership__group__programme"
    )
    value = visible_or_404(seen, indicator=indicator, period=found, municipality=place)
    if not request.user.has_perm("workgroups.accept_for_group", indicator.ownership.group):
        raise PermissionDenied(_("The chair of the group accepts its values."))
    if not request.user.has_perm("workgroups.accept_indicator_value", value):
        raise PermissionDenied(_("Nobody accepts what they entered themselves. Ask another who may."))
    do_and_tell(
        request,
        lambda: entering.accept_value(value, actor=signed_in(request), seen=request.POST.get("seen", "")),
        said=_("Accepted: %(line)s") % {"line": code},
    )
    to_approvals = request.GET.get("to") == "approvals"
    return redirect("workgroups:approvals" if to_approvals else indicator.get_absolute_url())
