"""Pages of the import: what was chosen is kept, what is wrong can be taken along, wrong forms are refused."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from programme.ledger import acting, jobs
from programme.ledger.downloads import template_of
from programme.ledger.fields import Field
from programme.ledger.headings import find_heading
from programme.models import LedgerFile, LedgerImport
from tests.factories import ako
from tests.personas import client_of, person
from tests.programme.ledger.files import (
    ROWS,
    as_csv,
    as_xlsx,
    brought_in,
    checked,
    confirmed,
    fresh,
    guessed,
    queued,
)

pytestmark = pytest.mark.django_db

IMPORT = "/ako/finance/import/"


def address(file, place=""):
    return f"{IMPORT}files/{file.pk}/{place}"


def post(file, place, **typed):
    return client_of("finance").post(address(file, place), {"version": file.version, **typed})


def test_a_file_that_is_sent_is_kept_and_waits_for_its_worker():
    content = as_csv(encoding="utf-16")
    sent = {"source": " Pro  Economica ", "file": SimpleUploadedFile("elokuu.csv", content)}
    response = client_of("finance").post(f"{IMPORT}new/", sent)
    file = LedgerFile.objects.get()
    assert (response.status_code, response["Location"]) == (302, address(file))
    assert (file.source.name, file.attachment.name, file.stage) == ("Pro Economica", "elokuu.csv", "to_look")
    assert bytes(file.attachment.content.content) == content
    assert queued("look_at_ledger_file") == 1


def test_an_empty_form_says_what_is_missing():
    response = client_of("finance").post(f"{IMPORT}new/", {})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"file", "source"}


@pytest.mark.parametrize(
    ("chosen", "at"),
    [
        ({"voucher": ""}, "voucher"),
        ({"amount": ""}, "amount"),
        ({"debit": "5"}, "amount"),
        ({"line": "0"}, "line"),
        ({"account": "77"}, "account"),
    ],
)
def test_columns_that_cannot_be_are_refused_at_their_field(chosen, at):
    file = brought_in(as_csv())
    columns = {name: str(column) for name, column in guessed(file)["columns"].items()}
    response = post(file, "columns/", **(columns | chosen))
    assert response.status_code == 422
    assert at in response.context["form"].errors
    assert fresh(file).stage == "columns"


def test_what_was_chosen_is_proposed_for_the_next_file_by_its_headings():
    first = brought_in(as_csv(headings=("A", "B", "C", "D", "E", "F", "G")))
    columns = ("voucher", "line", "day", "cost_centre", "account", "text", "amount")
    chosen = {name: column for column, name in enumerate(columns)} | {"is_reversed": "on"}
    assert post(first, "columns/?row=1", **chosen).status_code == 302
    turned = [tuple(reversed(row)) for row in ROWS]
    second = brought_in(as_csv(turned, headings=("G", "F", "E", "D", "C", "B", "A")))
    form = client_of("finance").get(address(second, "columns/")).context["form"]
    assert [form[name.value].value() for name in Field][:7] == ["6", "5", "4", "3", "2", "1", "0"]
    assert form["is_reversed"].value() is True


def test_another_sheet_and_another_row_of_headings_can_be_shown():
    file = brought_in(as_xlsx(other_sheets=["Ohje"], above=[["Luettelo"], ["Tosite", "Päivä"]]), "a.xlsx")
    client = client_of("finance")
    page = client.get(address(file, "columns/"))
    assert (page.context["place"], page.context["heading"].row) == (1, 3)
    assert client.get(address(file, "columns/?row=2")).context["heading"].row == 2
    assert client.get(address(file, "columns/?sheet=0")).context["sheet"]["name"] == "Ohje"
    assert client.get(address(file, "columns/?sheet=99&row=x")).context["heading"].row == 3


def test_a_stale_form_of_columns_is_refused():
    file = brought_in(as_csv())
    acting.choose_columns(file, mapping=guessed(file), version=file.version)
    jobs.check(file.pk)
    columns = {name: str(column) for name, column in guessed(file)["columns"].items()}
    assert post(file, "columns/", **columns).status_code == 403


def test_progress_leads_to_the_page_when_the_work_is_over():
    client, file = client_of("finance"), confirmed(as_csv())
    waiting = client.get(address(file, "progress/"), headers={"HX-Request": "true"})
    assert (waiting.status_code, "HX-Redirect" in waiting) == (200, False)
    jobs.write_import(file.pk)
    done = client.get(address(file, "progress/"), headers={"HX-Request": "true"})
    assert done["HX-Redirect"] == address(file)


def test_another_total_is_kept_as_it_was_typed_and_nothing_is_written():
    file = checked(as_csv())
    response = post(file, "confirm/", stated_total="1 734,49")
    assert response.status_code == 422
    assert response.context["form"]["stated_total"].value() == "1 734,49"
    assert not LedgerImport.objects.filter(file=file).exists()


def test_further_lines_of_a_known_voucher_are_ticked_by_their_number():
    jobs.write_import(confirmed(as_csv(ROWS[:1])).pk)
    file = checked(as_csv(), "elokuu.csv")
    box = 'type="checkbox" name="further_lines" value="1"'
    assert box in client_of("finance").get(address(file)).content.decode()
    for ticked in ({}, {"further_lines": "2"}, {"further_lines": "x"}):
        response = post(file, "confirm/", stated_total="1734,50", **ticked)
        assert (response.status_code, set(response.context["form"].errors)) == (422, {"further_lines"})
        assert box in response.content.decode()
    assert fresh(file).stage == "checked"
    assert post(file, "confirm/", stated_total="1734,50", further_lines="1").status_code == 302
    assert fresh(file).stage == "to_write"


FAULTY = ("9003", "1", "1.9.2009", "=1+1", "4340", "", "1,00")


def test_faults_are_taken_along_as_text_that_calculates_nothing():
    file = checked(as_csv([*ROWS, FAULTY]))
    response = client_of("finance").get(address(file, "faults.csv"))
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    [headings, row] = list(csv.reader(io.StringIO(content), delimiter=";"))
    told = ["row", "column", "read", "what", "mend", "kind", "given", "given_by", "given_on"]
    assert headings == [*told, "notice"]
    assert row[:3] == ["5", "Kustannuspaikka", "'=1+1"]


def test_faults_are_taken_along_as_a_workbook():
    file = checked(as_csv([*ROWS, FAULTY]))
    content = client_of("finance").get(address(file, "faults.xlsx")).content
    # The sample says so above.
    [notice, _headings, row] = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    assert notice[0] == ako().sample_notice_fi
    assert row[:3] == [5, "Kustannuspaikka", "=1+1"]


def test_the_empty_template_has_headings_that_are_found():
    book = CalamineWorkbook.from_filelike(io.BytesIO(template_of(ako())))
    rows = book.get_sheet_by_index(0).to_python()
    heading = find_heading(rows)
    assert set(heading.fields) == set(Field) - {Field.SIDE, Field.DEBIT, Field.CREDIT}
    numbers = book.get_sheet_by_index(1).to_python()
    assert {row[0] for row in numbers[1:]} >= {"2100", "2110", "2120", "2130"}


def test_the_file_as_it_came_is_given_to_be_saved():
    file = checked(as_csv(encoding="iso-8859-1"))
    response = client_of("auditor").get(address(file, "original/"))
    assert response.content == as_csv(encoding="iso-8859-1")
    assert response["Content-Disposition"].startswith("attachment")


def test_reverting_demands_a_reason():
    file = confirmed(as_csv())
    jobs.write_import(file.pk)
    made = LedgerImport.objects.get(file=file)
    client = client_of("finance")
    assert client.post(f"{IMPORT}{made.pk}/revert/", {"reason": " "}).status_code == 422
    assert client.post(f"{IMPORT}{made.pk}/revert/", {"reason": "Väärä kausi"}).status_code == 302
    made.refresh_from_db()
    assert (made.reverting_reason, made.reverted_by) == ("Väärä kausi", person("finance"))
    assert "Väärä kausi" in client.get(IMPORT).content.decode()


def test_the_desk_tells_the_finance_officer_alone_of_files_that_wait():
    file = checked(as_csv(), "tarkistettu.csv")
    assert address(file) in client_of("finance").get("/desk/").content.decode()
    assert "tarkistettu.csv" not in client_of("office").get("/desk/").content.decode()


def test_the_finance_page_leads_those_who_read_to_the_imports():
    pages = {
        who: client_of(who).get("/ako/finance/2009/").content.decode() for who in ("finance", "chair-mr")
    }
    assert {who: f'href="{IMPORT}"' in page for who, page in pages.items()} == {
        "finance": True,
        "chair-mr": False,
    }
