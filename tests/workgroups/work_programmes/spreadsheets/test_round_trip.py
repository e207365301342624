"""Out and in again: whatever a plan holds and whatever happens in the file, nothing is lost on the way."""

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.models import CostCentre
from tests.factories import make_plan, make_target
from tests.personas import person
from tests.workgroups.work_programmes.spreadsheets.acts import book_of, bring_in, code, preview
from tests.workgroups.work_programmes.spreadsheets.files import Book
from workgroups.models import Action, WorkProgramme
from workgroups.work_programmes import cells, drafting
from workgroups.work_programmes.spreadsheets.importing import read_against
from workgroups.work_programmes.spreadsheets.preview import preview_of
from workgroups.work_programmes.spreadsheets.reading import read
from workgroups.work_programmes.spreadsheets.writing import spreadsheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(rows=3)


def test_every_plan_of_the_sample_comes_back_with_no_difference():
    for plan in WorkProgramme.objects.select_related("group__programme"):
        content = spreadsheet_of(plan)
        for book in (content, Book(content).save(), Book(content).without_base().save()):
            found = preview_of(plan, read(book), reader=person("office"))
            assert found == ([], [], [], ""), plan.code


def test_a_file_in_one_language_comes_back_in_another(plan):
    with translation.override("sv"):
        content = spreadsheet_of(plan)
    with translation.override("fi"):
        assert read_against(plan, read(content)).faults == []


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
MONTHS = st.lists(st.none() | st.integers(1, 12), min_size=2, max_size=2)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "text": TEXTS,
            "participants": TEXTS,
            "output": TEXTS,
            "milestones": TEXTS | st.just("=1+1") | st.just("3 luonnos\n6 valmis"),
            "months": MONTHS,
            "planned_euros": st.none() | st.decimals(0, 9_999_999_999, places=2),
            "cost_centre": st.sampled_from((None, "KP-2110")),
            "unreadable": st.dictionaries(
                st.sampled_from(("start_month", "planned_euros")), TEXTS.filter(str.strip), max_size=2
            ),
            "targets": st.booleans(),
        }
    ),
    max_size=4,
)


@given(ROWS, st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_plan_comes_back_with_no_difference(rows, is_saved_by_another_program):
    with transaction.atomic():
        plan = make_plan(rows=0)
        target = make_target("VT-2010-MR-2", year=2010)
        for number, values in enumerate(rows, start=1):
            start, end = sorted(values["months"], key=lambda month: month or 0)
            centre = CostCentre.objects.filter(code=values["cost_centre"]).first()
            made = Action.objects.create(
                work_programme=plan,
                code=code(number),
                order=number,
                start_month=start,
                end_month=end,
                cost_centre=centre,
                no_cost=values["planned_euros"] == 0,
                **{
                    name: values[name]
                    for name in (*("text", "participants", "output", "milestones"), "planned_euros")
                },
                unreadable=values["unreadable"],
            )
            if values["targets"]:
                made.targets.add(target)
        content = spreadsheet_of(plan)
        found = preview_of(
            plan,
            read(Book(content).save() if is_saved_by_another_program else content),
            reader=person("office"),
        )
        assert found == ([], [], [], "")
        transaction.set_rollback(True)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(("write", "add", "remove", "move")),
        st.integers(1, 4),
        st.text("abc =", max_size=4),
        st.integers(0, 3),
    ),
    max_size=6,
)


@given(EDITS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_preview_says_is_what_stands_afterwards(edits):
    with transaction.atomic():
        plan = make_plan(rows=4)
        book, left = book_of(plan), {1, 2, 3, 4}
        for act, number, text, place in edits:
            if act == "add":
                book.add(text=f"uusi {text}", start_month=2)
            elif number not in left:
                continue
            elif act == "write":
                book.write(code(number), text=text, output=text)
            elif act == "remove":
                book.remove(code(number))
                left.discard(number)
            else:
                book.move(code(number), to=place)
        reading = bring_in(plan, book)
        now = drafting.rows_of(plan)
        assert [cells.standing_of(row) for row in now] == list(reading.after.values())
        assert [row.order for row in now] == list(range(1, len(now) + 1))
        assert preview(plan, book_of(plan)) == ([], [], [], "")
        transaction.set_rollback(True)
