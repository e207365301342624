"""A file on its way into the ledger: nothing is counted before it is confirmed, and nothing twice."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import translation

from programme.ledger import acting, jobs, writing
from programme.ledger.lines import Line
from programme.models import Attachment, LedgerEntry, LedgerImport, Programme
from reporting.facts import collect_facts
from tests.factories import ako, the_period
from tests.personas import person
from tests.programme.ledger.files import (
    ROWS,
    as_csv,
    brought_in,
    checked,
    confirmed,
    fresh,
    guessed,
    imported,
    queued,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def refusals_in_english():
    with translation.override("en"):
        yield


def actual(code="KP-2110"):
    rows = collect_facts(the_period())["finance"]["rows"]
    return next(Decimal(row["actual"]) for row in rows if row["code"] == code)


def counted():
    return LedgerEntry.objects.counted().aggregate(Sum("amount"))["amount__sum"]


def test_what_is_confirmed_is_counted_and_says_whence_it_came():
    before = actual()
    file = imported(as_csv())
    made = file.ledger_import
    assert actual() == before + Decimal("1134.50")
    assert (file.stage, made.source_name, made.imported_by) == (
        "imported",
        "tositteet.csv",
        person("finance"),
    )
    assert made.source_sha256 == file.attachment.sha256
    assert list(made.entries.values_list("voucher", "line", "text", "amount", "occurrence")) == [
        ("9001", "1", "Äänekosken kartat", Decimal("1234.50"), 1),
        ("9001", "2", "Painatus", Decimal("-100.00"), 1),
        ("9002", "1", "Seminaari", Decimal("600.00"), 1),
    ]


def test_nothing_is_counted_before_it_is_confirmed():
    before = counted()
    file = checked(as_csv())
    assert (file.stage, file.findings["new"], file.findings["total"]) == ("checked", 3, "1734.50")
    assert counted() == before


def test_the_check_tells_the_effect_by_cost_centre():
    before = actual()
    [structure, services] = checked(as_csv()).findings["effects"]
    row = next(row for row in collect_facts(the_period())["finance"]["rows"] if row["code"] == "KP-2110")
    after = before + Decimal("1134.50")
    assert structure["number"] == "2110"
    assert [structure[name] for name in ("before", "imported", "after", "amended")] == [
        str(before),
        "1134.50",
        str(after),
        row["amended"],
    ]
    assert structure["percent"] == f"{after * 100 / Decimal(row['amended']):.1f}"
    assert (services["number"], services["imported"]) == ("2120", "600.00")


def test_a_file_that_comes_again_brings_nothing_new():
    imported(as_csv())
    before = counted()
    again = checked(as_csv(encoding="iso-8859-1"), "toisinto.csv")
    assert (again.findings["new"], again.findings["known"]) == (0, 3)
    with pytest.raises(ValidationError, match="nothing new"):
        acting.confirm(again, actor=person("finance"), stated_total=Decimal("1734.50"), version=again.version)
    assert counted() == before


def test_the_same_file_is_told():
    first = imported(as_csv())
    assert acting.same_file_before(brought_in(as_csv(), "kopio.csv")) == first.ledger_import


def test_a_file_that_is_sent_twice_is_one_file_until_it_is_finished():
    first = brought_in(as_csv())
    assert brought_in(as_csv(), "toinen.csv") == first
    assert queued("look_at_ledger_file") == 1
    others = {brought_in(as_csv(), source="Raindance"), brought_in(as_csv(ROWS[:2]))}
    acting.drop(first)
    assert len({first, brought_in(as_csv()), *others}) == 4


def test_only_the_lines_that_are_new_are_imported():
    imported(as_csv(ROWS[:2]))
    file = imported(as_csv())
    assert (file.findings["new"], file.findings["known"]) == (1, 2)
    assert [entry.voucher for entry in file.ledger_import.entries.all()] == ["9002"]


def test_the_second_of_two_same_lines_is_another_line():
    imported(as_csv([ROWS[0]]))
    twice = imported(as_csv([ROWS[0], ROWS[0]]))
    assert (twice.findings["new"], twice.findings["known"]) == (1, 1)
    assert [entry.occurrence for entry in twice.ledger_import.entries.all()] == [2]
    assert checked(as_csv([ROWS[0], ROWS[0]])).findings["new"] == 0


def test_a_file_comes_again_after_the_import_of_its_first_line_was_reverted():
    first = imported(as_csv([ROWS[0]]))
    twice = as_csv([ROWS[0], ROWS[0]])
    second = imported(twice)
    acting.revert(first.ledger_import, actor=person("finance"), reason="Väärä kausi")
    again = imported(twice)
    assert (again.stage, again.findings["new"], again.findings["known"]) == ("imported", 1, 1)
    numbers = {
        file.pk: [line.occurrence for line in file.ledger_import.entries.all()] for file in (second, again)
    }
    assert numbers == {second.pk: [2], again.pk: [1]}
    assert [line.occurrence for line in imported(as_csv([ROWS[0]] * 3)).ledger_import.entries.all()] == [3]


def test_a_further_line_of_a_known_voucher_is_told():
    imported(as_csv(ROWS[:1]))
    findings = checked(as_csv(ROWS[:2])).findings
    assert [(told["row"], told["code"], told["read"]) for told in findings["warnings"]] == [
        (3, "further_line", "9001")
    ]


def test_the_same_vouchers_with_another_column_are_not_counted_again_without_a_tick():
    file = brought_in(as_csv())
    mapping = guessed(file)
    mapping["columns"].pop("text")
    acting.choose_columns(file, mapping=mapping, version=file.version)
    jobs.check(file.pk)
    file = fresh(file)
    total = Decimal("1734.50")
    acting.confirm(file, actor=person("finance"), stated_total=total, version=file.version)
    jobs.write_import(file.pk)
    before = counted()
    again = checked(as_csv())
    assert (again.findings["new"], again.findings["further_lines"]) == (3, 3)
    for number in (0, 2):
        with pytest.raises(ValidationError, match="Tick the box"):
            acting.confirm(
                again,
                actor=person("finance"),
                stated_total=total,
                version=again.version,
                further_lines=number,
            )
    assert (fresh(again).stage, counted()) == ("checked", before)


def test_lines_that_become_further_ones_after_their_confirmation_are_asked_about_again():
    first, second = confirmed(as_csv(ROWS[:1]), "a.csv"), confirmed(as_csv(ROWS[1:]), "b.csv")
    assert second.findings["further_lines"] == 0
    jobs.write_import(first.pk)
    jobs.write_import(second.pk)
    second = fresh(second)
    assert (second.stage, second.changed_meanwhile, second.findings["further_lines"]) == ("checked", True, 1)


def test_lines_are_added_up_for_the_imports_of_a_page_alone():
    made = [imported(as_csv([row])).ledger_import for row in ROWS]
    page = LedgerImport.objects.with_sums().order_by("-pk")[:2]
    assert [(row.number_of_lines, row.total, str(row.first_day), str(row.last_day)) for row in page] == [
        (1, Decimal("600.00"), "2009-09-01", "2009-09-01"),
        (1, Decimal("-100.00"), "2009-08-31", "2009-08-31"),
    ]
    assert LedgerImport.objects.count() >= len(made) > len(page)
    [plan] = json.loads(page.explain(format="json", analyze=True))
    assert times_of_sums(plan["Plan"]) == [len(page)] * 4


def times_of_sums(node):
    """Return how many times each sum was asked for, by the database's own account."""
    times = [node["Actual Loops"]] if node["Node Type"] == "Aggregate" else []
    return times + [number for part in node.get("Plans", []) for number in times_of_sums(part)]


