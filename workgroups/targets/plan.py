"""The plan of a year's annual targets, as its reader may see it: by priority and group, checked, summed."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser

from priorities.goal_check import Goal, Remark, check, check_count
from priorities.models import AnnualTarget, Priority, StrategicGoal
from programme import clock
from programme.models import Programme, User
from workgroups import rules
from workgroups.models import TargetOwnership, WorkingGroup, targets_visible_to


@dataclass
class PlannedTarget:
    target: AnnualTarget
    remarks: list[Remark]
    may_edit: bool


@dataclass
class GroupPlan:
    """A group's targets of the year."""

    group: WorkingGroup
    targets: list[PlannedTarget] = field(default_factory=list)

    @property
    def asked(self) -> Decimal | None:
        """The euros asked for: None where no target says, for empty is not zero."""
        return _sum_of_known(
            Decimal(0) if row.target.no_cost else row.target.own_euros for row in self.targets
        )


@dataclass
class PriorityPlan:
    """The groups of one priority; `priority` is None for those of none."""

    priority: Priority | None
    groups: list[GroupPlan] = field(default_factory=list)

    @property
    def remarks(self) -> list[Remark]:
        count = sum(len(group.targets) for group in self.groups)
        return check_count(count) if self.priority else []


@dataclass
class YearPlan:
    """What the reader may see of a year's targets."""

    year: int
    priorities: list[PriorityPlan]
    proposed: int  # of all groups, also of those whose proposals the reader does not see

    @property
    def groups(self) -> list[GroupPlan]:
        return [group for priority in self.priorities for group in priority.groups]

    @property
    def targets(self) -> list[PlannedTarget]:
        return [row for group in self.groups for row in group.targets]

    @property
    def asked(self) -> Decimal | None:
        return _sum_of_known(group.asked for group in self.groups)

    @property
    def is_all_decided(self) -> bool:
        return bool(self.targets) and all(row.target.is_decided for row in self.targets)

    @property
    def remarks(self) -> int:
        return sum(len(row.remarks) for row in self.targets)

    @property
    def states(self) -> list[tuple[str, int]]:
        """How many stand in which state, in the order of their way."""
        counts = Counter(row.target.state for row in self.targets)
        return [(str(label), counts[code]) for code, label in AnnualTarget.State.choices if counts[code]]


def _sum_of_known(sums: Iterable[Decimal | None]) -> Decimal | None:
    known = [euros for euros in sums if euros is not None]
    return sum(known, Decimal(0)) if known else None


def plan_of(programme: Programme, year: int, *, reader: User | AnonymousUser) -> YearPlan:
    """Read the plan of a year; six queries."""
    seen = targets_visible_to(reader, programme).filter(year=year, ownership__isnull=False)
    targets = seen.select_related(
        "programme", "ownership__group__priority", "ownership__group__programme"
    ).prefetch_related("goals")
    in_force = goals_in_force(programme)
    before = _wordings(programme, year - 1)
    groups: dict[int, GroupPlan] = {}
    for target in targets.order_by("ownership__group__order", "order", "code"):
        group = target.ownership.group
        plan = groups.setdefault(group.pk, GroupPlan(group))
        may_edit = not target.is_decided and rules.writes_for_group(reader, group)
        plan.targets.append(
            PlannedTarget(target, remarks_of(target, before.get(group.pk, ()), in_force), bool(may_edit))
        )
    return YearPlan(year, _by_priority(groups.values()), _proposed(programme, year))


def _by_priority(groups: Collection[GroupPlan]) -> list[PriorityPlan]:
    found: dict[int | None, PriorityPlan] = {}
    for group in groups:
        found.setdefault(group.group.priority_id, PriorityPlan(group.group.priority)).groups.append(group)
    return sorted(found.values(), key=lambda plan: plan.priority.number if plan.priority else math.inf)


def _proposed(programme: Programme, year: int) -> int:
    return AnnualTarget.objects.filter(
        programme=programme, year=year, state=AnnualTarget.State.PROPOSED
    ).count()


def _wordings(programme: Programme, year: int) -> dict[int, list[str]]:
    """Return the wordings of a year's targets, by their group."""
    found: dict[int, list[str]] = {}
    rows = TargetOwnership.objects.filter(
        target__programme=programme, target__year=year, target__removed_at__isnull=True
    )
    for group, wording in rows.values_list("group_id", "target__name_fi"):
        found.setdefault(group, []).append(wording)
    return found


def _wordings_before(target: AnnualTarget) -> list[str]:
    """Return the wordings of its group's targets in the year before."""
    return _wordings(target.programme, target.year - 1).get(target.ownership.group_id, [])


def goals_in_force(programme: Programme) -> set[int]:
    """Return the keys of the goals of the strategy in force today."""
    goals = StrategicGoal.objects.in_force_on(clock.today()).filter(priority__programme=programme)
    return set(goals.order_by().values_list("pk", flat=True))


def draft_remarks(target: AnnualTarget) -> list[Remark]:
    """Return the goal check of one target on its own page."""
    return remarks_of(target, _wordings_before(target), goals_in_force(target.programme))


def remarks_of(target: AnnualTarget, year_before: Collection[str], in_force: Set[int]) -> list[Remark]:
    """Return the goal check of a target; a decided one is past checking."""
    if target.is_decided:
        return []
    goals = {goal.pk for goal in target.goals.all()}
    goal = Goal(
        wording=target.name_fi,
        indicator=target.indicator_fi,
        unit=target.unit,
        baseline=target.baseline,
        target_value=target.target_value,
        has_owner=target.responsible_id is not None,
        due_on=target.due_on,
        year=target.year,
        euros=target.own_euros,
        no_cost=target.no_cost,
        has_past_goals_only=bool(goals) and not goals & in_force,
    )
    return check(goal, year_before=year_before)
