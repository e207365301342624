"""What is shown of a file before its columns are chosen: its sheets, their first rows and their headings."""

import itertools
from collections.abc import Sequence
from typing import TypedDict

from programme.ledger.headings import LAST_HEADING_ROW, Heading, find_heading, heading_at
from programme.ledger.numbers import as_written
from programme.ledger.sheets import LedgerTable, Row, Sheet

ROWS_SHOWN = 4  # below the headings
FIRST_ROWS = LAST_HEADING_ROW + ROWS_SHOWN
MOST_COLUMNS_SHOWN = 60
LONGEST_SHOWN = 120


class SheetLayout(TypedDict):
    """A sheet's beginning as texts; `heading_row` counts from 1 and is 0 where none was found."""

    name: str
    height: int
    encoding: str
    separator: str
    rows: list[list[str]]
    heading_row: int
    depth: int


class Layout(TypedDict):
    """The beginning of a file; `likely` is the place of the sheet whose headings fit best."""

    sheets: list[SheetLayout]
    likely: int


def layout_of(table: LedgerTable) -> Layout:
    """Return the beginning of every sheet."""
    found = [_begin(sheet) for sheet in table.sheets]
    worths = [heading.worth if heading else (0, 0) for _sheet, heading in found]
    return {"sheets": [sheet for sheet, _heading in found], "likely": worths.index(max(worths))}


def _begin(sheet: Sheet) -> tuple[SheetLayout, Heading | None]:
    rows: list[list[str]] = [
        [as_written(value)[:LONGEST_SHOWN] for value in row[:MOST_COLUMNS_SHOWN]]
        for row in itertools.islice(sheet.rows(), FIRST_ROWS)
    ]
    heading = find_heading(_as_rows(rows))
    return {
        "name": sheet.name,
        "height": sheet.height,
        "encoding": sheet.encoding,
        "separator": sheet.separator,
        "rows": rows,
        "heading_row": heading.row if heading else 0,
        "depth": heading.depth if heading else 1,
    }, heading


def heading_of(sheet: SheetLayout, row: int = 0) -> Heading | None:
    """Return the headings in a row of a sheet, or where they were found; else in its first row with words."""
    rows = _as_rows(sheet["rows"])
    if row and row != sheet["heading_row"]:
        return heading_at(rows, row)
    if sheet["heading_row"]:
        return heading_at(rows, sheet["heading_row"], sheet["depth"])
    widest = max(range(len(rows)), key=lambda place: sum(bool(value) for value in rows[place]), default=None)
    return None if widest is None else heading_at(rows, widest + 1)


def _as_rows(rows: list[list[str]]) -> Sequence[Row]:
    return [list(row) for row in rows]
