"""Annual targets: known from the budget's decision, closed when the assembly has their year's report."""

from typing import Any

from priorities.models import AnnualTarget
from programme.models import Budget
from reporting.loading.reader import Record
from reporting.loading.rows import Codes, create_all
from reporting.loading.sample.budget import DECIDING_STEP
from reporting.loading.sample.context import Sample
from workgroups.models import TargetOwnership

State = AnnualTarget.State


def load_targets(sample: Sample) -> None:
    records = sample.file["annual_targets"]
    budgets = {budget.year: budget for budget in sample.programme.budgets.all()}
    known = [record for record in records if record["year"] in budgets]
    rows = [
        (_target(record, order, budgets[record["year"]], sample), record)
        for order, record in enumerate(records, start=1)
        if record["year"] in budgets
    ]
    sample.targets = Codes("annual target", create_all(AnnualTarget, rows))
    create_all(
        TargetOwnership,
        [
            (TargetOwnership(target=target, group=sample.groups.of(record, "owner")), record)
            for target, record in rows
        ],
    )
    _link(rows, sample)
    _decide([target for target, _record in rows], sample)
    sample.tally.count("annual targets", len(rows), of=len(records))
    sample.tally.count(
        "links of targets to what they serve",
        sum(len(record["links"]) for record in known),
        of=sum(len(record["links"]) for record in records),
    )


def _target(record: Record, order: int, budget: Budget, sample: Sample) -> AnnualTarget:
    return AnnualTarget(
        programme=sample.programme,
        budget=budget,
        code=record["id"],
        year=record["year"],
        order=order,
        name_fi=record["fi"],
        binding=record["binding"],
        state=State.PROPOSED,
        decision=budget.decision,
        indicator_fi=record["indicator_fi"],
        unit=record["unit"],
        target_value=record["target_value"],
        due_on=record["due"],
        responsible=sample.posts.of(record, "responsible"),
        cost_centre=sample.cost_centres.of(record, "cost_centre"),
    )


def _decide(targets: list[AnnualTarget], sample: Sample) -> None:
    """Decide the targets last of all: from then on neither they nor their links change."""
    for target in targets:
        target.state = _state(target.year, sample)
    AnnualTarget.objects.bulk_update(targets, ["state"])


def _state(year: int, sample: Sample) -> State:
    for round_ in sample.rounds.values():
        told_on = round_.record["chain"][DECIDING_STEP]
        if round_.is_year_end and round_.record["year"] == year and sample.day.has_come(told_on):
            return State.CLOSED
    return State.DECIDED


def _link(rows: list[tuple[AnnualTarget, Record]], sample: Sample) -> None:
    """Tie each target to the goals, measures, networks, role statements and principles that it serves."""
    kinds: list[tuple[str, Codes[Any]]] = [
        ("goals", sample.goals),
        ("measures", sample.measures),
        ("networks", sample.networks),
        ("role_statements", sample.role_statements),
        ("follow_up_principles", sample.follow_up_principles),
    ]
    for target, record in rows:
        for code in record["links"]:
            if not any(codes.find(code) for _name, codes in kinds):
                raise record.error("links", f"nothing in the programme has the id “{code}”")
        for name, codes in kinds:
            found = [row for code in record["links"] if (row := codes.find(code))]
            if found:
                getattr(target, name).add(*found)
