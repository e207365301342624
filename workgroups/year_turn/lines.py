"""The lines of a group's year at its turn: what was said last, and what became of each."""

from dataclasses import dataclass
from decimal import Decimal

from priorities.models import AnnualTarget
from programme.models import ReportingPeriod, User
from programme.statuses import NOT_UPDATED
from workgroups.lines import lines_of_round
from workgroups.models import FollowUp, LineTurn, WorkingGroup
from workgroups.services import Line
from workgroups.year_turn.forms import TurnForm


@dataclass
class TurnLine:
    """A line with what was accepted of it last, its turn, and the form where it has none."""

    line: Line
    is_target: bool
    said: FollowUp | None
    turn: LineTurn | None
    successor: Line | None
    form: TurnForm | None

    @property
    def status(self) -> str:
        return self.said.status if self.said else NOT_UPDATED


def turn_lines(
    group: WorkingGroup, year: int, *, reader: User, typed: dict[str, TurnForm] | None = None
) -> list[TurnLine]:
    """Return the lines of a group's year, targets first; a fixed number of queries.

    `typed` are forms that were sent and could not be read, by the code of their line.
    """
    period = ReportingPeriod.objects.filter(programme=group.programme, year=year).order_by("ends_on").last()
    if period is None:
        return []
    lines = lines_of_round([group], period, reader)
    turns = _turns(group, year)
    found = []
    for line in lines:
        turn = turns.get((line.is_target, line.line.pk))
        said = line.said if line.said and line.said.state == FollowUp.State.APPROVED else line.before
        form = (
            None
            if turn
            else (typed or {}).get(line.line.code)
            or TurnForm(prefix=line.line.code, planned=euros_of(line.line))
        )
        successor = _successor(turn) if turn else None
        found.append(TurnLine(line.line, line.is_target, said, turn, successor, form))
    return found


def _turns(group: WorkingGroup, year: int) -> dict[tuple[bool, int], LineTurn]:
    turns = (
        LineTurn.objects.filter(group=group)
        .select_related("target", "action__work_programme", "made_by")
        .prefetch_related(
            "target__continued_by__programme", "action__continued_by__work_programme__group__programme"
        )
    )
    return {
        (turn.target_id is not None, turn.target_id or turn.action_id or 0): turn
        for turn in turns
        if (turn.target.year if turn.target else turn.action.work_programme.year if turn.action else 0)
        == year
    }


def _successor(turn: LineTurn) -> Line | None:
    if turn.target is not None:
        return next(iter(turn.target.continued_by.all()), None)
    return next(iter(turn.action.continued_by.all()), None) if turn.action else None


def euros_of(line: Line) -> Decimal | None:
    """Return the planned euros of a line."""
    return line.own_euros if isinstance(line, AnnualTarget) else line.planned_euros