def test_a_file_with_a_fault_is_not_imported_at_all():
    file = checked(as_csv([*ROWS, ("9003", "1", "1.9.2009", "2140", "4340", "", "1,00")]))
    assert [(told["row"], told["column"], told["read"]) for told in file.findings["faults"]] == [
        (5, "Kustannuspaikka", "2140")
    ]
    with pytest.raises(ValidationError, match="faults"):
        acting.confirm(file, actor=person("finance"), stated_total=Decimal("1734.50"), version=file.version)


def test_another_total_than_the_accounting_system_tells_is_refused():
    file = checked(as_csv())
    with pytest.raises(ValidationError, match="off"):
        acting.confirm(file, actor=person("finance"), stated_total=Decimal("1734.49"), version=file.version)
    assert fresh(file).stage == "checked"


def test_a_reverted_import_leaves_all_figures_and_may_come_again():
    before = counted()
    file = imported(as_csv())
    acting.revert(file.ledger_import, actor=person("finance"), reason="Väärä kausi")
    assert counted() == before
    assert file.ledger_import.entries.count() == 3
    imported(as_csv())
    assert counted() == before + Decimal("1734.50")


def test_an_import_is_reverted_once():
    made = imported(as_csv()).ledger_import
    acting.revert(made, actor=person("finance"), reason="Väärä kausi")
    with pytest.raises(ValidationError, match="already"):
        acting.revert(made, actor=person("finance"), reason="Toinen syy")


def test_columns_are_remembered_for_the_source_by_their_headings():
    file = brought_in(as_csv())
    mapping = guessed(file, is_reversed=True)
    # The wrong column on purpose: what a person chose stands, not what the portal would propose.
    mapping["columns"]["text"] = 1
    mapping["columns"].pop("line")
    acting.choose_columns(file, mapping=mapping, version=file.version)
    remembered = fresh(file).source.remembered
    assert (remembered["headings"]["text"], remembered["is_reversed"]) == ("Rivi", True)
    other = brought_in(as_csv(), "lokakuu.csv", source="pro economica")
    assert other.source == file.source


def test_a_confirmation_of_what_has_changed_meanwhile_is_asked_again():
    first, second = confirmed(as_csv()), confirmed(as_csv(encoding="utf-16"))
    jobs.write_import(first.pk)
    before = counted()
    jobs.write_import(second.pk)
    second = fresh(second)
    assert (second.stage, second.changed_meanwhile, second.findings["new"]) == ("checked", True, 0)
    assert counted() == before
    assert not LedgerImport.objects.filter(file=second).exists()


