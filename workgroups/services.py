"""Follow-up as a process: submit, confirm, accept, return. Each in one transaction, the line locked."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from programme import clock
from programme.models import ReportingPeriod, User
from programme.statuses import DEVIATING, SHORT_OF_AIM, Status, scale
from workgroups import evidence, rules
from workgroups.evidence import EvidenceChange
from workgroups.models import Action, FollowUp, FollowUpDraft, GroupReport, TargetOwnership, WorkingGroup
from workgroups.models.judged import Judged

Line = AnnualTarget | Action
JudgedRow = TypeVar("JudgedRow", FollowUp, GroupReport)
NO_FILES = EvidenceChange()


class StaleVersionError(Exception):
    """Somebody saved the same follow-up or report meanwhile; `stored` is what stands there now."""

    def __init__(self, stored: Any) -> None:
        super().__init__("It was saved by somebody else meanwhile.")
        self.stored = stored


def line_lookup(line: Line) -> dict[str, Any]:
    """Return which column of a follow-up or a draft points at this line."""
    return {"target": line} if isinstance(line, AnnualTarget) else {"action": line}


def group_of(line: Line) -> WorkingGroup | None:
    """Return the group that answers for a line; None for a target that has not been given to one."""
    if isinstance(line, Action):
        return line.work_programme.group
    ownership: TargetOwnership | None = getattr(line, "ownership", None)
    return ownership.group if ownership else None


def answering_group_of(line: Line) -> WorkingGroup:
    """Return the group that answers for a line. Raises ValidationError where none does."""
    group = group_of(line)
    if group is None:
        raise ValidationError(_("No working group answers for this target yet, so nobody follows it up."))
    return group


def year_of(line: Line) -> int:
    return line.year if isinstance(line, AnnualTarget) else line.work_programme.year


@transaction.atomic
def submit_follow_up(
    line: Line,
    period: ReportingPeriod,
    *,
    actor: User,
    version: int,
    values: dict[str, Any],
    drafted: str = "",
    change: EvidenceChange = NO_FILES,
) -> FollowUp:
    """Store what was said of a line and hand it to the chair.

    The same words sent twice are stored once. The writer's draft goes, if it is the one that these words grew
    from, told by its stamp `drafted`: what they have typed since on another page stays. Raises
    StaleVersionError when the stored follow-up is not the version that was edited, ValidationError when the
    period is closed, the follow-up is already accepted, or the line has been taken out of its plan.
    """
    _must_be_followed_up(_locked(line))
    must_be_open(period)
    stored = FollowUp.objects.filter(period=period, **line_lookup(line)).first()
    if stored is None and version == 0:
        follow_up = FollowUp(period=period, group=answering_group_of(line), **line_lookup(line))
    elif stored is not None and is_sent_again(stored, version, actor, values):
        return stored
    elif stored is None or stored.version != version:
        raise StaleVersionError(stored or FollowUp(period=period, **line_lookup(line)))
    else:
        follow_up = stored
        follow_up.version += 1
    _must_not_be_accepted(follow_up)
    if follow_up.state != FollowUp.State.RETURNED:
        must_not_be_closed_by_report(follow_up.group, period)
    for name, value in values.items():
        setattr(follow_up, name, value)
    if follow_up.status not in scale(year_end=period.is_year_end):
        raise ValidationError(_("The year-end has statuses of its own: choose one of them."))
    if follow_up.status in SHORT_OF_AIM and not (follow_up.text and follow_up.reason):
        raise ValidationError(_("Write why it was achieved only in part or not at all."))
    follow_up.confirmed_unchanged = False
    draft = _drafts_of(follow_up, actor).first()
    follow_up.evidence_files = evidence.count_after(stored, draft, change)
    _submit(follow_up, actor)
    evidence.hand_over(follow_up, draft, change, actor=actor)
    if draft is not None and draft.stamp == drafted:
        draft.delete()
    return follow_up


@transaction.atomic
def confirm_unchanged(line: Line, period: ReportingPeriod, *, actor: User) -> FollowUp:
    """Store, as an event of its own, that the situation is as it was in the previous period.

    Raises ValidationError where a reason must be fresh, where nothing was said before, where the person is
    writing something else, or where the line has already been answered.
    """
    _must_be_followed_up(_locked(line))
    must_be_open(period)
    must_not_be_closed_by_report(answering_group_of(line), period)
    if FollowUp.objects.filter(period=period, **line_lookup(line)).exists():
        raise ValidationError(_("This line has already been updated in this period."))
    if FollowUpDraft.objects.filter(user=actor, period=period, **line_lookup(line)).exists():
        raise ValidationError(_("You have a draft of this line: submit it, or discard it first."))
    before = previous_follow_up(line, period)
    if before is None:
        raise ValidationError(_("Nothing was said of this line before: write what the situation is."))
    if reason := why_not_unchanged(before, period):
        raise ValidationError(reason)
    follow_up = FollowUp(
        period=period,
        group=answering_group_of(line),
        status=before.status,
        text=before.text,
        language=before.language,
        indicator_value=before.indicator_value,
        evidence=before.evidence,
        decision=before.decision,
        confirmed_unchanged=True,
        **line_lookup(line),
    )
    _submit(follow_up, actor)
    evidence.carry_over(before, follow_up)
    return follow_up


def why_not_unchanged(before: FollowUp, period: ReportingPeriod) -> str:
    """Return why what was said before cannot be said again by one press; empty where it can.

    Whatever is handed over in the portal meets the portal's demands, be it said in a file first.
    """
    if before.status not in scale(year_end=period.is_year_end):
        return _("The year-end has statuses of its own: choose one of them.")
    if before.status in DEVIATING:
        return _("A delay is not confirmed as unchanged: its reason must be fresh.")
    if before.status == Status.ACHIEVED and not evidence.is_shown(
        before.evidence, has_decision=before.decision_id is not None, has_files=before.evidence_files > 0
    ):
        return _(
            "It was said to be achieved without evidence. Update the line and write where it can be seen."
        )
    return ""


def previous_follow_up(line: Line, period: ReportingPeriod) -> FollowUp | None:
    """Return the approved follow-up of the line's latest earlier period of the same year."""
    earlier = FollowUp.objects.approved().filter(
        period__year=period.year, period__ends_on__lt=period.ends_on, **line_lookup(line)
    )
    return earlier.select_related("period").order_by("-period__ends_on").first()


