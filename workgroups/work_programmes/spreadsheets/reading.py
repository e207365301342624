"""The rows of an uploaded spreadsheet, as texts of cells. What is a formula there counts as its value."""

import datetime
import io
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

from workgroups.work_programmes.spreadsheets.archive import measured
from workgroups.work_programmes.spreadsheets.layout import (
    BASE_SHEET,
    CODE,
    COLUMNS,
    HEADINGS,
    MOST_ROWS,
    as_heading,
    columns_by_heading,
    same_text,
)

ROWS_BEFORE_HEADINGS = 20
# The sheet of codes has some of the headings too.
FEWEST_HEADINGS = 8
# What a formula calculates is off by less than this; a cent that is meant is not.
DECIMALS_OF_CALCULATION = 6
# From here on a number has more digits than can be counted to the cent.
NO_SUM = Decimal(10) ** 20

Values = list[list[object]]


class FileRow(NamedTuple):
    """A row of the file: its number there, the code of its action (empty of a new one), its cells."""

    number: int
    code: str
    cells: dict[str, str]


class Table(NamedTuple):
    """The rows of a file; where the portal made it, also what they were then, by code and in order."""

    rows: list[FileRow]
    letters: dict[str, str]  # of the columns, by the names of their cells
    base: dict[str, dict[str, str]] | None
    made_for: str  # the code of the plan


def read(content: bytes) -> Table:
    """Return the rows of a spreadsheet. Raises ValidationError where it is none, or has no rows to read."""
    measures = measured(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(measures.archive)) as workbook:
            sheets = {name: _values(workbook.get_sheet_by_name(name)) for name in workbook.sheet_names}
    except CalamineError as error:
        raise ValidationError(
            _("The file is not an XLSX spreadsheet that can be read. Save it as XLSX without a password.")
        ) from error
    made_for, base = _base_of(sheets.pop(BASE_SHEET, []))
    values, place, columns = _headings_of(sheets)
    measures.must_have_values(below=place + 1)
    rows = []
    for number, row in enumerate(values[place + 1 :], start=place + 2):
        texts = {name: _text(name, row[column]) for name, column in columns.items() if column < len(row)}
        if any(texts.values()):
            rows.append(FileRow(number, texts.pop(CODE, ""), texts))
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("The file has more than %(number)s rows.") % {"number": MOST_ROWS})
    letters = {name: xl_col_to_name(column) for name, column in columns.items()}
    return Table(rows, letters, base, made_for)


def _values(sheet: CalamineSheet) -> Values:
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def _headings_of(sheets: dict[str, Values]) -> tuple[Values, int, dict[str, int]]:
    """Return the sheet that has the headings, the place of their row, and the column of each cell."""
    known = columns_by_heading()
    values, place, names = max(
        (
            (values, place, [known.get(as_heading(str(value)), "") for value in row])
            for values in sheets.values()
            for place, row in enumerate(values[:ROWS_BEFORE_HEADINGS])
        ),
        key=lambda found: len(set(found[2])),
        default=([], 0, []),
    )
    if len(set(names) - {""}) < FEWEST_HEADINGS:
        raise ValidationError(
            _("The file has no row of headings: %(names)s. Begin with the spreadsheet that the portal makes.")
            % {"names": ", ".join(str(heading) for heading in HEADINGS.values())}
        )
    missing = [str(HEADINGS[name]) for name in COLUMNS if name not in names]
    twice = [str(HEADINGS[name]) for name in COLUMNS if names.count(name) > 1]
    faults = [_("The column “%(name)s” is missing.") % {"name": name} for name in missing]
    faults += [_("The column “%(name)s” is there twice.") % {"name": name} for name in twice]
    if faults:
        raise ValidationError(faults)
    return values, place, {name: column for column, name in enumerate(names) if name}


def _base_of(values: Values) -> tuple[str, dict[str, dict[str, str]] | None]:
    """Return whose rows the hidden sheet tells, and the rows, where it is whole."""
    if len(values) < 2 or [str(name) for name in values[1]] != list(COLUMNS):
        return "", None
    rows = {}
    for row in values[2:]:
        texts = {name: _text(name, value) for name, value in zip(COLUMNS, row, strict=True)}
        rows[texts.pop(CODE)] = texts
    return str(values[0][0]), rows


def _text(name: str, value: object) -> str:
    """Return the text of a cell, whatever the spreadsheet keeps it as."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(name, value)
    if isinstance(value, datetime.date):  # a moment is one too
        return value.isoformat()
    return same_text(name, str(value))


def _number(name: str, value: float) -> str:
    """Return a number as people write it; one that no sum can be as it is, for the form to refuse."""
    exact = Decimal(repr(round(value, DECIMALS_OF_CALCULATION)))
    if name == "planned_euros" and exact.is_finite() and abs(exact) < NO_SUM and exact == round(exact, 2):
        return f"{exact:.2f}"
    return f"{exact.normalize():f}"
