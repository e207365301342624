"""The series themselves: begun, changed, ended and tied by the programme office."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from priorities.models import AnnualTarget, Indicator, Measure
from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason, visible_or_404
from programme.models import Programme
from programme.sending import do_and_tell, saved, sent, status_of, taken
from programme.trail import last_saving
from workgroups.indicators import keeping, ties
from workgroups.indicators.forms import IndicatorForm, SeriesForm, TieMeasureForm, TieTargetForm
from workgroups.indicators.pages import step_to_indicators
from workgroups.models import targets_visible_to


def _must_keep(request: HttpRequest, programme: Programme) -> None:
    if not request.user.has_perm("workgroups.keep_indicators", programme):
        raise PermissionDenied(_("The programme office keeps the indicators and what they are tied to."))
    with refused_with_reason():
        programme.must_not_be_closed()


def _kept(request: HttpRequest, programme: str, code: str) -> Indicator:
    """Return the series that an address names, for those who may change it."""
    found = programme_of(request, programme)
    rows = Indicator.objects.select_related("programme", "ownership__group")
    indicator = visible_or_404(rows, programme=found, code=code)
    _must_keep(request, found)
    return indicator


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_create(request: HttpRequest, programme: str) -> HttpResponse:
    """Show and take the form of a new series."""
    found = programme_of(request, programme)
    _must_keep(request, found)
    blank = Indicator(programme=found, by_municipality=False, decimals=0)
    form = IndicatorForm(
        sent(request),
        instance=keeping.with_parts(blank),
        programme=found,
        proposed=keeping.next_codes(found),
    )
    made: list[Indicator] = []
    if taken(form, lambda: made.append(keeping.create_indicator(found, form.typed()["values"]))):
        [indicator] = made
        messages.success(
            request,
            _("The series %(line)s has begun. Tie it to the targets that tell it.")
            % {"line": indicator.code},
        )
        return redirect(indicator)
    return _form_page(request, found, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_edit(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take what a series says of itself; what two people changed at once merges or shows both."""
    indicator = _kept(request, programme, code)
    form = IndicatorForm(sent(request), instance=keeping.with_parts(indicator), programme=indicator.programme)
    outcome = saved(form, partial(keeping.save_indicator, indicator))
    if outcome is None:
        return _form_page(request, indicator.programme, form, indicator)
    if outcome.others_changed:
        messages.success(
            request, _("Saved: %(line)s. What somebody else changed meanwhile is kept too.") % {"line": code}
        )
    else:
        messages.success(request, _("Saved: %(line)s") % {"line": code})
    return redirect(indicator)


def _form_page(
    request: HttpRequest, programme: Programme, form: IndicatorForm, indicator: Indicator | None
) -> HttpResponse:
    way = [Step(indicator.code, indicator.get_absolute_url())] if indicator else []
    here = Step(_("Edit") if indicator else _("Begin a series"))
    context = {
        "form": form,
        "indicator": indicator,
        "aims": [form[name] for name in form.aims],
        "saving": last_saving(indicator) if indicator and form.differing else None,
        "breadcrumbs": [step_to_indicators(programme), *way, here],
    }
    return render(request, "workgroups/indicator_form.html", context, status=status_of(form))


@require_POST
def tie_target(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Let a target's follow-up tell the series of its year."""
    indicator = _kept(request, programme, code)
    rows = ties.targets_to_tie(indicator)
    form = TieTargetForm(request.POST, targets=rows)
    return _tied(request, indicator, form, lambda chosen: ties.tie_target(indicator, chosen["target"]))


@require_POST
def untie_target(request: HttpRequest, programme: str, code: str, target: str) -> HttpResponse:
    """Let a target's follow-up tell the series no more."""
    indicator = _kept(request, programme, code)
    row = visible_or_404(AnnualTarget.objects.filter(measured__indicator=indicator), code=target)
    said = _("Untied: %(line)s") % {"line": target}
    do_and_tell(request, lambda: ties.untie_target(indicator, row), said=said)
    return redirect(f"{indicator.get_absolute_url()}#targets")


@require_POST
def tie_measure(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Let the series tell of a measure."""
    indicator = _kept(request, programme, code)
    form = TieMeasureForm(request.POST, measures=ties.measures_to_tie(indicator))
    return _tied(request, indicator, form, lambda chosen: ties.tie_measure(indicator, chosen["measure"]))


@require_POST
def untie_measure(request: HttpRequest, programme: str, code: str, measure: str) -> HttpResponse:
    """Let the series tell of a measure no more."""
    indicator = _kept(request, programme, code)
    row = visible_or_404(Measure.objects.filter(indicators=indicator), code=measure)
    said = _("Untied: %(line)s") % {"line": measure}
    do_and_tell(request, lambda: ties.untie_measure(indicator, row), said=said)
    return redirect(f"{indicator.get_absolute_url()}#measures")


def _tied(
    request: HttpRequest, indicator: Indicator, form: forms.Form, tie: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, " ".join(str(problem) for problem in problems))
    else:
        [chosen] = form.cleaned_data.values()
        said = _("Tied: %(line)s") % {"line": chosen.code}
        do_and_tell(request, lambda: tie(form.cleaned_data), said=said)
    return redirect(f"{indicator.get_absolute_url()}#targets")


@require_POST
def target_series(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Choose which series a target's follow-up tells, or none: on the page of the target."""
    found = programme_of(request, programme)
    target = visible_or_404(targets_visible_to(request.user, found).select_related("programme"), code=code)
    _must_keep(request, found)
    form = SeriesForm(request.POST, indicators=ties.series_to_tie(target))
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, " ".join(str(problem) for problem in problems))
        return redirect(target)
    series = form.cleaned_data["series"]
    said = _("Tied: %(line)s") % {"line": series.code} if series else _("The target tells no series.")
    do_and_tell(request, lambda: ties.choose_series(target, series), said=said)
    return redirect(target)
