"""Workbooks: XLSX, ODS and the old XLS. A formula counts as the value that was saved with it."""

import io
from collections.abc import Iterator
from typing import IO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from programme.ledger.faults import UnreadableError
from programme.ledger.sheets import MOST_COLUMNS, MOST_ROWS, LedgerTable, Row, Sheet
from programme.ledger.unfolding import measured

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A ledger stands on one of the first; the rest of a book are reports upon it.
MOST_SHEETS = 20


def is_workbook(content: bytes) -> bool:
    """Whether a file begins as workbooks do."""
    return content.startswith((ZIP, OLD))


def open_workbook(content: bytes, *, only: str = "") -> LedgerTable:
    """Return the sheets of a workbook that have rows, or one of them by its name; the others are not read.

    Raises UnreadableError where it cannot be read.
    """
    opened: IO[bytes] = io.BytesIO(content)
    if content.startswith(ZIP):
        opened = measured(opened)
    try:
        workbook = CalamineWorkbook.from_filelike(opened)
        names = [meta.name for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        asked = [name for name in names[:MOST_SHEETS] if only in ("", name)]
        sheets = [_sheet(workbook.get_sheet_by_name(name)) for name in asked]
    except PasswordError as error:
        raise UnreadableError("password") from error
    except CalamineError as error:
        raise UnreadableError("broken_workbook") from error
    finally:
        opened.close()
    return LedgerTable("workbook", [sheet for sheet in sheets if sheet.height])


def _sheet(found: CalamineSheet) -> Sheet:
    height, width = (found.end[0] + 1, found.end[1] + 1) if found.end else (0, 0)
    if height > MOST_ROWS:
        raise UnreadableError("too_many_rows", most=MOST_ROWS)
    if width > MOST_COLUMNS:
        raise UnreadableError("too_many_columns", most=MOST_COLUMNS)
    # The reader leaves out empty columns before the first that has something; rows it keeps.
    before: Row = [""] * (found.start[1] if found.start else 0)

    def rows() -> Iterator[Row]:
        return (before + row for row in found.iter_rows())

    return Sheet(found.name, rows, height)
