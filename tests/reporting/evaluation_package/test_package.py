"""The package for an evaluator: the figures of the pages, silence as silence, and a manifest that holds."""

import csv
import datetime
import io
import json
import re
import zipfile
from decimal import Decimal
from hashlib import sha256

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from programme import clock
from programme.models import Forecast
from programme.sheets.cells import Column, Kind, Sheet
from programme.sheets.writing import csv_of, workbook_of
from programme.statuses import NOT_UPDATED
from reporting.evaluation_package.bundle import bundle_of
from reporting.indicators import read_indicators
from reporting.models import Dataset
from reporting.reading import read_period
from tests.factories import ako, make_follow_up, make_group_report, make_value, the_period, the_target
from tests.factories_evaluations import close, give_answer, make_evaluation, make_members
from tests.personas import client_of, person

pytestmark = pytest.mark.django_db

ADDRESS = "/ako/evaluations/package.zip"
SHEETS = {
    "targets": "Tavoitteet",
    "actions": "Toimet",
    "follow_ups": "Seuranta",
    "group_reports": "Työryhmien raportit",
    "money": "Talous",
    "indicators": "Mittarit",
    "municipalities": "Mittarit kunnittain",
    "evaluations": "Itsearvioinnit",
    "comments": "Kommentit",
}


DECIMAL = re.compile(r"-?[0-9]+,[0-9]+")


