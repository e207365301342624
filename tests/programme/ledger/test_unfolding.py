"""Workbooks that would unfold to more than any memory are refused before they are read."""

import io
import zipfile

import pytest
import xlsxwriter

from programme.ledger.faults import UnreadableError
from programme.ledger.opening import open_table
from tests.programme.ledger.files import as_xlsx, ods_of


def refused(content):
    with pytest.raises(UnreadableError) as error:
        open_table(content)
    return error.value.code


def ods_cell(columns, rows):
    return ods_of(
        f'<table:table table:name="A"><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float"'
        ' office:value="1"/></table:table-row></table:table>'
    )


def xlsx_with(row, column):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.add_worksheet().write_number(row, column, 1)
    return content.getvalue()


def xlsx_of_corners(row, column, *, sheets):
    """Return a workbook of sheets that have a first and a far cell, and nothing between them."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        for _number in range(sheets):
            sheet = workbook.add_worksheet()
            sheet.write_number(0, 0, 1)
            sheet.write_number(row, column, 1)
    return content.getvalue()


def ods_of_corners(column, row, *, sheets):
    """Return the same in OpenDocument: one row reaches far to the right, another one far down."""
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    table = (
        f'<table:table-row><table:table-cell table:number-columns-repeated="{column}"/>{cell}'
        f'</table:table-row><table:table-row table:number-rows-repeated="{row}"><table:table-cell/>'
        f"</table:table-row><table:table-row>{cell}</table:table-row>"
    )
    return ods_of(
        "".join(f'<table:table table:name="A{number}">{table}</table:table>' for number in range(sheets))
    )


def with_part(content, name, replaced):
    """Return an archive with one part's bytes changed by a function."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for part in given.infolist():
            body = given.read(part)
            kept.writestr(part.filename, replaced(body) if part.filename == name else body)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ods_cell(200, 100_000), "unfolds_to_too_much"),
        (ods_cell(1, 1_000_000), "too_many_rows"),
        (ods_cell(1000, 1), "too_many_columns"),
        (xlsx_with(1_048_575, 0), "too_many_rows"),
        (xlsx_with(0, 16_383), "too_many_columns"),
        (xlsx_of_corners(29_999, 199, sheets=1), "unfolds_to_too_much"),
        (xlsx_of_corners(9_999, 99, sheets=4), "unfolds_to_too_much"),
        (ods_of_corners(199, 29_998, sheets=1), "unfolds_to_too_much"),
        (ods_of_corners(99, 9_998, sheets=4), "unfolds_to_too_much"),
        (
            with_part(as_xlsx(), SHEET, lambda body: body + b" " * 400_000_000),
            "unfolds_to_too_much",
        ),
        (
            with_part(
                as_xlsx(), SHEET, lambda body: b'<!DOCTYPE a [<!ENTITY b "c">]>' + body.partition(b"?>")[2]
            ),
            "broken_workbook",
        ),
        (with_part(as_xlsx(), SHEET, lambda body: body[:-40]), "broken_workbook"),
    ],
    ids=[
        "cells repeated",
        "rows repeated",
        "columns repeated",
        "a row far out",
        "a column far out",
        "two cells far apart",
        "two cells far apart on each of four sheets",
        "two cells far apart, OpenDocument",
        "two cells far apart on each of four sheets, OpenDocument",
        "a part of 400 MB",
        "entities",
        "cut short",
    ],
)
def test_what_unfolds_to_too_much_is_refused(content, code):
    assert refused(content) == code


def test_a_long_text_that_many_cells_share_is_refused():
    cells = "".join(f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 200 + "</row>" for row in range(1, 200))
    content = as_xlsx([["x" * 30_000]], headings=[])
    refused_as = with_part(
        content,
        SHEET,
        lambda body: (
            body.partition(b"<sheetData>")[0] + f"<sheetData>{cells}</sheetData></worksheet>".encode()
        ),
    )
    assert refused(refused_as) == "unfolds_to_too_much"


def test_a_far_cell_without_a_value_is_no_place_of_a_sheet():
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="GR1" s="1"/></row>'
        '<row r="30000"><c r="A30000"><v>1</v></c></row>'
    )
    content = with_part(
        as_xlsx(),
        SHEET,
        lambda body: (
            body.partition(b"<sheetData>")[0] + f"<sheetData>{cells}</sheetData></worksheet>".encode()
        ),
    )
    [sheet] = open_table(content).sheets
    assert [row for row in sheet.rows() if row != [""]] == [[1], [1]]


def test_the_sheet_that_is_asked_for_is_read_alone():
    content = as_xlsx(other_sheets=["Ohje", "Muut"])
    assert [sheet.name for sheet in open_table(content).sheets] == ["Ohje", "Muut", "Tositteet"]
    assert [sheet.name for sheet in open_table(content, only="Tositteet").sheets] == ["Tositteet"]
