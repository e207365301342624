"""The decision of a year's annual targets: what is proposed becomes decided, with the budget, by one §."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from programme.decisions import enter_decision, in_language_of_minutes
from programme.models import Budget, Decision, Meeting, Programme


@transaction.atomic
def decide_targets(
    programme: Programme, year: int, *, meeting: Meeting, number: int, text: str
) -> list[AnnualTarget]:
    """Enter that a meeting decided all that is proposed for a year; returns the targets, now public.

    `number` is the § or the item of the meeting. Raises ValidationError where nothing is proposed, the body
    does not decide, the meeting has not been held, or the number is taken.
    """
    programme.must_not_be_closed()
    if not meeting.body.decides or meeting.body.programme_id != programme.pk:
        raise ValidationError(_("This body does not decide. Choose a meeting of one that does."))
    proposed = AnnualTarget.objects.filter(programme=programme, year=year, state=AnnualTarget.State.PROPOSED)
    targets = list(proposed.select_for_update())
    if not targets:
        raise ValidationError(
            _("Nothing is proposed for %(year)s: the coordinators propose first.") % {"year": year}
        )
    with in_language_of_minutes():
        title = _("Annual targets and budget %(year)s") % {"year": year}
    decision = enter_decision(meeting, number=number, title=title, text=text)
    budget = _budget_of(programme, year, decision)
    for target in targets:
        target.decide(decision, budget)
        target.version += 1
        target.save(update_fields=["state", "decision", "budget", "version"])
    return targets


def _budget_of(programme: Programme, year: int, decision: Decision) -> Budget:
    """Return the year's budget, begun by this decision where there is none; a decided one stays as it is."""
    budget = Budget.objects.select_for_update().filter(programme=programme, year=year).first()
    if budget is None:
        budget = Budget(programme=programme, year=year, code=f"TA-{year}")
    if budget.decided_on is None:
        budget.decision = decision
        budget.decided_on = decision.matter.meeting.held_on
        budget.save()
    return budget
