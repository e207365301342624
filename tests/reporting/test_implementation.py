"""A report begins with what has become of its body's earlier decisions: theirs alone, frozen by value."""

import datetime

import pypdfium2
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from programme import clock
from programme.models import Audience, Body, DecisionTask, TaskNote
from reporting import pdf, services
from reporting.datasets import canonical_json, sha256_of
from reporting.depths import at_depth
from reporting.facts import collect_facts
from reporting.models import Report
from tests.factories import ako, make_body, make_meeting, make_report, the_period
from tests.factories_meetings import make_decision, make_done_task, make_task_of
from tests.personas import client_of, person
from tests.reporting.facts_example import example_document, example_facts, words
from tests.verapdf import validate

TOLD = {
    "audience": "AUD-SH",
    "body": words("Hallitus"),
    "decided_on": "2009-05-28",
    "section": 41,
    "item": None,
    "title": "Osavuosikatsaus",
    "text": "Pyydetään kunnilta puuttuvat tiedot.",
    "responsible": words("koordinaattori"),
    "due_on": "2009-10-01",
    "state": "open",
    "done_on": None,
    "verified_on": None,
    "progress": [
        {"written_on": "2009-09-01", "kind": "progress", "text": "Kolme vastasi.", "language": "fi"}
    ],
}


def html(document):
    with translation.override(document["language"]):
        return render_to_string("reporting/report/document.html", {"document": document})


def carried(audience="AUD-SH"):
    return [
        task["text"]
        for task in collect_facts(the_period()).get("earlier_tasks", [])
        if task["audience"] == audience
    ]


# --- Facts -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_open_task_is_told_with_its_progress_and_who_answers_for_it():
    task = make_task_of(due_on=datetime.date(2009, 9, 1))
    TaskNote.objects.create(task=task, text="Kolme vastasi.", written_on=datetime.date(2009, 9, 5))
    [told] = collect_facts(the_period())["earlier_tasks"]
    assert (told["audience"], told["section"], told["decided_on"], told["state"], told["late"]) == (
        "AUD-SH",
        900,
        "2009-09-02",
        "open",
        True,
    )
    assert told["responsible"]["fi"] == task.responsible.name_fi
    assert told["progress"] == [
        {"written_on": "2009-09-05", "kind": "progress", "text": "Kolme vastasi.", "language": "fi"}
    ]


@pytest.mark.django_db
def test_a_person_is_told_by_name():
    make_task_of(person=person("elected"))
    [told] = collect_facts(the_period())["earlier_tasks"]
    assert set(told["responsible"].values()) == {person("elected").name}


@pytest.mark.django_db
def test_what_was_verified_since_the_report_before_is_told_once_more_and_then_no_more():
    before = Report.objects.get(programme=ako(), code="RAP-2009-T1-SH")
    told_on = clock.day_of(before.frozen_at)
    after, earlier = told_on + datetime.timedelta(days=1), told_on - datetime.timedelta(days=1)
    make_done_task(text="Uusi", verified_on=after)
    make_done_task(decision=make_decision(section=901), text="Vanha", verified_on=earlier)
    assert carried() == ["Uusi"]


@pytest.mark.django_db
def test_a_groups_own_decisions_are_in_no_report():
    make_task_of(make_decision("KOK-WG-MR-2009-77", body="BODY-WG-MR", section=1))
    assert "earlier_tasks" not in collect_facts(the_period())


@pytest.mark.django_db
def test_the_tasks_of_a_body_that_was_abolished_go_on_to_the_one_that_replaced_it():
    make_task_of(make_decision("KOK-YK-2009-77", body="BODY-YK"))
    Body.objects.filter(code="BODY-YK").update(valid_until=datetime.date(2009, 9, 8))
    council = Audience.objects.get(programme=ako(), code="AUD-TVK")
    make_body("BODY-VK", replaces="BODY-YK", valid_from=datetime.date(2009, 9, 9), audience=council)
    assert (len(carried("AUD-TVK")), carried("AUD-YK")) == (1, [])


