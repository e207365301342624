"""The budget of a year: decided it is public, and locked; as amended by any day."""

import datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from programme import clock
from programme.breadcrumbs import Step
from programme.budget.drawing_up import years_to_begin
from programme.budget.reading import BudgetRead, budgets_visible_to, read_budget
from programme.forms import DayField
from programme.generic import programme_of, visible_or_404
from programme.models import Budget, BudgetHandling, CostCentre, Programme, ProgrammeText
from programme.sheets.responses import csv_response, xlsx_response
from reporting import rules
from reporting.money.budget_sheet import budget_sheet
from reporting.money.tied import Tied, tied_by_centre, whole_of
from workgroups.models import BudgetProposal

# The programme's texts of what binds, by whom they bind towards.
BINDING = {
    "bindingness.yhtymakokous": BudgetProposal.Decider.ASSEMBLY,
    "bindingness.seutuhallitus": BudgetProposal.Decider.BOARD,
    "bindingness.seutujohtaja": BudgetProposal.Decider.PRESENTING_OFFICER,
}


class DayForm(forms.Form):
    """The day on which a budget is read."""

    on = DayField(
        label=gettext_lazy("Amended budget on"),
        error_messages={"required": gettext_lazy("Write the day on which you want the amended budget.")},
    )

    @property
    def written(self) -> datetime.date | None:
        """The day that was written, where it can be read."""
        return self.cleaned_data["on"] if self.is_valid() else None

    @property
    def day(self) -> datetime.date:
        """The day that is read: of days to come nobody knows what is decided, so that today is."""
        return min(self.written or clock.today(), clock.today())


@login_not_required
@require_safe
def budget_list(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the years whose budgets the reader may read, the newest first."""
    found = programme_of(request, programme)
    context = {
        "programme": found,
        "budgets": list(budgets_visible_to(request.user, found).order_by("-year")),
        "years_to_begin": years_to_begin(found) if _draws_up(request, found) else [],
        "breadcrumbs": [Step(_("Budgets"))],
    }
    return render(request, "reporting/budget_list.html", context)


@login_not_required
@require_safe
def budget_detail(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Show a year's budget as amended by a day: today's, or the one that the address names."""
    found = programme_of(request, programme)
    visible = budgets_visible_to(request.user, found)
    budget = visible_or_404(visible, year=year)
    form = DayForm(request.GET if "on" in request.GET else None)
    is_wrong = form.is_bound and not form.is_valid()
    read = read_budget(budget, form.day)
    context = {
        "programme": found,
        "budget": budget,
        "read": read,
        "form": form,
        "is_ahead": form.written is not None and form.written > read.on,
        "handlings": handlings_of(budget),
        "binding": _binding(found),
        "years": list(visible.order_by("-year").values_list("year", flat=True)),
        "draws_up": budget.decided_on is None and _draws_up(request, found),
        **_proposals(request, budget),
        **_tied(request, found, read),
        "breadcrumbs": [
            Step(_("Budgets"), reverse("reporting:budget-list", args=[found.slug])),
            Step(f"{year}"),
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "reporting/budget.html", context, status=status)


@login_not_required
@require_safe
def budget_file(request: HttpRequest, programme: str, year: int, kind: str) -> HttpResponseBase:
    """Give the budget of the page out as a file, as amended by the day that the address names."""
    found = programme_of(request, programme)
    budget = visible_or_404(budgets_visible_to(request.user, found), year=year)
    read = read_budget(budget, DayForm(request.GET).day)
    sheet, name = budget_sheet(read), f"{budget.code}-{read.on.isoformat()}"
    if kind == "csv":
        return csv_response(sheet, name, programme=found)
    return xlsx_response([sheet], name, title=sheet.title, programme=found)


def handlings_of(budget: Budget) -> list[BudgetHandling]:
    """Return when which body handled a budget, with its meeting where one is known."""
    return list(budget.handlings.select_related("body", "matter__meeting__body__programme"))


def _binding(programme: Programme) -> list[tuple[str, ProgrammeText]]:
    """Return what binds towards whom, as the programme words it; one query."""
    texts = {text.code: text for text in programme.texts.filter(code__in=BINDING)}
    return [(capfirst(str(decider.label)), texts[code]) for code, decider in BINDING.items() if code in texts]


def _draws_up(request: HttpRequest, programme: Programme) -> bool:
    return not programme.is_closed and request.user.has_perm("programme.draw_up_budget", programme)


def _proposals(request: HttpRequest, budget: Budget) -> dict[str, Any]:
    """Return what is proposed to change of a budget, and whether the reader may propose, in its year."""
    visible = BudgetProposal.objects.visible_to(request.user, budget.programme).filter(budget=budget)
    proposes = request.user.has_perm("workgroups.propose_budget_amendment", budget.programme)
    changes = budget.decided_on is not None and not budget.is_over
    return {
        "proposals": list(visible.select_related("budget__programme")),
        "proposes": proposes and changes and not budget.programme.is_closed,
    }


def _tied(request: HttpRequest, programme: Programme, read: BudgetRead) -> dict[str, Any]:
    """Return what the amended budget is tied to, to those who see the lines that it is tied to."""
    if read.is_earlier or not rules.reads_live_figures(request.user, programme):
        return {}
    # What a cost centre without a budget pays for is tied too, to nothing.
    centres = list(CostCentre.objects.filter(programme=programme).select_related("programme"))
    budgeted = {part.centre.pk: part.spent.amended or Decimal(0) for part in read.parts}
    amended = {centre.pk: budgeted.get(centre.pk, Decimal(0)) for centre in centres}
    found = tied_by_centre(programme.pk, read.budget.year, amended)
    by_centre: list[tuple[CostCentre, Tied]] = [
        (centre, found[centre.pk]) for centre in centres if centre.pk in budgeted or found[centre.pk].lines
    ]
    return {"tied": by_centre, "tied_whole": whole_of(tied for _centre, tied in by_centre)}
