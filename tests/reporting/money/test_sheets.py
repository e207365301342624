"""Money as files: the page's figures, numbers as numbers, and nothing that a spreadsheet would run."""

import csv
import io
import re
import zipfile
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from tests.factories import ako
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
    assert (len(rows), sum(sums)) == whole[:2]
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


def test_a_file_says_of_which_days_its_figures_are_in_the_words_of_the_page():
    table = sheet_of(get("/ako/finance/2009.xlsx", period="2009-T2"))
    [heading] = [row for row in table if "Nimi" in row]
    assert "Toteuma 1.1.–31.8.2009, €" in heading
    assert {"Samana päivänä 31.8.2008, €", "Samana päivänä 31.8.2007, €"} <= set(heading)
    income = sheet_of(get("/ako/finance/2009.xlsx", period="2009-T2", by="source"))
    assert "Kirjattu tulo 1.1.–31.8.2009, €" in next(row for row in income if "Nimi" in row)


def test_per_cents_are_numbers_with_one_decimal():
    content = get("/ako/finance/2009.xlsx", period="2009-T2").content
    sheet = formats_in(content)
    assert "#,##0.0" in sheet
    table = sheet_of(get("/ako/finance/2009.xlsx", period="2009-T2"))
    [heading] = [row for row in table if "Nimi" in row]
    used = [row[heading.index("Käytetty, %")] for row in table[table.index(heading) + 1 :]]
    assert all(isinstance(one, float) for one in used)


def formats_in(content):
    """Return the number formats that a workbook declares."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return re.findall(r'formatCode="([^"]+)"', packed.read("xl/styles.xml").decode())


def test_measure_and_decider_of_an_explanation_are_columns_of_their_own():
    finance = get("/ako/finance/2009/", period="2009-T1").context["finance"]
    told = [row for row in finance["rows"] if row["explanation"]]
    assert told
    rows = rows_of(get("/ako/finance/2009.csv", period="2009-T1"))
    by_number = {row["cost_centre"]: row for row in rows}
    for row in told:
        one = by_number[row["number"]]
        assert [one[name] for name in ("explanation", "corrective_action", "who_decides")] == [
            row[name] or "" for name in ("explanation", "corrective_action", "who_decides")
        ]


def test_cost_centres_and_accounts_go_by_number_in_every_file():
    money = rows_of(get("/ako/finance/2009.csv", period="2009-T2"))
    entries = rows_of(get("/ako/finance/2009/entries.csv", period="2009-T2"))
    budget = rows_of(get("/ako/budget/2009.csv"))
    assert {row["cost_centre"] for row in entries} <= {row["cost_centre"] for row in money}
    assert {row["cost_centre"] for row in budget} == {row["cost_centre"] for row in money}
    accounts = rows_of(get("/ako/finance/2009.csv", period="2009-T2", by="account"))
    assert {row["account"] for row in entries} <= {row["account"] for row in accounts}


@pytest.mark.parametrize(
    "address",
    ["/ako/finance/2009.csv", "/ako/finance/2009/entries.csv", "/ako/budget/2009.csv"],
)
def test_a_file_of_the_sample_says_so_in_every_row(address):
    assert {row["notice"] for row in rows_of(get(address))} == {ako().sample_notice_fi}
