"""Money as files: the page's figures, numbers as numbers, and nothing that a spreadsheet would run."""

import csv
import io
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from tests.personas import client_of
from tests.reporting.money.entries import book

pytestmark = pytest.mark.django_db

CHOSEN = {"period": "2009-T2", "cost_centre": "KP-2110"}


def rows_of(response):
    content = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def sheet_of(response):
    with CalamineWorkbook.from_filelike(io.BytesIO(response.content)) as workbook:
        return workbook.get_sheet_by_index(0).to_python()


def get(address, persona="finance", **chosen):
    response = client_of(persona).get(address, chosen)
    assert response.status_code == 200
    return response


def test_the_entries_of_a_choice_come_out_whole():
    book("12.34", text="=1+1")
    whole = get("/ako/finance/2009/entries/", **CHOSEN).context["whole"]
    rows = rows_of(get("/ako/finance/2009/entries.csv", **CHOSEN))
    sums = [Decimal(row["euros"].replace(",", ".")) for row in rows]
    assert (len(rows), sum(sums)) == whole
    assert {row["text"] for row in rows} == {"", "'=1+1"}
    table = sheet_of(get("/ako/finance/2009/entries.xlsx", **CHOSEN))
    head = next(place for place, row in enumerate(table) if "Tosite" in row)
    entries = table[head + 1 :]
    assert sum(Decimal(str(row[-1])) for row in entries) == whole.euros
    assert {row[2] for row in entries} == {"", "=1+1"}


def test_the_figures_of_the_page_and_of_the_files_are_the_same():
    finance = get("/ako/finance/2009/", period="2009-T2").context["finance"]
    shown = [row["actual"] for row in (*finance["rows"], finance["total"])]
    rows = rows_of(get("/ako/finance/2009.csv", period="2009-T2"))
    assert [row["actual"].replace(",", ".") for row in rows] == shown
    assert [row["forecast"] for row in rows][-1] == ""
    table = sheet_of(get("/ako/finance/2009.xlsx", period="2009-T2"))
    assert [Decimal(str(row[5])) for row in table[-len(shown) :]] == [Decimal(euros) for euros in shown]


def test_who_reads_what_was_told_gets_the_same_figures_as_on_their_page():
    finance = get("/ako/finance/2009/", "municipal").context["finance"]
    rows = rows_of(get("/ako/finance/2009.csv", "municipal"))
    shown = [Decimal(row["actual"]) for row in (*finance["rows"], finance["total"])]
    assert [Decimal(row["actual"].replace(",", ".")) for row in rows] == shown


def test_a_choice_that_is_none_says_so():
    assert client_of("finance").get("/ako/finance/2009/entries.csv", {"period": "2008-T1"}).status_code == 400
