"""A year of the clock: meetings, deadlines and the rounds' own days, in their order."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from programme import clock
from programme.deadlines.marking import is_markable
from programme.deadlines.reading import state_for
from programme.models import Deadline, DeadlineStep, Meeting, Programme, ReportingPeriod, User
from workgroups.annual_clock.places import place_of
from workgroups.annual_clock.rules import has_the_deadline
from workgroups.models import WorkingGroup
from workgroups.own_bodies import own_or_helped
from workgroups.rules import reads_approved_work

Lane = DeadlineStep.Lane


class Years(NamedTuple):
    """The years that the clock can show."""

    shown: int
    before: int | None
    after: int | None


@dataclass
class Entry:
    """One day of the clock: a meeting, a deadline, or a day of a round."""

    MEETING, DEADLINE, OPENS, CLOSES, REOPENED, CUT_OFF = (
        "meeting",
        "deadline",
        "opens",
        "closes",
        "reopened",
        "cut_off",
    )

    kind: str
    day: datetime.date
    lane: str
    is_mine: bool
    moment: datetime.datetime | None = None  # where the time of day is known
    state: str = ""  # of a deadline: done, open or late; empty where it is not its reader's to know
    meeting: Meeting | None = None
    deadline: Deadline | None = None
    period: ReportingPeriod | None = None
    place: str = ""  # the address where a deadline's step is done
    may_mark: bool = False

    @property
    def time(self) -> datetime.time:
        """When in its day, in Finland; what has no time of day comes first."""
        return timezone.localtime(self.moment).time() if self.moment else datetime.time()

    @property
    def code(self) -> str:
        """The `id` of its row, once a page."""
        if self.deadline is not None:
            return self.deadline.code
        if self.meeting is not None:
            return self.meeting.code
        return f"{self.period}-{self.kind}"


@dataclass
class YearOfClock:
    """Everything of one year, as one reader sees it."""

    years: Years
    only_mine: bool
    entries: list[Entry]
    rounds: list[ReportingPeriod] = field(default_factory=list)  # open on some day of the year

    @property
    def months(self) -> list[tuple[datetime.date, list[Entry]]]:
        """The months that have something, each by its first day."""
        by_month: dict[datetime.date, list[Entry]] = {}
        for entry in self.entries:
            by_month.setdefault(entry.day.replace(day=1), []).append(entry)
        return list(by_month.items())

    @property
    def next(self) -> Entry | None:
        """What comes next, today or later; of another year than this nothing."""
        today = clock.today()
        coming = (entry for entry in self.entries if entry.day >= today)
        return next(coming, None) if self.years.shown == today.year else None

    @property
    def late(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.state == Deadline.State.LATE]

    @property
    def meetings(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == Entry.MEETING]

    @property
    def deadlines(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == Entry.DEADLINE]

    @property
    def has_hidden_states(self) -> bool:
        return any(not entry.state for entry in self.deadlines)


def year_of(programme: Programme, user: User, written: str, *, only_mine: bool) -> YearOfClock:
    """Return a year as an address writes it, this one where it writes none that the programme has."""
    years = _years(programme, written)
    entries = sorted(
        [
            *_meetings(programme, user, years.shown),
            *_deadlines(programme, user, years.shown),
            *_days_of_rounds(programme, user, years.shown),
        ],
        key=lambda entry: (entry.day, entry.time, entry.kind),
    )
    first, last = datetime.date(years.shown, 1, 1), datetime.date(years.shown, 12, 31)
    rounds = programme.periods.filter(opens_at__date__lte=last, closes_at__date__gte=first)
    return YearOfClock(
        years,
        only_mine,
        [entry for entry in entries if entry.is_mine or not only_mine],
        list(rounds.order_by("opens_at")),
    )


def _years(programme: Programme, written: str) -> Years:
    """The programme's years and one on either side: a budget is drawn up before, a round closes after."""
    first, last = programme.starts_on.year - 1, programme.ends_on.year + 1
    asked = int(written) if written.isascii() and written.isdecimal() and len(written) <= 4 else 0
    year = asked if first <= asked <= last else min(max(clock.today().year, first), last)
    return Years(year, year - 1 if year > first else None, year + 1 if year < last else None)


def _meetings(programme: Programme, user: User, year: int) -> Iterator[Entry]:
    rows = Meeting.objects.of_year(year).filter(body__programme=programme)
    own = set(rows.filter(own_or_helped(user, programme)).values_list("pk", flat=True))
    for meeting in rows.select_related("body__programme"):
        yield Entry(
            Entry.MEETING,
            meeting.held_on,
            Lane.BODIES if meeting.body.audience_id else Lane.GROUPS,
            is_mine=meeting.pk in own,
            moment=meeting.begins_at if meeting.starts_at else None,
            meeting=meeting,
        )


def _deadlines(programme: Programme, user: User, year: int) -> Iterator[Entry]:
    unit = WorkingGroup.objects.filter(programme=programme, priority=None, parent=None).first()
    rows = Deadline.objects.of_programme(programme).filter(due_on__year=year).for_pages()
    for deadline in rows:
        yield Entry(
            Entry.DEADLINE,
            deadline.due_on,
            deadline.step.lane,
            is_mine=bool(has_the_deadline(user, deadline)),
            state=state_for(user, deadline),
            meeting=None,
            deadline=deadline,
            place=place_of(deadline, user, unit),
            may_mark=is_markable(deadline, user) and user.has_perm("workgroups.mark_deadline", deadline),
        )


def _days_of_rounds(programme: Programme, user: User, year: int) -> Iterator[Entry]:
    """Give the days of rounds as the rounds have them; they concern all who work in the programme."""
    is_mine = bool(reads_approved_work(user, programme))
    for period in programme.periods.order_by("opens_at"):
        moments = [(Entry.OPENS, period.opens_at), (Entry.CLOSES, period.closes_at)]
        if period.reopened_until is not None:
            moments.append((Entry.REOPENED, period.reopened_until))
        days = [(kind, clock.day_of(moment), _at_an_hour(moment)) for kind, moment in moments]
        for kind, day, moment in [*days, (Entry.CUT_OFF, period.ledger_cut_off, None)]:
            if day.year == year:
                yield Entry(kind, day, Lane.PERIODS, is_mine=is_mine, moment=moment, period=period)


def _at_an_hour(moment: datetime.datetime) -> datetime.datetime | None:
    """Return a moment whose time of day says something: what begins at midnight begins with its day."""
    return None if timezone.localtime(moment).time() == datetime.time() else moment
