"""Spreadsheets as somebody else's program saves them: read, written in, and saved anew."""

import io
from collections.abc import Callable

import xlsxwriter
from python_calamine import CalamineWorkbook

from workgroups.work_programmes.spreadsheets.layout import COLUMNS
from workgroups.work_programmes.spreadsheets.writing import FIRST_ROW, HEADINGS_ROW

Row = list[object]


class Book:
    """A spreadsheet that the portal made, opened to be written in."""

    def __init__(self, content: bytes) -> None:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            self.sheets = {
                name: [list[object](row) for row in workbook.get_sheet_by_name(name).to_python(False)]
                for name in workbook.sheet_names
            }
        self.rows = next(iter(self.sheets.values()))

    def row(self, code: str) -> Row:
        return next(row for row in self.rows[FIRST_ROW:] if row[0] == code)

    def write(self, code: str, **values: object) -> "Book":
        for name, value in values.items():
            self.row(code)[COLUMNS.index(name)] = value
        return self

    def add(self, *, after: str = "", **values: object) -> "Book":
        row = [values.get(name, "") for name in COLUMNS]
        self.rows.insert(self.rows.index(self.row(after)) + 1 if after else len(self.rows), row)
        return self

    def remove(self, code: str) -> "Book":
        self.rows.remove(self.row(code))
        return self

    def move(self, code: str, *, to: int) -> "Book":
        row = self.row(code)
        self.rows.remove(row)
        self.rows.insert(FIRST_ROW + to, row)
        return self

    def headings(self) -> Row:
        return self.rows[HEADINGS_ROW]

    def without_base(self) -> "Book":
        del self.sheets["base"]
        return self

    def save(self) -> bytes:
        def fill(workbook: xlsxwriter.Workbook) -> None:
            for name, rows in self.sheets.items():
                sheet = workbook.add_worksheet(name)
                for place, row in enumerate(rows):
                    for column, value in enumerate(row):
                        if isinstance(value, str):
                            sheet.write_string(place, column, value)
                        else:
                            sheet.write(place, column, value)

        return made(fill)


def made(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """Return a spreadsheet that is filled by hand."""
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    fill(workbook)
    workbook.close()
    return content.getvalue()
