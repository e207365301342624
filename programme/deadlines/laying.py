"""Laying the clock: the deadlines that follow from rounds, budget seasons and the meetings known so far.

It changes open deadlines alone, and may be done as often as one likes. A page that shows first what would
move lays the clock too, and takes all of it back.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from programme import clock
from programme.deadlines import counting
from programme.deadlines.known import known_to_be_done
from programme.models import (
    Body,
    Budget,
    Deadline,
    DeadlineStep,
    Meeting,
    Programme,
    ReportingPeriod,
)
from programme.open_years import open_years

Key = tuple[int, int | None, int | None, int | None]  # step, period, year of the budget, body
Time = tuple[ReportingPeriod | None, int | None]  # a round, or the year of a budget


@dataclass(frozen=True)
class Move:
    """An open deadline that moves: from one day to another."""

    deadline: Deadline
    before: datetime.date
    after: datetime.date


@dataclass
class Plan:
    """What laying the clock would change."""

    made: list[Deadline] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    turned: list[Deadline] = field(default_factory=list)  # counted from another meeting, due on the same day
    removed: list[Deadline] = field(default_factory=list)  # whose meeting, group or season is no more


@dataclass(frozen=True)
class _Wanted:
    """One deadline as it is to be: the step of a round or season, of a group where it is the groups'."""

    step: DeadlineStep
    period: ReportingPeriod | None
    budget_year: int | None
    body: Body | None

    @property
    def key(self) -> Key:
        return (
            self.step.pk,
            self.period.pk if self.period else None,
            self.budget_year,
            self.body.pk if self.body else None,
        )


def plan_clock(programme: Programme, *, with_past: bool = False) -> Plan:
    """Reckon what changes: a fixed number of queries."""
    return _Reckoning(programme, with_past=with_past).plan()


@transaction.atomic
def lay_clock(programme: Programme, *, with_past: bool = False) -> list[Move]:
    """Make, move and remove deadlines as rounds, seasons and meetings now say; return what moved.

    None is made of what is over, which nobody could do any more, unless `with_past`: then the caller says
    when it was done.
    """
    list(Deadline.objects.of_programme(programme).open().select_for_update(of=("self",)).order_by("pk"))
    plan = plan_clock(programme, with_past=with_past)
    for deadline in plan.made:
        deadline.done_on = known_to_be_done(deadline)
    # Two who lay the clock at once make the same deadlines.
    Deadline.objects.bulk_create(plan.made, ignore_conflicts=True)
    changed = [*(move.deadline for move in plan.moves), *plan.turned]
    Deadline.objects.bulk_update(changed, ["due_on", "meeting"])
    Deadline.objects.filter(pk__in=[deadline.pk for deadline in plan.removed]).delete()
    return plan.moves


