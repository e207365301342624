"""The sample on its way into the database: the file, the day, and the rows that later rows point at."""

import datetime
from dataclasses import dataclass, field

from priorities.models import AnnualTarget, Measure, StrategicGoal
from programme.models import (
    Account,
    Audience,
    Body,
    CostCentre,
    Decision,
    FollowUpPrinciple,
    FundingSource,
    Matter,
    Meeting,
    Municipality,
    Network,
    Post,
    Programme,
    ReportingPeriod,
    RoleStatement,
)
from reporting.loading.reader import Record
from reporting.loading.rows import Codes
from reporting.loading.sample.day import Day
from reporting.loading.sample.rounds import Round
from reporting.loading.tally import Tally
from workgroups.models import Action, WorkingGroup


@dataclass(frozen=True)
class Handling:
    """A body handled something of the file in a matter, and decided."""

    body: Body
    meeting: Meeting
    matter: Matter
    decision: Decision


@dataclass
class Sample:
    """What the modules of this package share; each of them fills in its own rows."""

    programme: Programme
    file: Record
    additions: Record
    file_name: str
    file_sha256: str
    day: Day
    tally: Tally
    rounds: dict[str, Round]  # by the id of the report

    audiences: Codes[Audience]
    groups: Codes[WorkingGroup]
    goals: Codes[StrategicGoal]
    measures: Codes[Measure]
    networks: Codes[Network]
    role_statements: Codes[RoleStatement]
    follow_up_principles: Codes[FollowUpPrinciple]

    posts: Codes[Post] = field(default_factory=lambda: Codes("role"))
    municipalities: Codes[Municipality] = field(default_factory=lambda: Codes("municipality"))
    bodies: Codes[Body] = field(default_factory=lambda: Codes("body"))
    cost_centres: Codes[CostCentre] = field(default_factory=lambda: Codes("cost centre"))
    accounts: Codes[Account] = field(default_factory=lambda: Codes("account"))
    funding_sources: Codes[FundingSource] = field(default_factory=lambda: Codes("funding source"))
    periods: Codes[ReportingPeriod] = field(default_factory=lambda: Codes("period of a decided year"))
    targets: Codes[AnnualTarget] = field(default_factory=lambda: Codes("annual target"))
    actions: Codes[Action] = field(default_factory=lambda: Codes("action"))
    handlings: dict[str, list[Handling]] = field(default_factory=dict)  # by the id that was handled

    @property
    def known_budgets(self) -> list[Record]:
        """Budgets that the federation meeting had decided by the day; with them their years are known."""
        return [
            record
            for record in self.file["budget_years"]
            if self.day.has_come(record["handling"]["yhtymakokous"])
        ]

    @property
    def known_years(self) -> set[int]:
        return {record["year"] for record in self.known_budgets}

    def audience_of(self, step: str) -> Audience:
        """Return the audience that a step of the reporting chain belongs to, by the file's word for it."""
        steps = self.additions["chain"]["steps"]
        return self.audiences.of(steps, step)

    def body_serving(self, audience: Audience, day: datetime.date) -> Body | None:
        """Return the body that served an audience on a day, or the first that did; none serves some."""
        bodies = audience.bodies.order_by("valid_from")
        return bodies.in_force(day).first() or bodies.first()

    def handling_by(self, body: Body | None, handled: str) -> Handling | None:
        """Return how a body handled something of the file, by its id; None where the file has no meeting."""
        return next((one for one in self.handlings.get(handled, []) if one.body == body), None)
