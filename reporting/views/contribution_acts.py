"""What the finance officer does with the contributions: the key of a year, and its settlement."""

from decimal import Decimal
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason
from programme.models import FundingUse, Municipality, Programme, ReportingPeriod
from programme.sending import saved, sent, status_of, taken
from programme.trail import last_saving
from reporting.contributions.books import accounts_for
from reporting.contributions.closing import must_take_a_settlement, save_settlement, settlement_of
from reporting.contributions.forms import KeyForm, SettlementForm
from reporting.contributions.keeping import (
    Kept,
    Proposal,
    cell_of,
    key_of,
    members_of_year,
    must_take_a_key,
    propose,
    save_key,
)


def _kept_by(request: HttpRequest, programme: str) -> Programme:
    found = programme_of(request, programme)
    if not request.user.has_perm("reporting.keep_contributions", found):
        raise PermissionDenied(_("The contributions of the municipalities are kept by the finance officer."))
    return found


def _steps(programme: Programme, year: int, here: str) -> list[Step]:
    return [
        Step(
            _("Finance %(year)s") % {"year": year}, reverse("reporting:finance", args=[programme.slug, year])
        ),
        Step(_("Contributions"), reverse("reporting:contributions", args=[programme.slug, year])),
        Step(here),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@refused_with_reason()
def contributions_key(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Take the populations of a year, show the shares that follow, and save what was seen."""
    found = _kept_by(request, programme)
    must_take_a_key(found, year)
    members = members_of_year(found, year)
    key = key_of(found, year, members)
    form = KeyForm(sent(request), instance=key, members=members)
    kept: list[Kept] = []
    if "save" in request.POST:
        taken(form, lambda: kept.append(save_key(found, year, **form.typed())))
    if kept and kept[0].is_done:
        messages.success(request, _("The shares of %(year)s are saved.") % {"year": year})
        return redirect("reporting:contributions", found.slug, year)
    if kept:
        form.rebased_on(kept[0].saved)
        proposal: Proposal | None = kept[0].proposal
    elif form.is_bound:
        proposal = _proposed(form, found, year, members)
    else:
        # Saved shares stand beside what they would be now; of a new key nothing is known yet.
        stored = {cell_of(one): getattr(key, cell_of(one)) for one in members}
        is_known = key.pk and None not in stored.values()
        proposal = propose(found, year, members, stored) if is_known else None
    by_code = {row.municipality.code: row for row in proposal.rows} if proposal else {}
    context = {
        "programme": found,
        "form": form,
        "year": year,
        "rows": [(form[cell_of(one)], one, by_code.get(one.code)) for one in members],
        "proposal": proposal,
        "has_changed": bool(kept) and not form.differing,
        "saving": last_saving(key) if key.pk and form.differing else None,
        "back": reverse("reporting:contributions", args=[found.slug, year]),
        "breadcrumbs": _steps(found, year, _("Key")),
    }
    status = HTTPStatus.CONFLICT if kept else status_of(form)
    return render(request, "reporting/contributions_key.html", context, status=status)


def _proposed(form: KeyForm, programme: Programme, year: int, members: list[Municipality]) -> Proposal | None:
    """Return the shares that the typed populations give; None where they give none, and the form says why."""
    form.is_valid()
    populations = form.populations()
    if populations is None:
        return None
    try:
        return propose(programme, year, members, populations)
    except ValidationError as error:
        if not form.errors:
            form.add_error(None, error)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@refused_with_reason()
def contributions_settlement(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Take what the municipalities were billed for a year that has ended, and what of it was used."""
    found = _kept_by(request, programme)
    period = must_take_a_settlement(found, year)
    settlement = settlement_of(period)
    form = SettlementForm(sent(request), instance=settlement)
    back = reverse("reporting:contributions", args=[found.slug, year])
    if saved(form, partial(save_settlement, found, year)):
        messages.success(request, _("The settlement of %(year)s is saved.") % {"year": year})
        return redirect(f"{back}#settlement")
    account = accounts_for(request.user, found)[year]
    context = {
        "programme": found,
        "form": form,
        "year": year,
        "shares": account.key.total if account.key else None,
        "to_bill": sum(account.to_bill.values()) if account.to_bill else None,
        "carried": sum(account.before.values()) if account.before else None,
        "used": _used(period),
        "saving": last_saving(settlement) if settlement.pk and form.differing else None,
        "back": back,
        "breadcrumbs": _steps(found, year, _("Settlement")),
    }
    return render(request, "reporting/contributions_settlement.html", context, status=status_of(form))


def _used(period: ReportingPeriod) -> Decimal | None:
    """Return what the funding of the year says was used of the municipalities' money."""
    uses = FundingUse.objects.filter(period=period, funding_source__of_municipalities=True)
    return uses.aggregate(used=Sum("amount"))["used"]
