"""Drawing up the budget of a year: the finance officer's and the office's."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from programme.breadcrumbs import Step
from programme.budget import drawing_up
from programme.budget.forms import BeginForm, BudgetForm
from programme.budget.grid import grid_of
from programme.budget.handling import HandlingForm, handle_budget
from programme.budget.reading import budgets_visible_to
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from programme.models import Budget, Programme
from programme.sending import do_and_tell, saved, sent, status_of, taken


def _must_draw_up(request: HttpRequest, programme: Programme) -> None:
    if not request.user.has_perm("programme.draw_up_budget", programme):
        raise PermissionDenied(_("The finance officer and the programme office draw up budgets."))
    with refused_with_reason():
        programme.must_not_be_closed()


def _budget(request: HttpRequest, slug: str, year: int) -> Budget:
    """Return the budget of an address, for those who draw it up."""
    programme = programme_of(request, slug)
    budget = visible_or_404(budgets_visible_to(request.user, programme), year=year)
    _must_draw_up(request, programme)
    return budget


def _steps_to(budget: Budget, *steps: Step) -> list[Step]:
    return [
        Step(_("Budgets"), reverse("reporting:budget-list", args=[budget.programme.slug])),
        Step(f"{budget.year}", budget.get_absolute_url()),
        *steps,
    ]


@require_POST
def budget_begin(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Begin the budget of a year, empty or like the one before; what is wrong is told on the list."""
    found = programme_of(request, programme)
    if not request.user.has_perm("programme.read_undecided_budget", found):
        raise Http404(_("There is no such page, or it is not yours to see."))
    _must_draw_up(request, found)
    form = BeginForm(request.POST)
    if not form.is_valid():
        raise BadRequest(_("The form is not whole. Open the page again."))
    try:
        drawing_up.begin_budget(found, year, like_last=form.cleaned_data["like"])
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return redirect("reporting:budget-list", found.slug)
    messages.success(request, _("The budget %(year)s has been begun.") % {"year": year})
    return redirect("programme:budget-edit", found.slug, year)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_edit(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Show and take the table of a budget; what two people changed at once merges or shows both texts."""
    budget = _budget(request, programme, year)
    with refused_with_reason():
        drawing_up.must_be_draft(budget)
    grid = grid_of(budget.programme)
    form = BudgetForm(sent(request), instance=drawing_up.with_amounts(budget, grid), grid=grid)
    outcome = saved(form, partial(drawing_up.save_budget, budget))
    if outcome is None:
        context = {
            "budget": budget,
            "form": form,
            "breadcrumbs": _steps_to(budget, Step(_("Edit"))),
        }
        return render(request, "programme/budget/edit.html", context, status=status_of(form))
    said = _("Saved: %(line)s")
    if outcome.others_changed:
        said = _("Saved: %(line)s. What somebody else changed meanwhile is kept too.")
    messages.success(request, said % {"line": budget.code})
    return redirect("programme:budget-edit", budget.programme.slug, year)


@require_POST
def budget_propose(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Propose a budget to the bodies."""
    propose = partial(drawing_up.propose_budget, actor=signed_in(request))
    return _act(request, _budget(request, programme, year), propose, _("Proposed: %(line)s"))


@require_POST
def budget_take_back(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Take a proposed budget back."""
    budget = _budget(request, programme, year)
    return _act(request, budget, drawing_up.take_budget_back, _("Taken back: %(line)s"))


def _act(request: HttpRequest, budget: Budget, act: Callable[[Budget], None], said: str) -> HttpResponse:
    do_and_tell(request, partial(act, budget), said=said % {"line": budget.code})
    return redirect(budget)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_handle(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Show and take in which meeting a body handled a proposed budget."""
    budget = _budget(request, programme, year)
    with refused_with_reason():
        drawing_up.must_wait(budget)
    form = HandlingForm(sent(request), budget=budget)
    if taken(form, lambda: handle_budget(budget, **form.cleaned_data)):
        messages.success(request, _("Saved: %(line)s") % {"line": budget.code})
        return redirect(budget)
    context = {"budget": budget, "form": form, "breadcrumbs": _steps_to(budget, Step(_("Handling")))}
    return render(request, "programme/budget/handling.html", context, status=status_of(form))