def rows_in(content):
    """Return the rows of a CSV file; decimal commas as the points that a test can count with."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [
        {name: cell.replace(",", ".") if DECIMAL.fullmatch(cell) else cell for name, cell in row.items()}
        for row in rows
    ]


class Package:
    """A package, opened."""

    def __init__(self, content):
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.files = {name: self.archive.read(name) for name in self.archive.namelist()}
        self.manifest = json.loads(self.files["manifest.json"])
        self.readme = self.files["README.txt"].decode()

    def rows(self, name):
        return rows_in(self.files[f"csv/{name}.csv"])

    def row(self, name, **of):
        [found] = [row for row in self.rows(name) if of.items() <= row.items()]
        return found

    @property
    def workbook(self):
        [name] = [name for name in self.files if name.endswith(".xlsx")]
        return CalamineWorkbook.from_filelike(io.BytesIO(self.files[name]))


def package(period="2009-T2", kind="final", persona="office"):
    response = client_of(persona).get(ADDRESS, {"kind": kind, "period": period})
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    assert response["Content-Disposition"] == (
        f'attachment; filename="AKO-{kind.replace("_", "-")}-{period}.zip"'
    )
    return Package(response.content)


def facts(period="2009-T2", persona="office"):
    return read_period(person(persona), ako(), period).facts


# --- The same figures as on the pages --------------------------------------------------------------------


def test_targets_and_actions_stand_as_the_pages_of_each_period_tell_them():
    made = package()
    labels = facts()["status_labels"]
    columns = {"T1": "status_t1", "T2": "status_t2", "TP": "status_tp"}
    periods = [period["code"] for period in made.manifest["periods"]]
    assert periods[-1] == "2009-T2"
    for period in periods:
        told = facts(period)
        for sheet in ("targets", "actions"):
            rows = {row["code"]: row for row in made.rows(sheet) if row["year"] == period[:4]}
            assert list(rows) == [line["code"] for line in told[sheet]]
            for line in told[sheet]:
                assert rows[line["code"]][columns[period[-2:]]] == labels[line["status"]]["fi"]


def test_the_final_status_is_that_of_the_whole_year():
    made = package()
    labels = facts()["status_labels"]
    year_end = {line["code"]: line for line in facts("2008-TP")["targets"]}
    told = {row["code"]: row for row in made.rows("targets")}
    assert year_end
    for code, line in year_end.items():
        assert told[code]["final_status"] == labels[line["status"]]["fi"]
        assert told[code]["text"] == (line["follow_up"]["text"] if line["follow_up"] else "")
    assert {row["final_status"] for row in made.rows("targets") if row["year"] == "2009"} == {""}


def test_a_silent_line_says_so_and_keeps_no_earlier_status():
    made = package()
    silent = [line["code"] for line in facts()["targets"] if line["status"] == NOT_UPDATED]
    assert len(silent) == 6
    for code in silent:
        row = made.row("targets", code=code)
        assert (row["latest_status"], row["text"], row["reason"]) == ("Ei päivitetty", "", "")
        assert made.row("follow_ups", code=code, period="2009-T2")["status"] == "Ei päivitetty"


def test_what_waits_for_acceptance_is_not_told():
    make_follow_up(
        the_target(), state="submitted", submitted_by=person("coordinator-mr"), text="Odottaa vielä."
    )
    made = package()
    assert made.row("targets", code="VT-2009-MR-2")["latest_status"] == "Ei päivitetty"
    assert all("Odottaa vielä." not in content.decode(errors="ignore") for content in made.files.values())


def test_money_is_that_of_the_finance_page_by_year_and_cost_centre():
    made = package()
    for year, period in ((2008, "2008-TP"), (2009, "2009-T2")):
        finance = facts(period)["finance"]
        for told in (*finance["rows"], finance["total"]):
            row = made.row("money", year=str(year), cost_centre=told["code"])
            assert (row["budget"], row["amended"], row["actual"]) == (
                told["original"],
                told["amended"],
                told["actual"],
            )
            assert row["forecast"] == (told["forecast"] or "")
    assert made.row("money", year="2009", cost_centre="")["actual"] == "305241.00"


def test_what_is_not_known_is_empty_and_never_zero():
    Forecast.objects.all().delete()
    make_value(value=None, accepted_at=datetime.datetime(2009, 9, 9, tzinfo=datetime.UTC))
    made = package()
    assert {row["forecast"] for row in made.rows("money") if row["year"] == "2009"} == {""}
    assert made.row("indicators", code="IND-MR-1", period="2009-T2")["value"] == ""
    sheet = made.workbook.get_sheet_by_name("Talous").to_python()
    place = sheet[1].index("Ennuste, €")
    assert {row[place] for row in sheet[2:] if row[0] == 2009} == {""}


def test_what_was_said_stands_with_its_evidence_and_how_it_was_said():
    evidence = "Kartta on kuntien verkkosivuilla."
    make_follow_up(
        the_target(), status="delayed", text="Viipyy.", reason="Syy.", corrective_action="Toimi.",
        evidence=evidence, new_due_on=datetime.date(2010, 3, 31), submitted_at=the_period().closes_at,
    )  # fmt: skip
    row = package().row("follow_ups", code="VT-2009-MR-2", period="2009-T2")
    assert (row["evidence"], row["new_due_on"], row["late"], row["confirmed_unchanged"]) == (
        evidence,
        "2010-03-31",
        "kyllä",
        "ei",
    )
    silent = package().row("follow_ups", code="VT-2009-MR-1", period="2009-T2")
    assert (silent["evidence"], silent["late"], silent["confirmed_unchanged"]) == ("", "", "")


def test_the_groups_reports_and_the_values_of_municipalities_stand_in_it_once_accepted():
    make_group_report(state="approved")
    make_group_report("WG-HP")
    make_value(municipality="KUN-211", value=Decimal(41), accepted_at=clock.now())
    make_value(municipality="KUN-980", value=Decimal(42))
    made = package()
    [report] = [row for row in made.rows("group_reports") if row["period"] == "2009-T2"]
    assert (report["group"], report["asked"]) == ("WG-MR", "Seutuhallitukselta linjaus.")
    [value] = made.rows("municipalities")
    assert (value["code"], value["period"], Decimal(value["value"])) == ("IND-MR-1", "2009-T2", 41)


def test_indicators_are_those_of_their_pages():
    made = package("2009-T1")
    expected = [
        (reading.indicator.code, point.period.code, point.value)
        for reading in read_indicators(person("office"), ako())
        for point in reading.points
        if point.period.ends_on <= the_period("2009-T1").ends_on
    ]
    told = [
        (row["code"], row["period"], Decimal(row["value"]) if row["value"] else None)
        for row in made.rows("indicators")
    ]
    assert told == expected
    assert expected


def test_nothing_after_the_last_period_is_told():
    made = package("2009-T1")
    assert {row["period"] for row in made.rows("follow_ups")} == {
        period["code"] for period in made.manifest["periods"]
    }
    assert "2009-T2" not in {period["code"] for period in made.manifest["periods"]}
    assert {row["status_t2"] for row in made.rows("targets") if row["year"] == "2009"} == {""}


def test_closed_periods_are_told_from_what_was_frozen():
    periods = {period["code"]: period for period in package().manifest["periods"]}
    assert periods["2009-T2"]["figures"] == "live"
    dataset = Dataset.objects.filter(period__code="2009-T1").order_by("-version")[0]
    assert (periods["2009-T1"]["figures"], periods["2009-T1"]["dataset_sha256"]) == ("frozen", dataset.sha256)


# --- Spreadsheet and CSV ---------------------------------------------------------------------------------


def test_the_spreadsheet_and_the_csv_files_hold_the_same_cells():
    answered_round()
    made = package()
    workbook = made.workbook
    assert workbook.sheet_names == list(SHEETS.values())
    for name, title in SHEETS.items():
        in_csv = [list(row.values()) for row in made.rows(name)]
        # Above stand the notice of sample data and the headings.
        in_sheet = workbook.get_sheet_by_name(title).to_python()[2:]
        assert [[_plain(cell) for cell in row] for row in in_sheet] == [
            [_plain(cell.removeprefix("'")) for cell in row] for row in in_csv
        ], name


def _plain(cell):
    """Return a cell as text, numbers without their trailing zeros and days as ISO days."""
    if isinstance(cell, datetime.date):
        return cell.isoformat()[:10]
    try:
        return f"{Decimal(str(cell)).normalize():f}"
    except ArithmeticError:
        return cell


FORMULAS = ["=1+1", "+358401234567", "-2 kuntaa", "@SUM(A1)", "\tx", "\r=1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_text_is_never_a_formula(formula):
    sheet = Sheet("s", "Sivu", [Column("text", "Teksti"), Column("sum", "Summa", Kind.NUMBER)])
    sheet.rows.append([formula, Decimal("-5.50")])
    [row] = rows_in(csv_of(sheet))
    assert row == {"text": f"'{formula}", "sum": "-5.50"}
    content = workbook_of([sheet], title="t", author="a", notice="")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    [cells] = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    assert cells[1] == -5.5


# --- Self-evaluations -------------------------------------------------------------------------------------


def answered_round():
    evaluation = make_evaluation()
    for member in make_members("WG-MR", 5):
        give_answer(evaluation, member, 5, comments={"AKO-R1": "=Malli toimii."}, general="Kiitos.")
    for member in make_members("WG-HP", 4):
        give_answer(evaluation, member, 1, group="WG-HP", comments={"AKO-R1": "Liian harva kuulee."})
    return close(evaluation)


def test_self_evaluations_stand_by_group_and_few_answers_nowhere():
    answered_round()
    made = package()
    shown = made.row("evaluations", group="WG-MR", statement="AKO-R1")
    assert (shown["strongly_agree"], shown["cannot_say"], shown["answers"]) == ("5", "0", "5")
    hidden = made.row("evaluations", group="WG-HP", statement="AKO-R1")
    assert (hidden["note"], hidden["strongly_disagree"], hidden["answers"]) == (
        "liian vähän vastauksia (alle 5)",
        "",
        "",
    )
    silent = made.row("evaluations", group="WG-EO", statement="AKO-R1")
    assert (silent["note"], silent["answers"]) == ("kukaan ei vastannut", "")
    whole = made.row("evaluations", group="", statement="AKO-R1")
    assert (whole["answers"], whole["strongly_disagree"]) == ("5", "0")
    assert {row["comment"] for row in made.rows("comments")} == {"'=Malli toimii.", "Kiitos."}
    assert all("Liian harva" not in content.decode(errors="ignore") for content in made.files.values())
    assert made.manifest["evaluations"][0]["left_out"] == ["WG-HP"]
    assert "ARV-2009" in made.readme


def test_a_round_that_is_open_is_in_no_package():
    evaluation = make_evaluation()
    for member in make_members("WG-MR", 6):
        give_answer(evaluation, member)
    made = package()
    assert (made.rows("evaluations"), made.rows("comments")) == ([], [])


# --- Manifest and readme ---------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", ["office", "presenter", "auditor"])
def test_the_manifest_tells_who_made_it_of_what_and_the_hash_of_each_file(persona):
    made = package(kind="mid_term", persona=persona)
    told = made.manifest
    assert (told["programme"], told["kind"], told["last_period"]) == ("AKO-TRE-2007", "mid_term", "2009-T2")
    assert told["made_by"] == str(person(persona))
    assert told["made_at"].startswith("2009-09-09T")
    assert told["is_sample"] is True
    assert {file["name"] for file in told["files"]} == set(made.files) - {"manifest.json"}
    for file in told["files"]:
        content = made.files[file["name"]]
        assert (file["size"], file["sha256"]) == (len(content), sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Miten niitä luetaan"), ("sv", "Hur de läses"), ("en", "How to read them")]
)
def test_the_readme_is_in_the_language_of_whoever_made_the_package(language, words):
    with translation.override(language):
        made = Package(bundle_of(the_period(), "final", reader=person("office")).content)
    assert words in made.readme
    assert made.manifest["language"] == language
    assert "AKO-final-2009-T2.xlsx" in made.readme


def test_the_sample_says_that_it_is_one():
    made = package()
    notice = ako().sample_notice_fi
    assert notice in made.readme
    assert made.workbook.get_sheet_by_name("Tavoitteet").to_python()[0][0] == notice


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"kind": "final"}, "period"),
        ({"kind": "yearly", "period": "2009-T2"}, "kind"),
        ({"kind": "final", "period": "2010-T1"}, "period"),
        ({"kind": "final", "period": "' OR 1=1"}, "period"),
    ],
)
def test_what_cannot_be_made_is_told_at_its_field(asked, field):
    response = client_of("office").get(ADDRESS, asked)
    assert (response.status_code, list(response.context["package_form"].errors)) == (422, [field])


def test_the_page_leads_those_who_may_to_the_package():
    for persona, is_there in (
        ("office", True),
        ("auditor", True),
        ("member-mr", False),
        ("secretary", False),
    ):
        page = client_of(persona).get("/ako/evaluations/").content.decode()
        assert (f'action="{ADDRESS}"' in page) is is_there
