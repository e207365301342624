"""The spreadsheet of a work programme, as it is given out."""

import io
import zipfile
from collections import Counter
from decimal import Decimal

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from programme.models import Network
from tests.factories import make_plan
from workgroups.models import WorkProgramme
from workgroups.work_programmes import cells
from workgroups.work_programmes.spreadsheets.layout import COLUMNS, columns_by_heading
from workgroups.work_programmes.spreadsheets.writing import FIRST_ROW, HEADINGS_ROW, spreadsheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(rows=2)


def opened(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def rows_in(content):
    return opened(content).get_sheet_by_index(0).to_python(skip_empty_area=False)


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name).decode()


def write(code, **values):
    plan = WorkProgramme.objects.get(group__code="WG-MR", year=2010)
    plan.actions.filter(code=code).update(**values)


def test_its_head_says_whose_it_is_and_as_it_stood_when(plan):
    with translation.override("fi"):
        head = [row[0] for row in rows_in(spreadsheet_of(plan))[:3]]
    assert head[0].startswith("Työohjelma 2010 – ")
    assert head[0].endswith("(WG-MR)")
    assert head[1].startswith("TO-2010-MR · luonnos · viety ke 9.9.2009")
    assert head[2] == "Esimerkkiaineisto – luvut ja tekstit ovat keksittyjä"


def test_a_kept_version_is_told():
    plan = WorkProgramme.objects.get(group__code="WG-MR", year=2009)
    plan.versions.create(number=3, occasion="approved", made_at="2009-01-15T12:00Z", made_by="x", rows=[])
    with translation.override("fi"):
        assert " · versio 3 · " in rows_in(spreadsheet_of(plan))[1][0]


def test_its_columns_are_the_editors_in_the_readers_language(plan):
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            headings = rows_in(spreadsheet_of(plan))[HEADINGS_ROW]
            assert headings[1:] == [str(cells.LABELS[name]) for name in cells.CELLS]


def test_no_heading_means_two_columns_in_two_languages():
    found = columns_by_heading()
    assert Counter(found.values()) == dict.fromkeys(COLUMNS, 3)


def test_codes_stand_as_codes_and_numbers_as_numbers(plan):
    write("TP-2010-MR-01", planned_euros=Decimal("1250.50"), no_cost=False, start_month=3, end_month=None)
    row = dict(zip(COLUMNS, rows_in(spreadsheet_of(plan))[FIRST_ROW], strict=True))
    assert (row["code"], row["targets"], row["responsible"]) == (
        "TP-2010-MR-01",
        "VT-2010-MR-1",
        "ROLE-KO-MR",
    )
    assert (row["start_month"], row["end_month"], row["planned_euros"]) == (3.0, "", 1250.5)


def test_the_sum_of_the_euros_is_a_formula_with_its_value(plan):
    write("TP-2010-MR-01", planned_euros=Decimal(1000), no_cost=False)
    write("TP-2010-MR-02", planned_euros=Decimal(250), no_cost=False)
    content = spreadsheet_of(plan)
    assert rows_in(content)[HEADINGS_ROW - 1][COLUMNS.index("planned_euros")] == 1250.0
    assert "<f>SUM(K6:K305)</f>" in part(content, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "'", "http://"])
def test_a_text_never_becomes_a_formula_or_a_link(plan, beginning):
    text = f'{beginning}HYPERLINK("x")'
    write("TP-2010-MR-01", text=text)
    content = spreadsheet_of(plan)
    assert rows_in(content)[FIRST_ROW][1] == text
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert (sheet.count("<f>"), "<hyperlink" in sheet) == (1, False)


def test_what_could_not_be_read_stands_as_it_was_typed(plan):
    write("TP-2010-MR-01", unreadable={"start_month": "maalis"})
    assert rows_in(spreadsheet_of(plan))[FIRST_ROW][COLUMNS.index("start_month")] == "maalis"


def test_the_second_sheet_lists_what_can_be_chosen_with_its_words(plan):
    book = opened(spreadsheet_of(plan))
    codes = book.get_sheet_by_index(1).to_python(skip_empty_area=False)
    columns = list(zip(*codes, strict=True))
    listed = dict(zip(columns[10][1:], columns[11][1:], strict=True))
    listed.pop("")
    networks = Network.objects.filter(programme=plan.group.programme)
    assert set(listed) == {network.code for network in networks}
    assert listed["NET-A1"] == networks.get(code="NET-A1").name_fi
    assert "VT-2010-MR-1" in columns[0]


def test_the_spreadsheet_itself_offers_what_can_be_chosen(plan):
    with translation.override("fi"):
        sheet = part(spreadsheet_of(plan), "xl/worksheets/sheet1.xml")
    assert sheet.count("<dataValidation ") == 9
    assert "<formula1>&#x27;" not in sheet
    assert "'Koodit'!$C$2:$C$" in sheet
    assert 'state="frozen"' in sheet


def test_what_the_rows_were_is_told_on_a_hidden_sheet(plan):
    visible = {sheet.name: sheet.visible for sheet in opened(spreadsheet_of(plan)).sheets_metadata}
    assert list(visible.values()) == [
        SheetVisibleEnum.Visible,
        SheetVisibleEnum.Visible,
        SheetVisibleEnum.Hidden,
    ]
    assert list(visible)[2] == "base"
