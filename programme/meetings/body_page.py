"""The page of a body: what is coming, the papers for it, what it decided and what became of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from programme import clock
from programme.meetings.finding import matters_for
from programme.meetings.meeting_page import MatterRow, work_of
from programme.meetings.rules import READ_WORK
from programme.models import Body, Decision, DecisionTask, Meeting, Question, User
from programme.succession import predecessors_of


class Shown(StrEnum):
    """Which decisions are listed, by what became of them."""

    ALL = ""
    OPEN = "open"
    DONE = "done"


@dataclass
class DecisionRow:
    """A decision, with the tasks that it gave."""

    decision: Decision
    tasks: list[DecisionTask] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return any(task.verified_on is None for task in self.tasks)


@dataclass
class Decided:
    """What a body decided in a year, and before it the bodies that it replaced."""

    years: list[int]  # the latest first
    year: int | None  # None: nothing has been decided
    shown: Shown
    rows: list[DecisionRow]
    open_tasks: list[DecisionTask]  # of all years
    reads_tasks: bool


@dataclass
class NextMeeting:
    """The next meeting and its papers, as far as its reader sees them."""

    meeting: Meeting
    rows: list[MatterRow]
    may_keep: bool


def next_meeting(body: Body, *, reader: User | AnonymousUser, may_keep: bool) -> NextMeeting | None:
    """Return a body's next meeting with the matters that its reader may see."""
    meeting = body.meetings.upcoming(clock.today()).first()
    if meeting is None:
        return None
    meeting.body = body
    matters = matters_for(reader, meeting).select_related("decision", "presenter", "preparer")
    work = work_of(meeting, matters, reader=reader, may_keep=may_keep)
    for row in work.rows:
        row.matter.meeting = meeting
    return NextMeeting(meeting, work.rows, may_keep)


def decided_by(body: Body, *, reader: User | AnonymousUser, year: str, shown: str) -> Decided:
    """Return what a body and those it replaced decided; `year` and `shown` as the address writes them."""
    reads = reader.has_perm(READ_WORK, body)
    bodies = {body.pk, *predecessors_of(body)}
    decisions = Decision.objects.filter(matter__body__in=bodies)
    years = sorted(set(decisions.order_by().values_list("matter__year", flat=True)), reverse=True)
    chosen = int(year) if year.isdecimal() and int(year) in years else (years[0] if years else None)
    tasks = _tasks_of(bodies) if reads else []
    which = Shown(shown) if reads and shown in set(Shown) else Shown.ALL
    of_year = decisions.filter(matter__year=chosen) if chosen else decisions.none()
    in_order = of_year.order_by("-matter__meeting__held_on", "matter__section", "matter__item")
    rows = _rows(in_order.select_related("matter__meeting__body__programme"), tasks)
    return Decided(
        years,
        chosen,
        which,
        [row for row in rows if _is_shown(row, which)],
        [task for task in tasks if task.verified_on is None],
        reads,
    )


def questions_of(reader: User | AnonymousUser, body: Body) -> QuerySet[Question]:
    """Return the questions that a person has left about a body's matters, the newest first."""
    rows = Question.objects.filter(matter__body=body).select_related(
        "matter__preparer", "matter__meeting__body__programme"
    )
    return rows.filter(author=reader).order_by("-asked_at") if reader.is_authenticated else rows.none()


def _tasks_of(bodies: set[int]) -> list[DecisionTask]:
    rows = DecisionTask.objects.filter(decision__matter__body__in=bodies).with_places()
    return list(rows.order_by("due_on", "pk"))


def _rows(decisions: Iterable[Decision], tasks: Iterable[DecisionTask]) -> list[DecisionRow]:
    given: dict[int, list[DecisionTask]] = defaultdict(list)
    for task in tasks:
        given[task.decision_id].append(task)
    return [DecisionRow(decision, given[decision.pk]) for decision in decisions]


def _is_shown(row: DecisionRow, which: Shown) -> bool:
    if which == Shown.OPEN:
        return row.is_open
    if which == Shown.DONE:
        return bool(row.tasks) and not row.is_open
    return True
