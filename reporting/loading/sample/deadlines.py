"""The annual clock of the sample: laid for its rounds and seasons, with what was done by the day.

The file says when groups answered and when whom was told; what led there was done when it was due.
"""

import datetime

from programme.deadlines.laying import lay_clock
from programme.models import Deadline, DeadlineStep
from reporting.loading.sample.context import Sample
from reporting.loading.sample.rounds import Round

OF_GROUPS = DeadlineStep.Lane.GROUPS
NO_GROUP = ""  # the office's own unit has no meetings of its own


def load_deadlines(sample: Sample) -> None:
    lay_clock(sample.programme, with_past=True)
    rounds = {round_.code: round_ for round_ in sample.rounds.values()}
    deadlines = list(Deadline.objects.of_programme(sample.programme).for_pages())
    done = []
    for deadline in deadlines:
        done_on = deadline.done_on or _done_on(deadline, rounds, sample)
        if done_on != deadline.done_on:
            deadline.done_on = done_on
            done.append(deadline)
    Deadline.objects.bulk_update(done, ["done_on"])
    sample.tally.count("deadlines", len(deadlines))


def _done_on(deadline: Deadline, rounds: dict[str, Round], sample: Sample) -> datetime.date | None:
    if deadline.period is not None and deadline.step.lane == OF_GROUPS:
        round_ = rounds[deadline.period.code]
        # Of an open round the portal itself has no report of any group yet.
        if not round_.is_over(sample.day):
            return None
        group = deadline.body.working_group.code if deadline.body else NO_GROUP
        return min(deadline.due_on, round_.answered_at(group).date())
    meeting = deadline.meeting
    if meeting is None or not sample.day.has_come(meeting.held_on):
        return None
    return deadline.due_on
