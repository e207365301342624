"""Versions of a work programme: its rows by value, and what differs between two of them."""

from difflib import SequenceMatcher
from typing import NamedTuple, TypedDict

from django.db.models import Max

from programme import clock
from programme.decisions import in_language_of_minutes
from programme.models import User
from workgroups.models import WorkProgramme, WorkProgrammeVersion
from workgroups.work_programmes import cells
from workgroups.work_programmes.drafting import rows_of


class VersionRow(TypedDict):
    """One action of a version: its code and the text of each cell, names beside their codes."""

    code: str
    cells: dict[str, str]


class ChangedCell(NamedTuple):
    name: str
    label: str
    before: str
    after: str


class RowDifference(NamedTuple):
    """What became of one row between two versions; `kind` is added, removed, changed or moved."""

    code: str
    kind: str
    text: str
    cells: list[ChangedCell]


def content_of(plan: WorkProgramme) -> list[VersionRow]:
    """Return the rows of a plan by value, as its pages show them in the programme's first language."""
    with in_language_of_minutes():
        return [{"code": action.code, "cells": cells.in_words(action)} for action in rows_of(plan)]


def version_in_force(plan: WorkProgramme) -> int | None:
    """Return the number of the version that stands; while rows are being written, none does."""
    return None if plan.is_editable else plan.versions.aggregate(number=Max("number"))["number"]


def keep_version(
    plan: WorkProgramme, occasion: WorkProgrammeVersion.Occasion, *, actor: User
) -> WorkProgrammeVersion:
    """Keep a plan as it stands now. The caller holds the plan locked."""
    last = plan.versions.aggregate(number=Max("number"))["number"] or 0
    return WorkProgrammeVersion.objects.create(
        work_programme=plan,
        number=last + 1,
        occasion=occasion,
        made_at=clock.now(),
        made_by=str(actor),
        rows=content_of(plan),
    )


def compare(before: list[VersionRow], after: list[VersionRow]) -> list[RowDifference]:
    """Return what differs between two versions, row by row in the later one's order, what is gone last."""
    earlier = {row["code"]: row for row in before}
    later = {row["code"] for row in after}
    stayed = _in_the_same_order(
        [row["code"] for row in before if row["code"] in later],
        [row["code"] for row in after if row["code"] in earlier],
    )
    differences = []
    for row in after:
        old = earlier.get(row["code"])
        if old is None:
            differences.append(_difference(row, "added", {}, row["cells"]))
        elif old["cells"] != row["cells"]:
            differences.append(_difference(row, "changed", old["cells"], row["cells"]))
        elif row["code"] not in stayed:
            differences.append(_difference(row, "moved", {}, {}))
    gone = [row for row in before if row["code"] not in later]
    return differences + [_difference(row, "removed", row["cells"], {}) for row in gone]


def _in_the_same_order(before: list[str], after: list[str]) -> set[str]:
    """Return the rows that stayed where they were: a row that one moved past has not moved itself."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {code for block in blocks for code in before[block.a : block.a + block.size]}


def _difference(row: VersionRow, kind: str, before: dict[str, str], after: dict[str, str]) -> RowDifference:
    changed = [
        ChangedCell(name, str(cells.LABELS[name]), before.get(name, ""), after.get(name, ""))
        for name in cells.CELLS
        if before.get(name, "") != after.get(name, "")
    ]
    return RowDifference(row["code"], kind, row["cells"].get("text", ""), changed)
