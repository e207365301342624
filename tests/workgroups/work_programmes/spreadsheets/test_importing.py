"""A spreadsheet comes back: what it would change, what is wrong in it, and all of it or nothing."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from programme.models import CostCentre, FundingSource
from tests.factories import make_plan, make_target
from tests.personas import person
from tests.workgroups.work_programmes.spreadsheets.acts import (
    book_of,
    bring_in,
    changes,
    code,
    faults,
    preview,
    row,
)
from tests.workgroups.work_programmes.spreadsheets.test_archive import SHEET, with_part
from workgroups.models import Action, WorkProgramme
from workgroups.work_programmes import drafting
from workgroups.work_programmes.spreadsheets.importing import (
    ChangedMeanwhileError,
    carry_out,
    read_against,
)
from workgroups.work_programmes.spreadsheets.preview import preview_of
from workgroups.work_programmes.spreadsheets.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(rows=3)


# --- What would change -----------------------------------------------------------------------------------


def test_a_preview_tells_each_cell_old_and_new_and_saves_nothing(plan):
    book = book_of(plan).write(
        code(2), text="Uusi sanamuoto", start_month=4.0, planned_euros=1250.5, cost_centre="KP-2110"
    )
    found = preview(plan, book)
    centre = CostCentre.objects.get(code="KP-2110")
    assert changes(found) == [
        (
            "changed",
            code(2),
            {
                "text": ("Toimi 2", "Uusi sanamuoto"),
                "start_month": ("1", "4"),
                "planned_euros": ("0", "1,250.50"),
                "cost_centre": ("–", f"{centre.number} {centre.name_en or centre.name_fi}"),
            },
        )
    ]
    assert row(2).text == "Toimi 2"


def test_what_is_confirmed_stands_as_if_it_had_been_typed(plan):
    book = book_of(plan).write(
        code(2),
        text="=SUMMA(A1)",
        start_month="4",
        planned_euros="1 250,50",
        targets="VT-2010-MR-1; VT-2010-MR-1",
        networks="NET-A2, NET-A1",
        carries_out="NET-A1",
        funding_source=FundingSource.objects.first().code,
    )
    bring_in(plan, book)
    now = row(2)
    assert (now.text, now.start_month, now.planned_euros) == ("=SUMMA(A1)", 4, Decimal("1250.50"))
    assert (now.no_cost, now.network.code) == (False, "NET-A1")
    assert sorted(network.code for network in now.networks.all()) == ["NET-A1", "NET-A2"]


def test_a_row_without_a_code_is_new_and_stands_where_the_file_has_it(plan):
    book = book_of(plan).add(after=code(1), text="Uusi toimi", start_month=2.0, end_month=3.0)
    found = preview(plan, book)
    assert changes(found) == [
        (
            "added",
            "",
            {"text": ("–", "Uusi toimi"), "start_month": ("–", "2"), "end_month": ("–", "3")},
        )
    ]
    bring_in(plan, book)
    assert [action.code[-2:] for action in drafting.rows_of(plan)] == ["01", "04", "02", "03"]
    assert (row(4).text, row(4).order, row(4).cost_centre) == ("Uusi toimi", 2, None)


def test_a_row_that_is_left_out_is_removed_and_can_be_brought_back(plan):
    book = book_of(plan).remove(code(2))
    assert [(kind, of) for kind, of, _cells in changes(preview(plan, book))] == [("removed", code(2))]
    bring_in(plan, book)
    removed = Action.with_removed.get(code=code(2))
    assert removed.removed_by == person("coordinator-mr")


def test_a_row_that_was_moved_is_the_only_one_that_is_told(plan):
    book = book_of(plan).move(code(3), to=0)
    assert [(kind, of) for kind, of, _cells in changes(preview(plan, book))] == [("moved", code(3))]
    bring_in(plan, book)
    assert [action.code[-2:] for action in drafting.rows_of(plan)] == ["03", "01", "02"]


def test_a_cell_that_could_not_be_read_is_mended_in_the_file(plan):
    Action.objects.filter(code=code(1)).update(unreadable={"start_month": "maalis"})
    bring_in(plan, book_of(plan).write(code(1), start_month=3.0))
    assert (row(1).start_month, row(1).unreadable) == (3, {})


# --- Others at work --------------------------------------------------------------------------------------


def test_what_nobody_touched_in_the_file_overwrites_nothing(plan):
    book = book_of(plan).write(code(1), output="Tuotos tiedostosta")
    Action.objects.filter(code=code(1)).update(text="Toisen sanat")
    added = drafting.add_action(plan, actor=person("office"))
    bring_in(plan, book)
    assert (row(1).text, row(1).output) == ("Toisen sanat", "Tuotos tiedostosta")
    assert added in plan.actions.all()


def test_a_cell_that_both_changed_is_told_with_both_texts_and_the_saved_one_stays(plan):
    book = book_of(plan).write(code(1), text="Tiedoston sanat", output="Tuotos")
    Action.objects.filter(code=code(1)).update(text="Toisen sanat")
    found = preview(plan, book)
    assert found.clashes == [(code(1), "Action", "Tiedoston sanat", "Toisen sanat")]
    bring_in(plan, book)
    assert (row(1).text, row(1).output) == ("Toisen sanat", "Tuotos")


def test_a_row_that_was_left_out_but_changed_since_stays(plan):
    book = book_of(plan).remove(code(1))
    Action.objects.filter(code=code(1)).update(text="Toisen sanat")
    assert preview(plan, book).clashes == [(code(1), "Row", "removed", "Toisen sanat")]
    assert preview(plan, book).differences == []


def test_a_row_removed_since_stays_removed_unless_it_was_written_into(plan):
    untouched, touched = book_of(plan), book_of(plan).write(code(2), text="Tiedoston sanat")
    drafting.remove_action(row(2), actor=person("office"))
    assert preview(plan, untouched) == ([], [], [], "")
    assert [(kind, of) for kind, of, _cells in changes(preview(plan, touched))] == [("added", code(2))]
    bring_in(plan, touched)
    assert (row(2).text, row(2).removed_at) == ("Tiedoston sanat", None)


def test_a_code_is_not_given_again_after_rows_were_removed_and_moved(plan):
    drafting.remove_action(row(2), actor=person("office"))
    drafting.move_action(row(3), up=True)
    assert drafting.add_action(plan, actor=person("office")).code == code(4)


# --- What is wrong ---------------------------------------------------------------------------------------


def test_faults_are_told_by_row_and_column_in_the_readers_language(plan):
    book = (
        book_of(plan)
        .write(code(1), responsible="ROLE-KO", start_month=13.0, planned_euros="paljon")
        .write(code(2), targets="VT-2010-MR-1 VT-1999-XX-9", carries_out="P9-M9", end_month=2.5)
        .add(text="Uusi", planned_euros=-1.0)
    )
    found = preview(plan, book)
    nothing = "There is no such code among those to choose from: "
    month = "Write the month as its number, 1–12."
    assert sorted(faults(found)) == sorted(
        [
            ("E6", "Responsible", f"{nothing}ROLE-KO."),
            ("G6", "First month", month),
            ("K6", "Planned, €", "Write the sum in euros with digits, for example 1 250,50."),
            ("C7", "Targets", f"{nothing}VT-1999-XX-9."),
            ("D7", "Carries out", f"{nothing}P9-M9."),
            ("H7", "Last month", month),
            ("K9", "Planned, €", "The number must be at least 0."),
        ]
    )
    assert (found.differences, found.sealed) == ([], "")


def test_a_code_twice_and_a_row_of_another_plan_are_faults(plan):
    book = book_of(plan).add(code=code(1), text="x").add(code="TP-2009-HP-01", text="y")
    assert faults(preview(plan, book)) == [
        ("A9", "Code", f"{code(1)} is in the file twice."),
        (
            "A10",
            "Code",
            "TP-2009-HP-01 is no row of this work programme. Leave the code empty to add a new row.",
        ),
    ]


def test_months_in_the_wrong_order_are_a_fault_even_when_one_of_them_was_touched(plan):
    Action.objects.filter(code=code(1)).update(start_month=6)
    assert faults(preview(plan, book_of(plan).write(code(1), end_month=2.0))) == [
        ("H6", "Last month", "The last month is before the first.")
    ]


def refusal(book):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        read(book.save())
    return refused.value.messages


def test_a_column_that_is_missing_or_there_twice_is_named(plan):
    book = book_of(plan)
    book.headings()[3] = "Output"
    assert refusal(book) == ["The column “Carries out” is missing.", "The column “Output” is there twice."]


def test_a_file_without_headings_says_what_they_are(plan):
    book = book_of(plan)
    book.headings()[:] = ["x"] * 14
    [message] = refusal(book)
    assert message.startswith("The file has no row of headings: Code, Action, Targets,")


def test_the_rows_are_found_on_whatever_sheet_they_stand(plan):
    book = book_of(plan).write(code(1), text="Uusi sanamuoto")
    book.sheets = dict(reversed(book.sheets.items()))
    assert [(kind, of) for kind, of, _cells in changes(preview(plan, book))] == [("changed", code(1))]


def test_more_rows_than_a_plan_can_have_are_refused(plan):
    book = book_of(plan)
    for _number in range(300):
        book.add(text="x")
    assert refusal(book) == ["The file has more than 300 rows."]


def test_columns_in_another_order_and_beside_others_are_read_all_the_same(plan):
    book = book_of(plan).write(code(1), text="Uusi sanamuoto")
    for values in book.rows[4:]:
        values.reverse()
        values.insert(0, "oma muistiinpano")
    assert changes(preview(plan, book)) == [("changed", code(1), {"text": ("Toimi 1", "Uusi sanamuoto")})]


# --- All or nothing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["write", "move", "remove", "add"])
def test_what_was_previewed_is_refused_when_the_plan_has_changed_since(plan, act):
    reading = read_against(plan, read(book_of(plan).write(code(1), text="Uusi").save()))
    if act == "write":
        Action.objects.filter(code=code(3)).update(output="Toisen tuotos")
    elif act == "move":
        drafting.move_action(row(3), up=True)
    elif act == "remove":
        drafting.remove_action(row(3), actor=person("office"))
    else:
        drafting.add_action(plan, actor=person("office"))
    with pytest.raises(ChangedMeanwhileError):
        carry_out(plan, reading.proposal, actor=person("coordinator-mr"))
    assert row(1).text == "Toimi 1"


def test_a_cell_that_can_no_longer_be_chosen_stops_all_of_it(plan):
    make_target("VT-2010-MR-5", year=2010)
    book = book_of(plan).remove(code(3)).write(code(1), text="Uusi").write(code(2), targets="VT-2010-MR-5")
    reading = read_against(plan, read(book.save()))
    reading.proposal["changed"][code(2)]["targets"] = "VT-2010-MR-6"
    with pytest.raises(ValidationError):
        carry_out(plan, reading.proposal, actor=person("coordinator-mr"))
    assert (row(1).text, row(3).removed_at) == ("Toimi 1", None)


def test_a_plan_that_was_handed_on_takes_no_file(plan):
    reading = read_against(plan, read(book_of(plan).write(code(1), text="Uusi").save()))
    WorkProgramme.objects.filter(pk=plan.pk).update(state="submitted")
    with pytest.raises(ValidationError):
        carry_out(plan, reading.proposal, actor=person("coordinator-mr"))


@pytest.mark.parametrize("euros", [1e20, 1e26, 1e300])
def test_a_number_that_no_sum_can_be_is_told_at_its_cell(plan, euros):
    found = preview(plan, book_of(plan).write(code(1), planned_euros=euros))
    [(place, column, message)] = faults(found)
    assert column == "Planned, €"
    assert place.startswith("K")
    assert message


@pytest.mark.parametrize("number", [b"1e999", b"NaN"])
def test_a_number_beyond_all_numbers_is_told_at_its_cell(plan, number):
    """A reader of spreadsheets hands it over as infinity, or as no number."""
    content = book_of(plan).write(code(1), planned_euros=123456).save()
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        sheet = opened.read(SHEET).replace(b"<v>123456</v>", b"<v>" + number + b"</v>")
    with translation.override("en"):
        found = preview_of(plan, read(with_part(content, SHEET, sheet)), reader=person("coordinator-mr"))
    assert [fault.message for fault in found.faults] == [
        "Write the sum in euros with digits, for example 1 250,50."
    ]
