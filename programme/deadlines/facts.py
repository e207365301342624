"""What people do, told to the clock: the deadlines of an act are done; taken back, they are open again."""

from typing import Any

from programme import clock
from programme.deadlines.known import ledger_brought_in_on
from programme.deadlines.laying import lay_clock
from programme.models import Deadline, DeadlineStep, Programme, User

Act = DeadlineStep.Act


def acted(act: Act, *, by: User | None, **lookup: Any) -> None:
    """Mark the open deadlines of an act as done today; who did it may be a job."""
    waiting = Deadline.objects.open().filter(step__act=act, **lookup)
    for deadline in waiting.select_for_update(of=("self",)):
        deadline.done_on, deadline.done_by = clock.today(), by
        deadline.save(update_fields=["done_on", "done_by"])


def taken_back(act: Act, **lookup: Any) -> None:
    """Open the deadlines of an act that no longer stands: they go to where their meetings are by now."""
    done = Deadline.objects.filter(step__act=act, done_on__isnull=False, **lookup)
    programmes = set()
    for deadline in done.select_related("step__programme").select_for_update(of=("self",)):
        deadline.done_on, deadline.done_by = None, None
        deadline.save(update_fields=["done_on", "done_by"])
        programmes.add(deadline.step.programme)
    for programme in programmes:
        lay_clock(programme)


def ledger_changed(programme: Programme, *, by: User | None) -> None:
    """See anew, after an import or its reverting, for which rounds the actuals are in."""
    for period in programme.periods.filter(opens_at__lte=clock.now()):
        if ledger_brought_in_on(period) is None:
            taken_back(Act.LEDGER_IMPORTED, period=period)
        else:
            acted(Act.LEDGER_IMPORTED, by=by, period=period)
