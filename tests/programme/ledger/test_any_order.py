"""Whatever order files come in, split or repeated: the ledger says the same, to the cent."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.ledger import acting
from programme.ledger.amounts import COMMA, POINT, read_amount
from programme.ledger.days import read_day
from programme.ledger.faults import NotReadError
from programme.models import LedgerEntry
from tests.programme.ledger.files import HEADINGS, as_csv, as_ods, as_xlsx, checked, imported

pytestmark = pytest.mark.django_db

CENTRES, ACCOUNTS = ("2100", "2110", "2120", "2130"), ("4000", "4340", "4350")
VOUCHERS = st.sampled_from([f"T{number}" for number in range(1, 7)])
# Few values of each, so that the same lines turn up again and again.
LINES = st.tuples(
    st.sampled_from(["31.8.2009", "1.9.2009", "15.1.2009"]),
    st.sampled_from(CENTRES),
    st.sampled_from(ACCOUNTS),
    st.sampled_from(["", "Kartat", "Lento"]),
    st.integers(-500_000, 500_000),
)
# A ledger: each voucher with its lines, which stay together when a file is split.
LEDGERS = st.dictionaries(VOUCHERS, st.lists(LINES, min_size=1, max_size=4), min_size=1, max_size=6)


def written(cents):
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02}"


def rows_of(ledger, vouchers):
    return [
        (voucher, "", day, centre, account, text, written(cents))
        for voucher in vouchers
        for day, centre, account, text, cents in ledger[voucher]
    ]


def on_sides(rows):
    """Return a file whose sums have no sign: D or K stands beside them."""
    sided = [(*row[:6], row[6].lstrip("-"), "K" if row[6].startswith("-") else "D") for row in rows]
    return as_csv(sided, headings=(*HEADINGS, "D/K"))


def in_two_columns(rows):
    """Return a file with a debit and a credit."""
    parted = [(*row[:6], "", row[6][1:]) if row[6].startswith("-") else (*row, "") for row in rows]
    return as_csv(parted, headings=(*HEADINGS[:6], "Debet", "Kredit"))


# The same rows as different systems give them out.
KINDS = {
    "csv": lambda rows: as_csv(rows, headings=HEADINGS),
    "latin": lambda rows: as_csv(rows, headings=HEADINGS, separator="\t", encoding="iso-8859-1"),
    "utf-16": lambda rows: as_csv(rows, headings=HEADINGS, encoding="utf-16"),
    "xlsx": lambda rows: as_xlsx(rows, headings=HEADINGS),
    "ods": lambda rows: as_ods(rows, headings=HEADINGS),
    "sides": on_sides,
    "two columns": in_two_columns,
}


def brought_by_imports():
    """Return what the ledger counts of what files brought; the sample's own imports are of no file."""
    entries = LedgerEntry.objects.counted().filter(ledger_import__file__isnull=False)
    return Counter(
        entries.values_list(
            "voucher", "booked_on", "cost_centre__number", "account__number", "text", "amount"
        )
    )


def meant(ledger):
    """Return what a ledger says, without any of the portal's own reading."""
    days = {
        "31.8.2009": datetime.date(2009, 8, 31),
        "1.9.2009": datetime.date(2009, 9, 1),
        "15.1.2009": datetime.date(2009, 1, 15),
    }
    return Counter(
        (voucher, days[day], centre, account, text, Decimal(cents) / 100)
        for voucher, lines in ledger.items()
        for day, centre, account, text, cents in lines
    )


def import_what_is_new(content):
    """Import a file, unless the ledger knows all of it."""
    file = checked(content)
    # Else the same file would be the one that is on its way.
    acting.drop(file)
    if file.findings["new"]:
        imported(content)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), ledger=LEDGERS)
def test_in_any_order_split_or_repeated_the_ledger_is_the_same(data, ledger):
    vouchers = list(ledger)
    # Files that overlap as they will, and between them hold every voucher.
    files = data.draw(st.lists(st.lists(st.sampled_from(vouchers), min_size=1, unique=True), max_size=3))
    cut = data.draw(st.integers(0, len(vouchers)))
    files += [part for part in (vouchers[:cut], vouchers[cut:]) if part]
    order = data.draw(st.permutations([*files, files[0]]))
    with transaction.atomic():
        for part in order:
            kind = data.draw(st.sampled_from(sorted(KINDS)))
            import_what_is_new(KINDS[kind](rows_of(ledger, part)))
        assert brought_by_imports() == meant(ledger)
        transaction.set_rollback(True)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), ledger=LEDGERS)
def test_where_lines_have_numbers_a_file_may_be_split_anywhere(data, ledger):
    rows = [
        (*row[:1], str(number), *row[2:])
        for voucher in ledger
        for number, row in enumerate(rows_of(ledger, [voucher]), start=1)
    ]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    parts = [
        rows[start:end] for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True) if start < end
    ]
    # The whole once more, and one part twice, in a kind of their own.
    order = data.draw(st.permutations([*parts, rows, parts[0]]))
    with transaction.atomic():
        for part in order:
            kind = data.draw(st.sampled_from(sorted(KINDS)))
            import_what_is_new(KINDS[kind](part))
        assert brought_by_imports() == meant(ledger)
        transaction.set_rollback(True)


# --- Sums and days, however they are written --------------------------------------------------------------

GROUPS = {COMMA: (" ", "\u00a0", "\u202f", ".", "'", ""), POINT: (" ", "\u00a0", ",", "'", "")}


@given(
    cents=st.integers(-(10**13), 10**13),
    mark=st.sampled_from([COMMA, POINT]),
    data=st.data(),
)
def test_a_sum_is_read_as_it_was_written(cents, mark, data):
    group = data.draw(st.sampled_from(GROUPS[mark]))
    whole = f"{abs(cents) // 100:,}".replace(",", group)
    body = f"{whole}{mark}{abs(cents) % 100:02}"
    negatives = [f"-{body}", f"\u2212{body}", f"{body}-", f"({body})", f"- {body}", f"-{body} €"]
    sign = (
        data.draw(st.sampled_from(negatives))
        if cents < 0
        else data.draw(st.sampled_from([body, f"{body} EUR"]))
    )
    assert read_amount(sign) == read_amount(sign, mark) == Decimal(cents) / 100


@given(written=st.text("0123456789 ,.-−()€'", max_size=14), mark=st.sampled_from(["", COMMA, POINT]))
def test_a_sum_is_read_to_the_cent_or_not_at_all(written, mark):
    try:
        amount = read_amount(written, mark)
    except NotReadError:
        return
    assert amount == amount.quantize(Decimal("0.01"))
    digits = "".join(sign for sign in written if sign.isdigit())
    assert f"{abs(amount):f}".replace(".", "").strip("0") in digits


@given(day=st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
def test_a_day_is_read_as_it_was_written(day):
    said = [
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.isoformat()}T00:00:00",
        day,
        datetime.datetime.combine(day, datetime.time(12)),
        float(f"{day.year}{day.month:02}{day.day:02}"),
    ]
    assert {read_day(written) for written in said} == {day}
