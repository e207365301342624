"""The pages of indicators: who reads which figure, and that it is the same everywhere."""

import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from priorities.models import Indicator, IndicatorValue
from programme import clock
from programme.models import ReportingPeriod
from reporting import services
from reporting.facts import collect_facts
from reporting.indicators import read_indicators
from reporting.models import Dataset
from tests.factories import (
    ako,
    make_follow_up,
    make_programme,
    make_report,
    make_value,
    measure_target,
    the_indicator,
    the_period,
    the_target,
)
from tests.personas import EVERYBODY, OFFICIALS, READ_UNFINISHED, client_of, person

pytestmark = pytest.mark.django_db

PAGE = "/ako/indicators/IND-MR-1/"
LIST = "/ako/indicators/"
SECRET = Decimal("81.37")
SHOWN = "81,37"


def reader(persona):
    return AnonymousUser() if persona == "anonymous" else person(persona)


def values_of(persona, code="IND-MR-1"):
    [reading] = read_indicators(reader(persona), ako(), only=code)
    return {point.period.code: point.value for point in reading.points}


SERIES = {
    "2007-T1": 5,
    "2007-T2": 15,
    "2007-TP": 25,
    "2008-T1": 35,
    "2008-T2": 45,
    "2008-TP": 60,
    "2009-T1": 70,
}


@pytest.mark.parametrize("persona", OFFICIALS)
def test_officials_read_the_series_to_the_open_round_which_is_empty_and_not_zero(persona):
    assert values_of(persona) == SERIES | {"2009-T2": None}


@pytest.mark.parametrize("persona", ["elected", "municipal", "anonymous"])
def test_others_read_what_was_told_to_them(persona):
    assert values_of(persona) == SERIES
    make_value(value=SECRET, accepted_at=clock.now())
    assert values_of(persona) == SERIES


def test_a_value_that_waits_is_seen_by_its_group_and_those_who_read_unfinished_work_alone():
    make_value(value=SECRET, note="Salainen huomautus")
    make_value(value=SECRET, municipality="KUN-211", note="Salainen huomautus")
    seeing = {
        persona
        for persona in EVERYBODY
        if any(
            secret in client_of(persona).get(address).content.decode()
            for address in (PAGE, LIST)
            for secret in (SHOWN, "Salainen huomautus")
        )
    }
    assert seeing == {"coordinator-mr", "chair-mr", "member-mr", *READ_UNFINISHED}


def test_others_who_read_live_figures_see_that_something_waits():
    make_value(value=SECRET)
    page = client_of("coordinator-hp").get(PAGE).content.decode()
    assert "odottaa hyväksyntää" in page[page.index('<tr id="2009-T2">') :].partition("</tr>")[0]


def test_a_value_of_a_submitted_follow_up_is_seen_by_nobody_of_another_group():
    measure_target(the_target("VT-2009-MR-2"))
    make_follow_up(the_target("VT-2009-MR-2"), state="submitted", indicator_value=SECRET)
    seeing = {persona for persona in EVERYBODY if SHOWN in client_of(persona).get(PAGE).content.decode()}
    assert seeing == {"coordinator-mr", "chair-mr", "member-mr", *READ_UNFINISHED}


def test_the_figure_of_a_period_is_the_same_in_list_page_follow_up_facts_and_report():
    target = the_target("VT-2009-MR-2")
    measure_target(target)
    make_follow_up(target, indicator_value=SECRET)
    facts = {one["code"]: one for one in collect_facts(the_period())["indicators"]}
    assert facts["IND-MR-1"]["value"] == "81.37"
    assert facts["IND-MR-1"]["series"][-1] == ["2009-T2", "81.37"]
    assert values_of("office")["2009-T2"] == SECRET
    client = client_of("office")
    for address in (LIST, PAGE, "/ako/targets/VT-2009-MR-2/"):
        assert SHOWN in client.get(address).content.decode()


def test_facts_hold_no_value_that_waits():
    make_value(value=SECRET)
    facts = {one["code"]: one for one in collect_facts(the_period())["indicators"]}
    assert facts["IND-MR-1"]["value"] is None


