"""Versions of a work programme: its rows by value, and what differs between two of them."""

from difflib import SequenceMatcher
from typing import NamedTuple, NotRequired, TypedDict

from django.db.models import Max

from programme import clock
from programme.decisions import in_language_of_minutes
from programme.models import User
from programme.models.base import signed
from workgroups.models import Action, WorkProgramme, WorkProgrammeVersion
from workgroups.work_programmes import cells
from workgroups.work_programmes.drafting import rows_of


class VersionRow(TypedDict):
    """One action of a version: its code, and the text of each cell as people read it.

    `codes` tell the cells that are read as words: a post or a cost centre that is renamed changes no plan.
    Versions that were kept before codes were have none, and are compared by their words.
    """

    code: str
    cells: dict[str, str]
    codes: NotRequired[dict[str, str]]


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
        return [
            {"code": action.code, "cells": cells.in_words(action), "codes": _codes_of(action)}
            for action in rows_of(plan)
        ]


def _codes_of(action: Action) -> dict[str, str]:
    texts = cells.cells_of(action)
    return {name: texts[name] for name in cells.READ_AS_WORDS}


def version_in_force(plan: WorkProgramme) -> int | None:
    """Return the number of the version that stands; while rows are being written, none does."""
    return None if plan.is_editable else plan.versions.aggregate(number=Max("number"))["number"]


def keep_version(
    plan: WorkProgramme,
    occasion: WorkProgrammeVersion.Occasion,
    *,
    actor: User,
    in_place_of: User | None = None,
) -> WorkProgrammeVersion:
    """Keep a plan as it stands now, with who did it and in whose place. The caller holds the plan locked."""
    with in_language_of_minutes():
        made_by = signed(actor, in_place_of)
    last = plan.versions.aggregate(number=Max("number"))["number"] or 0
    return WorkProgrammeVersion.objects.create(
        work_programme=plan,
        number=last + 1,
        occasion=occasion,
        made_at=clock.now(),
        made_by=made_by,
        rows=content_of(plan),
    )


def keep_what_stands(plan: WorkProgramme, *, actor: User) -> None:
    """Keep an approved plan before its first amendment where nothing of it has been kept yet.

    A plan that was not handed on here, but loaded, has no version: without one nobody could say what the
    amendment changed. The caller holds the plan locked.
    """
    if not plan.versions.exists():
        keep_version(plan, WorkProgrammeVersion.Occasion.STANDING, actor=actor)


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
            differences.append(_difference(row, "added", _changed_cells(None, row)))
        elif changed := _changed_cells(old, row):
            differences.append(_difference(row, "changed", changed))
        elif row["code"] not in stayed:
            differences.append(_difference(row, "moved", []))
    gone = [row for row in before if row["code"] not in later]
    return differences + [_difference(row, "removed", _changed_cells(row, None)) for row in gone]


def _in_the_same_order(before: list[str], after: list[str]) -> set[str]:
    """Return the rows that stayed where they were: a row that one moved past has not moved itself."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {code for block in blocks for code in before[block.a : block.a + block.size]}


def _changed_cells(before: VersionRow | None, after: VersionRow | None) -> list[ChangedCell]:
    """Return the cells that differ, as they are read; told apart by codes, where both rows have them."""
    by_codes = before is None or after is None or ("codes" in before and "codes" in after)
    old, new = _told_apart(before, by_codes), _told_apart(after, by_codes)
    return [
        ChangedCell(name, str(cells.LABELS[name]), _read(before, name), _read(after, name))
        for name in cells.CELLS
        if old.get(name, "") != new.get(name, "")
    ]


def _told_apart(row: VersionRow | None, by_codes: bool) -> dict[str, str]:
    if row is None:
        return {}
    return row["cells"] | row.get("codes", {}) if by_codes else row["cells"]


def _read(row: VersionRow | None, name: str) -> str:
    said = row["cells"].get(name, "") if row else ""
    return cells.as_written(said) if name == "planned_euros" and said else said


def _difference(row: VersionRow, kind: str, changed: list[ChangedCell]) -> RowDifference:
    return RowDifference(row["code"], kind, row["cells"].get("text", ""), changed)
