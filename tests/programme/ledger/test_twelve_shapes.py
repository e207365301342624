"""Twelve shapes of file as accounting systems give them out, from the page that takes them to the ledger."""

import datetime
import io
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count, Sum

from programme.ledger import jobs
from programme.ledger.fields import Field
from programme.models import LedgerEntry, LedgerFile
from tests.personas import client_of
from tests.programme.ledger.files import DATA, HEADINGS, ROWS, as_csv, as_ods, as_xlsx, fresh

pytestmark = pytest.mark.django_db

IMPORT = "/ako/finance/import/"
AUGUST, SEPTEMBER = datetime.date(2009, 8, 31), datetime.date(2009, 9, 1)
NUMBERS = (
    (9001, 1, AUGUST, 2110, 4340, "Äänekosken kartat", 1234.5),
    (9001, 2, AUGUST, 2110, 4350, "Painatus", -100),
    (9002, 1, SEPTEMBER, 2120, 4340, "Seminaari", 600),
)
SAID = [
    ("9001", "1", AUGUST, "2110", "4340", Decimal("1234.50"), "Äänekosken kartat"),
    ("9001", "2", AUGUST, "2110", "4350", Decimal("-100.00"), "Painatus"),
    ("9002", "1", SEPTEMBER, "2120", "4340", Decimal("600.00"), "Seminaari"),
]
MANY = 100_000


def amounts(*written):
    return [(*row[:6], amount) for row, amount in zip(ROWS, written, strict=True)]


def merged_headings():
    """Return a workbook whose headings take two rows, with merged cells above."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "d.m.yyyy"}) as book:
        sheet = book.add_worksheet("Pääkirja")
        sheet.merge_range("A1:H1", "Pääkirjan ote 1.8.–30.9.2009")
        sheet.merge_range("A3:C3", "Tosite")
        sheet.merge_range("D3:E3", "Tiliöinti")
        sheet.merge_range("G3:H3", "Summa")
        lower = ("Numero", "Rivi", "Päivä", "Kustannuspaikka", "Tili", "Selite", "Debet", "Kredit")
        sheet.write_row("A4", ("Tositenumero", *lower[1:]))
        for place, row in enumerate(NUMBERS):
            *said, amount = row
            sheet.write_row(4 + place, 0, [*said, amount, ""] if amount > 0 else [*said, "", -amount])
    return content.getvalue()


def with_totals(rows):
    total = ["", "", "", "Yhteensä 2110", "", "", "1 134,50"]
    return [*rows[:2], total, rows[2], ["Loppusumma", "", "", "", "", "", "1 734,50"]]


SHAPES = {
    "ISO-8859-1": ("a.csv", as_csv(encoding="iso-8859-1")),
    "UTF-16": ("a.txt", as_csv(encoding="utf-16")),
    "semicolons": ("a.csv", as_csv(separator=";")),
    "tabs": ("a.tsv", as_csv(separator="\t")),
    "1 234,50": ("a.csv", as_csv(amounts("1 234,50", "-100,00", "600,00"))),
    "-1.234,50": ("a.csv", as_csv(amounts("-1.234,50", "100,00", "-600,00"))),
    "1250,-": ("a.csv", as_csv(amounts("1234,50", "-100,-", "600,-"))),
    "merged headings": ("a.xlsx", merged_headings()),
    "trailing totals": ("a.csv", as_csv(with_totals(ROWS))),
    "empty rows": ("a.xlsx", as_xlsx([NUMBERS[0], ["", " "], [], NUMBERS[1], [], NUMBERS[2], [], []])),
    "days as text": ("a.xlsx", as_xlsx(ROWS)),
    "ods": ("a.ods", as_ods(NUMBERS)),
    "xls": ("a.xls", (DATA / "vouchers.xls").read_bytes()),
}
# In this one, costs are negative.
REVERSED = {"-1.234,50"}


def through_the_pages(name, content, *, total, **options):
    """Bring a file in, take the proposed columns, confirm it: as its keeper does, with workers between."""
    client = client_of("finance")
    sent = {"source": "Pro Economica", "file": SimpleUploadedFile(name, content)}
    assert client.post(f"{IMPORT}new/", sent).status_code == 302
    file = LedgerFile.objects.latest("pk")
    jobs.look(file.pk)
    page = f"{IMPORT}files/{file.pk}/"
    form = client.get(f"{page}columns/").context["form"]
    proposed = {field.value: form[field.value].value() for field in Field}
    typed = proposed | options | {"version": fresh(file).version}
    assert client.post(f"{page}columns/", typed).status_code == 302
    jobs.check(file.pk)
    file = fresh(file)
    assert (file.stage, file.findings["faults"]) == ("checked", [])
    confirmed = {"version": file.version, "stated_total": total}
    assert client.post(f"{page}confirm/", confirmed).status_code == 302
    jobs.write_import(file.pk)
    return fresh(file)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_imported_right(shape):
    options = {"is_reversed": "on"} if shape in REVERSED else {}
    file = through_the_pages(*SHAPES[shape], total="1734,50", **options)
    entries = LedgerEntry.objects.filter(ledger_import__file=file).order_by("voucher", "line")
    told = ("voucher", "line", "booked_on", "cost_centre__number", "account__number", "amount", "text")
    assert list(entries.values_list(*told)) == SAID


def test_a_hundred_thousand_rows_are_imported_right():
    rows = (
        (
            f"T{n // 4}",
            str(n % 4),
            "31.8.2009",
            ("2110", "2120")[n % 2],
            "4340",
            f"Rivi {n}",
            f"{n % 997},{n % 100:02}",
        )
        for n in range(MANY)
    )
    cents = sum((n % 997) * 100 + n % 100 for n in range(MANY))
    total = Decimal(cents) / 100
    file = through_the_pages("a.csv", as_csv(rows, headings=HEADINGS), total=str(total).replace(".", ","))
    found = LedgerEntry.objects.filter(ledger_import__file=file).aggregate(Count("pk"), Sum("amount"))
    assert found == {"pk__count": MANY, "amount__sum": total}
