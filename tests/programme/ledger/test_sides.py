"""Files that tell debit and credit in a column of their own: the sign comes from there, never guessed."""

from decimal import Decimal

import pytest

from programme.ledger import jobs
from programme.ledger.fields import Field
from programme.ledger.headings import find_heading
from tests.personas import client_of
from tests.programme.ledger.files import as_csv, as_xlsx, brought_in, checked, fresh, guessed

pytestmark = pytest.mark.django_db

HEADINGS = ("Tosite", "Päivä", "Kustannuspaikka", "Tili", "Summa", "D/K")


def file_of(*sides, heading="D/K", amounts=("100,00", "30,50")):
    rows = [
        (f"T{place}", "1.9.2009", "2120", "4340", amount, side)
        for place, (side, amount) in enumerate(zip(sides, amounts, strict=True))
    ]
    return as_csv(rows, headings=(*HEADINGS[:5], heading))


SIDES = (
    "D/K, Debet/Kredit, Debet / Kredit, DK, +/-, Etumerkki, Debet eller kredit, Förtecken, DR/CR, D/C, Sign, "
    "Debit/Credit"
)


@pytest.mark.parametrize("heading", SIDES.split(", "))
def test_the_side_is_found_by_its_heading(heading):
    found = find_heading([[*HEADINGS[:5], heading]])
    assert found.fields[Field.SIDE] == 5


@pytest.mark.parametrize(
    ("debit", "credit"),
    [
        ("D", "K"),
        ("d", "k"),
        ("Debet", "Kredit"),
        ("Debit", "Credit"),
        ("DR", "CR"),
        ("+", "-"),
        ("+", "\u2212"),
        ("Deb.", "Kred."),
    ],
)
def test_credit_is_negative_however_it_is_written(debit, credit):
    file = checked(file_of(debit, credit))
    assert (file.findings["faults"], file.findings["total"]) == ([], "69.50")


def test_numbers_of_a_workbook_get_their_sign_from_beside_them():
    rows = [("T1", "1.9.2009", "2120", "4340", 100, "D"), ("T2", "1.9.2009", "2120", "4340", 30.5, "K")]
    assert checked(as_xlsx(rows, headings=HEADINGS), "a.xlsx").findings["total"] == "69.50"


def test_two_columns_of_amounts_need_no_side():
    headings = ("Tosite", "Päivä", "Kustannuspaikka", "Tili", "Debet", "Kredit", "D/K")
    row = ("T1", "1.9.2009", "2120", "4340", "", "30,50", "K")
    file = checked(as_csv([row], headings=headings))
    assert "side" not in file.mapping["columns"]
    assert file.findings["total"] == "-30.50"


@pytest.mark.parametrize(
    ("side", "code"), [("", "missing"), ("X", "not_a_side"), ("1", "not_a_side"), ("DK", "not_a_side")]
)
def test_what_is_neither_is_a_fault_of_its_cell(side, code):
    [fault] = checked(file_of("D", side)).findings["faults"]
    assert (fault["row"], fault["field"], fault["code"]) == (3, "side", code)


def test_a_minus_beside_a_side_is_a_fault_until_it_is_told_what_it_means():
    content = file_of("D", "K", amounts=("100,00", "-30,50"))
    file = checked(content)
    [fault] = file.findings["faults"]
    assert (fault["row"], fault["field"], fault["code"], fault["more"]) == (3, "amount", "sign_and_side", "K")
    for minus, total in (("turns", "130.50"), ("repeats", "69.50")):
        columns = {name: str(column) for name, column in guessed(file)["columns"].items()}
        typed = {"version": fresh(file).version, "minus": minus} | columns
        path = f"/ako/finance/import/files/{file.pk}/columns/"
        assert client_of("finance").post(path, typed).status_code == 302
        jobs.check(file.pk)
        assert fresh(file).findings["total"] == total


def test_where_the_side_repeats_the_sign_it_must_say_the_same():
    file = checked(file_of("D", "K", amounts=("-100,00", "-30,50")), minus="repeats")
    [fault] = file.findings["faults"]
    assert (fault["row"], fault["code"]) == (2, "sign_against_side")


def test_the_side_and_its_minus_are_remembered():
    first = brought_in(file_of("D", "K", heading="Kumpi"))
    columns = {name: str(column) for name, column in guessed(first)["columns"].items()}
    path = f"/ako/finance/import/files/{first.pk}/columns/"
    typed = {"version": first.version, "side": "5", "minus": "turns"} | columns
    assert client_of("finance").post(path, typed).status_code == 302
    second = brought_in(file_of("K", "D", heading="Kumpi"), "toinen.csv")
    form = client_of("finance").get(f"/ako/finance/import/files/{second.pk}/columns/").context["form"]
    assert (form["side"].value(), form["minus"].value()) == ("5", "turns")


def test_a_side_beside_debit_and_credit_is_refused():
    file = brought_in(file_of("D", "K"))
    columns = {name: str(column) for name, column in guessed(file)["columns"].items()}
    path = f"/ako/finance/import/files/{file.pk}/columns/"
    typed = {"version": file.version} | columns | {"amount": "", "debit": "4"}
    response = client_of("finance").post(path, typed)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"side"})


def test_a_side_that_is_wrong_is_given_in_the_check():
    file = checked(file_of("D", "X"))
    path = f"/ako/finance/import/files/{file.pk}/mend/"
    assert client_of("finance").post(path, {"version": file.version, "cell-3-side": "K"}).status_code == 302
    jobs.check(file.pk)
    assert Decimal(fresh(file).findings["total"]) == Decimal("69.50")
