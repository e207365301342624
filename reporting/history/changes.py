"""Everything that changed of a line: by typing before its decision, by amendments after it, by follow-up.

What was typed before a line was decided is read by those who read drafts: its group, the office, the
presenting officer and the auditor. From the decision on the line changes by amendments only, and each is told
once, as the amendment.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from priorities.models.links import (
    TargetGoal,
    TargetMeasure,
    TargetNetwork,
    TargetPrinciple,
    TargetRoleStatement,
)
from programme import clock, text
from programme import rules as programme_rules
from programme.models import CostCentre, Matter, Post, Programme, ReportingPeriod, User
from programme.trail import business_time, trail_of
from reporting.history.comparing import Difference, difference, differences_between
from reporting.history.wordings import PeriodSaid, Step
from workgroups import rules as group_rules
from workgroups.amendments.lines import label_of
from workgroups.models import Action, Amendment, WorkProgramme
from workgroups.models.actions import ActionNetwork, ActionTarget
from workgroups.models.amendments import Change
from workgroups.services import Line, group_of, line_lookup
from workgroups.targets.cells import COLUMNS

BEGINNING = datetime.datetime.min.replace(tzinfo=datetime.UTC)
# Each kind of link, the column of its line, the column of what it leads to, and the cell in which it shows.
LINKS: dict[type[models.Model], list[tuple[type[models.Model], str, str, str]]] = {
    AnnualTarget: [
        (TargetGoal, "target", "goal", "goals"),
        (TargetMeasure, "target", "measure", "measures"),
        (TargetNetwork, "target", "network", "networks"),
        (TargetRoleStatement, "target", "role_statement", "role_statements"),
        (TargetPrinciple, "target", "principle", "follow_up_principles"),
    ],
    Action: [
        (ActionTarget, "action", "target", "targets"),
        (ActionNetwork, "action", "network", "networks"),
    ],
}
# Columns that are told, and the cell whose name they bear.
TOLD: dict[type[models.Model], dict[str, str]] = {
    AnnualTarget: {name: name for name in (*COLUMNS, "state")},
    Action: {
        "text": "text",
        "measure": "carries_out",
        "network": "carries_out",
        "role_statement": "carries_out",
        "follow_up_principle": "carries_out",
        "responsible": "responsible",
        "participants": "participants",
        "start_month": "start_month",
        "end_month": "end_month",
        "output": "output",
        "milestones": "milestones",
        "planned_euros": "planned_euros",
        "no_cost": "no_cost",
        "cost_centre": "cost_centre",
        "funding_source": "funding_source",
    },
}
EUROS = {"planned_euros", "own_euros"}


@dataclass
class Entry:
    """One change in the life of a line: when, who, and what became of which field."""

    kind: str  # written, decided, amendment, said
    moment: datetime.datetime | None  # None: it was loaded from a file
    who: str = ""
    differences: list[Difference] = field(default_factory=list)
    amendment: Amendment | None = None
    matter: Matter | None = None
    period: ReportingPeriod | None = None
    steps: list[Step] = field(default_factory=list)
    is_loaded: bool = False


def changes_of(
    line: Line,
    programme: Programme,
    reader: User | AnonymousUser,
    said: list[PeriodSaid],
    amendments: list[Amendment],
) -> list[Entry]:
    """Return all changes of a line that a reader may see, the latest first."""
    entries = _typed(line) if _reads_drafts(line, programme, reader) else []
    entries += _decided(line)
    entries += [_amended(amendment) for amendment in amendments]
    entries += _said(said)
    return sorted(entries, key=lambda entry: entry.moment or BEGINNING, reverse=True)


def _reads_drafts(line: Line, programme: Programme, reader: User | AnonymousUser) -> bool:
    group = group_of(line)
    return bool(programme_rules.reads_unfinished_work(reader, programme)) or (
        group is not None and group.pk in group_rules.groups_of(reader, programme)
    )


# What was typed before the decision


def _typed(line: Line) -> list[Entry]:
    """Return what the trail says of a line and of its links, until it was decided."""
    model = type(line)
    columns = TOLD[model]
    related = [name for name in columns if model._meta.get_field(name).is_relation]
    events = list(
        trail_of(model).filter(pgh_obj_id=line.pk).select_related("pgh_context", *related).order_by("pgh_id")
    )
    until = _decided_in_trail(line, events)
    events = [event for event in events if until is None or event.pgh_created_at <= until]
    linked = [
        (event, column, cell)
        for link, own, column, cell in LINKS[model]
        for event in trail_of(link)
        .filter(**{f"{own}_id": line.pk})
        .select_related("pgh_context", column)
        .order_by("pgh_id")
        if until is None or event.pgh_created_at <= until
    ]
    people = _people_of([*events, *(event for event, _column, _cell in linked)])
    # What one saving wrote shares its moment, for the trail keeps the transaction's: its last word counts.
    entries: dict[datetime.datetime, Entry] = {}
    before = None
    for event in {event.pgh_created_at: event for event in events}.values():
        entry = entries.setdefault(event.pgh_created_at, _entry_of(event, people))
        entry.differences += _between(model, before, event)
        before = event
    for event, column, cell in linked:
        entry = entries.setdefault(event.pgh_created_at, _entry_of(event, people))
        entry.differences.append(_link(event, column, cell))
    return [entry for entry in entries.values() if entry.differences]


def _decided_in_trail(line: Line, events: list[Any]) -> datetime.datetime | None:
    """Return when, in the trail, a line was decided or its plan approved; None while it is not."""
    if isinstance(line, AnnualTarget):
        decided = [event for event in events if event.state in AnnualTarget.SEEN_BY_ALL]
        return decided[0].pgh_created_at if decided else None
    approved = (
        trail_of(WorkProgramme)
        .filter(pgh_obj_id=line.work_programme_id, state__in=WorkProgramme.SEEN_BY_ALL_GROUPS)
        .order_by("pgh_id")
        .first()
    )
    return approved.pgh_created_at if approved else None


def _people_of(events: list[Any]) -> dict[int, str]:
    ids = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids - {None} or [0])}


def _entry_of(event: Any, people: dict[int, str]) -> Entry:
    user = event.pgh_context.metadata.get("user") if event.pgh_context else None
    if user is None:
        return Entry("written", None, is_loaded=True)
    return Entry("written", business_time(event.pgh_created_at), people.get(user, ""))


def _between(model: type[models.Model], before: Any, after: Any) -> list[Difference]:
    """Return the columns that one saving changed, under the names of their cells."""
    differences = []
    for name, cell in TOLD[model].items():
        old = in_words(before, name) if before is not None else ""
        new = in_words(after, name)
        if old != new:
            label = _label(model, name, cell)
            differences.append(difference(label, old, new))
    return differences


def _label(model: type[models.Model], name: str, cell: str) -> str:
    named = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label_of(Change(cell=cell, label=capfirst(named), old="", new="", old_shown="", new_shown=""))


def in_words(event: Any, name: str) -> str:
    """Return what a column of the trail says, as its reader reads it."""
    value = getattr(event, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime.date):
        return text.day(value)
    if isinstance(value, models.Model):
        return _name_of(value)
    choices = event._meta.get_field(name).choices
    if choices:
        return capfirst(str(dict(choices)[value]))
    if name in EUROS:
        return text.exact_euros(value)
    return value if isinstance(value, str) else text.number(value)


def _name_of(row: Any) -> str:
    words = text.words_of(row, "name")[0] or text.words_of(row, "text")[0]
    if isinstance(row, Post):
        return words
    # A cost centre is known by its number, as in the budget.
    known_by = row.number if isinstance(row, CostCentre) else row.code
    return f"{known_by} {words}".strip()


def _link(event: Any, column: str, cell: str) -> Difference:
    named = _name_of(getattr(event, column))
    label = label_of(Change(cell=cell, label=cell, old="", new="", old_shown="", new_shown=""))
    return difference(label, named, "") if event.pgh_label == "delete" else difference(label, "", named)


# Decisions, amendments and follow-up


def _decided(line: Line) -> list[Entry]:
    """Return the decision that fixed a line: of the budget, or of its group's plan."""
    if isinstance(line, AnnualTarget):
        decision = line.decision
        day = line.budget.decided_on if line.budget else None
    else:
        decision = line.work_programme.approval
        day = line.work_programme.approved_on
    matter = decision.matter if decision else None
    day = matter.meeting.held_on if matter else day
    if day is None:
        return []
    return [Entry("decided", clock.at(day, 0), matter=matter)]


