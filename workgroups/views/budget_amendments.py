"""Amendments of a decided budget: the proposal, its page, and its decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.breadcrumbs import Step
from programme.budget.reading import budgets_visible_to, place_of
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from programme.models import Budget
from programme.saving import Saved
from programme.sending import do_and_tell, saved, sent, status_of, taken
from workgroups.amendments.waiting import those_who_may_decide
from workgroups.budget_amendments import proposing
from workgroups.budget_amendments.changes import totals_of, why_decides
from workgroups.budget_amendments.forms import AmendmentForm, BudgetDecisionForm
from workgroups.models import BudgetProposal


def _steps_to(budget: Budget, *steps: Step) -> list[Step]:
    return [
        Step(_("Budgets"), reverse("reporting:budget-list", args=[budget.programme.slug])),
        Step(f"{budget.year}", budget.get_absolute_url()),
        *steps,
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Show and take the proposal that a decided budget changes."""
    found = programme_of(request, programme)
    budget = visible_or_404(budgets_visible_to(request.user, found), year=year)
    if not request.user.has_perm("workgroups.propose_budget_amendment", found):
        raise PermissionDenied(_("The finance officer and the programme office propose amendments."))
    with refused_with_reason():
        proposing.must_be_amendable(budget)
    grid = proposing.grid_to_amend(found)
    form = AmendmentForm(sent(request), instance=proposing.as_it_stands(budget, grid), grid=grid)
    made: list[BudgetProposal] = []

    def save(**typed: Any) -> Saved:
        outcome, proposal = proposing.propose_budget_amendment(budget, actor=signed_in(request), **typed)
        made.extend([proposal] if proposal else [])
        return outcome

    if saved(form, save) is None:
        title = _("Propose an amendment")
        context = {"budget": budget, "form": form, "breadcrumbs": _steps_to(budget, Step(title))}
        return render(request, "workgroups/budget_proposal_form.html", context, status=status_of(form))
    [proposal] = made
    messages.success(request, _("Proposed: %(line)s") % {"line": proposal.code})
    return redirect(proposal)


def _proposal(request: HttpRequest, programme: str, year: int, code: str) -> BudgetProposal:
    found = programme_of(request, programme)
    rows = BudgetProposal.objects.visible_to(request.user, found).select_related(
        "budget__programme",
        "proposed_by",
        "proposed_for",
        "decided_by",
        "decided_for",
        "decision__matter__meeting__body__programme",
    )
    return visible_or_404(rows, budget__year=year, code=code)


@login_not_required
@require_safe
def proposal_detail(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show what would change, why, who decides, and what was decided."""
    proposal = _proposal(request, programme, year, code)
    waits = proposal.state == BudgetProposal.State.PROPOSED
    decides = waits and request.user.has_perm("workgroups.decide_amendment", proposal)
    return _page(request, proposal, BudgetDecisionForm(amendment=proposal) if decides else None)


def _page(
    request: HttpRequest, proposal: BudgetProposal, form: BudgetDecisionForm | None, *, status: int = 200
) -> HttpResponse:
    programme = proposal.programme
    waits = proposal.state == BudgetProposal.State.PROPOSED
    reads_people = request.user.is_authenticated
    lines = list(proposal.lines.select_related("cost_centre", "account", "funding_source__account"))
    withdraws = request.user.has_perm("workgroups.propose_budget_amendment", programme)
    context = {
        "programme": programme,
        "proposal": proposal,
        "lines": lines,
        "totals": totals_of({place_of(line): line.amount for line in lines}),
        "decision_form": form,
        "may_withdraw": waits and withdraws,
        "why": why_decides(BudgetProposal.Decider(proposal.decider)),
        "reads_people": reads_people,
        "waits_for": those_who_may_decide(proposal) if waits and reads_people else [],
        "is_own": request.user.pk in proposal.writers,
        "breadcrumbs": _steps_to(proposal.budget, Step(proposal.code)),
    }
    return render(request, "workgroups/budget_proposal.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Take a proposal back."""
    proposal = _proposal(request, programme, year, code)
    if not request.user.has_perm("workgroups.propose_budget_amendment", proposal.programme):
        raise PermissionDenied(_("The finance officer and the programme office withdraw these proposals."))
    do_and_tell(
        request,
        lambda: proposing.withdraw_budget_proposal(proposal, actor=signed_in(request)),
        said=_("Withdrawn: %(line)s") % {"line": code},
    )
    return redirect(proposal)


@require_POST
def decide(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Enter what was decided."""
    proposal = _proposal(request, programme, year, code)
    if not request.user.has_perm("workgroups.decide_amendment", proposal):
        raise PermissionDenied(
            _("Its own body decides, and the secretary enters it; accounts are the presenting officer’s.")
        )
    form = BudgetDecisionForm(request.POST, amendment=proposal)
    decided: list[BudgetProposal] = []

    def act() -> None:
        decided.append(proposing.decide_budget_proposal(proposal, actor=signed_in(request), **form.given()))

    if not taken(form, act):
        return _page(request, proposal, form, status=422)
    accepted = decided[0].state == BudgetProposal.State.ACCEPTED
    said = _("Accepted: %(line)s has changed.") if accepted else _("Rejected: %(line)s stays as it is.")
    messages.success(request, said % {"line": proposal.budget.code})
    return redirect(proposal)
