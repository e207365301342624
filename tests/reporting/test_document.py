"""The document of a report: figures from facts alone, changes in words, silence told as silence."""

import itertools
import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from reporting.document.lines import PROGRESS
from tests.reporting.facts_example import (
    example_document,
    example_facts,
    example_particulars,
    finance_row,
    target,
    words,
)


def html(document) -> str:
    with translation.override(document["language"]):
        return render_to_string("reporting/report/document.html", {"document": document})


def first_target(document):
    return document["priorities"][0]["rows"][0]


def of_period(**fields):
    return {**example_facts()["period"], **fields}


def test_key_figures_are_counts_and_the_frozen_total():
    document = example_document(language="en")
    assert [figure.value for figure in document["key_figures"]] == [
        "3\u00a0/\u00a06",
        "2",
        "60.8%",
        "−€7,000",
    ]
    assert "1 not updated" in document["key_figures"][1].label


def test_year_end_counts_by_its_own_scale():
    targets = [target("T-1", "achieved"), target("T-2", "partly_achieved"), target("T-3", "not_achieved")]
    facts = example_facts(targets=targets, period=of_period(kind="TP", code="2009-TP", previous="2009-T2"))
    assert [figure.value for figure in example_document(facts=facts)["key_figures"][:2]] == [
        "1\u00a0/\u00a03",
        "2",
    ]


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        ("on_track", "delayed", "declined"),
        ("not_started", "delayed", "declined"),
        ("delayed", "on_track", "improved"),
        ("on_track", "achieved", "improved"),
        ("on_track", "on_track", "unchanged"),
        ("delayed", "partly_achieved", "unchanged"),
        ("will_not_be_achieved", "not_achieved", "unchanged"),
        ("on_track", "not_updated", "unknown"),
        ("not_updated", "on_track", "unknown"),
    ],
)
def test_change_since_the_previous_report(before, now, direction):
    document = example_document(facts=example_facts(targets=[target("T-1", now, before)]))
    assert first_target(document).line.change.direction == direction


@pytest.mark.parametrize(("before", "now"), list(itertools.product(PROGRESS, PROGRESS)))
def test_a_change_there_is_the_opposite_back(before, now):
    def direction(one, other):
        facts = example_facts(targets=[target("T-1", str(other), str(one))])
        return first_target(example_document(facts=facts)).line.change.direction

    opposite = {"improved": "declined", "declined": "improved", "unchanged": "unchanged"}
    assert direction(now, before) == opposite[direction(before, now)]


def test_only_what_moved_stands_on_the_first_page():
    assert [row.line.code for row in example_document()["changes"]["rows"]] == ["T-2", "T-4", "T-5"]


def test_what_was_on_track_and_is_achieved_is_no_news_at_the_years_end():
    targets = [target("T-1", "achieved"), target("T-2", "not_achieved"), target("T-3", "achieved", "delayed")]
    facts = example_facts(targets=targets, period=of_period(kind="TP", code="2009-TP", previous="2009-T2"))
    assert [row.line.code for row in example_document(facts=facts)["changes"]["rows"]] == ["T-2", "T-3"]


def test_the_first_report_of_a_year_compares_with_nothing():
    targets = [target("T-1", previous=None)]
    facts = example_facts(targets=targets, period=of_period(code="2009-T1", kind="T1", previous=None))
    document = example_document(facts=facts, language="en")
    assert document["changes"] is None
    assert first_target(document).line.change is None
    assert "first report of the year" in html(document)


def test_tables_and_figures_are_numbered_in_reading_order():
    page = html(example_document(language="en"))
    assert re.findall(r"<caption>Table (\d+)\.", page) == [str(number) for number in range(1, 13)]
    assert re.findall(r"<figcaption>Figure (\d+)\.", page) == ["1", "2"]


def test_contents_lead_to_every_section():
    document = example_document()
    page = html(document)
    for section in document["contents"]:
        assert page.count(f'id="{section.anchor}"') == 1
        assert f'href="#{section.anchor}"' in page


def test_a_line_has_its_code_as_id_once_and_its_status_beside_it():
    page = html(example_document())
    for code in ("T-1", "T-2", "T-3", "T-4", "T-5", "T-6", "A-1", "A-2"):
        assert page.count(f'id="{code}"') == 1
    assert re.search(r'<tr id="T-2">.*?data-status="delayed".*?</tr>', page, re.DOTALL)
    assert len(re.findall(r'\sid="', page)) == len(set(re.findall(r'\sid="([^"]*)"', page)))


