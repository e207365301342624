"""Work programmes and their actions: known from the day on which their group approved them."""

from typing import Any

from reporting.loading.reader import Record
from reporting.loading.rows import Codes, checked, create_all
from reporting.loading.sample.context import Sample
from workgroups.models import Action, WorkingGroup, WorkProgramme

State = WorkProgramme.State


def load_work_programmes(sample: Sample) -> None:
    records = sample.file["work_programmes"]
    known = [record for record in records if sample.day.has_come(record["approved_by_group"])]
    rows: list[tuple[Action, Record]] = []
    for record in known:
        work_programme = _load_work_programme(record, sample)
        rows += [
            (_action(action, order, work_programme, sample), action)
            for order, action in enumerate(record["actions"], start=1)
        ]
    sample.actions = Codes("action", create_all(Action, rows))
    for action, record in rows:
        action.targets.set([sample.targets.named(code, record, "targets") for code in record["targets"]])
    for record in known:
        _approve(record, sample)
    sample.tally.count("work programmes", len(known), of=len(records))
    sample.tally.count("actions", len(rows), of=sum(len(record["actions"]) for record in records))


def _load_work_programme(record: Record, sample: Sample) -> WorkProgramme:
    group = sample.groups.of(record, "owner")
    work_programme = WorkProgramme(group=group, code=record["id"], year=record["year"])
    checked(work_programme, record).save()
    return work_programme


def _approve(record: Record, sample: Sample) -> None:
    """Put a plan whose rows are loaded where it stood: from then on they change by amendment only."""
    group = sample.groups.of(record, "owner")
    approval = sample.handling_by(group.body, record["id"])
    is_noted = sample.day.has_come(record["noted_by_board"])
    WorkProgramme.objects.filter(group=group, year=record["year"]).update(
        state=State.NOTED if is_noted else State.APPROVED,
        approved_on=record["approved_by_group"],
        approval=approval.decision if approval else None,
        noted_on=record["noted_by_board"] if is_noted else None,
    )


def _action(record: Record, order: int, work_programme: WorkProgramme, sample: Sample) -> Action:
    group: WorkingGroup = work_programme.group
    return Action(
        work_programme=work_programme,
        code=record["id"],
        order=order,
        text=record["fi"],
        start_month=record["start_month"],
        end_month=record["end_month"],
        responsible=sample.posts.of(record, "responsible"),
        output=record["output_fi"],
        planned_euros=record["planned_eur"],
        no_cost=record["planned_eur"] == 0,
        cost_centre=group.cost_centre,
        **_carries_out(record, sample),
    )


def _carries_out(record: Record, sample: Sample) -> dict[str, Any]:
    """Return the part of the programme that an action carries out, by the name of its column."""
    code = record["measure"]
    kinds: list[tuple[str, Codes[Any]]] = [
        ("measure", sample.measures),
        ("network", sample.networks),
        ("role_statement", sample.role_statements),
        ("follow_up_principle", sample.follow_up_principles),
    ]
    for column, codes in kinds:
        row = codes.find(code)
        if row is not None:
            return {column: row}
    raise record.error("measure", f"nothing in the programme has the id “{code}”")
