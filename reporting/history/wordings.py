"""What was said of a line, period by period and wording by wording, as one reader may read it.

A wording that was not accepted is its group's, the office's, the presenting officer's and the auditor's: for
others it never was. Those who read what was told to them read the wordings of their reports.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser

from programme import rules as programme_rules
from programme.models import Matter, Origin, Programme, ReportingPeriod, User
from programme.models.base import signed
from programme.statuses import NOT_UPDATED
from programme.trail import business_time, trail_of
from reporting import rules
from reporting.history.told import Told
from reporting.tellings import Telling, telling_of, tellings_of
from workgroups import rules as group_rules
from workgroups.models import FollowUp
from workgroups.services import Line, line_lookup, year_of


@dataclass
class Step:
    """What was done with a wording: a state of a follow-up, by whom and when."""

    state: str
    who: str
    moment: datetime.datetime | None
    reason: str = ""


@dataclass
class Wording:
    """One wording of what was said in a period; `key` names it in an address."""

    key: str
    telling: Telling
    steps: list[Step] = field(default_factory=list)
    is_late: bool = False
    matter: Matter | None = None  # where its evidence is a decision
    moment: datetime.datetime | None = None


@dataclass
class PeriodSaid:
    """One period of a line: its status to the reader, its wordings (the latest first) and its reports."""

    period: ReportingPeriod
    status: str
    wordings: list[Wording]
    told: list[Told]


def said_by_period(
    line: Line, programme: Programme, reader: User | AnonymousUser, told: list[Told]
) -> list[PeriodSaid]:
    """Return the line by period, the latest first; one in which nobody answered stands as not updated."""
    standing = tellings_of(line, year=year_of(line), programme=programme, reader=reader)
    if rules.reads_live_figures(reader, programme):
        wordings = _of_trail(line, programme, reader, [telling.period for telling in standing])
    else:
        wordings = _of_reports(told)
    for now in standing:
        of_period = [wording for wording in wordings if wording.telling.period.pk == now.period.pk]
        if of_period:
            of_period[-1].telling.files = now.files  # files are the follow-up's, not a wording's
    return [
        PeriodSaid(
            period=now.period,
            status=now.status,
            wordings=[found for found in reversed(wordings) if found.telling.period.pk == now.period.pk],
            told=[found for found in told if found.report.period_id == now.period.pk],
        )
        for now in standing
    ]


def _of_reports(told: list[Told]) -> list[Wording]:
    """Return the wordings that reports told, each once, under the first report that told it."""
    wordings: dict[tuple[int, str], Wording] = {}
    for found in told:
        if found.telling.status == NOT_UPDATED:
            continue
        same = (found.telling.period.pk, repr(replace(found.telling, reports=())))
        wordings.setdefault(same, Wording(found.key, found.telling))
    return list(wordings.values())


def _of_trail(
    line: Line, programme: Programme, reader: User | AnonymousUser, periods: Iterable[ReportingPeriod]
) -> list[Wording]:
    """Return what follow-ups have said, the earliest first, from their trail: two queries."""
    begun = {period.pk: period for period in periods}
    lookup = {f"{name}_id": row.pk for name, row in line_lookup(line).items()}
    events = [
        event
        for event in trail_of(FollowUp)
        .filter(**lookup, period__in=begun)
        .select_related("new_responsible", "decision__matter__meeting__body__programme")
        .order_by("pgh_id")
        if event.pgh_label != "delete" and _is_seen(event, programme, reader)
    ]
    people = _people_of(events)
    wordings: dict[int, list[Wording]] = {}
    versions: dict[int, int] = {}
    for event in events:
        if versions.get(event.pgh_obj_id) == event.version:
            continue  # no act: a closed account has left its words
        versions[event.pgh_obj_id] = event.version
        of_period = wordings.setdefault(event.period_id, [])
        if event.state == FollowUp.State.SUBMITTED or not of_period:
            if of_period:
                of_period[-1].telling.is_submitted = False  # another wording waits in its place
            of_period.append(_begun(event, begun[event.period_id], people))
        if event.state != FollowUp.State.SUBMITTED:
            _judged(of_period[-1], event, begun[event.period_id], people)
    in_order = sorted(begun.values(), key=lambda period: period.ends_on)
    return [wording for period in in_order for wording in wordings.get(period.pk, [])]


def _is_seen(event: Any, programme: Programme, reader: User | AnonymousUser) -> bool:
    return (
        event.state == FollowUp.State.APPROVED
        or bool(programme_rules.reads_unfinished_work(reader, programme))
        or event.group_id in group_rules.groups_of(reader, programme)
    )


def _begun(event: Any, period: ReportingPeriod, people: dict[int, User]) -> Wording:
    who = _signed(people, event.submitted_by_id, event.submitted_for_id)
    step = Step(FollowUp.State.SUBMITTED, who, event.submitted_at)
    return Wording(
        key=str(event.pgh_id),
        telling=telling_of(period, event),
        steps=[] if event.origin == Origin.IMPORTED else [step],
        is_late=event.origin == Origin.PORTAL and event.submitted_at >= period.closes_at,
        matter=event.decision.matter if event.decision else None,
        moment=event.submitted_at,
    )


def _judged(wording: Wording, event: Any, period: ReportingPeriod, people: dict[int, User]) -> None:
    """Add to a wording that it was accepted or returned. A return has no time of its own but the trail's."""
    moment = event.accepted_at or business_time(event.pgh_created_at)
    wording.telling = telling_of(period, event)
    who = _signed(people, event.accepted_by_id, event.accepted_for_id)
    wording.steps.append(Step(event.state, who, moment, event.returning_reason))


def _people_of(events: list[Any]) -> dict[int, User]:
    columns = ("submitted_by_id", "submitted_for_id", "accepted_by_id", "accepted_for_id")
    ids = {getattr(event, column) for event in events for column in columns} - {None}
    return {user.pk: user for user in User.objects.filter(pk__in=ids or [0])}


def _signed(people: dict[int, User], by: int | None, in_place_of: int | None) -> str:
    """Return who did it, and in whose place; an account that is closed has no name."""
    return signed(people[by], people.get(in_place_of or 0)) if by in people else ""
