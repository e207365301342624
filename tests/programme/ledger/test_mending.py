"""Faults are mended in the check: the file stays, what is given counts, and can be taken back."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from programme.ledger import acting, jobs
from programme.ledger.mending_forms import MendingForm, names_of
from programme.models import LedgerCorrection, LedgerImport
from tests.factories import ako
from tests.personas import client_of, person
from tests.programme.ledger.files import ROWS, as_csv, as_ods, as_xlsx, brought_in, checked, fresh, guessed

pytestmark = pytest.mark.django_db

IMPORT = "/ako/finance/import/"
# Two rows of one unknown cost centre, one of an unknown account; a sum, a day and a voucher to mend.
FAULTY = (
    ("9001", "1", "31.8.2009", "2140", "4340", "Kartat", "1 234,50"),
    ("9001", "2", "31.8.2009", "2140", "9999", "Painatus", "-100,00"),
    ("9002", "1", "1.9.2009", "2120", "4340", "Seminaari", "noin 600"),
    ("9003", "1", "eilen", "2120", "4340", "Matka", "50,00"),
    ("", "1", "1.9.2009", "2120", "4340", "Kahvi", "5,00"),
)


def address(file, place=""):
    return f"{IMPORT}files/{file.pk}/{place}"


def form_of(file):
    return MendingForm(findings=file.findings, names=names_of(ako()))


def number_of(file, read):
    """Return the name of the field by which an unknown number is mended."""
    return next(
        one.choice.name for one in form_of(file).numbers_to_mend(may_mend=True) if one.unknown["read"] == read
    )


def post(file, place="mend/", who="finance", **typed):
    return client_of(who).post(address(file, place), {"version": file.version} | typed)


def mend(file, typed):
    response = client_of("finance").post(address(file, "mend/"), {"version": file.version} | typed)
    assert response.status_code == 302, response.context["mending"].errors
    jobs.check(file.pk)
    return fresh(file)


def everything(file):
    return {
        number_of(file, "2140"): "KP-2130",
        number_of(file, "9999"): ako().accounts.get(number="4350").code,
        "cell-4-amount": "600,00",
        "cell-5-day": "1.9.2009",
        "cell-6-voucher": "9004",
    }


def lines_of(made):
    return list(
        made.entries.order_by("voucher", "line").values_list(
            "voucher", "booked_on", "cost_centre__number", "account__number", "amount"
        )
    )


MENDED = [
    ("9001", datetime.date(2009, 8, 31), "2130", "4340", Decimal("1234.50")),
    ("9001", datetime.date(2009, 8, 31), "2130", "4350", Decimal("-100.00")),
    ("9002", datetime.date(2009, 9, 1), "2120", "4340", Decimal("600.00")),
    ("9003", datetime.date(2009, 9, 1), "2120", "4340", Decimal("50.00")),
    ("9004", datetime.date(2009, 9, 1), "2120", "4340", Decimal("5.00")),
]


def test_unknown_numbers_are_gathered_with_the_rows_that_say_them():
    file = checked(as_csv(FAULTY))
    assert [(one["field"], one["read"], one["rows"], one["first"]) for one in file.findings["unknown"]] == [
        ("cost_centre", "2140", 2, [2, 3]),
        ("account", "9999", 1, [3]),
    ]
    assert [one.said.row for one in form_of(file).cells_to_mend(may_mend=True)] == [4, 5, 6]


@pytest.mark.parametrize(
    ("content", "name"),
    [(as_csv(FAULTY), "a.csv"), (as_xlsx(FAULTY), "a.xlsx"), (as_ods(FAULTY), "a.ods")],
    ids=["csv", "xlsx", "ods"],
)
def test_what_is_mended_is_imported_and_the_file_stays_as_it_came(content, name):
    file = checked(content, name)
    file = mend(file, everything(file))
    assert (file.findings["number_of_faults"], file.findings["corrected"]) == (0, 5)
    assert post(file, "confirm/", stated_total="1789,50").status_code == 302
    jobs.write_import(file.pk)
    assert lines_of(LedgerImport.objects.get(file=file)) == MENDED
    assert bytes(file.attachment.content.content) == content


def test_a_correction_tells_who_gave_what_when_in_place_of_what():
    file = checked(as_csv(FAULTY))
    file = mend(file, {"cell-4-amount": "600", number_of(file, "2140"): "KP-2130"})
    kept = LedgerCorrection.objects.filter(file=file).values_list("row", "field", "read", "given")
    assert set(kept) == {(4, "amount", "noin 600", "600.00"), (None, "cost_centre", "2140", "KP-2130")}
    assert {one.given_by for one in file.corrections.all()} == {person("finance")}
    page = client_of("auditor").get(address(file)).content.decode()
    assert "noin 600" in page
    assert "2130 " in page
    assert "mend/" not in page


def test_what_is_left_empty_stays_a_fault_and_nothing_can_be_confirmed():
    file = checked(as_csv(FAULTY))
    file = mend(file, {"cell-4-amount": "600,00"})
    assert file.findings["number_of_faults"] == 5
    assert post(file, "confirm/", stated_total="600").status_code == 422
    assert not LedgerImport.objects.filter(file=file).exists()


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({}, "__all__"),
        ({"cell-4-amount": "kuusisataa", "cell-6-voucher": "9004"}, "cell-4-amount"),
        ({"cell-4-amount": "1,234"}, "cell-4-amount"),
        ({"cell-5-day": "31.9.2009"}, "cell-5-day"),
        ({"cell-6-voucher": "9" * 81}, "cell-6-voucher"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_what_was_typed_is_kept(typed, at):
    file = checked(as_csv(FAULTY))
    response = client_of("finance").post(address(file, "mend/"), {"version": file.version} | typed)
    assert response.status_code == 422
    assert set(response.context["mending"].errors) == {at}
    page = response.content.decode()
    assert all(f'value="{value}"' in page for value in typed.values())
    assert not file.corrections.exists()
    assert fresh(file).stage == "checked"


def test_a_cost_centre_of_nobody_is_refused():
    file = checked(as_csv(FAULTY))
    assert post(file, **{number_of(file, "2140"): "KP-0000"}).status_code == 422


def test_a_stale_form_is_told_and_its_words_stay_at_the_cells_that_are_faults_still():
    file = checked(as_csv(FAULTY))
    mend(file, {"cell-5-day": "1.9.2009"})
    stale = {"cell-5-day": "2.9.2009", "cell-6-voucher": "9004"}
    response = client_of("finance").post(address(file, "mend/"), {"version": file.version} | stale)
    assert response.status_code == 409
    page = response.content.decode()
    assert 'value="9004"' in page
    assert 'value="2.9.2009"' not in page
    assert file.corrections.count() == 1


def test_what_is_given_later_for_the_same_cell_counts():
    file = checked(as_csv(FAULTY))
    file = mend(file, everything(file) | {"cell-4-amount": "60"})
    file = take_back(file, field="amount")
    file = mend(file, {"cell-4-amount": "600"})
    assert file.findings["total"] == "1789.50"


def take_back(file, **which):
    one = file.corrections.filter(**which).exclude(given="").latest("pk")
    assert post(file, f"corrections/{one.pk}/take-back/").status_code == 302
    jobs.check(file.pk)
    return fresh(file)


def test_a_correction_is_taken_back_once_and_its_row_stays():
    file = checked(as_csv(FAULTY))
    file = mend(file, everything(file))
    file = take_back(file, field="cost_centre")
    assert [one["read"] for one in file.findings["unknown"]] == ["2140"]
    one = file.corrections.get(field="cost_centre", given="KP-2130")
    post(file, f"corrections/{one.pk}/take-back/")
    assert file.corrections.filter(field="cost_centre").count() == 2
    assert "KP-2130" not in [given.given for given in file.corrections.filter(given="")]


def test_a_correction_of_another_file_is_none_of_this_one():
    file = checked(as_csv(FAULTY))
    file = mend(file, {"cell-4-amount": "600"})
    other = checked(as_csv(FAULTY[:3]), "toinen.csv")
    assert post(other, f"corrections/{file.corrections.get().pk}/take-back/").status_code == 404


def test_a_correction_rests_where_its_cell_reads_otherwise_by_other_columns():
    rows = [(*row, "7,00") for row in FAULTY[2:3]]
    headings = ("Tosite", "Rivi", "Päivä", "Kustannuspaikka", "Tili", "Selite", "Summa", "Toinen")
    file = checked(as_csv(rows, headings=headings))
    file = mend(file, {"cell-2-amount": "600,00"})
    assert file.findings["total"] == "600.00"
    columns = guessed(file)["columns"] | {"amount": 7}
    acting.choose_columns(file, mapping=guessed(file) | {"columns": columns}, version=file.version)
    jobs.check(file.pk)
    assert (fresh(file).findings["total"], fresh(file).findings["corrected"]) == ("7.00", 0)
    assert "lepää" in client_of("auditor").get(address(file)).content.decode()
    acting.choose_columns(file, mapping=guessed(file), version=fresh(file).version)
    jobs.check(file.pk)
    assert fresh(file).findings["total"] == "600.00"
    assert "lepää" not in client_of("auditor").get(address(file)).content.decode()


def test_a_ticked_number_is_remembered_for_the_next_file_until_it_is_forgotten():
    file = checked(as_csv(FAULTY))
    field = number_of(file, "2140")
    mend(
        file,
        {field: "KP-2130", f"remember-{field}": "on", number_of(file, "9999"): "4340-ei"}
        | {number_of(file, "9999"): ako().accounts.get(number="4350").code},
    )
    second = brought_in(as_csv(FAULTY[:2]), "seuraava.csv")
    columns = {name: str(column) for name, column in guessed(second)["columns"].items()}
    page = client_of("finance").get(address(second, "columns/"))
    assert page.context["form"].fields["forgets"].choices[0][0] == "cost_centre:2140"
    assert post(second, "columns/", **columns).status_code == 302
    jobs.check(second.pk)
    second = fresh(second)
    # The account was not ticked.
    assert [one["read"] for one in second.findings["unknown"]] == ["9999"]
    assert second.findings["corrected"] == 1
    assert "2140" in client_of("finance").get(address(second)).content.decode()

    assert post(second, "columns/", forgets=["cost_centre:2140"], **columns).status_code == 302
    jobs.check(second.pk)
    assert [one["read"] for one in fresh(second).findings["unknown"]] == ["2140", "9999"]
    assert fresh(second).source.remembered["numbers"]["cost_centre"] == {}


def test_a_number_that_is_taken_back_is_forgotten_for_the_next_files_too():
    file = checked(as_csv(FAULTY))
    field = number_of(file, "2140")
    file = mend(file, {field: "KP-2130", f"remember-{field}": "on"})
    assert file.source.remembered["numbers"]["cost_centre"] == {"2140": "KP-2130"}
    take_back(file, field="cost_centre")
    second = brought_in(as_csv(FAULTY[:1]), "seuraava.csv")
    columns = {name: str(column) for name, column in guessed(second)["columns"].items()}
    assert post(second, "columns/", **columns).status_code == 302
    jobs.check(second.pk)
    assert [one["read"] for one in fresh(second).findings["unknown"]] == ["2140"]


def test_what_a_later_file_had_remembered_stays_when_an_earlier_one_takes_its_own_back():
    first, second = checked(as_csv(FAULTY)), checked(as_csv(FAULTY[:1]), "toinen.csv")
    for file, meant in ((first, "KP-2130"), (second, "KP-2120")):
        field = number_of(file, "2140")
        mend(file, {field: meant, f"remember-{field}": "on"})
    first = take_back(fresh(first), field="cost_centre")
    assert first.source.remembered["numbers"]["cost_centre"] == {"2140": "KP-2120"}


def test_a_number_that_the_programme_has_means_itself_whatever_is_remembered():
    file = checked(as_csv(ROWS), numbers={"cost_centre": {"2110": "KP-2130"}})
    jobs.check(file.pk)
    assert {one["number"] for one in fresh(file).findings["effects"]} == {"2110", "2120"}


def test_nobody_else_mends():
    file = checked(as_csv(FAULTY))
    assert {who: post(file, who=who).status_code for who in ("auditor", "office", "chair-mr")} == {
        "auditor": 403,
        "office": 403,
        "chair-mr": 404,
    }


def test_a_file_that_is_imported_is_not_mended():
    file = checked(as_csv(FAULTY))
    file = mend(file, everything(file))
    post(file, "confirm/", stated_total="1789,50")
    jobs.write_import(file.pk)
    file = fresh(file)
    assert post(file, **{"cell-4-amount": "1"}).status_code == 409
    one = file.corrections.get(field="day")
    post(file, f"corrections/{one.pk}/take-back/")
    assert file.corrections.filter(field="day").count() == 1


def test_the_import_tells_what_was_corrected_and_the_file_of_faults_takes_it_along():
    file = checked(as_csv(FAULTY))
    file = mend(file, everything(file))
    post(file, "confirm/", stated_total="1789,50")
    jobs.write_import(file.pk)
    made = LedgerImport.objects.get(file=file)
    assert "noin 600" in client_of("auditor").get(f"{IMPORT}{made.pk}/").content.decode()
    response = client_of("finance").get(address(file, "faults.csv"))
    rows = list(
        csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";")
    )
    [row] = [row for row in rows if row["read"] == "noin 600"]
    assert (row["row"], row["given"], row["given_by"]) == ("4", "600", str(person("finance")))


def test_many_faults_come_fifty_at_a_time():
    faulty = [(f"T{n}", "", "1.9.2009", "2120", "4340", "", "x") for n in range(60)]
    file = checked(as_csv(faulty))
    form = form_of(file)
    assert (len(form.told), form.number_of_cells) == (50, 60)
    file = mend(file, {f"cell-{row}-amount": "1,00" for row in range(2, 52)})
    assert [told["row"] for told in form_of(file).told] == list(range(52, 62))


def test_corrections_are_neither_changed_nor_removed():
    file = checked(as_csv(FAULTY))
    file = mend(file, {"cell-4-amount": "600"})
    for act in (
        lambda: file.corrections.update(given="1.00"),
        lambda: LedgerCorrection.objects.filter(file=file)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_what_is_given_for_all_rows_is_for_a_number():
    file = checked(as_csv(FAULTY))
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerCorrection.objects.create(
            file=file,
            sheet=0,
            field="amount",
            read="x",
            given="1.00",
            given_by=person("finance"),
            given_at=file.attachment.added_at,
        )
