"""The phasing of a year's budget: which lines have one, giving one, letting a line be used evenly again."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme import clock, text
from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason
from programme.models import Phasing, Programme, ReportingPeriod
from programme.sending import do_and_tell, saved, sent, status_of
from programme.trail import last_saving
from reporting.money.phasing import (
    EVEN_A_MONTH,
    PhasedLine,
    PhasingForm,
    lines_of,
    remove_phasing,
    save_phasing,
)


def _read(request: HttpRequest, slug: str) -> Programme:
    programme = programme_of(request, slug)
    if not request.user.has_perm("reporting.read_phasing", programme):
        raise Http404(_("There is no such page, or it is not yours to see."))
    return programme


def _kept(request: HttpRequest, slug: str, year: int, centre: str, account: str) -> PhasedLine:
    """Return the line of an address to whoever keeps its phasing, while the programme goes on."""
    programme = _read(request, slug)
    lines = lines_of(programme, year)
    found = [line for line in lines if (line.cost_centre.code, line.account.code) == (centre, account)]
    if not found:
        raise Http404(_("There is no such page, or it is not yours to see."))
    if not request.user.has_perm("reporting.keep_phasing", programme):
        raise PermissionDenied(_("Phasing is kept by the finance officer."))
    with refused_with_reason():
        programme.must_not_be_closed()
    found[0].budget.programme = programme
    return found[0]


def _list(programme: Programme, year: int) -> str:
    return reverse("reporting:phasing-list", args=[programme.slug, year])


def _step_to_finance(programme: Programme, year: int) -> Step:
    finance = reverse("reporting:finance", args=[programme.slug, year])
    return Step(_("Finance %(year)s") % {"year": year}, finance)


@require_safe
def phasing_list(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Show by when each line of a year's budget is expected to be used."""
    found = _read(request, programme)
    context = {
        "year": year,
        "today": clock.today(),
        "lines": lines_of(found, year),
        "by_april": ReportingPeriod.Kind.FIRST.label,
        "by_august": ReportingPeriod.Kind.SECOND.label,
        "may_keep": not found.is_closed and request.user.has_perm("reporting.keep_phasing", found),
        "breadcrumbs": [_step_to_finance(found, year), Step(_("Phasing"))],
    }
    return render(request, "reporting/phasing_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def phasing_edit(request: HttpRequest, programme: str, year: int, centre: str, account: str) -> HttpResponse:
    """Show and take the shares of a line's months; what two people changed at once merges or shows both."""
    line = _kept(request, programme, year, centre, account)
    found = line.budget.programme
    form = PhasingForm(sent(request), instance=line.phasing or Phasing())
    name = f"{line.cost_centre.number} {line.account.number}"
    if saved(form, partial(save_phasing, line)) is None:
        context = {
            "form": form,
            "line": line,
            "year": year,
            "even": EVEN_A_MONTH,
            "back": _list(found, year),
            "saving": last_saving(line.phasing) if line.phasing else None,
            "breadcrumbs": [
                _step_to_finance(found, year),
                Step(_("Phasing"), _list(found, year)),
                Step(f"{name} {text.words_of(line.account, 'name')[0]}"),
            ],
        }
        return render(request, "reporting/phasing_form.html", context, status=status_of(form))
    messages.success(request, _("Saved: %(line)s") % {"line": name})
    return redirect(f"{_list(found, year)}#{centre}-{account}")


@require_POST
def phasing_remove(
    request: HttpRequest, programme: str, year: int, centre: str, account: str
) -> HttpResponse:
    """Let a line be used evenly again."""
    line = _kept(request, programme, year, centre, account)
    name = f"{line.cost_centre.number} {line.account.number}"
    said = _("Used evenly again: %(line)s") % {"line": name}
    do_and_tell(request, partial(remove_phasing, line), said=said)
    return redirect(f"{_list(line.budget.programme, year)}#{centre}-{account}")
