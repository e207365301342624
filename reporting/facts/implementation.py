"""What has become of earlier decisions: their open tasks, and those verified since the report before."""

import datetime

from django.db.models import Max, Prefetch, Q

from programme import clock
from programme.models import Body, DecisionTask, ReportingPeriod, TaskNote
from reporting.fact_types import EarlierTaskFacts, Words
from reporting.facts.values import words
from reporting.models import Report


def earlier_task_facts(period: ReportingPeriod) -> list[EarlierTaskFacts]:
    """Return the tasks that reports of a period carry, each to the audience whose body decided it.

    A body's tasks go on to the body that replaced it. A fixed number of queries; one where there are none.
    """
    said = TaskNote.objects.exclude(text="").order_by("pk")
    of_programme = DecisionTask.objects.filter(decision__matter__body__programme=period.programme_id)
    tasks = list(
        of_programme.with_places().prefetch_related(Prefetch("notes", said)).order_by("due_on", "pk")
    )
    if not tasks:
        return []
    audiences = _audiences(period)
    since = _last_told(period)
    first = datetime.date(period.year, 1, 1)
    return [
        _told(task, audience)
        for task in tasks
        if (audience := audiences.get(task.body.pk))
        and (task.verified_on is None or task.verified_on >= since.get(audience, first))
    ]


def _audiences(period: ReportingPeriod) -> dict[int, str]:
    """Return which audience is told of a body's decisions now, by the body: its own, or its successor's."""
    today = clock.today()
    bodies = list(Body.objects.filter(programme=period.programme_id).select_related("audience"))
    successors = {body.replaces_id: body for body in bodies if body.replaces_id}
    found = {}
    for body in bodies:
        carrier, seen = body, {body.pk}
        while _has_ended(carrier, today) and (after := successors.get(carrier.pk)) and after.pk not in seen:
            carrier = after
            seen.add(after.pk)
        audience = carrier.audience or body.audience
        if audience is not None:
            found[body.pk] = audience.code
    return found


def _has_ended(body: Body, day: datetime.date) -> bool:
    return body.valid_until is not None and body.valid_until < day


def _last_told(period: ReportingPeriod) -> dict[str, datetime.date]:
    """Return the day on which the report before was frozen, by audience."""
    before = Report.objects.frozen().filter(
        Q(programme=period.programme_id) & Q(period__ends_on__lt=period.ends_on)
    )
    last = before.order_by().values_list("audience__code").annotate(moment=Max("frozen_at"))
    return {audience: clock.day_of(moment) for audience, moment in last}


def _told(task: DecisionTask, audience: str) -> EarlierTaskFacts:
    matter = task.decision.matter
    facts: EarlierTaskFacts = {
        "audience": audience,
        "body": words(task.body, "name"),
        "decided_on": matter.meeting.held_on.isoformat(),
        "section": matter.section,
        "item": matter.item,
        "title": matter.title,
        "text": task.text,
        "responsible": _responsible(task),
        "due_on": task.due_on.isoformat(),
        "state": str(task.state),
        "done_on": task.done_on.isoformat() if task.done_on else None,
        "verified_on": task.verified_on.isoformat() if task.verified_on else None,
        "progress": [
            {
                "written_on": note.written_on.isoformat(),
                "kind": note.kind,
                "text": note.text,
                "language": note.language,
            }
            for note in task.notes.all()
        ],
    }
    return {**facts, "late": True} if task.is_late else facts


def _responsible(task: DecisionTask) -> Words:
    """Return the post that answers for a task, or the person by name."""
    if task.responsible is not None:
        return words(task.responsible, "name")
    name = str(task.person)
    return {"fi": name, "sv": name, "en": name}