# --- Depths ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", ["board", "executive", "assembly"])
def test_each_audience_is_told_of_its_own_bodys_decisions_alone(depth):
    others = {**TOLD, "audience": "AUD-YK", "text": "Toisen tehtävä."}
    facts = example_facts(earlier_tasks=[TOLD, others])
    before = canonical_json(facts)
    assert at_depth(facts, depth, audience="AUD-SH")["earlier_tasks"] == [TOLD]
    assert "earlier_tasks" not in at_depth(facts, depth, audience="AUD-TVK")
    assert "earlier_tasks" not in at_depth(facts, depth)
    assert canonical_json(facts) == before


def test_the_public_is_told_of_none():
    facts = example_facts(earlier_tasks=[{**TOLD, "audience": "AUD-SID"}])
    assert "earlier_tasks" not in at_depth(facts, "public", audience="AUD-SID")


# --- Document --------------------------------------------------------------------------------------------


def test_the_chapter_comes_first_as_matter_progress_and_who_answers():
    done = {**TOLD, "state": "done", "done_on": "2009-09-04", "section": None, "item": 3}
    verified = {**done, "state": "verified", "verified_on": "2009-09-07"}
    document = example_document(facts=example_facts(earlier_tasks=[{**TOLD, "late": True}, done, verified]))
    page = html(document)
    rows = document["implementation"]["rows"]
    assert [row.state for row in rows] == [
        "tehtävä viimeistään 1.10.2009",
        "ilmoitettu tehdyksi 4.9.2009, odottaa toteamista",
        "todettu tehdyksi 7.9.2009",
    ]
    assert [row.decision for row in rows] == [
        "Hallitus 28.5.2009, 41\u00a0§",
        "Hallitus 28.5.2009, asiakohta 3",
        "Hallitus 28.5.2009, asiakohta 3",
    ]
    assert page.index('id="implementation"') < page.index('id="finance"')
    assert [section.anchor for section in document["contents"]][:2] == ["summary", "implementation"]
    assert "Kolme vastasi." in page
    assert page.count("tag--late") == 1


def test_the_chapter_prints_and_conforms():
    document = example_document(facts=example_facts(earlier_tasks=[{**TOLD, "late": True}]))
    rendered = pdf.render(document, on_stage=lambda _stage: None)
    with pypdfium2.PdfDocument(rendered.content) as file:
        printed = " ".join(" ".join(page.get_textpage().get_text_range() for page in file).split())
    for words_of_it in ("täytäntöönpano", "Kolme vastasi.", "tehtävä viimeistään 1.10.2009", "myöhässä"):
        assert words_of_it in printed
    assert validate(rendered.content) == []


def test_a_dataset_that_knows_of_no_tasks_renders_as_before():
    document = example_document()
    assert document["implementation"] is None
    assert 'id="implementation"' not in html(document)


# --- The report ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_next_report_to_the_board_begins_with_the_task_and_keeps_it_as_it_was_frozen():
    task = make_task_of()
    report = make_report(meeting=make_meeting("KOK-SH-2009-78"))
    office = client_of("office")
    assert task.text in office.get(report.get_absolute_url()).text
    frozen = services.freeze_report(report, actor=person("office"))
    DecisionTask.objects.filter(pk=task.pk).update(text="Muutettu jälkeenpäin.")
    page = office.get(f"/ako/reports/{report.code}.html").text
    assert "Aiempien päätösten täytäntöönpano" in page
    assert (task.text in page, "Muutettu jälkeenpäin." in page) == (True, False)
    assert (
        sha256_of(office.get(f"/ako/reports/{report.code}.json").json())
        == (frozen.particulars["depth_sha256"])
    )


@pytest.mark.django_db
def test_a_report_to_another_body_of_the_same_period_does_not_tell_it():
    task = make_task_of()
    executive = make_report("RAP-2009-T2-TVK", audience="AUD-TVK", body=Body.objects.get(code="BODY-TVK"))
    services.freeze_report(executive, actor=person("office"))
    for address in (f"/ako/reports/{executive.code}.html", f"/ako/reports/{executive.code}.json"):
        assert task.text not in client_of("office").get(address).text


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["RAP-2009-T1-SH", "RAP-2008-TP-SH"])
def test_reports_that_were_frozen_before_there_were_tasks_still_open(code):
    make_task_of()
    page = client_of("office").get(f"/ako/reports/{code}.html")
    assert page.status_code == 200
    assert 'id="implementation"' not in page.text
