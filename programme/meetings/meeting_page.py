"""What the page of a meeting tells of each matter, and of who sat in it, to who may read it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from programme.meetings.papers import papers_by_matter
from programme.meetings.questions import is_closed, questions_before
from programme.meetings.rules import ASK, GIVE_TASKS, READ_WORK
from programme.models import Attendance, DecisionTask, Matter, MatterFile, Meeting, Question, User


@dataclass
class MatterRow:
    """A matter with what followed from its decision and what was asked about it, as far as one reads it."""

    matter: Matter
    tasks: list[DecisionTask] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    papers: list[MatterFile] = field(default_factory=list)
    may_ask: bool = False


@dataclass
class Sitting:
    """Who sat in a meeting, by name."""

    present: list[Attendance]
    absent: list[Attendance]
    untold: int  # seats of which nothing has been entered

    @property
    def is_told(self) -> bool:
        return bool(self.present or self.absent)


@dataclass
class MeetingWork:
    """What of a meeting's work its reader may see and do."""

    rows: list[MatterRow]
    sitting: Sitting | None  # None: not this reader's to see
    may_give_tasks: bool


def work_of(
    meeting: Meeting, matters: Iterable[Matter], *, reader: User | AnonymousUser, may_keep: bool
) -> MeetingWork:
    """Gather what a reader may see beside the agenda and the decisions: a fixed number of queries."""
    reads = reader.has_perm(READ_WORK, meeting.body)
    tasks: dict[int, list[DecisionTask]] = defaultdict(list)
    if reads:
        for task in DecisionTask.objects.filter(decision__matter__meeting=meeting).with_places():
            tasks[task.decision.matter_id].append(task)
    asked: dict[int, list[Question]] = defaultdict(list)
    for question in questions_before(meeting, reader, may_keep=may_keep):
        asked[question.matter_id].append(question)
    papers = papers_by_matter(reader, meeting)
    may_ask = not is_closed(meeting) and reader.has_perm(ASK, meeting.body)
    return MeetingWork(
        [
            MatterRow(matter, tasks[matter.pk], asked[matter.pk], papers.get(matter.pk, []), may_ask=may_ask)
            for matter in matters
        ],
        sitting_of(meeting) if reads and not meeting.is_planned else None,
        reader.has_perm(GIVE_TASKS, meeting.body) and not meeting.body.programme.is_closed,
    )


def sitting_of(meeting: Meeting) -> Sitting:
    rows = list(meeting.attendance.select_related("municipality"))
    present = [row for row in rows if row.presence != Attendance.Presence.ABSENT]
    absent = [row for row in rows if row.presence == Attendance.Presence.ABSENT]
    return Sitting(present, absent, max((meeting.seats or 0) - len(rows), 0))
