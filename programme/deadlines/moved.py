"""Laying the clock for who tells people what moved: whose deadlines they are is known above."""

from collections.abc import Callable

from programme.deadlines.laying import Move, lay_clock
from programme.models import Programme

Tell = Callable[[list[Move]], None]


def lay_clock_and_tell(programme: Programme, tell: Tell | None) -> None:
    """Lay the clock and give what moved to `tell`."""
    moves = lay_clock(programme)
    if tell is not None:
        tell(moves)
