"""The golden thread: from the programme's core message through goals and measures to targets, actions, euros.

The programme's own words come from the programme; what was set and said of a year comes from the facts that
the reader may read. Each line carries its code as `id` where it stands first.
"""

import datetime
from dataclasses import dataclass, field

from django.db.models import Prefetch

from priorities.models import Measure, Priority, StrategicGoal
from programme import clock
from programme.models import FollowUpPrinciple, Network, Programme, ProgrammeText, RoleStatement
from reporting.fact_types import ActionFacts, Facts, TargetFacts
from reporting.facts.values import words


@dataclass
class ActionNode:
    facts: ActionFacts
    is_first: bool


@dataclass
class TargetNode:
    facts: TargetFacts
    is_first: bool
    actions: list[ActionNode]


@dataclass
class Node:
    """A part of the programme, and the targets of the year that serve it."""

    row: StrategicGoal | Measure | Network | RoleStatement | FollowUpPrinciple
    targets: list[TargetNode]
    children: list["Node"] = field(default_factory=list)


@dataclass
class PriorityNode:
    row: Priority
    goals: list[Node]
    measures: list[Node]


class Passages:
    """The programme document's headings and leads, found by the place they have in it."""

    def __init__(self, programme: Programme) -> None:
        kept = list(programme.texts.all())
        by_code = {passage.code: passage for passage in kept}
        self.role_heading = by_code.get("role.heading")
        self.role_lead = by_code.get("role.lead")
        self.networks_intro = by_code.get("networks.intro")
        self.headings = {
            code.removeprefix("headings."): passage
            for code, passage in by_code.items()
            if code.startswith("headings.")
        }
        self.sections = [passage for passage in kept if passage.kind == ProgrammeText.Kind.SECTION]
        self.leads = [passage for passage in kept if self._is_lead(passage, programme)]

    @staticmethod
    def _is_lead(passage: ProgrammeText, programme: Programme) -> bool:
        """A sentence that stands by itself; the core message is the page's title already."""
        return (
            passage.kind == ProgrammeText.Kind.LEAD
            and bool(passage.seed_lines)
            and "." not in passage.code
            and words(passage, "text") != words(programme, "core_message")
        )


@dataclass
class Thread:
    passages: Passages
    role_statements: list[Node]
    priorities: list[PriorityNode]
    networks: list[Node]
    principles: list[Node]


class Targets:
    """The year's targets, found by what they serve; remembers which line stands where first."""

    def __init__(self, facts: Facts | None) -> None:
        self.actions = {action["code"]: action for action in facts["actions"]} if facts else {}
        self.serving: dict[str, list[TargetFacts]] = {}
        self.seen: set[str] = set()
        for target in facts["targets"] if facts else []:
            served = (
                target["goals"]
                + target["measures"]
                + target["networks"]
                + target["role_statements"]
                + target["follow_up_principles"]
            )
            for code in served:
                self.serving.setdefault(code, []).append(target)

    def of(self, code: str) -> list[TargetNode]:
        """Return the targets that serve a part of the programme."""
        return [
            TargetNode(
                target,
                self._is_first(target["code"]),
                [
                    ActionNode(self.actions[action], self._is_first(action))
                    for action in target["actions"]
                    if action in self.actions
                ],
            )
            for target in self.serving.get(code, [])
        ]

    def _is_first(self, code: str) -> bool:
        is_first = code not in self.seen
        self.seen.add(code)
        return is_first


def thread_of(programme: Programme, facts: Facts | None, *, only: str | None = None) -> Thread:
    """Spin the thread; eight queries for the programme's words. `only` keeps one priority, by its code."""
    targets = Targets(facts)
    day = datetime.date.fromisoformat(facts["period"]["ends_on"]) if facts else clock.today()
    goals = StrategicGoal.objects.of_the_time(day)
    priorities = Priority.objects.filter(programme=programme).prefetch_related(
        Prefetch("goals", goals), "measures"
    )
    if only is not None:
        priorities = priorities.filter(code=only)
    return Thread(
        passages=Passages(programme),
        role_statements=[Node(row, targets.of(row.code)) for row in programme.role_statements.all()],
        priorities=[_priority(row, targets) for row in priorities],
        networks=networks_of(programme, targets),
        principles=[Node(row, targets.of(row.code)) for row in programme.follow_up_principles.all()],
    )


def _priority(priority: Priority, targets: Targets) -> PriorityNode:
    goals = [Node(goal, targets.of(goal.code)) for goal in priority.goals.all()]
    measures = list(priority.measures.all())

    def under(parent: int | None) -> list[Node]:
        return [
            Node(measure, targets.of(measure.code), under(measure.pk))
            for measure in measures
            if measure.parent_id == parent
        ]

    return PriorityNode(priority, goals, under(None))


def networks_of(programme: Programme, targets: Targets) -> list[Node]:
    """Return the networks under their headings, the root first; one query."""
    networks = list(programme.networks.all())

    def under(parent: int | None) -> list[Node]:
        return [
            Node(network, targets.of(network.code), under(network.pk))
            for network in networks
            if network.parent_id == parent
        ]

    return under(None)
