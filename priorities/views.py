"""The strategy and its goals through the council terms; and the preparation of the next one."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from priorities import term_turn
from priorities.forms import AdoptForm, GoalForm, GoalWordsForm, MappingForm, StrategyForm
from priorities.models import GoalMapping, StrategicGoal
from programme import clock
from programme.breadcrumbs import Step
from programme.generic import programme_of, visible_or_404
from programme.models import Programme, Strategy
from programme.sending import do_and_tell, saved, sent, status_of
from programme.trail import last_saving


@login_not_required
@require_safe
def strategy(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the strategies that have been adopted, the newest first, and what each goal became."""
    found = programme_of(request, programme)
    adopted = found.strategies.filter(adopted_on__isnull=False).order_by("-adopted_on")
    mappings = GoalMapping.objects.adopted().select_related(
        "new_goal__priority__programme", "old_goal__priority__programme"
    )
    goals = StrategicGoal.objects.select_related("priority__programme").prefetch_related(
        Prefetch("became", mappings), Prefetch("came_from", mappings)
    )
    by_strategy: dict[int, list[StrategicGoal]] = {}
    for goal in goals.filter(strategy__in=adopted).order_by("priority__number", "number"):
        by_strategy.setdefault(goal.strategy_id, []).append(goal)
    may_renew = request.user.has_perm("priorities.renew_strategy", found)
    context = {
        "programme": found,
        "strategies": [(row, by_strategy.get(row.pk, [])) for row in adopted],
        "in_force": term_turn.strategy_in_force(found),
        "may_renew": may_renew,
        "next_strategy": term_turn.next_strategy(found) if may_renew else None,
        "breadcrumbs": [Step(_("Programme"), found.get_absolute_url()), Step(_("Strategy"))],
    }
    return render(request, "priorities/strategy.html", context)


def _office(request: HttpRequest, programme: str) -> Programme:
    found = programme_of(request, programme)
    if not request.user.has_perm("priorities.renew_strategy", found):
        raise PermissionDenied(_("The programme office prepares the next strategy."))
    return found


def _in_preparation(request: HttpRequest, programme: str) -> Strategy:
    found = term_turn.next_strategy(_office(request, programme))
    if found is None:
        raise Http404(_("No strategy is in preparation."))
    return found


def _address(programme: Programme) -> str:
    return reverse("priorities:strategy-next", args=[programme.slug])


@require_http_methods(["GET", "HEAD", "POST"])
def strategy_new(request: HttpRequest, programme: str) -> HttpResponse:
    """Begin the next strategy."""
    found = _office(request, programme)
    form = StrategyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            term_turn.prepare_strategy(found, values=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(_address(found))
    context = {
        "programme": found,
        "form": form,
        "breadcrumbs": [_step_to_strategy(found), Step(_("Prepare the next strategy"))],
    }
    return render(request, "priorities/strategy_new.html", context, status=422 if form.errors else 200)


def _step_to_strategy(programme: Programme) -> Step:
    return Step(_("Strategy"), reverse("priorities:strategy", args=[programme.slug]))


@require_safe
def strategy_next(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the strategy in preparation: its goals, what old ones become, its adoption."""
    return _page(request, _in_preparation(request, programme))


def _page(
    request: HttpRequest,
    found: Strategy,
    *,
    goal_form: GoalForm | None = None,
    typed: dict[str, MappingForm] | None = None,
    adopt_form: AdoptForm | None = None,
    status: int = 200,
) -> HttpResponse:
    typed = typed or {}
    goals = found.goals.select_related("priority__programme").order_by("priority__number", "number")
    context: dict[str, Any] = {
        "programme": found.programme,
        "strategy": found,
        "goals": goals,
        "old_goals": [
            (old, typed.get(old.goal.code) or _mapping_form(found, old)) for old in term_turn.old_goals(found)
        ],
        "goal_form": goal_form or GoalForm(programme=found.programme),
        "adopt_form": adopt_form or AdoptForm(strategy=found, initial={"on": clock.today()}),
        "breadcrumbs": [_step_to_strategy(found.programme), Step(_("Next strategy"))],
    }
    return render(request, "priorities/strategy_next.html", context, status=status)


def _mapping_form(found: Strategy, old: term_turn.OldGoal) -> MappingForm:
    initial = {"kind": old.kind, "becomes": old.becomes}
    return MappingForm(strategy=found, initial=initial, prefix=old.goal.code)


@require_POST
def goal_add(request: HttpRequest, programme: str) -> HttpResponse:
    """Add a goal to the next strategy."""
    found = _in_preparation(request, programme)
    form = GoalForm(request.POST, programme=found.programme)
    if not form.is_valid():
        return _page(request, found, goal_form=form, status=422)
    try:
        goal = term_turn.add_goal(found, values=form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, found, goal_form=form, status=422)
    return redirect(f"{_address(found.programme)}#{goal.code}")


@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take the words of a goal of the next strategy."""
    found = _in_preparation(request, programme)
    goals = StrategicGoal.objects.filter(strategy=found).select_related("strategy__programme")
    goal = visible_or_404(goals, code=code)
    form = GoalWordsForm(sent(request), instance=goal)
    if saved(form, partial(term_turn.save_goal, goal)) is not None:
        messages.success(request, _("Saved: %(line)s") % {"line": code})
        return redirect(f"{_address(found.programme)}#{code}")
    way = [_step_to_strategy(found.programme), Step(_("Next strategy"), _address(found.programme))]
    context = {
        "programme": found.programme,
        "goal": goal,
        "form": form,
        "saving": last_saving(goal) if form.differing else None,
        "breadcrumbs": [*way, Step(code)],
    }
    return render(request, "priorities/goal_edit.html", context, status=status_of(form))


@require_POST
def goal_remove(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Take a goal out of the next strategy."""
    found = _in_preparation(request, programme)
    goals = StrategicGoal.objects.filter(strategy=found).select_related("strategy__programme")
    goal = visible_or_404(goals, code=code)
    said = _("Removed: %(line)s") % {"line": code}
    do_and_tell(request, lambda: term_turn.remove_goal(goal), said=said)
    return redirect(_address(found.programme))


@require_POST
def goal_map(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Say what an old goal becomes."""
    found = _in_preparation(request, programme)
    goal = visible_or_404(StrategicGoal.objects.filter(strategy=found.replaces), code=code)
    form = MappingForm(request.POST, strategy=found, prefix=code)
    if form.is_valid():
        given = form.cleaned_data
        try:
            term_turn.map_goal(found, goal, kind=given["kind"], becomes=list(given["becomes"]))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(f"{_address(found.programme)}#{code}")
    return _page(request, found, typed={code: form}, status=422)


@require_POST
def strategy_adopt(request: HttpRequest, programme: str) -> HttpResponse:
    """Put the next strategy in force."""
    found = _in_preparation(request, programme)
    form = AdoptForm(request.POST, strategy=found)
    if form.is_valid():
        try:
            term_turn.adopt_strategy(found, on=form.cleaned_data["on"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Adopted. New targets serve its goals from that day on."))
            return redirect("priorities:strategy", found.programme.slug)
    return _page(request, found, adopt_form=form, status=422)
