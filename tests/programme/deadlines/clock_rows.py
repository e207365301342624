"""Deadlines of the sample by their words, and meetings moved on the clock."""

import datetime
from typing import Any

from programme.meetings import calling
from programme.models import Deadline, Meeting
from programme.saving import cells_of
from tests.factories import ako

BOARD = "KOK-SH-2009-08"  # on 30.9.2009, handles the round 2009-T2
GROUP = "KOK-MR-2009-04"  # on 10.9.2009, in the round 2009-T2
EXECUTIVE = "KOK-TVK-2009-08"  # on 18.9.2009


def deadline(code: str, of: str | int = "2009-T2", body: str | None = None) -> Deadline:
    """Return a deadline by its step, its round or the year of its budget, and its group's body."""
    time: dict[str, Any] = {"budget_year": of} if isinstance(of, int) else {"period__code": of}
    rows = Deadline.objects.of_programme(ako()).for_pages()
    return rows.get(step__code=code, body__code=body, **time) if body else rows.get(step__code=code, **time)


def days_of(meeting: str) -> dict[str, str]:
    """Return when a meeting's deadlines are due, by their steps."""
    rows = Deadline.objects.filter(meeting__code=meeting).select_related("step")
    return {row.step.code: row.due_on.isoformat() for row in rows.order_by("due_on", "step__order")}


def the_meeting(code: str) -> Meeting:
    return Meeting.objects.select_related("body__programme").get(code=code, body__programme=ako())


def move(code: str, held_on: str, **more: Any) -> None:
    """Move a meeting as its keeper does."""
    meeting = the_meeting(code)
    base = cells_of(meeting, ["held_on"])
    calling.save_meeting(meeting, values={"held_on": datetime.date.fromisoformat(held_on)}, base=base, **more)
