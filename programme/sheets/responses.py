"""Sheets as answers of a page: the file's name, its kind, and whose it is."""

from collections.abc import Sequence

from django.http import HttpResponse, StreamingHttpResponse

from programme import text
from programme.models import Programme
from programme.sheets.cells import Table
from programme.sheets.writing import CSV_TYPE, XLSX_TYPE, csv_lines, workbook_of


def csv_response(sheet: Table, name: str, *, programme: Programme) -> StreamingHttpResponse:
    """Return a sheet line by line: the first lines are there before the last are read."""
    lines = csv_lines(sheet, notice_of(programme))
    return StreamingHttpResponse(lines, content_type=CSV_TYPE, headers=_saved_as(f"{name}.csv"))


def xlsx_response(sheets: Sequence[Table], name: str, *, title: str, programme: Programme) -> HttpResponse:
    content = workbook_of(
        sheets,
        title=title,
        author=text.words_of(programme, "owner")[0],
        notice=notice_of(programme),
    )
    return HttpResponse(content, content_type=XLSX_TYPE, headers=_saved_as(f"{name}.xlsx"))


def notice_of(programme: Programme) -> str:
    """Return what says that a programme's data is a sample; empty where it is none."""
    return text.words_of(programme, "sample_notice")[0] if programme.is_sample else ""


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
