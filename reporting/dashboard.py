"""The dashboard of a period: distributions, money, deviations, silence; all from the same facts.

A roll-up is a distribution, never an average or a colour.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programme.statuses import DEVIATIONS, DISTRIBUTION_ORDER, NOT_UPDATED, Status
from reporting.fact_types import Facts, FinanceRow, GroupReportFacts, LineFacts, TargetFacts, Words
from reporting.money.follow_up import until_of

GOING_WELL = (Status.ON_TRACK, Status.ACHIEVED)


@dataclass
class DistributionRow:
    """How the targets of a priority, or of the networks and coordination, stand."""

    code: str  # of the priority; "" for networks and coordination
    number: str
    name: dict[str, str]
    counts: dict[str, int]  # status code → targets, in the order of the scale

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass
class Dashboard:
    """What an official sees of a period at a glance."""

    targets: int
    going_well: int
    going_well_before: int | None  # None: the first period of the year
    deviating: int
    deviating_before: int | None
    updated: int
    waiting: int
    lines: int
    lines_updated: int
    distribution: list[DistributionRow]
    deviations: list[TargetFacts]
    changed: list[TargetFacts]
    not_updated: list[LineFacts]
    finance: list[FinanceRow]
    until: str  # the last day of the actuals
    finance_total: FinanceRow
    to_explain: list[FinanceRow]
    reports: list[tuple[Words, GroupReportFacts]]  # the groups' own words, by the group's name


def dashboard_of(facts: Facts) -> Dashboard:
    """Read a dashboard from a period's facts."""
    targets = facts["targets"]
    has_previous = facts["period"]["previous"] is not None
    finance = facts["finance"]
    lines: list[LineFacts] = [*targets, *facts["actions"]]
    names = {group["code"]: group["name"] for group in facts["groups"]}
    return Dashboard(
        targets=len(targets),
        going_well=_count(targets, GOING_WELL),
        going_well_before=_count_before(targets, GOING_WELL) if has_previous else None,
        deviating=_count(targets, DEVIATIONS),
        deviating_before=_count_before(targets, DEVIATIONS) if has_previous else None,
        updated=facts["coverage"]["targets_updated"],
        waiting=len(facts["coverage"]["waiting"]),
        lines=facts["coverage"]["lines"],
        lines_updated=facts["coverage"]["updated"],
        distribution=distribution(facts),
        deviations=[target for target in targets if target["status"] in DEVIATIONS],
        changed=[target for target in targets if has_changed(target)],
        not_updated=[line for line in lines if line["status"] == NOT_UPDATED],
        finance=finance["rows"],
        until=until_of(facts),
        finance_total=finance["total"],
        to_explain=[row for row in finance["rows"] if row["must_explain"]],
        reports=[(names[report["group"]], report) for report in facts.get("group_reports", [])],
    )


def distribution(facts: Facts) -> list[DistributionRow]:
    """Return one row a priority, and one for what belongs to none."""
    rows = [
        DistributionRow(
            code=priority["code"],
            number=str(priority["number"]),
            name=dict(priority["name"]),  # type: ignore[arg-type]
            counts=_counts(facts["targets"], priority["code"]),
        )
        for priority in facts["priorities"]
    ]
    without_priority = _counts(facts["targets"], None)
    if without_priority:
        office = next((group for group in facts["groups"] if group["priority"] is None), None)
        unnamed = _("Networks and coordination")
        name = dict(office["name"]) if office else {"fi": unnamed, "sv": unnamed, "en": unnamed}
        rows.append(DistributionRow(code="", number="", name=name, counts=without_priority))  # type: ignore[arg-type]
    return rows


def _counts(targets: list[TargetFacts], priority: str | None) -> dict[str, int]:
    counted = Counter(target["status"] for target in targets if target["priority"] == priority)
    return {str(code): counted[code] for code in DISTRIBUTION_ORDER if counted[code]}


def has_changed(line: LineFacts) -> bool:
    """Say whether a line's status differs from the previous period's; silence is no change of status."""
    previous = line["previous"]
    return (
        previous is not None
        and line["status"] != NOT_UPDATED
        and previous["status"] != NOT_UPDATED
        and line["status"] != previous["status"]
    )


def _count(targets: list[TargetFacts], statuses: object) -> int:
    return sum(target["status"] in statuses for target in targets)  # type: ignore[operator]


def _count_before(targets: list[TargetFacts], statuses: object) -> int:
    return sum(
        target["previous"] is not None and target["previous"]["status"] in statuses  # type: ignore[operator]
        for target in targets
    )
