"""The situation on 9.9.2009: the contract of the sample, from the database and from the page."""

import re
from collections import Counter

import pytest

from reporting.dashboard import dashboard_of, has_changed
from reporting.facts import collect_facts
from tests.factories import the_period
from tests.personas import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    return collect_facts(the_period())


def plain(response):
    """Return the words of a page, one space between each."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.replace("\xa0", " ").split())


def test_twelve_targets_five_on_track_one_not_to_be_achieved_six_silent(facts):
    assert Counter(target["status"] for target in facts["targets"]) == {
        "on_track": 5,
        "will_not_be_achieved": 1,
        "not_updated": 6,
    }


def test_twenty_one_of_forty_lines_are_updated(facts):
    coverage = facts["coverage"]
    assert (coverage["lines"], coverage["updated"]) == (40, 21)
    assert (coverage["targets"], coverage["targets_updated"]) == (12, 6)
    assert Counter(code[:10] for code in coverage["not_updated"]) == {
        "VT-2009-MR": 3,
        "TP-2009-MR": 8,
        "VT-2009-KV": 3,
        "TP-2009-KV": 5,
    }
    assert coverage["waiting"] == []


def test_305_241_euros_of_530_000_are_used(facts):
    total = facts["finance"]["total"]
    assert (total["actual"], total["amended"], total["actual_percent"], total["expected_percent"]) == (
        "305241.00",
        "530000.00",
        "57.6",
        "66.7",
    )


def test_the_rows_add_up_to_the_total(facts):
    finance = facts["finance"]
    for column in ("original", "amendments", "amended", "actual"):
        assert sum(float(row[column]) for row in finance["rows"]) == float(finance["total"][column])


def test_the_dashboard_reads_the_facts_and_nothing_else(facts):
    dashboard = dashboard_of(facts)
    assert (dashboard.targets, dashboard.going_well, dashboard.deviating, dashboard.updated) == (12, 5, 1, 6)
    assert (dashboard.lines, dashboard.lines_updated, dashboard.waiting) == (40, 21, 0)
    assert (dashboard.going_well_before, dashboard.deviating_before) == (11, 0)
    assert len(dashboard.not_updated) == 19
    assert [target["code"] for target in dashboard.deviations] == [
        target["code"] for target in facts["targets"] if target["status"] == "will_not_be_achieved"
    ]


def test_a_rollup_is_a_distribution_that_holds_every_target_once(facts):
    rows = dashboard_of(facts).distribution
    assert [(row.code, row.counts) for row in rows] == [
        ("P1", {"not_updated": 3}),
        ("P2", {"on_track": 3}),
        ("P3", {"on_track": 2, "will_not_be_achieved": 1}),
        ("", {"not_updated": 3}),
    ]
    assert sum(row.total for row in rows) == 12


def test_silence_is_no_change_of_status():
    line = {"status": "not_updated", "previous": {"status": "on_track"}}
    assert not has_changed(line)
    assert not has_changed(line | {"status": "on_track", "previous": None})
    assert not has_changed(line | {"status": "on_track", "previous": {"status": "not_updated"}})
    assert has_changed(line | {"status": "delayed"})


def test_the_page_shows_the_contract_to_the_office():
    page = plain(client_of("office").get("/ako/dashboard/"))
    for shown in ("305 241", "530 000", "57,6 %", "66,7 %", "21 / 40", "pe 11.9.2009 klo 16.00"):
        assert shown in page


def test_every_number_leads_to_as_many_rows():
    office = client_of("office")
    page = office.get("/ako/dashboard/").content.decode()
    addresses = set(re.findall(r'href="(/ako/targets/\?[^"]+)"', page))
    assert len(addresses) >= 4
    counted = {
        (row.code or "none", status): number
        for row in office.get("/ako/dashboard/").context["dashboard"].distribution
        for status, number in row.counts.items()
    }
    for (priority, status), number in counted.items():
        listed = office.get(f"/ako/targets/?period=2009-T2&priority={priority}&status={status}")
        assert len(listed.context["targets"]) == number
    for address in addresses:
        assert office.get(address.replace("&amp;", "&")).context["targets"] != []
