"""Files that the import gives out: what is wrong in a file, and an empty file to fill in."""

import csv
import io

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from programme import text
from programme.ledger.fields import LABELS, Field
from programme.ledger.words import Said
from programme.models import Account, CostCentre, Programme

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# What begins like these a spreadsheet would calculate.
CALCULATED = ("=", "+", "-", "@", "\t", "\r")
IN_TEMPLATE = tuple(name for name in Field if name not in (Field.DEBIT, Field.CREDIT))
WIDTH_OF_WORDS = 44


def _headings() -> list[str]:
    return [_("Row"), _("Column"), _("What was read"), _("What is wrong"), _("How to mend it"), _("Kind")]


def _rows(faults: list[Said], warnings: list[Said]) -> list[list[str | int]]:
    kinds = [(fault, _("fault")) for fault in faults] + [(warning, _("warning")) for warning in warnings]
    return [[one.row, one.column, one.read, one.what, one.mend, kind] for one, kind in kinds]


def told_as_xlsx(faults: list[Said], warnings: list[Said]) -> bytes:
    """Return what was told of a file as a workbook."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False}) as workbook:
        heading = workbook.add_format({"bold": True, "bottom": 2})
        sheet = workbook.add_worksheet(_("Faults"))
        for column, width in enumerate((8, 24, 24, WIDTH_OF_WORDS, WIDTH_OF_WORDS, 12)):
            sheet.set_column(column, column, width)
        for column, words in enumerate(_headings()):
            sheet.write_string(0, column, words, heading)
        for place, row in enumerate(_rows(faults, warnings), start=1):
            sheet.write_number(place, 0, int(row[0]))
            for column, value in enumerate(row[1:], start=1):
                sheet.write_string(place, column, str(value))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, len(_headings()) - 1)
    return content.getvalue()


def told_as_csv(faults: list[Said], warnings: list[Said]) -> bytes:
    """Return what was told of a file as text that spreadsheets open: UTF-8 with its mark, semicolons."""
    content = io.StringIO()
    writer = csv.writer(content, delimiter=";", lineterminator="\r\n")
    writer.writerow(_headings())
    for row in _rows(faults, warnings):
        writer.writerow([_harmless(value) for value in row])
    return content.getvalue().encode("utf-8-sig")


def _harmless(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(CALCULATED) else value


def template_of(programme: Programme) -> bytes:
    """Return an empty workbook with the columns of a ledger file, and the numbers that it may use."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False}) as workbook:
        heading = workbook.add_format({"bold": True, "bottom": 2})
        rows = workbook.add_worksheet(_("Vouchers"))
        rows.set_column(0, len(IN_TEMPLATE) - 1, 18)
        day = workbook.add_format({"num_format": "d.m.yyyy"})
        euros = workbook.add_format({"num_format": "#,##0.00"})
        for column, name in enumerate(IN_TEMPLATE):
            rows.write_string(0, column, str(LABELS[name]), heading)
        rows.set_column(IN_TEMPLATE.index(Field.DAY), IN_TEMPLATE.index(Field.DAY), 14, day)
        rows.set_column(IN_TEMPLATE.index(Field.AMOUNT), IN_TEMPLATE.index(Field.AMOUNT), 16, euros)
        rows.freeze_panes(1, 0)
        numbers = workbook.add_worksheet(_("Numbers"))
        numbers.set_column(0, 5, 12)
        _list(numbers, 0, _("Cost centre"), CostCentre.objects.filter(programme=programme), heading)
        _list(numbers, 3, _("Account"), Account.objects.filter(programme=programme), heading)
    return content.getvalue()


def _list(sheet: Worksheet, column: int, title: str, rows, heading) -> None:  # type: ignore[no-untyped-def]
    for offset, words in enumerate((title, _("Name"))):
        sheet.write_string(0, column + offset, words, heading)
    sheet.set_column(column + 1, column + 1, WIDTH_OF_WORDS)
    for place, row in enumerate(rows, start=1):
        sheet.write_string(place, column, row.number)
        sheet.write_string(place, column + 1, text.words_of(row, "name")[0])