@transaction.atomic
def accept_follow_up(follow_up: FollowUp, *, actor: User, version: int) -> None:
    """Accept a submitted follow-up, in the version that was read.

    Raises StaleVersionError when it has been written anew since, ValidationError when it no longer waits or
    is one's own.
    """
    locked = locked_as_read(follow_up, version)
    locked.approve(by=actor, in_place_of=absent_chair(actor, locked.group, locked.writers))
    save_judged(locked)


@transaction.atomic
def return_follow_up(follow_up: FollowUp, *, actor: User, version: int, reason: str) -> None:
    """Give a follow-up, in the version that was read, back to its writer with a reason.

    Raises StaleVersionError when it has been written anew since, ValidationError when it no longer waits.
    """
    locked = locked_as_read(follow_up, version)
    locked.give_back(by=actor, reason=reason, in_place_of=absent_chair(actor, locked.group, locked.writers))
    save_judged(locked)


def absent_chair(actor: User, group: WorkingGroup, writers: set[int]) -> User | None:
    """Return in whose place somebody judges what these wrote; None where they judge for themselves."""
    return absent_person(rules.accepts_in_place_of(actor, group, besides=writers))


def absent_coordinator(actor: User, group: WorkingGroup) -> User | None:
    """Return the coordinator in whose place somebody writes of a round; None: they do so for themselves."""
    return absent_person(rules.follows_up_in_place_of(actor, group))


def absent_planner(actor: User, group: WorkingGroup) -> User | None:
    """Return in whose place somebody plans or enters a value; None where they do so for themselves."""
    return absent_person(rules.plans_in_place_of(actor, group))


