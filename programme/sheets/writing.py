"""The sheets as a spreadsheet for people and as CSV files for machines: the same cells in both."""

import csv
import datetime
import io
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from programme import clock
from programme.sheets.cells import Cell, Kind, Table

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
# In characters.
WIDTHS = {
    Kind.CODE: 18,
    Kind.TEXT: 24,
    Kind.LONG_TEXT: 48,
    Kind.NUMBER: 14,
    Kind.PERCENT: 14,
    Kind.EUROS: 16,
    Kind.DAY: 13,
}
FORMATS = {Kind.EUROS: "#,##0.00", Kind.PERCENT: "#,##0.0", Kind.DAY: "d.m.yyyy"}
NOTICE = "notice"  # the column of a CSV file that holds the notice of sample data
LONGEST_TITLE = 31  # of a sheet; Excel takes no more
INK, LINE, GROUND = "#15252C", "#6F8189", "#E9EFEF"
# What a spreadsheet would take for a formula when it opens a CSV file.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")


def workbook_of(sheets: Sequence[Table], *, title: str, author: str, notice: str) -> bytes:
    """Return the sheets as an XLSX file; `notice` stands above each where there is one."""
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False})
    created = clock.now().replace(tzinfo=None)
    workbook.set_properties({"title": title, "author": author, "created": created})
    base = {"font_color": INK, "valign": "top"}
    heading = workbook.add_format(
        {**base, "bold": True, "text_wrap": True, "bg_color": GROUND, "bottom": 2, "bottom_color": LINE}
    )
    told = workbook.add_format({**base, "bold": True})
    cells = {
        kind: workbook.add_format({**base, "text_wrap": True, "num_format": FORMATS.get(kind, "General")})
        for kind in Kind
    }
    for sheet in sheets:
        _write(workbook.add_worksheet(sheet.title[:LONGEST_TITLE]), sheet, heading, told, cells, notice)
    workbook.close()
    return content.getvalue()


def _write(
    page: Worksheet, sheet: Table, heading: Format, told: Format, cells: dict[Kind, Format], notice: str
) -> None:
    first = 1 if notice else 0
    if notice:
        page.write_string(0, 0, notice, told)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, WIDTHS[column.kind])
        page.write_string(first, place, column.heading, heading)
    for number, row in enumerate(sheet.rows, start=first + 1):
        for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, number, place, cell, cells[column.kind])
    page.freeze_panes(first + 1, 2)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(first)


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    match cell:
        case None:
            page.write_blank(row, column, None, style)
        case str():
            # Never by a guess: what begins with = + - @ is a text here.
            page.write_string(row, column, cell, style)
        case datetime.date():
            page.write_datetime(row, column, cell, style)
        case _:
            page.write_number(row, column, float(cell), style)


def csv_of(sheet: Table, notice: str = "") -> bytes:
    """Return a sheet as CSV, whole."""
    return b"".join(csv_lines(sheet, notice))


def csv_lines(sheet: Table, notice: str = "") -> Iterator[bytes]:
    """Yield the lines of a sheet as CSV: UTF-8 with its mark, semicolons, decimal commas, ISO days.

    So it opens in a Finnish spreadsheet by a double click. A text that a spreadsheet would take for a formula
    begins with an apostrophe. Where there is a notice, every row says it in a last column: a machine reads no
    line above the headings.
    """
    told = [notice] if notice else []
    line = _Line()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    writer.writerow([*(column.name for column in sheet.columns), *(NOTICE for _notice in told)])
    yield BOM_UTF8 + line.written
    for row in sheet.rows:
        cells = zip(row, sheet.columns, strict=True)
        writer.writerow([*(_as_text(cell, column.kind) for cell, column in cells), *told])
        yield line.written


class _Line:
    """Holds the line that was written last."""

    written = b""

    def write(self, text: str) -> None:
        self.written = text.encode()


def _as_text(cell: Cell, kind: Kind) -> str:
    """Return a cell as CSV has it; euros always with both digits of their cents."""
    if kind == Kind.EUROS and isinstance(cell, int | Decimal):
        return f"{cell:.2f}".replace(".", ",")
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.startswith(FORMULA_BEGINS) else cell
        case datetime.date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}".replace(".", ",")
    return str(cell)
