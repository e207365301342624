"""What groups do, told to the clock: their reports submitted, accepted, returned."""

from typing import Any

from programme.deadlines.facts import acted, taken_back
from programme.models import DeadlineStep, ReportingPeriod, User
from workgroups.models import WorkingGroup

Act = DeadlineStep.Act


def report_submitted(group: WorkingGroup, period: ReportingPeriod, *, by: User) -> None:
    if (lookup := _deadlines_of(group)) is not None:
        acted(Act.REPORT_SUBMITTED, by=by, period=period, **lookup)


def report_accepted(group: WorkingGroup, period: ReportingPeriod, *, by: User) -> None:
    if (lookup := _deadlines_of(group)) is not None:
        acted(Act.REPORT_ACCEPTED, by=by, period=period, **lookup)


def report_returned(group: WorkingGroup, period: ReportingPeriod) -> None:
    """A report that came back is neither submitted nor accepted."""
    if (lookup := _deadlines_of(group)) is not None:
        taken_back(Act.REPORT_SUBMITTED, period=period, **lookup)
        taken_back(Act.REPORT_ACCEPTED, period=period, **lookup)


def _deadlines_of(group: WorkingGroup) -> dict[str, Any] | None:
    """Return which deadlines are a group's: by its body; the office's own unit has those of no body.

    Another group without a body has none: nothing is counted back from a meeting that it does not have.
    """
    if group.body_id is None and not group.is_office_unit:
        return None
    return {"body": group.body_id}
