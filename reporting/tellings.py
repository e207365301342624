"""What has been said of a line, period by period, as one reader may read it."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from priorities.models import AnnualTarget
from programme import clock
from programme.models import Matter, Origin, Post, Programme, ReportingPeriod, User
from programme.statuses import NOT_UPDATED, WAITING
from reporting import rules
from reporting.depths import at_depth
from reporting.fact_types import LineFacts
from reporting.facts.values import decimal
from reporting.models import Dataset, Report
from workgroups.lines import PEOPLE
from workgroups.models import Action, EvidenceFile, FollowUp
from workgroups.services import line_lookup


@dataclass
class Telling:
    """What was said of a line in one period."""

    period: ReportingPeriod
    status: str  # a status code, not_updated, or waiting where the reader may not see what waits
    text: str = ""
    language: str = "fi"
    reason: str = ""
    effect: str = ""
    corrective_action: str = ""
    new_due_on: datetime.date | None = None
    new_responsible: Post | None = None
    forecast: Decimal | None = None
    decision_needed: str = ""
    value: str | None = None
    evidence: str = ""
    matter: Matter | None = None  # where its evidence is a decision
    files: tuple[EvidenceFile, ...] = ()  # those that the reader may see
    changes_secrecy: bool = False  # whether the reader says which of them are secret
    is_target: bool = True
    is_confirmed: bool = False
    is_imported: bool = False
    is_submitted: bool = False  # seen by its group before it is accepted
    is_returned: bool = False
    returning_reason: str = ""
    said_on: datetime.date | None = None
    submitted_on: datetime.date | None = None  # not known of what reports tell
    is_late: bool = False  # submitted after the round's original closing
    said_by: str = ""
    accepted_by: str = ""
    reports: tuple[Report, ...] = ()


def tellings_of(
    line: AnnualTarget | Action, *, year: int, programme: Programme, reader: User | AnonymousUser
) -> list[Telling]:
    """Return the line by period, the latest first: live for officials and groups, as told for others."""
    reports = list(
        Report.objects.visible_to(reader, programme)
        .frozen()
        .filter(period__year=year)
        .select_related("period", "audience", "programme")
        .order_by("audience__order")
    )
    if rules.reads_live_figures(reader, programme):
        return _live(line, year, programme, reader, reports)
    return _told(line, reports)


def _live(
    line: AnnualTarget | Action,
    year: int,
    programme: Programme,
    reader: User | AnonymousUser,
    reports: list[Report],
) -> list[Telling]:
    periods = ReportingPeriod.objects.filter(programme=programme, year=year)
    begun: QuerySet[ReportingPeriod] = periods.filter(opens_at__lte=clock.now())
    everything = FollowUp.objects.filter(**line_lookup(line))
    seen = everything.visible_to(reader, programme).select_related(
        "new_responsible", "group__programme", "decision__matter__meeting__body__programme", *PEOPLE
    )
    said = {follow_up.period_id: follow_up for follow_up in seen}
    has_files = any(follow_up.evidence_files for follow_up in said.values())
    files = _files_of(seen, programme, reader) if has_files else []
    waiting = set(everything.filter(state=FollowUp.State.SUBMITTED).values_list("period_id", flat=True))
    tellings = []
    for period in begun.order_by("-ends_on"):
        found = said.get(period.pk)
        if found is not None:
            telling = telling_of(period, found)
            telling.is_late = found.is_late
            telling.said_by = found.submitter if found.submitted_by else ""
            telling.accepted_by = found.acceptor if found.accepted_by and found.accepted_at else ""
            telling.matter = found.decision.matter if found.decision else None
            telling.files = tuple(file for file in files if file.follow_up_id == found.pk)
            says = reader.has_perm("workgroups.change_secrecy", found.group) if telling.files else False
            telling.changes_secrecy = says
        else:
            telling = Telling(period, WAITING if period.pk in waiting else NOT_UPDATED)
        telling.reports = tuple(report for report in reports if report.period_id == period.pk)
        tellings.append(telling)
    return tellings


def _files_of(
    seen: QuerySet[FollowUp], programme: Programme, reader: User | AnonymousUser
) -> list[EvidenceFile]:
    files = EvidenceFile.objects.visible_to(reader, programme).filter(follow_up__in=seen.order_by())
    return list(files.select_related("attachment"))


def telling_of(period: ReportingPeriod, said: Any) -> Telling:
    """Return what a follow-up says, or said at some moment of its trail."""
    moment = said.accepted_at or said.submitted_at
    said.period = period
    return Telling(
        period=period,
        status=said.status,
        text=said.text,
        language=said.language,
        reason=said.reason,
        effect=said.effect,
        corrective_action=said.corrective_action,
        new_due_on=said.new_due_on,
        new_responsible=said.new_responsible,
        forecast=said.forecast,
        decision_needed=said.decision_needed,
        value=decimal(said.indicator_value),
        evidence=said.evidence,
        is_target=said.target_id is not None,
        is_confirmed=said.confirmed_unchanged,
        is_imported=said.origin == Origin.IMPORTED,
        is_submitted=said.state == FollowUp.State.SUBMITTED,
        is_returned=said.state == FollowUp.State.RETURNED,
        returning_reason=said.returning_reason,
        said_on=clock.day_of(moment),
        submitted_on=clock.day_of(said.submitted_at),
    )


def _told(line: AnnualTarget | Action, reports: list[Report]) -> list[Telling]:
    """Read the line from the datasets of the reports: the first of a period that tells it."""
    tellings: dict[int, Telling] = {}
    datasets = Dataset.objects.in_bulk({report.dataset_id for report in reports})
    for report in sorted(reports, key=lambda report: report.period.ends_on, reverse=True):
        facts = at_depth(datasets[report.dataset_id].facts, report.depth)
        lines = facts["targets"] if isinstance(line, AnnualTarget) else facts["actions"]
        found = next((told for told in lines if told["code"] == line.code), None)
        if found is None:
            continue
        known = tellings.get(report.period_id)
        if known is not None:
            known.reports = (*known.reports, report)
            continue
        tellings[report.period_id] = told_of(report.period, found, reports=(report,))
    return list(tellings.values())


def told_of(period: ReportingPeriod, told: LineFacts, *, reports: tuple[Report, ...]) -> Telling:
    """Return what frozen facts tell of a line."""
    telling = Telling(period, told["status"], reports=reports)
    follow_up = told["follow_up"]
    if follow_up is not None:
        telling.text = follow_up["text"]
        telling.language = follow_up["language"]
        telling.reason = follow_up["reason"]
        telling.effect = follow_up["effect"]
        telling.corrective_action = follow_up["corrective_action"]
        telling.decision_needed = follow_up["decision_needed"]
        telling.value = follow_up["value"]
        telling.evidence = follow_up["evidence"]["words"] if "evidence" in follow_up else ""
        telling.is_confirmed = follow_up["confirmed_unchanged"]
        telling.is_imported = follow_up["imported"]
        telling.is_late = follow_up.get("late", False)
        telling.said_on = datetime.date.fromisoformat(follow_up["accepted_on"])
        due = follow_up["new_due_on"]
        telling.new_due_on = datetime.date.fromisoformat(due) if due else None
    return telling
