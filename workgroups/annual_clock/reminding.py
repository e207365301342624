"""Reminders of deadlines: before and after, to whose they are, then to the group's chair, then to the office.

They are duties: nobody switches them off. Each is told once: its key names the deadline, its day and the
stage, so that a job that is run again tells nothing again, and a deadline that has moved is told of anew.
"""

import datetime
from collections.abc import Iterator
from enum import StrEnum

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from programme import clock, text
from programme.models import Deadline, Notification, Programme, User
from programme.working_days import working_day_after, working_days_before
from workgroups.annual_clock.people import People

TOPIC = "deadlines"
DAYS_BEFORE = 2  # working days


class Stage(StrEnum):
    """When a deadline is told of, and to whom."""

    SOON = "soon"  # two working days before it, to whose it is
    LATE = "late"  # on the working day after it, to whose it is
    CHAIR = "chair"  # on the third working day after it, to the group's chair
    OFFICE = "office"  # on the fifth working day after it, to the programme office


WORKING_DAYS_AFTER = {Stage.LATE: 1, Stage.CHAIR: 3, Stage.OFFICE: 5}


def remind_everybody() -> int:
    """Remind of the deadlines of every programme that still changes; return how many were told."""
    return sum(remind(programme) for programme in Programme.objects.order_by("pk") if not programme.is_closed)


@transaction.atomic
def remind(programme: Programme) -> int:
    """Tell of the open deadlines of a programme what is to be told by today; return how many were told."""
    today = clock.today()
    people = People(programme)
    deadlines = Deadline.objects.open().of_programme(programme).for_pages()
    due = {
        (person.pk, _key(deadline, stage)): (person, deadline, stage)
        for deadline in deadlines
        for stage in stages_on(deadline.due_on, today)
        for person in _told_at(stage, deadline, people)
    }
    known = Notification.objects.filter(topic=TOPIC, key__in={key for _person, key in due})
    for told in known.values_list("user", "key"):
        due.pop(told, None)
    # Another worker may tell the same at this moment: then the database keeps the first.
    Notification.objects.bulk_create(
        (_reminder(*one) for one in due.values()), ignore_conflicts=True, batch_size=500
    )
    return len(due)


def stages_on(due_on: datetime.date, today: datetime.date) -> Iterator[Stage]:
    """Give the stages that have come for an open deadline; what is late is no longer told to be soon."""
    if working_days_before(due_on, DAYS_BEFORE) <= today <= due_on:
        yield Stage.SOON
    day = due_on
    for number in range(1, max(WORKING_DAYS_AFTER.values()) + 1):
        day = working_day_after(day)
        if day > today:
            return
        yield from (stage for stage, after in WORKING_DAYS_AFTER.items() if after == number)


def _told_at(stage: Stage, deadline: Deadline, people: People) -> list[User]:
    """Return whom a stage tells: nobody of the later ones who has been told as whose it is."""
    doing = people.doing(deadline)
    if stage in (Stage.SOON, Stage.LATE):
        return doing
    others = people.chairing(deadline) if stage == Stage.CHAIR else people.in_office()
    return [person for person in others if person not in doing]


def _key(deadline: Deadline, stage: Stage) -> str:
    return f"deadline:{deadline.pk}:{deadline.due_on}:{stage}"


def _reminder(person: User, deadline: Deadline, stage: Stage) -> Notification:
    with translation.override(person.language):
        words = _words(deadline, stage)
    return Notification(
        user=person,
        topic=TOPIC,
        key=_key(deadline, stage),
        text=words,
        address=deadline.get_absolute_url(),
        happened_at=clock.now(),
    )


def _words(deadline: Deadline, stage: Stage) -> str:
    step = text.words_of(deadline.step, "name")[0]
    if deadline.body is not None:
        step = f"{step} ({text.words_of(deadline.body, 'name')[0]})"
    said = {
        Stage.SOON: _("Due on %(day)s: %(step)s."),
        Stage.LATE: _("Was due on %(day)s: %(step)s."),
        Stage.CHAIR: _("Late in your group since %(day)s: %(step)s."),
        Stage.OFFICE: _("Late since %(day)s: %(step)s."),
    }[stage]
    return said % {"day": text.weekday_and_day(deadline.due_on), "step": step}
