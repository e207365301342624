"""Lines of a round: which targets and actions a group answers for, and what has been said of each."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from priorities.models import AnnualTarget, Indicator
from programme import clock
from programme.models import Programme, ReportingPeriod, User
from programme.statuses import NOT_UPDATED, Status, scale
from workgroups import rules
from workgroups.contradictions import contradictions, contradictions_of, last_day_of
from workgroups.models import Action, FollowUp, FollowUpDraft, WorkingGroup, WorkProgramme
from workgroups.models.groups import answered_for
from workgroups.services import Line, closing_reports, why_not_unchanged

# Those whose names stand by what was said.
PEOPLE = ("submitted_by", "submitted_for", "accepted_by", "accepted_for")


@dataclass
class RoundLine:
    """One line of a group's round, with what was said now and before, and what its reader has drafted."""

    line: Line
    group: WorkingGroup
    period: ReportingPeriod
    said: FollowUp | None
    before: FollowUp | None
    draft: FollowUpDraft | None
    group_has_closed: bool  # the accepted report has closed the group's round

    @property
    def is_target(self) -> bool:
        return isinstance(self.line, AnnualTarget)

    @property
    def due_on(self) -> datetime.date | None:
        """The day by which it is to be finished: of an action, the end of its months."""
        return last_day_of(self.line)

    @property
    def was_achieved(self) -> bool:
        """Whether it was said earlier this year to be achieved."""
        return self.before is not None and self.before.status == Status.ACHIEVED

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today() and not self.was_achieved

    @property
    def days_late(self) -> int:
        """How many days it is late and nobody has said a word of it in this round."""
        if self.due_on is None or not self.is_overdue or self.is_answered:
            return 0
        return (clock.today() - self.due_on).days

    @property
    def status(self) -> str:
        """The status said in this period, whatever became of it; silence is silence."""
        return self.said.status if self.said else NOT_UPDATED

    @property
    def previous_status(self) -> str:
        return self.before.status if self.before else NOT_UPDATED

    @property
    def is_answered(self) -> bool:
        return self.said is not None and self.said.state != FollowUp.State.RETURNED

    @property
    def is_returned(self) -> bool:
        return self.said is not None and self.said.state == FollowUp.State.RETURNED

    @property
    def is_closed(self) -> bool:
        """Whether the group's round has closed over it: only what was returned is still mended."""
        return self.group_has_closed and not self.is_returned

    @property
    def may_be_written(self) -> bool:
        """Whether it takes words: what is accepted does not, nor what the group's round closed over."""
        return not self.is_closed and (self.said is None or self.said.state != FollowUp.State.APPROVED)

    @property
    def doubts_of_said(self) -> list[str]:
        """What speaks against what was said in this round."""
        return contradictions_of(self.line, self.said) if self.said else []

    @property
    def doubts(self) -> list[str]:
        """What would speak against saying again what was said before."""
        before = self.before
        return contradictions(self.line, self.period, before.status, before.indicator_value) if before else []

    @property
    def doubts_by_status(self) -> list[tuple[str, str]]:
        """What would speak against each status that may be chosen, told beside the choice."""
        return [
            (code.value, doubt)
            for code in scale(year_end=self.period.is_year_end)
            for doubt in contradictions(self.line, self.period, code, None)
        ]

    @property
    def may_be_confirmed(self) -> bool:
        """Whether “unchanged” can be said: something was said before that needs no fresh reason or evidence,
        and its reader is not writing something else.
        """
        if self.is_closed or self.said is not None or self.before is None or self.draft is not None:
            return False
        return not self.why_not_unchanged

    @property
    def why_not_unchanged(self) -> str:
        """Why what was said before cannot stand as it is; empty where it can, or where nothing was said."""
        return why_not_unchanged(self.before, self.period) if self.before else ""

    @property
    def address(self) -> str:
        return follow_up_address(self.line, self.group.programme.slug, self.period.code)

    @property
    def accept_address(self) -> str:
        return follow_up_address(self.line, self.group.programme.slug, self.period.code, verb="accept")

    @property
    def return_address(self) -> str:
        return follow_up_address(self.line, self.group.programme.slug, self.period.code, verb="return")

    @property
    def confirm_address(self) -> str:
        return follow_up_address(self.line, self.group.programme.slug, self.period.code, verb="confirm")

    @property
    def draft_address(self) -> str:
        return follow_up_address(self.line, self.group.programme.slug, self.period.code, verb="draft")


def follow_up_address(
    line: Line | WorkingGroup, programme_slug: str, period_code: str, verb: str = ""
) -> str:
    """Return the address of a line's follow-up or of a group's report in a period, or of a verb on it."""
    if isinstance(line, WorkingGroup):
        name = "group-report"
    else:
        name = "target-follow-up" if isinstance(line, AnnualTarget) else "action-follow-up"
    name = f"workgroups:{name}" + (f"-{verb}" if verb else "")
    return reverse(name, args=[programme_slug, line.code, period_code])