def test_a_job_that_runs_twice_does_its_work_once():
    file = confirmed(as_csv())
    jobs.write_import(file.pk)
    before = counted()
    jobs.write_import(file.pk)
    jobs.check(file.pk)
    jobs.look(file.pk)
    assert (fresh(file).stage, counted()) == ("imported", before)


def test_a_file_is_confirmed_once():
    file = confirmed(as_csv())
    with pytest.raises(ValidationError, match="gone on"):
        acting.confirm(
            file, actor=person("finance"), stated_total=Decimal("1734.50"), version=file.version - 1
        )
    assert queued("write_ledger_import") == 1


def test_a_job_that_is_late_takes_nobody_back():
    file = brought_in(as_csv())
    acting.choose_columns(file, mapping=guessed(file), version=file.version)
    jobs._reach(file, "columns")
    assert fresh(file).stage == "to_check"


def test_a_dropped_file_goes_nowhere():
    file = checked(as_csv())
    acting.drop(file)
    jobs.check(file.pk)
    assert fresh(file).stage == "dropped"
    with pytest.raises(ValidationError, match="gone on"):
        acting.check_again(file, version=fresh(file).version)


def test_a_confirmed_file_is_not_dropped():
    with pytest.raises(ValidationError, match="Revert"):
        acting.drop(confirmed(as_csv()))


def test_a_file_that_cannot_be_read_says_why_and_stays():
    file = brought_in(b"%PDF-1.7", "luettelo.pdf")
    assert (file.stage, file.why_unreadable) == ("unreadable", {"code": "pdf"})


def test_a_file_in_quarantine_is_not_confirmed():
    file = checked(as_csv())
    Attachment.objects.filter(pk=file.attachment_id).update(
        scan="quarantined", found="Eicar", scanned_at="2009-09-09T12:00:00Z"
    )
    with pytest.raises(ValidationError, match="scanner"):
        acting.confirm(file, actor=person("finance"), stated_total=Decimal("1734.50"), version=file.version)


def test_a_closed_programme_takes_no_actuals():
    file, made = checked(as_csv()), LedgerImport.objects.first()
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-01")
    file = fresh(file)
    for act in (
        lambda: acting.drop(file),
        lambda: acting.check_again(file, version=file.version),
        lambda: acting.revert(
            LedgerImport.objects.get(pk=made.pk), actor=person("finance"), reason="Väärä kausi"
        ),
    ):
        with pytest.raises(ValidationError, match="closed"):
            act()


# --- What the database itself refuses ---------------------------------------------------------------------


def test_a_line_that_is_counted_is_refused_whoever_writes_it():
    entry = imported(as_csv()).ledger_import.entries.first()
    other = LedgerImport.objects.create(
        programme=ako(), source_name="x", source_sha256="0" * 64, imported_at="2009-09-09T12:00:00Z"
    )
    entry.pk, entry.ledger_import = None, other
    with pytest.raises(IntegrityError, match="counted once"), transaction.atomic():
        entry.save(force_insert=True)


def test_what_the_database_refuses_of_many_lines_is_told_as_of_one():
    made = imported(as_csv()).ledger_import
    entry = made.entries.first()
    line = Line(
        entry.voucher,
        entry.line,
        entry.booked_on,
        entry.cost_centre_id,
        entry.account_id,
        entry.amount,
        entry.text,
    )
    with pytest.raises(IntegrityError, match="counted once"), transaction.atomic():
        writing._copy(made, [(line, entry.occurrence)])


def test_a_reverted_import_does_not_come_back():
    made = imported(as_csv()).ledger_import
    acting.revert(made, actor=person("finance"), reason="Väärä kausi")
    with pytest.raises(Exception, match="a_reverted_import_stays_reverted"), transaction.atomic():
        LedgerImport.objects.filter(pk=made.pk).update(reverted_at=None)


def test_an_import_stays_of_its_file():
    made = imported(as_csv()).ledger_import
    with pytest.raises(Exception, match="a_ledger_import_is_of_its_file"), transaction.atomic():
        LedgerImport.objects.filter(pk=made.pk).update(source_sha256="0" * 64)


def test_an_import_is_never_removed():
    empty = LedgerImport.objects.create(
        programme=ako(), source_name="x", source_sha256="0" * 64, imported_at="2009-09-09T12:00:00Z"
    )
    with pytest.raises(Exception, match="a_ledger_import_stays"), transaction.atomic():
        empty.delete()


def test_income_is_imported_but_is_no_expense():
    before = actual()
    file = imported(as_csv([("9004", "1", "31.8.2009", "2110", "3150", "Kunnat", "-500,00")]))
    assert (file.findings["total"], file.findings["effects"]) == ("-500.00", [])
    assert actual() == before


def test_a_day_outside_of_the_programme_is_told():
    file = checked(as_csv([("9004", "1", "31.8.1999", "2110", "4340", "", "5,00")]))
    assert [told["code"] for told in file.findings["warnings"]] == ["outside_programme"]
