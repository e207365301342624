"""What is odd in a file is told and does not hinder it: both sides in a row, a total that is another."""

import pytest

from tests.personas import client_of
from tests.programme.ledger.files import ROWS, as_csv, checked

pytestmark = pytest.mark.django_db

SIDED = ("Tosite", "Päivä", "Kustannuspaikka", "Tili", "Debet", "Kredit")


def warnings_of(file):
    assert file.findings["faults"] == []
    return [(one["row"], one["code"], one["read"], one["more"]) for one in file.findings["warnings"]]


def total_row(euros, word="Yhteensä"):
    return ("", "", "", "", "", word, euros)


def test_a_row_with_both_debit_and_credit_is_a_warning():
    rows = [
        ("T1", "1.9.2009", "2120", "4340", "100,00", "30,50"),
        ("T2", "1.9.2009", "2120", "4340", "100,00", "0,00"),
        ("T3", "1.9.2009", "2120", "4340", "", "20,00"),
    ]
    file = checked(as_csv(rows, headings=SIDED))
    assert warnings_of(file) == [(2, "both_sides", "100,00", "30.50")]
    assert file.findings["total"] == "149.50"
    assert "lisäksi kredit, 30,50" in client_of("finance").get(file.get_absolute_url()).text


def test_a_total_that_is_not_that_of_the_rows_is_a_warning():
    file = checked(as_csv([*ROWS, total_row("1 800,00")]))
    assert warnings_of(file) == [(5, "other_total", "1800.00", "1734.50")]
    told = client_of("finance").get(file.get_absolute_url()).text
    assert "Tiedoston oma summa" in told
    assert "1\u00a0734,50\u00a0€" in told


@pytest.mark.parametrize(
    "rows",
    [
        [*ROWS, total_row("1 734,50")],
        [*ROWS[:2], total_row("1 134,50", "Välisumma"), ROWS[2], total_row("1 734,50")],
        [*ROWS[:2], total_row("1 134,50", "Välisumma"), ROWS[2], total_row("600,00", "Välisumma")],
        [*ROWS, total_row("")],
    ],
)
def test_totals_and_subtotals_that_agree_are_no_warning(rows):
    assert warnings_of(checked(as_csv(rows))) == []


def test_a_total_over_rows_that_cannot_be_read_or_are_left_out_is_compared_to_nothing():
    unread = ("9003", "1", "31.8.2009", "2110", "4340", "Kartat", "noin 5")
    file = checked(as_csv([*ROWS, unread, total_row("1 739,50")]))
    assert file.findings["warnings"] == []
    elsewhere = ("9003", "1", "31.8.2009", "7700", "4340", "Kartat", "5,00")
    file = checked(as_csv([*ROWS, elsewhere, total_row("1 739,50")]), skips_other_centres=True)
    assert warnings_of(file) == []
