"""Files as accounting systems give them out, made for tests."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django import app

from programme.ledger import acting, jobs
from programme.ledger.forms import LedgerFileForm
from programme.ledger.layouts import heading_of
from programme.ledger.lines import ColumnMapping
from programme.models import LedgerFile
from tests.factories import ako
from tests.personas import person

DATA = Path(__file__).parent / "data"
HEADINGS = ("Tosite", "Rivi", "Päivä", "Kustannuspaikka", "Tili", "Selite", "Summa")
# Of the sample's cost centres 2100–2130 and accounts: two vouchers, three lines, 1 734,50 euros together.
ROWS = (
    ("9001", "1", "31.8.2009", "2110", "4340", "Äänekosken kartat", "1 234,50"),
    ("9001", "2", "31.8.2009", "2110", "4350", "Painatus", "-100,00"),
    ("9002", "1", "1.9.2009", "2120", "4340", "Seminaari", "600,00"),
)
TOTAL = "1734,50"


def as_csv(
    rows: Iterable[Sequence[object]] = ROWS,
    *,
    headings: Sequence[str] = HEADINGS,
    separator: str = ";",
    encoding: str = "utf-8",
    above: Sequence[Sequence[object]] = (),
) -> bytes:
    """Return rows as a text file."""
    content = io.StringIO()
    writer = csv.writer(content, delimiter=separator, lineterminator="\r\n")
    writer.writerows([*above, headings, *rows])
    return content.getvalue().encode(encoding)


def as_xlsx(
    rows: Iterable[Sequence[object]] = ROWS,
    *,
    headings: Sequence[str] = HEADINGS,
    above: Sequence[Sequence[object]] = (),
    other_sheets: Sequence[str] = (),
) -> bytes:
    """Return rows as a workbook; days are days, numbers numbers."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "d.m.yyyy"}) as workbook:
        for name in other_sheets:
            workbook.add_worksheet(name).write_string(0, 0, "Ohje")
        sheet = workbook.add_worksheet("Tositteet")
        for place, row in enumerate([*above, headings, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(place, column, value)
                else:
                    sheet.write(place, column, value)
    return content.getvalue()


def as_ods(rows: Iterable[Sequence[object]] = ROWS, *, headings: Sequence[str] = HEADINGS) -> bytes:
    """Return rows as an OpenDocument workbook, with the empty rows and cells that office programs add."""
    body = "".join(
        f"<table:table-row>{''.join(_ods_cell(value) for value in row)}"
        '<table:table-cell table:number-columns-repeated="1017"/></table:table-row>'
        for row in [headings, *rows]
    )
    return ods_of(
        f'<table:table table:name="Tositteet">{body}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
    )


def ods_of(tables: str) -> bytes:
    """Return an OpenDocument workbook with these tables."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/"'
        ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return packed.getvalue()


def _ods_cell(value: object) -> str:
    if isinstance(value, datetime.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    words = escape(str(value))
    return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def brought_in(content: bytes, name: str = "tositteet.csv", *, source: str = "Pro Economica") -> LedgerFile:
    """Bring a file in as the finance officer does, and let it be opened."""
    file = bring_in_only(content, name, source=source)
    jobs.look(file.pk)
    return fresh(file)


def bring_in_only(
    content: bytes, name: str = "tositteet.csv", *, source: str = "Pro Economica"
) -> LedgerFile:
    """Bring a file in; it waits for its worker."""
    form = LedgerFileForm({"source": source}, {"file": SimpleUploadedFile(name, content)}, programme=ako())
    assert form.is_valid(), form.errors
    return acting.bring_in(ako(), actor=person("finance"), checked=form.checked, source_name=source)


def fresh(file: LedgerFile) -> LedgerFile:
    """Return a file as it stands now."""
    return LedgerFile.objects.select_related("programme", "attachment", "source").get(pk=file.pk)


def guessed(file: LedgerFile, **options: Any) -> ColumnMapping:
    """Return the columns that the portal proposes."""
    return guessed_in(file.layout, **options)


def guessed_in(layout: Any, **options: Any) -> ColumnMapping:
    sheet = layout["likely"]
    heading = heading_of(layout["sheets"][sheet])
    assert heading is not None
    made: ColumnMapping = {
        "sheet": sheet,
        "heading_row": heading.row,
        "labels": list(heading.labels),
        "columns": {name.value: column for name, column in heading.fields.items()},
        "skips_other_centres": False,
        "decimal_mark": "",
        "is_reversed": False,
    }
    return made | options  # type: ignore[return-value]


def checked(content: bytes, name: str = "tositteet.csv", **options: Any) -> LedgerFile:
    """Bring a file in and have it checked by the proposed columns."""
    file = brought_in(content, name)
    assert file.stage == LedgerFile.Stage.COLUMNS, file.why_unreadable
    acting.choose_columns(file, mapping=guessed(file, **options), version=file.version)
    jobs.check(file.pk)
    return fresh(file)


def confirmed(content: bytes, name: str = "tositteet.csv", **options: Any) -> LedgerFile:
    """Bring a file in, check and confirm it; it waits for its worker."""
    file = checked(content, name, **options)
    acting.confirm(
        file,
        actor=person("finance"),
        stated_total=Decimal(file.findings["total"]),
        version=file.version,
        further_lines=file.findings["further_lines"],
    )
    return fresh(file)


def imported(content: bytes, name: str = "tositteet.csv", **options: Any) -> LedgerFile:
    """Bring a file in, check, confirm and write it."""
    file = confirmed(content, name, **options)
    jobs.write_import(file.pk)
    return fresh(file)


def queued(task: str) -> int:
    """Return how many jobs of a task wait."""
    return len(app.job_manager.list_jobs(task=f"programme.tasks.{task}", status="todo"))