class _Reckoning:
    def __init__(self, programme: Programme, *, with_past: bool) -> None:
        self.programme = programme
        self.with_past = with_past
        self.steps = list(programme.deadline_steps.select_related("programme"))
        self.periods = list(programme.periods.order_by("ends_on"))
        meetings = Meeting.objects.filter(body__programme=programme).select_related("body")
        self.meetings = list(meetings.order_by("held_on", "code"))
        self.by_key = {meeting.pk: meeting for meeting in self.meetings}
        self.groups = list(Body.objects.filter(programme=programme, working_group__isnull=False))
        rows = Deadline.objects.of_programme(programme).for_pages()
        self.kept: dict[Key, Deadline] = {
            (row.step_id, row.period_id, row.budget_year, row.body_id): row for row in rows
        }

    def plan(self) -> Plan:
        plan = Plan()
        agendas = {row.meeting_id for row in self.kept.values() if _is_agenda(row.step) and row.meeting_id}
        everything = list(self._wanted())
        for wanted in everything:
            kept = self.kept.get(wanted.key)
            if kept is None:
                made = self._made(wanted)
                if made is not None and not self.with_past and self._is_over(made):
                    continue
                # A meeting has one agenda, however many rounds come to it.
                if made is not None and not (_is_agenda(made.step) and made.meeting_id in agendas):
                    plan.made.append(made)
                    if _is_agenda(made.step) and made.meeting_id:
                        agendas.add(made.meeting_id)
            elif not kept.is_done:
                self._reckon(kept, wanted, plan)
        wanted_keys = {wanted.key for wanted in everything}
        plan.removed += [row for key, row in self.kept.items() if key not in wanted_keys and not row.is_done]
        return plan

    def _wanted(self) -> Iterator[_Wanted]:
        seasons = sorted(
            set(open_years(self.programme))
            | set(Budget.objects.filter(programme=self.programme).values_list("year", flat=True))
        )
        for step in self.steps:
            if step.kind == DeadlineStep.Kind.BUDGET:
                times: list[Time] = [(None, year) for year in seasons]
            else:
                times = [(period, None) for period in self.periods if period.kind == step.kind]
            for period, year in times:
                for body in self._bodies(step, period, year):
                    yield _Wanted(step, period, year, body)

    def _bodies(
        self, step: DeadlineStep, period: ReportingPeriod | None, year: int | None
    ) -> list[Body] | list[None]:
        if not step.is_of_groups:
            return [None]
        day = counting.round_days(period)[1] if period else step.season_begins(year or 0)
        return [body for body in self.groups if body.exists_on(day)]

    def _made(self, wanted: _Wanted) -> Deadline | None:
        anchor = self._anchor(wanted)
        if anchor is None:
            return None
        day, meeting = anchor
        return Deadline(
            step=wanted.step,
            period=wanted.period,
            budget_year=wanted.budget_year,
            body=wanted.body,
            meeting=meeting,
            due_on=counting.due_day(wanted.step, day, wanted.period),
        )

    def _is_over(self, made: Deadline) -> bool:
        """Whether a deadline comes too late: it is of the past, or two rounds after its own have opened.

        A body's first meeting ever does not handle the rounds of years before it.
        """
        if made.is_of_the_past:
            return True
        period, now = made.period, clock.now()
        if period is None:
            return False
        return sum(period.closes_at <= later.opens_at <= now for later in self.periods) > 1

    def _reckon(self, kept: Deadline, wanted: _Wanted, plan: Plan) -> None:
        """See whether an open deadline moves; it stays with its meeting for as long as that is one."""
        anchor = self._anchor(wanted, self.by_key.get(kept.meeting_id or 0))
        if anchor is None:
            plan.removed.append(kept)
            return
        day, meeting = anchor
        before, was_counted_from = kept.due_on, kept.meeting_id
        kept.meeting, kept.due_on = meeting, counting.due_day(wanted.step, day, wanted.period)
        if kept.due_on != before:
            plan.moves.append(Move(kept, before, kept.due_on))
        elif kept.meeting_id != was_counted_from:
            plan.turned.append(kept)

    def _anchor(
        self, wanted: _Wanted, standing: Meeting | None = None
    ) -> tuple[datetime.date, Meeting | None] | None:
        """Return the day that is counted back from, and its meeting.

        A group that does not meet during a round is asked by its closing.
        """
        if standing is not None and standing.body.exists_on(standing.held_on):
            return standing.held_on, standing
        if wanted.step.audience_id is not None:
            found = counting.meeting_of_audience(
                wanted.step, self.meetings, period=wanted.period, year=wanted.budget_year or 0
            )
            return (found.held_on, found) if found else None
        if wanted.body is None or wanted.period is None:
            return None  # no step says so: only groups count from their own meeting, and in rounds
        own = counting.own_meeting(wanted.body, self.meetings, wanted.period)
        return (own.held_on, own) if own else (counting.round_days(wanted.period)[1], None)


def _is_agenda(step: DeadlineStep) -> bool:
    return step.act == DeadlineStep.Act.AGENDA_PUBLISHED