def test_a_silent_line_prints_as_not_updated_and_never_in_an_old_colour():
    page = html(example_document(facts=example_facts(targets=[target("T-3", "not_updated", "achieved")])))
    row = re.search(r'<tr id="T-3">.*?</tr>', page, re.DOTALL)
    assert row
    assert re.findall(r'data-status="(\w+)"', row[0]) == ["not_updated"]
    assert "mark--achieved" not in row[0]


def test_every_row_of_a_table_has_a_header_and_as_many_cells_as_the_head():
    page = html(example_document())
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        head, *rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        for row in rows:
            assert row.count('<th scope="row"') == 1
            assert len(re.findall(r"<t[hd][ >]", row)) == len(re.findall(r'<th scope="col"', head))


def test_unexplained_deviations_come_with_those_that_must_be_explained():
    rows = [
        finance_row("C-1", must_explain=False, explanation="Unasked."),
        finance_row("C-2", must_explain=True, explanation=None),
        finance_row("C-3", must_explain=False, explanation=None),
    ]
    facts = example_facts(targets=[], finance={**example_facts()["finance"], "rows": rows})
    document = example_document(facts=facts, language="en")
    assert [row.name.text for row in document["finance"]["explained"]] == [
        "Cost centre C-2",
        "Cost centre C-1",
    ]
    assert html(document).count("Not explained") == 1


def test_the_total_stands_once():
    assert html(example_document(language="en")).count('<th scope="row">Total</th>') == 1


def test_figures_are_printed_as_they_were_frozen_even_where_they_do_not_add_up():
    total = finance_row("", actual_percent="12.3", actual="1.00", must_explain=False, explanation=None)
    facts = example_facts(finance={**example_facts()["finance"], "total": total})
    document = example_document(facts=facts, language="fi")
    assert document["finance"]["total"].actual_percent == "12,3"
    assert document["key_figures"][2].value == "12,3\u00a0%"


def test_a_missing_forecast_is_a_dash_and_not_zero():
    total = finance_row("", forecast=None, deviation=None, deviation_percent=None, must_explain=False)
    document = example_document(facts=example_facts(finance={**example_facts()["finance"], "total": total}))
    assert document["finance"]["total"].forecast == "–"
    assert document["key_figures"][3].value == "–"


def test_without_particulars_it_is_a_draft_without_anything_to_verify():
    document = example_document(particulars=None, language="en")
    assert document["is_draft"]
    assert document["watermarks"] == ["DRAFT"]
    assert document["data"]["qr"] is None
    assert "not yet: the figures may still change" in html(document)


def test_partial_particulars_are_shown_as_far_as_they_are_known():
    partial = {"code": "RAP-2009-T2-SH", "audience": words("Board"), "presenter": words("director")}
    document = example_document(particulars=partial, language="en")
    assert [(row.label, row.value.text) for row in document["particulars"]] == [
        ("Audience", "Board"),
        ("Presenting official", "director"),
        ("Document", "RAP-2009-T2-SH, draft, not frozen"),
    ]


def test_a_frozen_report_says_body_day_and_section():
    document = example_document(language="en", particulars=example_particulars())
    assert document["identity"].matter == "Board 30 Sep 2009, Section 66"
    assert document["identity"].document == "RAP-2009-T2-SH · version 1 · 10 Sep 2009"
    assert document["identity"].state == ""


def test_a_sample_is_marked_as_one():
    sample = {"notice": words("All of it is invented."), "watermark": words("SAMPLE")}
    facts = example_facts(programme={**example_facts()["programme"], "sample": sample})
    document = example_document(facts=facts)
    assert document["identity"].state == "SAMPLE"
    assert "All of it is invented." in html(document)


def test_words_in_another_language_are_marked_with_it():
    page = html(example_document(language="sv", narrative_language="fi"))
    assert '<p class="report__lead"><span lang="fi">The summary.</span>' in page
    assert re.search(r"<h1[^>]*lang=", page) is None
    assert re.search(r'<h2[^>]*lang="fi"', page)


def test_an_empty_dataset_is_told_in_sentences():
    facts = example_facts(
        targets=[],
        actions=[],
        indicators=[],
        sources=[],
        finance={**example_facts()["finance"], "rows": [], "funding": []},
    )
    document = example_document(facts=facts, summary="", proposal="", language="en")
    page = html(document)
    assert "The summary has not been written yet." in page
    assert "No annual targets were decided for this year." in page
    assert document["appendix"] is None


def test_what_people_write_is_never_markup():
    name = words("<script>alert(1)</script>")
    page = html(example_document(facts=example_facts(targets=[target("T-1", name=name)]), summary="<b>x</b>"))
    assert "<script>" not in page
    assert "<b>" not in page
    assert "style=" not in page
