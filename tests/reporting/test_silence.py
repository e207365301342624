"""Nobody has answered: grey in every place where the line stands, never last period's colour.

The round of 2009-T2 is half answered: VT-2009-MR-2 and TP-2009-MR-06 were “not started” in 2009-T1 and are
silent now. What was said before may stand beside the grey, under a heading that says so.
"""

import datetime
import io

import pypdfium2
import pytest
from django.utils import translation
from lxml import html
from python_calamine import CalamineWorkbook

from programme.models import ReportingPeriod
from programme.statuses import STATUS_LABELS
from reporting import pdf, services
from reporting.documents import document_of
from reporting.models import Report
from tests.factories import make_report, make_target, the_period, the_target
from tests.personas import ANONYMOUS, client_of, person
from workgroups.models import FollowUp, WorkProgramme
from workgroups.work_programmes.spreadsheets.writing import spreadsheet_of

pytestmark = pytest.mark.django_db

TARGET, ACTION = "VT-2009-MR-2", "TP-2009-MR-06"
BEFORE = ("Edellinen", "Edellinen tila", "Edellinen seuranta")


def page_of(address, persona="office"):
    response = client_of(persona).get(address)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def statuses_in(part):
    """Return the statuses of a part of a page, but for those that stand under the heading of before.

    So do those of the dialog that confirms what was said before.
    """
    return [
        badge.get("data-status")
        for badge in part.iterfind(".//*[@data-status]")
        if not any(
            holder.tag == "dialog" or holder.get("data-label") in BEFORE
            for holder in badge.iterancestors("td", "dialog")
        )
    ]


def row_of(page, code):
    [row] = page.xpath("//*[@id=$code]", code=code)
    return row


def section_of(page, heading):
    [section] = page.xpath("//section[@aria-labelledby=$heading]", heading=heading)
    return section


def test_the_line_had_a_status_before_and_has_none_now():
    said = FollowUp.objects.filter(target__code=TARGET) | FollowUp.objects.filter(action__code=ACTION)
    assert {(one.period.code, one.status) for one in said.select_related("period")} == {
        ("2009-T1", "not_started")
    }


@pytest.mark.parametrize("address", [f"/ako/targets/{TARGET}/", f"/ako/actions/{ACTION}/"])
def test_on_its_own_page(address):
    assert statuses_in(section_of(page_of(address), "now")) == ["not_updated"]


@pytest.mark.parametrize("address", [f"/ako/targets/{TARGET}/history/", f"/ako/actions/{ACTION}/history/"])
def test_in_its_history(address):
    assert statuses_in(section_of(page_of(address), "2009-T2")) == ["not_updated"]


@pytest.mark.parametrize(
    "address",
    [
        "/ako/targets/",
        "/ako/targets/?status=not_updated",
        "/ako/?open=all",
        "/ako/priorities/P1/",
        "/ako/goals/P1-G3/",
        "/ako/measures/P1-M2/",
    ],
)
def test_in_lists_and_in_the_thread(address):
    statuses = statuses_in(row_of(page_of(address), TARGET))
    assert statuses
    assert set(statuses) == {"not_updated"}


@pytest.mark.parametrize("address", ["/ako/?open=all", "/ako/priorities/P1/"])
def test_an_action_in_the_thread(address):
    assert statuses_in(row_of(page_of(address), ACTION)) == ["not_updated"]


@pytest.mark.parametrize("status", ["not_started", "on_track", "deviating"])
def test_in_a_list_of_another_status_it_does_not_stand(status):
    page = page_of(f"/ako/targets/?status={status}&period=2009-T2")
    assert page.xpath("//*[@id=$code]", code=TARGET) == []


def test_on_the_dashboard_it_is_among_those_not_updated_and_counts_as_such():
    response = client_of("office").get("/ako/dashboard/?period=2009-T2")
    dashboard = response.context["dashboard"]
    silent = {line["code"] for line in dashboard.not_updated}
    assert {TARGET, ACTION} <= silent
    assert len(silent) == 19
    named = section_of(html.fromstring(response.content.decode()), "not-updated").text_content()
    assert TARGET in named
    assert ACTION in named


def test_on_the_page_of_its_group_nothing_but_silence_is_counted():
    response = client_of("office").get("/ako/workgroups/WG-MR/")
    assert response.context["targets"].counts == [("not_updated", 3)]
    assert set(statuses_in(html.fromstring(response.content.decode()))) == {"not_updated"}


def test_in_the_work_programme_each_period_has_its_own():
    statuses = statuses_in(row_of(page_of("/ako/workgroups/WG-MR/2009/"), ACTION))
    assert (statuses[0], set(statuses[1:])) == ("not_started", {"not_updated"})


