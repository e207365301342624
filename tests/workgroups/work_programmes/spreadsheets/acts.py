"""What the tests of spreadsheets do and look at: a plan goes out, comes back, is previewed and brought in."""

import json
from typing import Any

from django.utils import translation

from tests.personas import person
from tests.workgroups.work_programmes.spreadsheets.files import Book
from workgroups.models import Action, WorkProgramme
from workgroups.work_programmes.spreadsheets.importing import Reading, carry_out, read_against
from workgroups.work_programmes.spreadsheets.preview import Preview, preview_of
from workgroups.work_programmes.spreadsheets.reading import read
from workgroups.work_programmes.spreadsheets.writing import spreadsheet_of


def code(number: int) -> str:
    return f"TP-2010-MR-{number:02}"


def row(number: int) -> Action:
    return Action.objects.get(code=code(number))


def book_of(plan: WorkProgramme) -> Book:
    return Book(spreadsheet_of(plan))


def preview(plan: WorkProgramme, book: Book) -> Preview:
    with translation.override("en"):
        return preview_of(plan, read(book.save()), reader=person("coordinator-mr"))


def bring_in(plan: WorkProgramme, book: Book) -> Reading:
    reading = read_against(plan, read(book.save()))
    assert reading.faults == []
    carry_out(plan, json.loads(json.dumps(reading.proposal)), actor=person("coordinator-mr"))
    return reading


def changes(found: Preview) -> list[Any]:
    """Return what a preview shows: of each row its kind, its code and its cells, old and new."""
    return [
        (row.kind, row.code, {cell.name: (cell.before, cell.after) for cell in row.cells})
        for row in found.differences
    ]


def faults(found: Preview) -> list[Any]:
    return [(f"{fault.letter}{fault.row}", fault.column, fault.message) for fault in found.faults]