def _amended(amendment: Amendment) -> Entry:
    return Entry(
        "amendment",
        amendment.decided_at or amendment.proposed_at,
        amendment=amendment,
        matter=amendment.decision.matter if amendment.decision else None,
        differences=[
            difference(label_of(change), change["old_shown"], change["new_shown"])
            for change in amendment.changes
        ],
    )


def _said(said: list[PeriodSaid]) -> list[Entry]:
    """Return each wording with what it changed of the one before it."""
    entries, before = [], None
    for period in reversed(said):
        for wording in reversed(period.wordings):
            day = wording.telling.said_on
            entries.append(
                Entry(
                    "said",
                    wording.moment or (clock.at(day, 0) if day else None),
                    differences=differences_between(before, wording.telling),
                    period=period.period,
                    steps=wording.steps,
                    is_loaded=wording.telling.is_imported,
                    matter=wording.matter,
                )
            )
            before = wording.telling
    return entries


def amendments_of(line: Line, programme: Programme, reader: User | AnonymousUser) -> list[Amendment]:
    """Return the amendments of a line that a reader may see, with their decisions: one query."""
    amendments = Amendment.objects.visible_to(reader, programme).filter(**line_lookup(line))
    return list(amendments.select_related("group__programme", "decision__matter__meeting__body__programme"))
