"""What the portal knows to be done when a deadline is made, from the facts of the ground."""

import datetime

from programme import clock
from programme.models import Budget, Deadline, DeadlineStep, LedgerEntry, ReportingPeriod

Act = DeadlineStep.Act


def known_to_be_done(deadline: Deadline) -> datetime.date | None:
    """Return since when a new deadline's step has been done, where the ground knows it."""
    act = deadline.step.act
    if act == Act.AGENDA_PUBLISHED:
        return deadline.meeting.agenda_published_on if deadline.meeting else None
    if act == Act.LEDGER_IMPORTED and deadline.period is not None:
        return ledger_brought_in_on(deadline.period)
    if act in (Act.BUDGET_PROPOSED, Act.BUDGET_DECIDED) and deadline.budget_year:
        budget = Budget.objects.filter(
            programme=deadline.step.programme_id, year=deadline.budget_year
        ).first()
        if budget is not None:
            proposed_on = budget.proposed_on or budget.decided_on
            return proposed_on if act == Act.BUDGET_PROPOSED else budget.decided_on
    return None


def ledger_brought_in_on(period: ReportingPeriod) -> datetime.date | None:
    """Return the day on which actuals of a period's last month came in, once that month is over."""
    last_day = period.ledger_cut_off
    if clock.today() <= last_day:
        return None
    counted = LedgerEntry.objects.filter(
        ledger_import__programme=period.programme_id,
        ledger_import__reverted_at__isnull=True,
        booked_on__range=(last_day.replace(day=1), last_day),
    )
    moment = counted.order_by("ledger_import__imported_at").values_list(
        "ledger_import__imported_at", flat=True
    )
    first = moment.first()
    return clock.day_of(first) if first else None
