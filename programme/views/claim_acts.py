"""The way of a claim, step by step; what is to be mended stands at the fields of its own page."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programme.claims import acting, step_forms
from programme.generic import refused_with_reason, signed_in
from programme.models import PaymentClaim
from programme.sending import do_and_tell, taken, version_read
from programme.views.claims import claim_of, claim_page, must_keep, reads


def kept_claim(request: HttpRequest, programme: str, code: str) -> PaymentClaim:
    """Return a claim to those who take it on."""
    found = reads(request, programme)
    claim = claim_of(request, found, code)
    must_keep(request, found)
    return claim


def _answer(
    request: HttpRequest,
    claim: PaymentClaim,
    name: str,
    form: forms.Form,
    act: Callable[[], object],
    said: str,
) -> HttpResponse:
    """Do what a form of the claim's page asks, or show that page with the form to be mended."""
    if taken(form, act):
        messages.success(request, said)
        return redirect(claim)
    # Whoever was quicker has taken the claim on: the page shows where it stands.
    now = claim_of(request, claim.programme, claim.code)
    return claim_page(request, now, **{name: form})


@require_POST
def claim_hand_on(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Put a draft before the board."""
    claim = kept_claim(request, programme, code)
    form, version = step_forms.HandOnForm(request.POST, claim=claim), version_read(request)
    return _answer(
        request,
        claim,
        "hand_on_form",
        form,
        lambda: acting.hand_on(claim, version=version, matter=form.cleaned_data["matter"]),
        _("Put before the board: its figures stay as they are."),
    )


@require_POST
def claim_take_back(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Make a claim a draft again."""
    claim = kept_claim(request, programme, code)
    do_and_tell(request, lambda: acting.take_back(claim), said=_("Taken back: it is a draft again."))
    return redirect(claim)


@require_POST
def claim_decision(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Enter the board's decision."""
    found = reads(request, programme)
    claim = claim_of(request, found, code)
    if not request.user.has_perm("programme.enter_claim_decisions", found):
        raise PermissionDenied(_("The secretary enters the decisions of bodies."))
    with refused_with_reason():
        found.must_not_be_closed()
    form = step_forms.BoardsDecisionForm(request.POST, claim=claim)
    return _answer(
        request,
        claim,
        "decision_form",
        form,
        lambda: acting.enter_boards_decision(claim, **form.cleaned_data),
        _("The board’s decision is entered."),
    )


@require_POST
def claim_send(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Record when the claim was sent."""
    claim = kept_claim(request, programme, code)
    form = step_forms.SendForm(request.POST)
    return _answer(
        request,
        claim,
        "send_form",
        form,
        lambda: acting.send(claim, **form.cleaned_data),
        _("Recorded as sent to the funder."),
    )


@require_POST
def claim_funder(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Record what the funder decided."""
    claim = kept_claim(request, programme, code)
    form, version = step_forms.FunderForm(request.POST, request.FILES, claim=claim), version_read(request)
    actor = signed_in(request)
    return _answer(
        request,
        claim,
        "funder_form",
        form,
        lambda: acting.record_funders_decision(claim, actor=actor, version=version, **form.cleaned_data),
        _("The funder’s decision is recorded."),
    )


@require_POST
def claim_payment(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Record what the funder paid."""
    claim = kept_claim(request, programme, code)
    form, version = step_forms.PaymentForm(request.POST, claim=claim), version_read(request)
    return _answer(
        request,
        claim,
        "payment_form",
        form,
        lambda: acting.record_payment(claim, version=version, **form.cleaned_data),
        _("The payment is recorded."),
    )
