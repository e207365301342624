"""Checks the links inside a programme document: each must lead to an id of the right kind."""

from collections.abc import Iterable
from typing import Any

from reporting.loading.reader import Record


def check(document: Record) -> None:
    """Raise FileError with the line of the first link that leads nowhere, or of an id used twice."""
    _refuse_ids_used_twice(document)
    sections = _ids(document["sections"])
    for name in ("strategy_link", "role", "networks", "followup"):
        _must_exist(document[name], "section", sections, "section")
    groups, audiences = _ids(document["working_groups"]), _ids(document["audiences"])
    measures = {priority["id"]: _ids(priority["measures"]) for priority in document["priorities"]}
    _check_priorities(document["priorities"], groups)
    _check_audiences(document["audiences"])
    for group in document["working_groups"]:
        _must_exist(group, "priority", set(measures), "priority")
        _must_exist(group, "coordination_measure", measures[group["priority"]], "measure of that priority")
    for principle in document["followup"]["principles"]:
        for audience in principle.get("audiences", []):
            if audience not in audiences:
                raise principle.error("audiences", f"there is no audience “{audience}”")
    principles = _ids(document["followup"]["principles"])
    for step in document["steering_chain"]["steps"]:
        _must_exist(step, "from", principles, "follow-up principle")


def _ids(records: Iterable[Record]) -> set[str]:
    return {record["id"] for record in records}


def _must_exist(record: Record, key: str, known: set[str], kind: str) -> None:
    if record[key] not in known:
        raise record.error(key, f"there is no {kind} “{record[key]}”")


def _check_priorities(priorities: list[Record], groups: set[str]) -> None:
    numbers: set[int] = set()
    for priority in priorities:
        _must_exist(priority, "working_group", groups, "working group")
        if priority["order"] in numbers:
            raise priority.error("order", f"the order {priority['order']} is here twice")
        numbers.add(priority["order"])


def _check_audiences(audiences: list[Record]) -> None:
    orders: set[int] = set()
    for audience in audiences:
        if audience["order"] in orders:
            raise audience.error("order", f"the order {audience['order']} is here twice")
        orders.add(audience["order"])


def _refuse_ids_used_twice(document: Record) -> None:
    """An id is a stable address: it means one thing in the whole document."""
    seen: dict[str, int] = {}
    for record in _records(document):
        code = record.get("id")
        if code is None:
            continue
        if code in seen:
            raise record.error("id", f"the id “{code}” is already on line {seen[code]}")
        seen[code] = record.line_of("id")


def _records(value: Any) -> Iterable[Record]:
    if isinstance(value, Record):
        yield value
        for inner in value.values():
            yield from _records(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _records(inner)
