"""The year as a strip of twelve months by lanes: where its marks stand, in the picture's own units."""

import calendar
import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from programme import clock
from programme.models import DeadlineStep
from workgroups.annual_clock.year import Entry, YearOfClock

LEFT, MONTH_WIDTH, MONTHS = 96, 80, 12
WIDTH = LEFT + MONTH_WIDTH * MONTHS
HEAD, FOOT = 28, 18  # the numbers of months, the word for today
ROW, MARK = 16, 13  # between rows of marks; nearer marks than this do not stand in one row
PADDING = 10
BAR = 16


class Mark(NamedTuple):
    x: int
    y: int
    entry: Entry


class Bar(NamedTuple):
    """A round, from its opening to its closing."""

    x: int
    width: int
    y: int
    label: str


@dataclass
class LaneOfStrip:
    label: str
    y: int
    height: int
    marks: list[Mark] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)

    @property
    def label_y(self) -> int:
        return self.y + 20


@dataclass
class Strip:
    lanes: list[LaneOfStrip]
    months: list[tuple[int, int, int]]  # number, left edge, middle
    floor: int
    today_x: int | None
    width: int = WIDTH
    left: int = LEFT
    head: int = HEAD

    @property
    def height(self) -> int:
        """The whole picture's, with the word for today under its lanes."""
        return self.floor + FOOT


def strip_of(year: YearOfClock) -> Strip:
    """Lay out a year: each lane as high as its marks need."""
    lanes = []
    top = HEAD
    for lane in DeadlineStep.Lane:
        laid = _lane(year, lane, top)
        lanes.append(laid)
        top += laid.height
    months = [
        (number, LEFT + MONTH_WIDTH * (number - 1), LEFT + MONTH_WIDTH * number - MONTH_WIDTH // 2)
        for number in range(1, MONTHS + 1)
    ]
    today = clock.today()
    return Strip(lanes, months, top, x_of(today) if today.year == year.years.shown else None)


def x_of(day: datetime.date) -> int:
    """Return where a day stands: its month has the same width as any other."""
    days = calendar.monthrange(day.year, day.month)[1]
    return LEFT + MONTH_WIDTH * (day.month - 1) + round(MONTH_WIDTH * (day.day - 0.5) / days)


def _lane(year: YearOfClock, lane: DeadlineStep.Lane, top: int) -> LaneOfStrip:
    bars = _bars(year, top + PADDING) if lane == DeadlineStep.Lane.PERIODS else []
    first = top + PADDING + (BAR + PADDING // 2 if bars else 0)
    ends: list[int] = []  # of each row of marks, where its last one stands
    marks = []
    for entry in year.entries:
        if entry.lane != lane or entry.kind not in (Entry.MEETING, Entry.DEADLINE):
            continue
        x = x_of(entry.day)
        row = next((number for number, end in enumerate(ends) if x - end >= MARK), len(ends))
        ends[row : row + 1] = [x]
        marks.append(Mark(x, first + ROW * row + ROW // 2, entry))
    height = first - top + ROW * max(len(ends), 1) + PADDING
    return LaneOfStrip(str(lane.label), top, height, marks, bars)


def _bars(year: YearOfClock, y: int) -> list[Bar]:
    first, last = datetime.date(year.years.shown, 1, 1), datetime.date(year.years.shown, 12, 31)
    bars = []
    for period in year.rounds:
        begin = x_of(max(clock.day_of(period.opens_at), first))
        end = x_of(min(clock.day_of(period.last_closing), last))
        bars.append(Bar(begin, max(end - begin, 2), y, period.code))
    return bars