@pytest.mark.parametrize("code", [TARGET, ACTION])
@pytest.mark.parametrize("persona", ["coordinator-mr", "chair-mr"])
def test_in_the_meeting(code, persona):
    page = page_of(f"/ako/workgroups/WG-MR/meeting/2009-T2/?line={code}", persona)
    assert statuses_in(section_of(page, "said")) == ["not_updated"]


@pytest.mark.parametrize("code", [TARGET, ACTION])
def test_on_the_desk_of_who_answers(code):
    assert statuses_in(row_of(page_of("/desk/", "coordinator-mr"), code)) == ["not_updated"]


def silent_facts(facts):
    return [line for line in (*facts["targets"], *facts["actions"]) if line["code"] in (TARGET, ACTION)]


def test_in_the_preview_of_a_report():
    make_report()
    page = page_of("/ako/reports/RAP-2009-T2-SH.html")
    for code in (TARGET, ACTION):
        assert statuses_in(row_of(page, code)) == ["not_updated"]


def test_in_frozen_facts_and_what_is_served_of_them():
    report = make_report()
    services.freeze_report(report, actor=person("office"))
    served = client_of("office").get("/ako/reports/RAP-2009-T2-SH.json").json()
    told = Report.objects.get(code="RAP-2009-T2-SH").dataset.facts
    for facts in (told, served.get("facts", served)):
        lines = silent_facts(facts)
        assert [(line["status"], line["follow_up"]) for line in lines] == [("not_updated", None)] * 2
        assert {line["previous"]["status"] for line in lines} == {"not_started"}
        assert {TARGET, ACTION} <= set(facts["coverage"]["not_updated"])
    page = page_of("/ako/reports/RAP-2009-T2-SH.html")
    for code in (TARGET, ACTION):
        assert statuses_in(row_of(page, code)) == ["not_updated"]


def test_in_the_pdf_of_the_report():
    services.freeze_report(make_report(), actor=person("office"))
    report = Report.objects.select_related("dataset", "programme", "audience").get(code="RAP-2009-T2-SH")
    document = document_of(report, language="fi")
    content = pdf.render(document, on_stage=lambda _stage: None).content
    with pypdfium2.PdfDocument(content) as file:
        told = " ".join(" ".join(page.get_textpage().get_text_range() for page in file).split())
    assert told.split(TARGET)[1].startswith(" Ei päivitetty edellinen: ei alkanut")
    # The appendix has a column of the period before and one of the period told.
    assert told.split(ACTION)[1].startswith(" P1-M2 5–12 Ei alkanut Ei päivitetty")


def test_in_the_frozen_report_it_stays_silent_though_somebody_answers_afterwards():
    services.freeze_report(make_report(), actor=person("office"))
    FollowUp.objects.create(
        target=the_target(),
        period=the_period(),
        group=the_target().ownership.group,
        status="on_track",
        state="approved",
        submitted_at="2009-09-09T12:00Z",
        accepted_at="2009-09-09T12:00Z",
    )
    page = page_of("/ako/reports/RAP-2009-T2-SH.html")
    assert statuses_in(row_of(page, TARGET)) == ["not_updated"]


def test_in_the_spreadsheet_of_a_work_programme_no_status_stands_at_all():
    plan = WorkProgramme.objects.get(group__code="WG-MR", year=2009)
    with translation.override("fi"):
        labels = {str(label) for label in STATUS_LABELS.values()}
        book = CalamineWorkbook.from_filelike(io.BytesIO(spreadsheet_of(plan)))
    cells = {
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    }
    assert cells & labels == set()


@pytest.mark.parametrize("persona", [ANONYMOUS, "coordinator-mr", "office", "elected"])
def test_a_line_whose_year_has_not_begun_is_no_silence(persona):
    code = make_target("VT-2010-MR-91", year=2010, due_on=datetime.date(2010, 12, 31)).code
    reader = client_of(persona)
    page = reader.get(f"/ako/targets/{code}/").text
    assert "not_updated" not in page
    assert "Seuranta alkaa vuoden 2010 alusta." in page
    assert not [path for path in ("", "targets/", "dashboard/") if code in reader.get(f"/ako/{path}").text]


def test_the_turn_of_a_year_that_has_not_begun_shows_no_silence():
    ReportingPeriod.objects.create(
        programme=the_period().programme,
        code="2010-T1",
        year=2010,
        kind=ReportingPeriod.Kind.FIRST,
        starts_on="2010-01-01",
        ends_on="2010-04-30",
        ledger_cut_off="2010-04-30",
        opens_at="2010-05-01T08:00:00+03:00",
        closes_at="2010-05-11T16:00:00+03:00",
    )
    make_target("VT-2010-MR-91", year=2010, due_on=datetime.date(2010, 12, 31))
    assert "not_updated" not in client_of("coordinator-mr").get("/ako/workgroups/WG-MR/2010/turn/").text
