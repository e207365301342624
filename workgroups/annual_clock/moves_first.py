"""Before a meeting moves, its keeper sees which deadlines move with it; only what was seen is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from programme.deadlines.laying import Move
from programme.generic import signed_in
from programme.models import Deadline, Meeting
from workgroups.annual_clock.telling import tell_of_moves

FIELD = "moves"


@dataclass(frozen=True)
class Moving:
    """What becomes of deadlines when a meeting moves."""

    moves: Sequence[Move]
    staying: list[Deadline]  # done: they stay on their days
    seen: str  # what the form sends back, to say that these moves were seen


class MovesFirstError(Exception):
    """Nothing has been saved: the moves are shown first."""

    def __init__(self, moves: Sequence[Move]) -> None:
        super().__init__("the moves have not been seen")
        self.moves = moves

    def moving_of(self, meeting: Meeting) -> Moving:
        """Return what is to be shown; after the transaction was taken back, done ones are as they were."""
        done = Deadline.objects.for_pages().filter(meeting=meeting.pk, done_on__isnull=False)
        return Moving(self.moves, list(done), _said(self.moves))


def told(request: HttpRequest) -> Callable[[list[Move]], None]:
    """Return who is given the moves in their transaction: it tells people, or has the moves seen first."""

    def tell(moves: list[Move]) -> None:
        if moves and request.POST.get(FIELD, "") != _said(moves):
            raise MovesFirstError(moves)
        tell_of_moves(moves, signed_in(request))

    return tell


def _said(moves: Sequence[Move]) -> str:
    return " ".join(sorted(f"{move.deadline.pk}:{move.before}:{move.after}" for move in moves))
