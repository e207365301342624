"""A group's own report: written and submitted by its coordinator, accepted or returned by its chair."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.models import Programme, ReportingPeriod, User
from workgroups import services
from workgroups.annual_clock import doing
from workgroups.drafts import draft_of
from workgroups.lines import PEOPLE, words_of
from workgroups.models import FollowUp, GroupReport, WorkingGroup
from workgroups.models.groups import answered_for
from workgroups.models.judged import JudgedQuerySet

TEXTS = ("done", "hinders", "asked")


def report_of(group: WorkingGroup, period: ReportingPeriod) -> GroupReport | None:
    rows = GroupReport.objects.filter(group=group, period=period)
    return rows.select_related(*PEOPLE, "period", "group__programme").first()


@transaction.atomic
def submit_group_report(
    group: WorkingGroup,
    period: ReportingPeriod,
    *,
    actor: User,
    version: int,
    values: dict[str, Any],
    drafted: str = "",
) -> GroupReport:
    """Store a group's report and hand it to the chair; lines that nobody updated stay silent.

    The same words sent twice are stored once. The writer's draft goes, if it is the one that these words grew
    from, told by its stamp `drafted`. Raises StaleVersionError when the stored report is not the
    version that was edited, ValidationError when the round is closed or the report already accepted.
    """
    services.lock_group(group)
    services.must_be_open(period)
    stored = report_of(group, period)
    if stored is not None and services.is_sent_again(stored, version, actor, values):
        return stored
    if (stored.version if stored else 0) != version:
        raise services.StaleVersionError(stored or GroupReport(group=group, period=period))
    if stored is not None and stored.state == GroupReport.State.APPROVED:
        raise ValidationError(_("The report has been accepted. The chair can return it with a reason."))
    report = stored or GroupReport(group=group, period=period, version=0)
    report.version += 1
    for name, value in values.items():
        setattr(report, name, value)
    report.submit(by=actor, in_place_of=services.absent_coordinator(actor, group))
    report.save()
    doing.report_submitted(group, period, by=actor)
    draft = draft_of(group, period, actor)
    if draft is not None and draft.stamp == drafted:
        draft.delete()
    return report


@transaction.atomic
def accept_group_report(report: GroupReport, *, actor: User, version: int) -> None:
    """Accept a group's report, in the version that was read, and close the group's round with it.

    Raises StaleVersionError when it has been written anew since, ValidationError when it no longer waits, is
    one's own, or when lines still wait to be judged.
    """
    services.lock_group(report.group)
    locked = services.locked_as_read(report, version)
    locked.approve(by=actor, in_place_of=services.absent_chair(actor, locked.group, locked.writers))
    waiting = lines_waiting(report.group, report.period)
    if waiting:
        raise ValidationError(
            ngettext(
                "%(number)s line still waits. Accept or return it first: the report closes the round.",
                "%(number)s lines still wait. Accept or return them first: the report closes the round.",
                waiting,
            )
            % {"number": waiting}
        )
    services.save_judged(locked)
    doing.report_accepted(report.group, report.period, by=actor)


def lines_waiting(group: WorkingGroup, period: ReportingPeriod) -> int:
    """Return how many of a group's lines wait for its chair."""
    rows = FollowUp.objects.filter(group=group, period=period, state=FollowUp.State.SUBMITTED)
    return rows.filter(action__removed_at__isnull=True).count()


@transaction.atomic
def return_group_report(report: GroupReport, *, actor: User, version: int, reason: str) -> None:
    """Give a report back with a reason; an accepted one too while people answer, which opens the round again.

    Raises StaleVersionError when it has been written anew since, ValidationError when nothing can be returned
    or the reason is missing.
    """
    services.lock_group(report.group)
    locked = services.locked_as_read(report, version)
    if locked.state == GroupReport.State.APPROVED:
        services.must_be_open(report.period)
        locked.state = GroupReport.State.SUBMITTED
    locked.give_back(
        by=actor, reason=reason, in_place_of=services.absent_chair(actor, locked.group, locked.writers)
    )
    services.save_judged(locked)
    doing.report_returned(report.group, report.period)


@dataclass
class Judgement:
    """What became of the lines that were accepted at once."""

    accepted: list[str]
    refused: list[str]  # each with its reason


def accept_chosen(follow_ups: Iterable[FollowUp], versions: dict[int, int], *, actor: User) -> Judgement:
    """Accept several follow-ups, each for itself; what has changed since it was shown is not accepted."""
    outcome = Judgement([], [])
    for follow_up in follow_ups:
        code = follow_up.line.code
        try:
            services.accept_follow_up(follow_up, actor=actor, version=versions[follow_up.pk])
        except services.StaleVersionError:
            outcome.refused.append(
                _("%(line)s was written anew while you read it, and is not accepted yet: read it again.")
                % {"line": code}
            )
        except ValidationError as error:
            outcome.refused.append(f"{code}: {' '.join(error.messages)}")
        else:
            outcome.accepted.append(code)
    return outcome


def reports_waiting_for(
    user: User, programme: Programme, groups: list[int], *, accepts_for_office: bool
) -> JudgedQuerySet:
    """Return the submitted reports that a person is to accept or return."""
    for_whom = answered_for(groups, and_office=accepts_for_office)
    waiting = GroupReport.objects.filter(
        for_whom, group__programme=programme, state=GroupReport.State.SUBMITTED
    ).exclude(words_of(user, programme))
    return waiting.select_related("group__programme", "period", "submitted_by", "submitted_for")


@dataclass
class GroupsReport:
    """A group's report of the open round, written or yet to be, as its writer's desk tells of it."""

    group: WorkingGroup
    address: str
    report: GroupReport | None


def reports_of(groups: list[WorkingGroup], period: ReportingPeriod) -> list[GroupsReport]:
    """Return the reports that groups write in a period: one query."""
    rows = GroupReport.objects.filter(group__in=groups, period=period).select_related(*PEOPLE, "period")
    written = {report.group_id: report for report in rows}
    return [
        GroupsReport(
            group,
            GroupReport(group=group, period=period).get_absolute_url(),
            written.get(group.pk),
        )
        for group in groups
    ]
