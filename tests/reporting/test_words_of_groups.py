"""The groups' own reports and what was late: in the facts, in the depths that tell of them, in no other."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from programme import clock
from programme.models import ReportingPeriod
from reporting import services
from reporting.datasets import canonical_json, sha256_of
from reporting.depths import at_depth
from reporting.facts import collect_facts
from reporting.models import Report
from reporting.reading import read_period
from tests.factories import (
    ako,
    make_follow_up,
    make_group_report,
    make_report,
    the_action,
    the_group,
    the_period,
    the_target,
)
from tests.personas import client_of, person
from tests.reporting.facts_example import action, example_document, example_facts, follow_up, target

DONE, HINDERS, ASKED = "Sopimukset valmistuivat.", "Kaavoittajia puuttuu.", "Seutuhallitukselta linjaus."


def own_words(**fields):
    told = {"group": "G-1", "done": DONE, "hinders": HINDERS, "asked": ASKED, "language": "fi"}
    return {**told, "accepted_on": "2009-09-09", **fields}


def html(document):
    with translation.override(document["language"]):
        return render_to_string("reporting/report/document.html", {"document": document})


# --- Facts -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_only_accepted_reports_stand_in_the_facts():
    make_group_report("WG-MR", state="approved", done=DONE, hinders=HINDERS, asked=ASKED)
    make_group_report("WG-HP", state="submitted")
    make_group_report("WG-EO", state="returned")
    assert collect_facts(the_period())["group_reports"] == [own_words(group="WG-MR")]


@pytest.mark.django_db
def test_where_nothing_is_told_the_facts_and_their_hash_are_as_they_were():
    facts = collect_facts(the_period())
    assert "group_reports" not in facts
    assert "late" not in canonical_json(facts).decode()
    for dataset in the_period("2009-T1").datasets.all():
        assert sha256_of(collect_facts(dataset.period)) == dataset.sha256


def reopened():
    """Let the round have closed yesterday and be open again."""
    now = clock.now()
    ReportingPeriod.objects.filter(code="2009-T2").update(
        closes_at=now - datetime.timedelta(days=1),
        reopened_until=now + datetime.timedelta(days=1),
        reopening_reason="Kunta korjasi tiedon.",
    )


@pytest.mark.django_db
def test_what_was_submitted_after_the_closing_is_told_as_late():
    on_time = make_follow_up(
        the_target("VT-2009-MR-1"), submitted_at=clock.now() - datetime.timedelta(days=2)
    )
    reopened()
    make_follow_up(the_target("VT-2009-MR-2"))
    make_follow_up(the_action("TP-2009-MR-06"))
    make_group_report(state="approved")
    facts = collect_facts(the_period())
    told = {line["code"]: line["follow_up"] for line in (*facts["targets"], *facts["actions"])}
    assert told["VT-2009-MR-2"]["late"] is True
    assert told["TP-2009-MR-06"]["late"] is True
    assert "late" not in told[on_time.target.code]
    assert facts["group_reports"][0]["late"] is True


# --- Depths ----------------------------------------------------------------------------------------------


def told_facts():
    late = follow_up(late=True)
    return example_facts(
        targets=[target("T-1", binding=True, follow_up=late), target("T-2", follow_up=late)],
        actions=[action("A-1", follow_up=late)],
        group_reports=[own_words(late=True)],
    )


def test_the_board_is_told_all_the_executive_committee_what_is_asked():
    facts = told_facts()
    assert at_depth(facts, "board") == facts
    executive = at_depth(facts, "executive")
    assert executive["group_reports"] == [own_words(done="", hinders="", late=True)]
    assert executive["targets"] == facts["targets"]


def test_a_group_that_asks_nothing_is_not_before_the_executive_committee():
    facts = example_facts(group_reports=[own_words(asked="")])
    assert at_depth(facts, "executive")["group_reports"] == []


@pytest.mark.parametrize("depth", ["public", "assembly"])
def test_neither_the_public_nor_the_assembly_reads_the_groups_words_or_what_was_late(depth):
    facts = told_facts()
    before = canonical_json(facts)
    told = canonical_json(at_depth(facts, depth)).decode()
    page = html(example_document(facts=at_depth(facts, depth)))
    for word in (DONE, HINDERS, ASKED):
        assert word not in told
        assert word not in page
    assert "late" not in at_depth(facts, depth)["targets"][0]["follow_up"]
    assert "late" not in at_depth(facts, depth)["targets"][1]["follow_up"]
    assert "tag--late" not in page
    assert canonical_json(facts) == before


@pytest.mark.django_db
def test_no_page_of_the_public_holds_a_word_of_a_group():
    make_group_report(state="approved", done=DONE, hinders=HINDERS, asked=ASKED)
    report = make_report("RAP-2009-T2-SID", audience="AUD-SID")
    services.freeze_report(report, actor=person("office"))
    Report.objects.filter(pk=report.pk).update(state=Report.State.PUBLISHED)
    anonymous = client_of("anonymous")
    addresses = [
        f"/ako/reports/{report.code}.json",
        f"/ako/reports/{report.code}.html",
        f"/ako/reports/{report.code}/",
        "/ako/dashboard/",
        "/ako/",
        the_group().get_absolute_url(),
    ]
    for address in addresses:
        response = anonymous.get(address)
        assert response.status_code == 200
        assert [word for word in (DONE, HINDERS, ASKED) if word in response.content.decode()] == []


# --- Document --------------------------------------------------------------------------------------------


def test_the_boards_report_has_the_groups_words_in_their_priority():
    document = example_document(facts=example_facts(group_reports=[own_words()]))
    page = html(document)
    first = page[page.index('id="P1"') : page.index('id="P2"')]
    for word in (DONE, HINDERS, ASKED):
        assert word in first.replace("\xad", "")
        assert page.replace("\xad", "").count(word) == 1
    assert document["asked"] == []


def test_the_executive_committee_reads_on_the_first_page_what_is_asked():
    facts = at_depth(example_facts(group_reports=[own_words()]), "executive")
    page = html(example_document(facts=facts)).replace("\xad", "")
    assert page.index(ASKED) < page.index('id="P1"')
    assert DONE not in page


def test_late_lines_are_marked_with_a_shape_and_a_word():
    page = html(example_document(facts=told_facts(), language="fi"))
    for code in ("T-1", "T-2", "A-1"):
        row = page[page.index(f'<tr id="{code}">') :].partition("</tr>")[0]
        assert '<span class="tag tag--late">toimitettu myöhässä</span>' in row
    assert "tag--late" not in html(example_document())


def test_a_dataset_from_before_renders_as_it_did():
    facts = example_facts()
    page = html(example_document(facts=facts))
    assert "report__words" not in page
    assert [part["reports"] for part in example_document(facts=facts)["priorities"]] == [[], [], []]


# --- Pages -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_officials_and_groups_read_the_accepted_words_on_the_dashboard():
    make_group_report(state="approved", done=DONE, hinders=HINDERS, asked=ASKED)
    for persona in ("office", "coordinator-hp"):
        page = client_of(persona).get("/ako/dashboard/").content.decode()
        assert DONE in page
        assert ASKED in page
    assert DONE not in client_of("elected").get("/ako/dashboard/").content.decode()


@pytest.mark.django_db
def test_a_dataset_is_not_the_last_word_once_a_report_is_accepted_after_it():
    period = the_period("2009-T1")
    assert read_period(person("office"), ako(), "2009-T1").dataset is not None
    make_group_report(period=period.code, state="approved")
    assert read_period(person("office"), ako(), "2009-T1").dataset is None
