"""Drawing up a claim: its days, its lines, and the grant decision that it is of."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from programme import text
from programme.breadcrumbs import Step
from programme.claims import drafting
from programme.claims.due import unclaimed_periods
from programme.claims.figures import ledger_now
from programme.claims.forms import ClaimForm, ExclusionForm, GrantForm, NewClaimForm
from programme.claims.grants import grant_of, save_grant
from programme.generic import refused_with_reason, visible_or_404
from programme.models import ClaimExclusion, Grant, LedgerEntry, PaymentClaim, Programme
from programme.sending import do_and_tell, saved, sent, status_of, taken
from programme.trail import last_saving
from programme.views.claims import claim_of, keeps, must_keep, reads, steps_to


@require_http_methods(["GET", "HEAD", "POST"])
def claim_create(request: HttpRequest, programme: str) -> HttpResponse:
    """Show for which days a claim can be made, and draw it up."""
    found = keeps(request, programme)
    form = NewClaimForm(sent(request), periods=unclaimed_periods(found))
    made: list[PaymentClaim] = []
    if taken(form, lambda: made.append(drafting.draft_claim(found, **form.given()))):
        messages.success(request, _("Drafted: %(line)s") % {"line": made[0].code})
        return redirect(made[0])
    context = {
        "programme": found,
        "form": form,
        "years_without": _years_without_grant(found),
        "breadcrumbs": steps_to(found, Step(_("New claim"))),
    }
    return render(request, "programme/claims/claim_new.html", context, status=status_of(form))


def _years_without_grant(programme: Programme) -> list[int]:
    last = (programme.effective_end or programme.ends_on).year
    known = set(Grant.objects.filter(programme=programme).values_list("year", flat=True))
    return [year for year in range(programme.starts_on.year, last + 1) if year not in known]


def draft_of(request: HttpRequest, programme: str, code: str) -> PaymentClaim:
    """Return a draft to those who make claims; what has been handed on is refused (403), with the reason."""
    found = reads(request, programme)
    claim = claim_of(request, found, code)
    must_keep(request, found)
    with refused_with_reason():
        claim.must_be_draft()
    return claim


@require_http_methods(["GET", "HEAD", "POST"])
def claim_edit(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take a draft's days and other income; what two people changed at once merges or shows both."""
    claim = draft_of(request, programme, code)
    form = ClaimForm(sent(request), instance=claim)
    if saved(form, partial(drafting.save_claim, claim)) is not None:
        messages.success(request, _("Saved: %(line)s") % {"line": claim.code})
        return redirect(claim)
    context = {
        "programme": claim.programme,
        "claim": claim,
        "form": form,
        "now": ledger_now(PaymentClaim.objects.select_related("programme").get(pk=claim.pk)),
        "saving": last_saving(claim) if form.differing else None,
        "breadcrumbs": steps_to(
            claim.programme, Step(claim.code, claim.get_absolute_url()), Step(_("Days and income"))
        ),
    }
    return render(request, "programme/claims/claim_edit.html", context, status=status_of(form))


@require_POST
def claim_retake(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Take the costs of a draft from the ledger anew."""
    claim = draft_of(request, programme, code)
    do_and_tell(
        request, lambda: drafting.retake_costs(claim), said=_("The figures are taken from the ledger anew.")
    )
    return redirect(claim)


@require_POST
def claim_remove(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Remove a draft."""
    claim = draft_of(request, programme, code)
    do_and_tell(
        request, lambda: drafting.remove_claim(claim), said=_("Removed: %(line)s") % {"line": claim.code}
    )
    return redirect("programme:claim-list", claim.programme.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def exclusion_create(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Leave a cost out: a line of the ledger that the address names, or a sum that is in no line."""
    claim = draft_of(request, programme, code)
    named = request.GET.get("entry", "")
    entry: LedgerEntry | None = None
    if named:
        if not (named.isascii() and named.isdecimal() and len(named) < 19):
            raise Http404(_("There is no such page, or it is not yours to see."))
        entries = drafting.eligible_entries(claim).select_related("cost_centre", "account")
        entry = visible_or_404(entries, pk=int(named))
    return _exclusion_page(request, ClaimExclusion(claim=claim, entry=entry))


@require_http_methods(["GET", "HEAD", "POST"])
def exclusion_edit(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Change how much of a cost is not eligible, or why."""
    return _exclusion_page(request, _exclusion_of(draft_of(request, programme, code), number))


@require_POST
def exclusion_remove(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Take a cost back among the eligible ones."""
    claim = draft_of(request, programme, code)
    exclusion = _exclusion_of(claim, number)
    do_and_tell(
        request,
        lambda: drafting.remove_exclusion(exclusion),
        said=_("Eligible again: %(euros)s") % {"euros": text.exact_euros(exclusion.amount)},
    )
    return redirect(claim)


def _exclusion_of(claim: PaymentClaim, number: int) -> ClaimExclusion:
    rows = ClaimExclusion.objects.select_related("entry__cost_centre", "entry__account")
    exclusion = visible_or_404(rows, claim=claim, pk=number)
    exclusion.claim = claim
    return exclusion


def _exclusion_page(request: HttpRequest, exclusion: ClaimExclusion) -> HttpResponse:
    claim = exclusion.claim
    form = ExclusionForm(sent(request), instance=exclusion, entry=exclusion.entry)
    if saved(form, partial(drafting.save_exclusion, exclusion)) is not None:
        messages.success(request, _("Saved: %(line)s") % {"line": _("not eligible")})
        return redirect(f"{claim.get_absolute_url()}#not-eligible")
    context = {
        "programme": claim.programme,
        "claim": claim,
        "entry": exclusion.entry,
        "form": form,
        "saving": last_saving(exclusion) if exclusion.pk and form.differing else None,
        "breadcrumbs": steps_to(
            claim.programme, Step(claim.code, claim.get_absolute_url()), Step(_("Not eligible"))
        ),
    }
    return render(request, "programme/claims/exclusion.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def grant_edit(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Record what the funder decided on a year's grant, or mend it."""
    found = keeps(request, programme)
    if not found.starts_on.year <= year <= (found.effective_end or found.ends_on).year:
        raise Http404(_("The programme does not reach this year."))
    grant = grant_of(found, year)
    form = GrantForm(sent(request), instance=grant)
    listed = f"{reverse('programme:claim-list', args=[found.slug])}?year={year}"
    if saved(form, partial(save_grant, grant)) is not None:
        messages.success(request, _("Saved: %(line)s") % {"line": _("Grant %(year)s") % {"year": year}})
        return redirect(listed)
    context = {
        "programme": found,
        "grant": grant,
        "form": form,
        "back": listed,
        "saving": last_saving(grant) if grant.pk and form.differing else None,
        "breadcrumbs": steps_to(found, Step(_("Grant %(year)s") % {"year": year})),
    }
    return render(request, "programme/claims/grant.html", context, status=status_of(form))
