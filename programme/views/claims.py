"""Payment claims as they are read: by year, one by one, and the costs that one is made of."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programme import clock
from programme.breadcrumbs import Step
from programme.claims import step_forms
from programme.claims.documents import documents_for
from programme.claims.drafting import eligible_entries
from programme.claims.figures import costs_by_centre, ledger_now, left_of_grant, share_by_rate
from programme.claims.history import steps_of
from programme.claims.tables import ClaimLineFilter, ClaimLineTable
from programme.claims.years import funding_plan, years_of
from programme.generic import ListView, programme_of, refused_with_reason, signed_in, visible_or_404
from programme.models import Grant, LedgerEntry, PaymentClaim, Programme
from programme.models.claim_steps import ClaimState


def reads(request: HttpRequest, programme: str) -> Programme:
    """Return the programme to those who see claims of it; for others there are none (404)."""
    found = programme_of(request, programme)
    if not request.user.has_perm("programme.open_claims", found):
        raise Http404(_("There is no such page, or it is not yours to see."))
    return found


def keeps(request: HttpRequest, programme: str) -> Programme:
    """Return the programme to those who make its claims, while it is not closed; others are refused (403)."""
    found = reads(request, programme)
    must_keep(request, found)
    return found


def must_keep(request: HttpRequest, programme: Programme) -> None:
    """Raise PermissionDenied for others than those who make claims, and once the programme is closed."""
    if not request.user.has_perm("programme.keep_claims", programme):
        raise PermissionDenied(_("The finance officer and the programme office make payment claims."))
    with refused_with_reason():
        programme.must_not_be_closed()


def steps_to(programme: Programme, *steps: Step) -> list[Step]:
    """Return the way to a page of claims: from the year's money, by the list."""
    year = min(clock.today().year, (programme.effective_end or programme.ends_on).year)
    listed = reverse("programme:claim-list", args=[programme.slug])
    return [
        Step(_("Finance"), reverse("reporting:finance", args=[programme.slug, year])),
        Step(_("Payment claims"), listed if steps else None),
        *steps,
    ]


def claim_of(request: HttpRequest, programme: Programme, code: str) -> PaymentClaim:
    """Return a claim that the reader sees."""
    rows = PaymentClaim.objects.visible_to(request.user, programme)
    return visible_or_404(
        rows.select_related("programme", "matter__meeting__body__programme", "decision"), code=code
    )


@require_safe
def claim_list(request: HttpRequest, programme: str) -> HttpResponse:
    """Show all years, and the claims and the funding plan of one of them."""
    found = reads(request, programme)
    claims = PaymentClaim.objects.visible_to(request.user, found)
    reads_all = request.user.has_perm("programme.read_claims", found)
    rows = claims.select_related("matter__meeting__body__programme", "decision")
    years = years_of(found, rows, are_all=reads_all)
    wanted = request.GET.get("year", str(clock.today().year))
    chosen = next((year for year in years if str(year.year) == wanted), years[0])
    context = {
        "programme": found,
        "years": years,
        "chosen": chosen,
        "funding": funding_plan(chosen, found) if reads_all else None,
        "may_keep": request.user.has_perm("programme.keep_claims", found) and not found.is_closed,
        "breadcrumbs": steps_to(found),
    }
    return render(request, "programme/claims/list.html", context)


@require_safe
def claim_detail(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a claim: its figures, its way and what the reader may do with it now."""
    found = reads(request, programme)
    return claim_page(request, claim_of(request, found, code))


def claim_page(request: HttpRequest, claim: PaymentClaim, **refused: forms.Form) -> HttpResponse:
    """Show a claim; `refused` is a form that was sent and is to be mended, by its name in the context."""
    programme, user = claim.programme, signed_in(request)
    reads_all = user.has_perm("programme.read_claims", programme)
    may_keep = user.has_perm("programme.keep_claims", programme) and not programme.is_closed
    context: dict[str, Any] = {
        "programme": programme,
        "claim": claim,
        "year": claim.year,
        "by_rate": share_by_rate(claim),
        "exclusions": list(claim.exclusions.select_related("entry__cost_centre", "entry__account")),
        "documents": list(documents_for(user, claim)),
        "steps": steps_of(claim),
        "reads_entries": reads_all,
        "may_keep": may_keep,
        "breadcrumbs": steps_to(programme, Step(claim.code)),
    }
    if reads_all:
        context |= {"now": ledger_now(claim), "centres": list(costs_by_centre(claim))}
    if claim.is_draft:
        grant = Grant.objects.filter(programme=programme, year=claim.year).first()
        context |= {"grant": grant, "left": left_of_grant(grant, besides=claim) if grant else None}
    context |= _forms_for(request, claim, may_keep=may_keep) | refused
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "programme/claims/claim.html", context, status=status)


def _forms_for(request: HttpRequest, claim: PaymentClaim, *, may_keep: bool) -> dict[str, forms.Form]:
    """Return the forms of what the reader may do with a claim where it stands."""
    found: dict[str, forms.Form] = {}
    enters = request.user.has_perm("programme.enter_claim_decisions", claim.programme)
    waits = claim.state == ClaimState.AT_BOARD and claim.decision_id is None
    if waits and enters and not claim.programme.is_closed:
        found["decision_form"] = step_forms.BoardsDecisionForm(claim=claim)
    if not may_keep:
        return found
    found["papers_form"] = step_forms.PapersForm()
    if claim.is_draft:
        found["hand_on_form"] = step_forms.HandOnForm(claim=claim)
    elif claim.state == ClaimState.AT_BOARD and claim.decision_id is not None:
        found["send_form"] = step_forms.SendForm()
    if claim.state in (ClaimState.SENT, ClaimState.DECIDED):
        found["funder_form"] = step_forms.FunderForm(claim=claim)
    if claim.state in (ClaimState.DECIDED, ClaimState.PAID):
        found["payment_form"] = step_forms.PaymentForm(claim=claim)
    return found


class ClaimLineList(ListView):
    """The costs of a draft, from which those that are not eligible are chosen."""

    table_class = ClaimLineTable
    filterset_class = ClaimLineFilter
    template_name = "programme/claims/lines.html"
    table_pagination = {"per_page": 50}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.claim = claim_of(request, reads(request, self.programme.slug), self.kwargs["code"])
        must_keep(request, self.programme)
        with refused_with_reason():
            self.claim.must_be_draft()
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[LedgerEntry]:
        return eligible_entries(self.claim).select_related("cost_centre", "account")

    def get_table_kwargs(self) -> dict[str, Any]:
        return super().get_table_kwargs() | {"claim": self.claim}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Costs of the claim"),
            claim=self.claim,
            breadcrumbs=steps_to(
                self.programme,
                Step(self.claim.code, self.claim.get_absolute_url()),
                Step(_("Costs")),
            ),
            **kwargs,
        )