def test_a_frozen_period_shows_its_frozen_value_whatever_happens_to_the_row():
    row = IndicatorValue.objects.get(indicator=the_indicator(), period__code="2009-T1")
    row.value = SECRET
    row.save()
    assert values_of("office")["2009-T1"] == 70
    assert SHOWN not in client_of("office").get(PAGE).content.decode().partition('id="history"')[0]


def test_a_value_accepted_after_the_freezing_of_a_reopened_round_is_read_live():
    row = IndicatorValue.objects.get(indicator=the_indicator(), period__code="2009-T1")
    row.value, row.accepted_at = SECRET, clock.now()
    row.save()
    assert values_of("office")["2009-T1"] == SECRET
    assert values_of("elected")["2009-T1"] == 70
    page = client_of("office").get("/ako/dashboard/?period=2009-T1")
    assert page.context["reading"].is_live


def test_a_round_frozen_before_it_closed_is_not_the_last_word():
    services.freeze_report(make_report(), actor=person("office"))
    make_value(value=SECRET, accepted_at=clock.now())
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at=clock.now())
    assert Dataset.objects.filter(period__code="2009-T2").exists()
    assert values_of("office")["2009-T2"] == SECRET


def test_filters_choose_by_priority_group_and_what_is_missing():
    client = client_of("office")

    def codes(query):
        return re.findall(r'<tr id="(IND-[A-Z0-9-]+)">', client.get(LIST + query).content.decode())

    assert len(codes("")) == 12
    assert codes("?priority=P1") == codes("?group=WG-MR") == ["IND-MR-1", "IND-MR-2", "IND-MR-3"]
    assert codes("?priority=none") == ["IND-KV-1", "IND-KV-2", "IND-KV-3"]
    assert set(codes("?missing=on")) == set(codes("?group=WG-MR") + codes("?group=KV"))
    assert codes("?group=WG-ZZ") == []
    assert codes("?priority=P2&group=WG-MR") == []


def test_a_target_leads_to_its_series_and_the_series_to_its_targets():
    assert (
        "/ako/indicators/IND-KV-1/"
        in client_of("anonymous").get("/ako/targets/VT-2009-KV-2/").content.decode()
    )
    page = client_of("anonymous").get("/ako/indicators/IND-KV-1/").content.decode()
    assert re.findall(r"VT-\d{4}-KV-2(?=</span>)", page) == ["VT-2009-KV-2", "VT-2008-KV-2", "VT-2007-KV-2"]


def test_the_dashboard_leads_to_the_indicators():
    for persona in ("anonymous", "office"):
        assert f'href="{LIST}"' in client_of(persona).get("/ako/dashboard/").content.decode()


def test_the_page_offers_entry_to_those_who_may_and_leads_to_the_follow_up_where_it_is_told():
    entry = f"{PAGE}values/2009-T2/"
    offered = {p for p in EVERYBODY if entry in client_of(p).get(PAGE).content.decode()}
    assert offered == {"coordinator-mr", "office"}
    page = client_of("office").get("/ako/indicators/IND-KV-1/").content.decode()
    assert "/ako/targets/VT-2009-KV-2/follow-up/2009-T2/" in page


def test_an_indicator_that_was_never_told_says_why_it_is_empty():
    Indicator.objects.create(programme=ako(), code="IND-UUSI", name_fi="Uusi mittari", unit="kpl")
    for persona in ("anonymous", "office"):
        page = client_of(persona).get("/ako/indicators/IND-UUSI/")
        assert page.status_code == 200
        assert ('id="series-title"' in page.content.decode()) == (persona == "office")


def test_a_reader_of_another_programme_reads_none_of_this_ones_indicators():
    make_programme()
    client = client_of("office")
    assert client.get("/oske/indicators/IND-MR-1/").status_code == 404
    page = client.get("/oske/indicators/")
    assert page.status_code == 200
    assert page.context["rows"] == []