def absent_person(person: int | None) -> User | None:
    """Return the person in whose place somebody acts, by their id."""
    return None if person is None else User.objects.get(pk=person)


def save_judged(judged: Judged) -> None:
    """Save what became of a locked row that was judged."""
    judged.version += 1
    judged.save(
        update_fields=["state", "returning_reason", "accepted_by", "accepted_for", "accepted_at", "version"]
    )


def closing_report(group: WorkingGroup, period: ReportingPeriod) -> GroupReport | None:
    """Return the accepted report that has closed a group's round; None while its lines take answers."""
    return closing_reports([group], period).get(group.pk)


def closing_reports(groups: Iterable[WorkingGroup], period: ReportingPeriod) -> dict[int, GroupReport]:
    """Return, by group, the accepted reports that have closed the groups' rounds: one query.

    A round that is opened again is open for the groups too whose report was accepted before its closing.
    """
    accepted = GroupReport.objects.approved().filter(group__in=groups, period=period)
    if clock.now() >= period.closes_at:
        accepted = accepted.filter(accepted_at__gte=period.closes_at)
    return {report.group_id: report for report in accepted}


def must_not_be_closed_by_report(group: WorkingGroup, period: ReportingPeriod) -> None:
    """Raise ValidationError where the group's accepted report has closed its round.

    Who asks holds the group's row until the end, so that no line comes in while its report is accepted.
    """
    lock_group(group)
    if closing_report(group, period) is not None:
        raise ValidationError(closed_by_report())


def closed_by_report() -> str:
    return _("The chair has accepted the group’s report: its round is closed. Returned lines can be mended.")


def lock_group(group: WorkingGroup) -> None:
    """Make those who write of the same group's round wait for each other."""
    WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)


def is_sent_again(stored: Judged, version: int, actor: User, values: dict[str, Any]) -> bool:
    """Whether the same person's same words have come twice, as by a second press of the button."""
    return (
        stored.version == version + 1
        and stored.submitted_by_id == actor.pk
        and stored.state == Judged.State.SUBMITTED
        and all(getattr(stored, name) == value for name, value in values.items())
    )


def _locked(line: Line) -> Line:
    """Make those who write of the same line wait for each other, also before its first follow-up."""
    return type(line)._base_manager.select_for_update(no_key=True).get(pk=line.pk)


def _must_be_followed_up(line: Line) -> None:
    if isinstance(line, Action) and line.removed_at is not None:
        raise ValidationError(_("This action has been taken out of its plan: nothing more is asked of it."))


def locked_as_read(judged: JudgedRow, version: int) -> JudgedRow:
    """Return a row that is judged, locked: what waits may be written anew until it is accepted.

    Raises StaleVersionError where it waits in another version than was read.
    """
    judged.group.programme.must_not_be_closed()
    locked = type(judged).objects.select_for_update().get(pk=judged.pk)
    if locked.state == Judged.State.SUBMITTED and locked.version != version:
        raise StaleVersionError(locked)
    return locked


def must_be_open(period: ReportingPeriod) -> None:
    """Raise ValidationError where nobody answers in a period now."""
    period.programme.must_not_be_closed()
    if not period.is_open:
        raise ValidationError(_("The round is closed. The programme office may reopen it with a reason."))


def _must_not_be_accepted(follow_up: FollowUp) -> None:
    if follow_up.state == FollowUp.State.APPROVED:
        raise ValidationError(_("This follow-up has been accepted and no longer changes in this round."))


def _submit(follow_up: FollowUp, actor: User) -> None:
    follow_up.submit(by=actor, in_place_of=absent_coordinator(actor, follow_up.group))
    follow_up.save()


def _drafts_of(follow_up: FollowUp, writer: User) -> QuerySet[FollowUpDraft]:
    return FollowUpDraft.objects.filter(user=writer, period=follow_up.period, **line_lookup(follow_up.line))
