"""What is uploaded is measured before it is read: no file may take the portal's memory."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.workgroups.work_programmes.spreadsheets.files import made
from workgroups.work_programmes.spreadsheets import archive
from workgroups.work_programmes.spreadsheets.archive import measured

SHEET = "xl/worksheets/sheet1.xml"


def archive_of(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, part in parts.items():
            opened.writestr(name.replace("__", "/") + ".xml", part)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a spreadsheet in which a part says something else."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, part if info.filename == name else old.read(info))
    return changed.getvalue()


def small() -> bytes:
    return made(lambda workbook: workbook.add_worksheet("Toimet").write_string(0, 0, "Koodi"))


def refusal(content: bytes) -> list[str]:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        measured(content).must_have_values(below=0)
    return refused.value.messages


NO_SPREADSHEET = ["The file is not an XLSX spreadsheet that can be read. Save it as XLSX without a password."]
TOO_MUCH = ["There is more in the file than a work programme can hold."]


def test_a_spreadsheet_is_handed_on_with_its_parts():
    with zipfile.ZipFile(io.BytesIO(measured(small()).archive)) as kept:
        assert SHEET in kept.namelist()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Koodi;Toimi\n",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old or encrypted workbook",
        b"PK\x03\x04 cut off",
        archive_of(xl__workbook=b"<not closed>"),
        archive_of(xl__workbook=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ],
)
def test_what_is_no_spreadsheet_is_refused(content):
    assert refusal(content) == NO_SPREADSHEET


def test_a_large_file_is_refused_before_it_is_opened():
    assert refusal(b"PK\x03\x04" + bytes(archive.LARGEST_UPLOAD)) == ["The file is larger than 2 MB."]


def test_a_file_that_unfolds_to_too_much_is_refused():
    bomb = archive_of(xl__sharedStrings=b"<sst>" + b" " * (archive.LARGEST_CONTENT + 1) + b"</sst>")
    assert len(bomb) < 50_000
    assert refusal(bomb) == TOO_MUCH


def test_a_file_that_lies_of_its_size_is_refused():
    """Its directory says 100 bytes; the reader would unfold them all."""
    part = b"<sst>" + b" " * 1_000_000 + b"</sst>"
    honest = archive_of(xl__sharedStrings=part)
    lying = honest.replace(len(part).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert refusal(lying) == NO_SPREADSHEET


def test_a_cell_far_out_is_refused_since_all_between_would_be_kept_in_memory():
    far = made(lambda workbook: workbook.add_worksheet().write_string(1_048_575, 16_383, "x"))
    assert refusal(far) == TOO_MUCH
    by_row = b'<worksheet><sheetData><row r="1048576"><c t="str"><v>x</v></c></row></sheetData></worksheet>'
    assert refusal(with_part(small(), SHEET, by_row)) == TOO_MUCH


def test_an_empty_cell_far_out_is_only_its_colour():
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_string(0, 0, "Koodi")
        sheet.write_blank(1_048_575, 16_383, None, workbook.add_format({"bold": True}))

    assert measured(made(fill)).archive


def test_one_long_text_in_many_cells_is_refused():
    def fill(workbook):
        sheet = workbook.add_worksheet()
        for row in range(100):
            sheet.write_string(row, 0, "x" * 30_000)

    assert refusal(made(fill)) == TOO_MUCH


def test_many_cells_are_refused():
    def fill(workbook):
        sheet = workbook.add_worksheet()
        for row in range(500):
            for column in range(60):
                sheet.write_number(row, column, 1)

    assert refusal(made(fill)) == TOO_MUCH


def test_a_formula_without_a_value_is_named_by_its_cell():
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 27, "=1+1", None, "")

    assert refusal(made(fill)) == [
        "The formula in cell B2 has no value: write the value itself.",
        "The formula in cell AB3 has no value: write the value itself.",
    ]


def test_a_formula_above_what_is_read_needs_no_value():
    """Programs that edit a spreadsheet without calculating drop the value of the portal's own total."""
    total = made(lambda workbook: workbook.add_worksheet().write_formula(3, 10, "=SUM(K6:K305)", None, ""))
    measured(total).must_have_values(below=5)
    with pytest.raises(ValidationError):
        measured(total).must_have_values(below=3)


def encoded_as(encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?><worksheet/>'.encode()


def ends_too_early() -> bytes:
    """Return an archive whose part is shorter than its directory says."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as opened:
        opened.writestr("xl/workbook.xml", b"<workbook/>")
    longer = (2**20).to_bytes(4, "little")
    return content.getvalue().replace(len(b"<workbook/>").to_bytes(4, "little"), longer)


def named_in_no_encoding() -> bytes:
    """Return an archive whose part says that its name is in UTF-8, which it is not."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as opened:
        opened.writestr("xl/wörkbook.xml", b"<workbook/>")
    return content.getvalue().replace("ö".encode(), b"\xff\xff")


@pytest.mark.parametrize(
    "content",
    [
        archive_of(xl__workbook=encoded_as("foo")),
        archive_of(xl__workbook=encoded_as("shift_jis")),
        archive_of(xl__workbook=encoded_as("utf-7")),
        with_part(small(), SHEET, b'<worksheet><row r="' + b"9" * 5000 + b'"/></worksheet>'),
        with_part(small(), SHEET, '<worksheet><row r="٣"/></worksheet>'.encode()),
        ends_too_early(),
        named_in_no_encoding(),
    ],
    ids=["no encoding", "shift_jis", "utf-7", "row of 5000 digits", "foreign digits", "cut off", "name"],
)
def test_what_was_made_to_break_the_reader_is_refused(content):
    assert refusal(content) == NO_SPREADSHEET
