"""Files of the shapes that accounting systems give out: all say the same lines, or why they cannot."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from programme.ledger.faults import UnreadableError
from programme.ledger.fields import LABELS, Field, field_of
from programme.ledger.layouts import layout_of
from programme.ledger.lines import Reader
from programme.ledger.opening import open_table
from programme.models import Account, CostCentre
from tests.factories import ako
from tests.programme.ledger.files import DATA, HEADINGS, ROWS, as_csv, as_ods, as_xlsx, guessed_in

pytestmark = pytest.mark.django_db

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


def read(content, **options):
    """Return the rows of a file, read by the columns that the portal finds."""
    table = open_table(content)
    layout = layout_of(table)
    return list(Reader(table.sheets[layout["likely"]], guessed_in(layout, **options), ako()).rows())


def lines_of(content, **options):
    rows = read(content, **options)
    assert [row.faults for row in rows if row.faults] == []
    centres = dict(CostCentre.objects.values_list("pk", "number"))
    accounts = dict(Account.objects.values_list("pk", "number"))
    return [
        (line.voucher, line.line, line.day, centres[line.cost_centre], accounts[line.account], *line[5:])
        for row in rows
        if (line := row.line)
    ]


def with_column(place, *values):
    return [(*row[:place], value, *row[place + 1 :]) for row, value in zip(ROWS, values, strict=True)]


TITLES = [["Tositeluettelo 1.8.–30.9.2009"], [], ["Tulostettu", "2.10.2009"], []]
DEBIT_AND_CREDIT = [
    (*ROWS[0][:6], "1.234,50", ""),
    (*ROWS[1][:6], "", "100,00"),
    (*ROWS[2][:6], "600,00", "0,00"),
]
SHAPES = {
    "ISO-8859-1": as_csv(encoding="iso-8859-1"),
    "Windows-1252": as_csv([(*row[:6], f"{row[6]} €") for row in ROWS], encoding="cp1252"),
    "UTF-8 with its mark": as_csv(encoding="utf-8-sig"),
    "UTF-16": as_csv(encoding="utf-16"),
    "UTF-16 big-endian without its mark": as_csv(encoding="utf-16-be"),
    "tabs": as_csv(separator="\t"),
    "bars": as_csv(separator="|"),
    "commas": as_csv(with_column(6, "1,234.50", "-100.00", "600.00"), separator=","),
    "no-break spaces": as_csv(with_column(6, "1\u00a0234,50", "\u2212100,00", "600,00")),
    "thin spaces": as_csv(with_column(6, "1\u202f234,50", "100,00-", "600,-")),
    "points": as_csv(with_column(6, "1.234,50", "(100,00)", "600,00")),
    "merged headings": as_csv(
        DEBIT_AND_CREDIT,
        headings=("Numero", "Rivi", "Pvm", "Nro", "Nro", "Selite", "Debet", "Kredit"),
        above=[["Tosite", "", "", "Kustannuspaikka", "Tili", "", "Summa", ""]],
    ),
    "titles above": as_csv(above=TITLES),
    "headings again on each page": as_csv([ROWS[0], HEADINGS, *ROWS[1:]]),
    "totals and empty rows": as_csv(
        [
            ROWS[0],
            ROWS[1],
            ["", "", "", "Yhteensä 2110", "", "", "1 134,50"],
            [],
            ROWS[2],
            ["Summa yhteensä", "", "", "", "", "", "1 734,50"],
            [" ", ""],
        ]
    ),
    "days in ISO order": as_csv(with_column(2, "2009-08-31", "2009-08-31 00:00:00", "2009-09-01")),
    "days joined": as_csv(with_column(2, "20090831", "20090831", "20090901")),
    "days with bars": as_csv(with_column(2, "31/08/2009", "31/8/2009", "01/09/09")),
    "names beside numbers": as_csv(with_column(3, "2110 Rakenne", "KP-2110", "2120, Palvelut")),
    "Swedish": as_csv(
        headings=("Verifikat nr", "Rad", "Bokföringsdatum", "Kostnadsställe", "Konto", "Text", "Belopp")
    ),
    "English": as_csv(
        headings=("Voucher no.", "Line", "Posting date", "Cost centre", "Account", "Description", "Amount")
    ),
    "xlsx": as_xlsx(NUMBERS, above=TITLES, other_sheets=["Ohje"]),
    "xlsx of texts": as_xlsx(ROWS),
    "ods": as_ods(NUMBERS),
    "xls": (DATA / "vouchers.xls").read_bytes(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_says_the_same_lines(shape):
    assert lines_of(SHAPES[shape]) == SAID


def test_rows_that_are_no_lines_are_skipped_by_kind_and_keep_their_numbers():
    rows = read(SHAPES["totals and empty rows"])
    assert [(row.number, row.skipped) for row in rows] == [
        (2, None),
        (3, None),
        (4, "total"),
        (5, "empty"),
        (6, None),
        (7, "total"),
        (8, "empty"),
    ]


def test_costs_that_are_negative_in_the_file_are_turned_round():
    assert [line[5] for line in lines_of(as_csv(), is_reversed=True)] == [
        Decimal("-1234.50"),
        Decimal("100.00"),
        Decimal("-600.00"),
    ]


@pytest.mark.parametrize(
    ("column", "written", "fault"),
    [
        (0, "", ("missing", "voucher", "")),
        (0, "9" * 90, ("too_long", "voucher", "9" * 80)),
        (2, "", ("missing", "day", "")),
        (2, "8/31/2009", ("no_such_day", "day", "8/31/2009")),
        (2, "31.9.2009", ("no_such_day", "day", "31.9.2009")),
        (2, "eilen", ("not_a_day", "day", "eilen")),
        (3, "2140", ("unknown_centre", "cost_centre", "2140")),
        (4, "9999", ("unknown_account", "account", "9999")),
        (4, "", ("missing", "account", "")),
        (6, "", ("missing", "amount", "")),
        (6, "noin 5", ("not_a_sum", "amount", "noin 5")),
        (6, "1 23,00", ("not_a_sum", "amount", "1 23,00")),
        (6, "12.34", ("other_mark", "amount", "12.34")),
        (6, "1,234", ("parts_of_a_cent", "amount", "1,234")),
        (6, "1 000 000 000 000,00", ("too_large", "amount", "1 000 000 000 000,00")),
    ],
)
def test_what_is_wrong_is_told_at_its_row_and_column(column, written, fault):
    row = list(ROWS[0])
    row[column] = written
    [wrong] = [found for found in read(as_csv([ROWS[1], row, ROWS[2]])) if found.faults]
    assert wrong.number == 3
    assert [told[:3] for told in wrong.faults] == [fault]


def test_a_column_that_tells_no_decimal_mark_is_not_guessed():
    content = as_csv(with_column(6, "1.234", "100", "2.600"))
    assert [fault.code for row in read(content) for fault in row.faults] == ["ambiguous_sum"] * 2
    assert [line[5] for line in lines_of(content, decimal_mark=",")] == [1234, 100, 2600]


def test_rows_of_other_cost_centres_are_skipped_only_where_that_was_chosen():
    content = as_csv(with_column(3, "2110", "7700", ""))
    assert [[fault.code for fault in row.faults] for row in read(content)] == [
        [],
        ["unknown_centre"],
        ["missing"],
    ]
    chosen = read(content, skips_other_centres=True)
    assert [row.skipped for row in chosen] == [None, "other_centre", None]
    assert [fault.code for fault in chosen[2].faults] == ["missing"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7 luettelo", "pdf"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
        (b"\x00\x01\x02\x03" * 100, "not_text"),
        ("Pelkkää tekstiä\nilman sarakkeita\n".encode(), "no_columns"),
        (as_csv() + b'9003;1;"' + b"x;" * 40_000, "broken_quotation"),
        (as_xlsx()[:500], "broken_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "broken_workbook"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_why(content, code):
    with pytest.raises(UnreadableError) as error:
        [list(sheet.rows()) for sheet in open_table(content).sheets]
    assert error.value.code == code


def test_the_headings_of_the_empty_template_are_known_in_every_language(settings):
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            assert {name: field_of(str(label)) for name, label in LABELS.items()} == {
                name: name for name in Field
            }
