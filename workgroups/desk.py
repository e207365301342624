"""Oma työ: what a person must do, what is late, what came back, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from priorities.models import AnnualTarget, Indicator, IndicatorValue
from programme import clock
from programme import rules as programme_rules
from programme.meetings.questions import questions_to_answer
from programme.meetings.tasks import tasks_to_verify
from programme.models import (
    Body,
    BodySeat,
    Deadline,
    DecisionTask,
    Meeting,
    Programme,
    Question,
    ReportingPeriod,
    User,
)
from workgroups import rules
from workgroups.annual_clock.own import next_deadlines
from workgroups.comments import comments_for
from workgroups.drafts import KeptDraft, drafts_of
from workgroups.evaluations.rounds import rounds_to_answer
from workgroups.group_reports import GroupsReport, reports_of, reports_waiting_for
from workgroups.indicators.entering import indicators_to_enter, returned_values, waiting_values
from workgroups.lines import RoundLine, lines_of_round, waiting_for
from workgroups.models import (
    Amendment,
    BudgetProposal,
    EvaluationGroup,
    FollowUp,
    GroupReport,
    LineComment,
    WorkingGroup,
    WorkProgramme,
)
from workgroups.models.groups import answered_for
from workgroups.own_bodies import in_own_bodies
from workgroups.targets.drafting import year_to_plan

NEXT_MEETINGS = 5


@dataclass
class Desk:
    """Everything on one person's desk today."""

    period: ReportingPeriod | None  # the open round
    last_period: ReportingPeriod | None  # the latest round that has begun
    next_period: ReportingPeriod | None  # the next round, where none is open
    groups: list[WorkingGroup]  # those the person coordinates
    lines: list[RoundLine]
    silent_since: list[RoundLine]  # of the latest round, where none is open: what nobody updated, or mended
    waiting: list[FollowUp]  # for the person to accept or return
    reports: list[GroupsReport]  # of the groups the person coordinates, in the open round
    reports_waiting: list[GroupReport]  # for the person to accept or return
    accepts: bool
    plans: list[WorkProgramme]  # of the groups the person coordinates, to be finished
    plans_waiting: list[WorkProgramme]  # for the person to approve or return
    amendments: list[Amendment]  # for the person to decide, or to enter what was decided
    budget_amendments: list[BudgetProposal]  # the same, of budgets
    comments: list[LineComment]  # unsettled, that ask the person to look
    rounds: list[WorkingGroup]  # whose round the person can run in a meeting
    unread: int  # notifications
    deadlines: list[Deadline]  # of the annual clock, that are the person's: late and next
    meetings: list[Meeting]
    tasks: list[DecisionTask]  # from decisions, that the person answers for, not verified yet
    tasks_to_verify: list[DecisionTask]  # that somebody else says are done
    bodies: list[Body]  # in which the person sits
    questions: list[Question]  # about matters that the person prepares, not answered yet
    drafts: list[KeptDraft]  # whatever became of their rounds
    indicators: list[Indicator]  # of the groups the person coordinates, without a word of the open round
    values_waiting: list[IndicatorValue]  # of indicators, for the person to accept
    evaluations: list[EvaluationGroup]  # open rounds of self-evaluation that the person has not answered
    values_returned: list[IndicatorValue]  # of indicators, for the person to mend
    year_to_plan: int | None  # whose annual targets the person's groups draw up
    to_enter: "ToEnter | None"  # what bodies have decided or are to decide, of who enters it

    @property
    def number_waiting(self) -> int:
        """How many things wait for the person's acceptance."""
        return (
            len(self.waiting) + len(self.reports_waiting) + len(self.plans_waiting) + len(self.values_waiting)
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits for the person, of whatever kind."""
        return not (
            self.lines
            or self.silent_since
            or self.number_waiting
            or self.plans
            or self.amendments
            or self.budget_amendments
            or self.comments
            or self.tasks
            or self.tasks_to_verify
            or self.questions
            or self.drafts
            or self.evaluations
            or self.values_returned
            or any(deadline.state == Deadline.State.LATE for deadline in self.deadlines)
            or (self.to_enter and (self.to_enter.proposed or self.to_enter.plans))
        )

    @property
    def to_answer(self) -> list[RoundLine]:
        return [line for line in self.lines if line.said is None and not line.is_closed]

    @property
    def late(self) -> list[RoundLine]:
        return [line for line in self.to_answer if line.days_late]

    @property
    def left_silent(self) -> list[RoundLine]:
        """Lines over which the group's round has closed: they stand as not updated."""
        return [line for line in self.lines if line.said is None and line.is_closed]

    @property
    def returned(self) -> list[RoundLine]:
        return [line for line in self.lines if line.is_returned]

    @property
    def answered(self) -> list[RoundLine]:
        return [line for line in self.lines if line.is_answered]

    @property
    def is_accepted(self) -> bool:
        """Whether every line has been accepted: nothing waits for anybody."""
        return all(
            line.said is not None and line.said.state == FollowUp.State.APPROVED for line in self.lines
        )


class ToEnter(NamedTuple):
    """What waits for the secretary: targets that a meeting is to decide, plans that the board is to note."""

    proposed: list[tuple[int, int]]  # the year, and how many of its targets are proposed
    plans: list[WorkProgramme]


def desk_of(user: User, programme: Programme) -> Desk:
    """Lay a person's desk; a fixed number of queries."""
    now = clock.now()
    begun = ReportingPeriod.objects.filter(programme=programme).select_related("reopened_by").begun_by(now)
    last_period = begun.first()
    period = last_period if last_period and last_period.is_open else None
    writing = rules.groups_of(user, programme, rules.WRITING_ROLES)
    accepting = rules.groups_of(user, programme, rules.ACCEPTING_ROLES)
    acting = _groups(programme, [*writing, *accepting])
    groups = [group for group in acting if group.pk in writing]
    lines = lines_of_round(groups, last_period, user) if last_period and groups else []
    silent = [line for line in lines if line.said is None or line.is_returned]
    upcoming = ReportingPeriod.objects.filter(programme=programme, opens_at__gt=now).order_by("opens_at")
    is_presenter = bool(programme_rules.is_presenting_officer(user, programme))
    serves_office = bool(programme_rules.is_programme_office(user, programme))
    accepts = bool(accepting) or is_presenter
    waiting = (
        list(waiting_for(user, programme, accepting, accepts_for_office=is_presenter)) if accepts else []
    )
    return Desk(
        period=period,
        last_period=last_period,
        groups=groups,
        lines=lines if period else [],
        next_period=None if period else upcoming.first(),
        silent_since=[] if period else silent,
        waiting=waiting,
        reports=reports_of(groups, period) if period and groups else [],
        reports_waiting=list(reports_waiting_for(user, programme, accepting, accepts_for_office=is_presenter))
        if accepts
        else [],
        accepts=accepts,
        plans=_plans_to_finish(user, programme, writing, serves_office=serves_office),
        plans_waiting=plans_waiting_for(user, accepting, is_presenter) if accepts else [],
        amendments=amendments_to_decide(user, programme, accepting, is_presenter),
        budget_amendments=_budget_amendments_to_decide(user, programme),
        comments=list(comments_for(user, programme)),
        rounds=acting if period else [],
        unread=user.notifications.filter(read_at__isnull=True).count(),
        deadlines=next_deadlines(user, programme),
        meetings=list(_next_meetings(user, programme)),
        tasks=list(_tasks(user, programme)),
        tasks_to_verify=tasks_to_verify(user, programme),
        bodies=list(_bodies(user, programme)),
        questions=questions_to_answer(user, programme),
        drafts=drafts_of(user, programme) if groups or serves_office else [],
        indicators=list(indicators_to_enter(groups, period)) if period and groups else [],
        values_waiting=waiting_values(user, programme, accepting, accepts_for_office=is_presenter)
        if accepts
        else [],
        evaluations=rounds_to_answer(user, programme),
        values_returned=returned_values(user, programme, groups),
        year_to_plan=year_to_plan(programme) if groups or accepts else None,
        to_enter=_to_enter(programme) if programme_rules.is_secretary(user, programme) else None,
    )


def _to_enter(programme: Programme) -> ToEnter:
    proposed = (
        AnnualTarget.objects.filter(programme=programme, state=AnnualTarget.State.PROPOSED)
        .order_by("year")
        .values_list("year")
        .annotate(number=Count("pk"))
    )
    plans = _plans(Q(group__programme=programme, made_elsewhere=False), [WorkProgramme.State.APPROVED])
    return ToEnter(list(proposed), list(plans))


def _plans(of_groups: Q, states: Sequence[str]) -> QuerySet[WorkProgramme, Any]:
    return WorkProgramme.objects.filter(of_groups, state__in=states).select_related("group__programme")


def _plans_to_finish(
    user: User, programme: Programme, writing: list[int], *, serves_office: bool
) -> list[WorkProgramme]:
    """Return the plans that a person draws up or has submitted and got back, these first."""
    if not writing and not serves_office:
        return []
    of_groups = answered_for(writing, and_office=serves_office) | Q(submitted_by=user)
    plans = _plans(of_groups & Q(group__programme=programme), WorkProgramme.EDITABLE)
    return sorted(plans, key=lambda plan: plan.state != WorkProgramme.State.RETURNED)


def plans_waiting_for(user: User, accepting: list[int], is_presenter: bool) -> list[WorkProgramme]:
    """Return the submitted plans that a person is to approve or return."""
    for_whom = answered_for(accepting, and_office=is_presenter)
    waiting = _plans(for_whom, [WorkProgramme.State.SUBMITTED])
    return [plan for plan in waiting if user.has_perm("workgroups.accept_work_programme", plan)]


def _budget_amendments_to_decide(user: User, programme: Programme) -> list[BudgetProposal]:
    """Return what waits of budgets: one query, for those alone who may have something to decide."""
    decides = programme_rules.is_presenting_officer | programme_rules.is_secretary
    if not decides(user, programme):
        return []
    waiting = BudgetProposal.objects.filter(
        budget__programme=programme, state=BudgetProposal.State.PROPOSED
    ).select_related("budget__programme")
    return [row for row in waiting if user.has_perm("workgroups.decide_amendment", row)]


def amendments_to_decide(
    user: User, programme: Programme, accepting: list[int], is_presenter: bool
) -> list[Amendment]:
    """Return the proposals that wait for this person's decision, or for the entry of a body's."""
    decides = Q(decider=Amendment.Decider.GROUP, group__in=accepting)
    if is_presenter:
        decides |= Q(decider=Amendment.Decider.PRESENTING_OFFICER)
    if programme_rules.is_secretary(user, programme):
        decides |= Q(decider__in=[Amendment.Decider.BOARD, Amendment.Decider.ASSEMBLY])
    waiting = Amendment.objects.filter(
        decides, group__programme=programme, state=Amendment.State.PROPOSED
    ).select_related("group__programme", "target__programme", "action__work_programme__group__programme")
    return [row for row in waiting if user.has_perm("workgroups.decide_amendment", row)]


def _tasks(user: User, programme: Programme) -> QuerySet[DecisionTask, Any]:
    """Return what decisions have given to a person to do, what is due first first."""
    tasks = DecisionTask.objects.open().answered_by(user, clock.today())
    return tasks.filter(decision__matter__body__programme=programme).with_places()


def _bodies(user: User, programme: Programme) -> QuerySet[Body, Any]:
    seats = BodySeat.objects.on(clock.today()).filter(user=user, body=OuterRef("pk"))
    return Body.objects.filter(Exists(seats), programme=programme).select_related("programme")


def _groups(programme: Programme, groups: list[int]) -> list[WorkingGroup]:
    found = WorkingGroup.objects.filter(programme=programme, pk__in=groups)
    return list(found.select_related("programme")) if groups else []


def _next_meetings(user: User, programme: Programme) -> QuerySet[Meeting, Any]:
    """Return the next meetings of a person's own bodies; officials see the whole chain's."""
    meetings = Meeting.objects.to_begin(clock.now()).filter(body__programme=programme)
    if not programme_rules.is_official(user, programme):
        meetings = meetings.filter(in_own_bodies(user, programme))
    return meetings.select_related("body__programme")[:NEXT_MEETINGS]
