"""The decision of a year's annual targets: what is proposed becomes decided by one §, and later by another.

What is binding, and the year's budget where one has been proposed, is decided by the federation meeting
alone, the body of the audience that its depth names. No budget is made here.
"""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from programme import clock
from programme.budget.handling import keep_handling, title_of
from programme.deadlines.facts import acted
from programme.decisions import enter_decision, in_language_of_minutes
from programme.models import Audience, Budget, DeadlineStep, Decision, Meeting, Programme, User
from programme.text import day
from programme.trail import business_time, trail_of


@dataclass(frozen=True)
class Decided:
    """What a decision decided, the budget where it decided one, and how many targets it left proposed: `left`
    binding ones to the federation meeting, `later` ones that were proposed after the meeting to the next.
    """

    targets: list[AnnualTarget]
    budget: Budget | None
    left: int
    later: int


def meetings_for(programme: Programme, year: int) -> QuerySet[Meeting]:
    """Return the meetings that may have decided a year's targets: held in the year before or later."""
    return Meeting.objects.filter(
        body__programme=programme,
        body__decides=True,
        held_on__year__gte=year - 1,
        held_on__lte=clock.today(),
    )


@transaction.atomic
def decide_targets(
    programme: Programme,
    year: int,
    *,
    meeting: Meeting,
    number: int,
    text: str,
    actor: User,
    this_matter: int | None = None,
) -> Decided:
    """Enter that a meeting decided all that had been proposed to it for a year and is its to decide.

    The targets are linked to the year's budget where it is decided with them or was before.
    `number` is the § or the item of the meeting, `actor` who enters it.

    Raises ValidationError where nothing is proposed or had been by then, the meeting is none that decides the
    year's targets, all that is proposed is binding and it is not the federation meeting's, or the matter is
    to be confirmed: see `enter_decision`.
    """
    programme.must_not_be_closed()
    if not meetings_for(programme, year).filter(pk=meeting.pk).exists():
        raise ValidationError(
            _("Choose a meeting of a body that decides, held in %(year)s or later and not still to come.")
            % {"year": year - 1}
        )
    proposed = AnnualTarget.objects.filter(programme=programme, year=year, state=AnnualTarget.State.PROPOSED)
    found = list(proposed.select_for_update())
    budget = _budget_of(programme, year)
    to_decide = budget if budget is not None and decides_budget(meeting, budget) else None
    if not found and to_decide is None:
        raise ValidationError(
            _("Nothing is proposed for %(year)s: the coordinators propose first.") % {"year": year}
        )
    days = days_of_proposal(found)
    in_time = [target for target in found if target.pk not in days or days[target.pk] <= meeting.held_on]
    if not in_time and to_decide is None:
        raise ValidationError(
            _("Nothing had been proposed by the day of this meeting: the first was proposed on %(day)s.")
            % {"day": day(min(days.values()))}
        )
    targets = [target for target in in_time if not target.binding or decides_binding(meeting)]
    if not targets and to_decide is None:
        raise ValidationError(
            _("All that is proposed is binding: choose a meeting of the federation meeting.")
        )
    title = _title(year, targets, to_decide)
    decision = enter_decision(meeting, number=number, title=title, text=text, this_matter=this_matter)
    if to_decide is not None:
        _decide_budget(to_decide, decision, actor)
    decided = budget if budget is not None and budget.decided_on is not None else None
    for target in targets:
        target.decide(decision, decided)
        target.version += 1
        target.save(update_fields=["state", "decision", "budget", "version"])
    return Decided(targets, to_decide, left=len(in_time) - len(targets), later=len(found) - len(in_time))


def days_of_proposal(targets: list[AnnualTarget]) -> dict[int, datetime.date]:
    """Return, by target, the day on which it was proposed last; one query.

    Of what was proposed before it came here, as a file was loaded, the trail knows no day.
    """
    days: dict[int, datetime.date] = {}
    before: dict[int, str] = {}
    events = trail_of(AnnualTarget).filter(pgh_obj_id__in=[target.pk for target in targets])
    rows = events.order_by("pgh_id").values_list(
        "pgh_obj_id", "state", "pgh_created_at", "pgh_context__metadata"
    )
    for target, state, moment, context in rows:
        if state == AnnualTarget.State.PROPOSED and before.get(target) != state and "user" in (context or {}):
            days[target] = clock.day_of(business_time(moment))
        before[target] = state
    return days


def first_day_of_proposal(programme: Programme, year: int) -> datetime.date:
    """Return the day before which nothing that is proposed for a year can have been decided; two queries."""
    proposed = AnnualTarget.objects.filter(programme=programme, year=year, state=AnnualTarget.State.PROPOSED)
    found = list(proposed)
    days = days_of_proposal(found)
    if not found or len(days) < len(found):
        return datetime.date(year - 1, 1, 1)
    return min(days.values())


def decides_binding(meeting: Meeting) -> bool:
    """Tell whether a meeting is the federation meeting's, which alone decides what is binding."""
    audience = meeting.body.audience
    return audience is not None and audience.depth == Audience.Depth.ASSEMBLY


def decides_budget(meeting: Meeting, budget: Budget) -> bool:
    """Tell whether a meeting may decide a budget that waits: the federation's, once it was proposed."""
    if budget.decided_on is not None or budget.proposed_on is None:
        return False
    return budget.proposed_on <= meeting.held_on and decides_binding(meeting)


def budgets_to_link(programme: Programme, year: int) -> QuerySet[Budget]:
    """Return the year's budget where one is proposed or decided: a draft is not told of."""
    of_year = Budget.objects.filter(programme=programme, year=year).select_related("programme")
    return of_year.exclude(proposed_on__isnull=True, decided_on__isnull=True)


def _budget_of(programme: Programme, year: int) -> Budget | None:
    return budgets_to_link(programme, year).select_for_update(of=("self",)).first()


def _decide_budget(budget: Budget, decision: Decision, actor: User) -> None:
    budget.decision = decision
    budget.decided_on = decision.matter.meeting.held_on
    budget.save(update_fields=["decision", "decided_on"])
    acted(
        DeadlineStep.Act.BUDGET_DECIDED,
        by=actor,
        step__programme=budget.programme_id,
        budget_year=budget.year,
    )
    keep_handling(budget, decision.matter.meeting, decision.matter)


def _title(year: int, targets: list[AnnualTarget], budget: Budget | None) -> str:
    if budget is not None and not targets:
        return title_of(budget)
    with in_language_of_minutes():
        if budget is not None:
            return _("Annual targets and budget %(year)s") % {"year": year}
        return _("Annual targets %(year)s") % {"year": year}