def lines_of_round(groups: list[WorkingGroup], period: ReportingPeriod, reader: User) -> list[RoundLine]:
    """Return the lines that groups answer for in a period: seven queries.

    Order: what is late, then what is due first, then binding targets, then the plan's own order; what was
    achieved earlier comes last. An answer moves no line, so that who goes through them meets each.
    """
    targets = list(
        AnnualTarget.objects.decided()
        .filter(year=period.year, ownership__group__in=groups)
        .select_related("ownership", "programme")
    )
    actions = list(
        Action.objects.filter(
            work_programme__year=period.year,
            work_programme__group__in=groups,
            work_programme__state__in=WorkProgramme.SEEN_BY_ALL_GROUPS,
        ).select_related("work_programme__group__programme")
    )
    told = FollowUp.objects.filter(period=period, group__in=groups)
    said = _by_line(told.select_related(*PEOPLE, "period"))
    earlier = FollowUp.objects.approved().filter(
        group__in=groups, period__year=period.year, period__ends_on__lt=period.ends_on
    )
    before = _by_line(earlier.select_related("period").order_by("period__ends_on"))
    drafts = _by_line(FollowUpDraft.objects.filter(user=reader, period=period, group__isnull=True))
    closed = closing_reports(groups, period)
    by_id = {group.pk: group for group in groups}
    lines: list[tuple[Line, int]] = [(target, target.ownership.group_id) for target in targets]
    lines += [(action, action.work_programme.group_id) for action in actions]
    rows = [
        RoundLine(
            line=line,
            group=by_id[group_id],
            period=period,
            said=said.get(_key(line)),
            before=before.get(_key(line)),
            draft=drafts.get(_key(line)),
            group_has_closed=group_id in closed,
        )
        for line, group_id in lines
    ]
    return sorted(rows, key=_urgency)


def _urgency(row: RoundLine) -> tuple[bool, bool, datetime.date, bool, bool, int]:
    """Return what is to be answered first: interface, Oma työ."""
    is_binding = isinstance(row.line, AnnualTarget) and row.line.binding
    due_on = row.due_on or datetime.date.max
    return not row.is_overdue, row.was_achieved, due_on, not is_binding, not row.is_target, row.line.order


def _key(line: Line) -> tuple[str, int]:
    return ("target" if isinstance(line, AnnualTarget) else "action", line.pk)


def _by_line(rows: Any) -> dict[tuple[str, int], Any]:
    return {("target", row.target_id) if row.target_id else ("action", row.action_id): row for row in rows}


def words_of(user: User, programme: Programme, *, by: str = "submitted", path: str = "group") -> Q:
    """Return the condition of words that a person may not judge: their own, and whose place they take.

    `by` names the columns that say whose words a row holds, `path` leads from a row to its group.
    """
    own = _words_of(user.pk, by)
    for group in rules.groups_of(user, programme, rules.ACCEPTING_ROLES):
        absent = rules.only_in_place_of(user, group, rules.ACCEPTING_ROLES)
        if absent is not None:
            own |= Q(**{path: group}) & _words_of(absent, by)
    absent = rules.only_presents_in_place_of(user, programme)
    if absent is not None:
        own |= answered_for([], and_office=True, path=path) & _words_of(absent, by)
    return own


def _words_of(person: int, by: str) -> Q:
    return Q(**{f"{by}_by": person}) | Q(**{f"{by}_for": person})


def waiting_for(user: User, programme: Programme, groups: list[int], *, accepts_for_office: bool) -> Any:
    """Return the submitted follow-ups that a person is to accept or return; none of their own words."""
    for_whom = answered_for(groups, and_office=accepts_for_office)
    return (
        FollowUp.objects.filter(
            for_whom,
            group__programme=programme,
            state=FollowUp.State.SUBMITTED,
            action__removed_at__isnull=True,  # nothing more is asked of what an amendment took out
        )
        .exclude(words_of(user, programme))
        .select_related(
            "target__programme",
            "action__work_programme__group__programme",
            "group__programme",
            "period",
            "submitted_by",
            "submitted_for",
            "new_responsible",
            "decision__matter__meeting__body__programme",
        )
        .order_by(
            "group__order",
            "group",
            F("target__order").asc(nulls_last=True),
            "target",
            "action__order",
            "action",
        )
    )


def indicator_of(line: Line) -> Indicator | None:
    """Return the indicator in whose series a line's value stands, where it does."""
    measured = getattr(line, "measured", None)
    return measured.indicator if measured else None
