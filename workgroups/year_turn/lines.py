"""The lines of a group's year at its turn: what was said last, and what became of each."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from priorities.models import AnnualTarget
from programme import clock
from programme.models import ReportingPeriod, User
from programme.statuses import NOT_UPDATED, WAITING
from workgroups.lines import lines_of_round
from workgroups.models import FollowUp, LineTurn, WorkingGroup
from workgroups.services import Line
from workgroups.year_turn.forms import TurnForm
from workgroups.year_turn.standing import euros_of, standing_of
from workgroups.year_turn.twins import key_of, twins_of


@dataclass
class TurnLine:
    """A line with what was accepted of it last, its turn, and the form where it has none."""

    line: Line
    is_target: bool
    said: FollowUp | None
    is_waiting: bool  # whether what was said in the period waits for acceptance
    turn: LineTurn | None
    successor: Line | None
    twin: Line | None  # drafted in the same words, where nothing continues the line yet
    form: TurnForm | None
    period: ReportingPeriod

    @property
    def is_said_earlier(self) -> bool:
        """Whether what was accepted last is of an earlier period than the one that is turned after."""
        return self.said is not None and self.said.period_id != self.period.pk

    @property
    def is_asked(self) -> bool:
        """Whether anything has been asked of the line yet: before that there is no silence to show."""
        return self.period.opens_at <= clock.now()

    @property
    def status(self) -> str:
        """The status of the period; an earlier one's is not its colour."""
        if self.is_waiting:
            return WAITING
        return self.said.status if self.said and not self.is_said_earlier else NOT_UPDATED

    @property
    def successor_euros(self) -> Decimal | None:
        """The euros of what stands in the next year's plan; asked only where something does."""
        return euros_of(self.successor) if self.successor else None


def turn_lines(
    group: WorkingGroup, year: int, *, reader: User, typed: dict[str, TurnForm] | None = None
) -> list[TurnLine]:
    """Return the lines of a group's year, targets first; a fixed number of queries.

    `typed` are forms that were sent and could not be read, by the code of their line.
    """
    period = _last_round(group, year)
    if period is None:
        return []
    lines = lines_of_round([group], period, reader)
    _fetch_successors([line.line for line in lines])
    turns = _turns(group, year)
    twins = twins_of(group, year + 1)
    found = []
    for line in lines:
        turn = turns.get((line.is_target, line.line.pk))
        state = line.said.state if line.said else None
        said = line.said if state == FollowUp.State.APPROVED else line.before
        standing = standing_of(line.line)
        twin = None if turn or standing else twins.get(key_of(line.line))
        form = None if turn else (typed or {}).get(line.line.code) or form_of(line.line, twin)
        if form is not None:
            # What was sent may have been opened before anybody wrote there.
            form.ask_of(standing)
            form.ask_of_twin(twin)
        is_waiting = state == FollowUp.State.SUBMITTED
        found.append(
            TurnLine(line.line, line.is_target, said, is_waiting, turn, standing, twin, form, period)
        )
    return found


def form_of(line: Line, twin: Line | None, typed: Any = None) -> TurnForm:
    """Return the form of a line's turn, its fields known on the page by the line's code."""
    return TurnForm(typed, prefix=line.code, planned=euros_of(line), standing=standing_of(line), twin=twin)


def _last_round(group: WorkingGroup, year: int) -> ReportingPeriod | None:
    """Return the year's last period of which has been asked by now; before its first round, the first."""
    periods = list(ReportingPeriod.objects.filter(programme=group.programme, year=year).order_by("ends_on"))
    asked = [period for period in periods if period.opens_at <= clock.now()]
    return next(reversed(asked or periods[:1]), None)


def _fetch_successors(lines: list[Line]) -> None:
    prefetch_related_objects(
        [line for line in lines if isinstance(line, AnnualTarget)], "continued_by__programme"
    )
    prefetch_related_objects(
        [line for line in lines if not isinstance(line, AnnualTarget)],
        "continued_by__work_programme__group__programme",
    )


def _turns(group: WorkingGroup, year: int) -> dict[tuple[bool, int], LineTurn]:
    turns = LineTurn.objects.filter(group=group).select_related("target", "action__work_programme", "made_by")
    return {
        (turn.target_id is not None, turn.target_id or turn.action_id or 0): turn
        for turn in turns
        if (turn.target.year if turn.target else turn.action.work_programme.year if turn.action else 0)
        == year
    }
