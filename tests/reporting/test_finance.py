"""The money of a year as of a period."""

from decimal import Decimal

import pytest

from programme.models import CostCentre, Forecast, FundingSource
from reporting.facts import collect_facts
from reporting.money.accounts import accounts_of
from tests.factories import ako, the_period
from tests.personas import client_of, clients_by_persona

pytestmark = pytest.mark.django_db


def test_each_cost_centre_is_the_sum_of_its_accounts():
    rows = collect_facts(the_period())["finance"]["rows"]
    assert [row["code"] for row in rows] == ["KP-2100", "KP-2110", "KP-2120", "KP-2130"]
    for row in rows:
        accounts = accounts_of(CostCentre.objects.get(programme=ako(), code=row["code"]), the_period())
        assert sum(account.sums.original for account in accounts) == Decimal(row["original"])
        assert sum(account.sums.changed for account in accounts) == Decimal(row["amendments"])
        assert sum(account.actual for account in accounts) == Decimal(row["actual"])


def test_only_what_was_decided_by_the_periods_last_day_is_amended():
    before = collect_facts(the_period("2009-T1"))["finance"]["total"]
    after = collect_facts(the_period())["finance"]["total"]
    assert (before["original"], before["amendments"], before["amended"]) == (
        "500000.00",
        "0.00",
        "500000.00",
    )
    assert (after["original"], after["amendments"], after["amended"]) == (
        "500000.00",
        "30000.00",
        "530000.00",
    )


def test_a_deviation_over_the_threshold_must_be_explained():
    rows = {row["code"]: row for row in collect_facts(the_period("2009-T1"))["finance"]["rows"]}
    assert {code: row["must_explain"] for code, row in rows.items()} == {
        "KP-2100": False,
        "KP-2110": True,
        "KP-2120": False,
        "KP-2130": False,
    }
    assert rows["KP-2110"]["deviation"] == "-26000.00"
    assert rows["KP-2110"]["explanation"] not in (None, "")


def test_what_nobody_has_forecast_is_unknown_and_not_zero():
    Forecast.objects.filter(period=the_period(), cost_centre__code="KP-2110").delete()
    told = collect_facts(the_period())["finance"]
    rows = {row["code"]: row["forecast"] for row in told["rows"]}
    assert (rows["KP-2110"], told["total"]["forecast"]) == (None, None)


def test_the_accounts_of_a_centre_are_the_officials_and_groups():
    address = "/ako/finance/2009/?cost_centre=KP-2110"
    clients = clients_by_persona(["office", "finance", "coordinator-mr", "elected", "municipal", "anonymous"])
    opened = {persona: "accounts" in client.get(address).context for persona, client in clients.items()}
    assert opened == {
        "office": True,
        "finance": True,
        "coordinator-mr": True,
        "elected": False,
        "municipal": False,
        "anonymous": False,
    }


def test_the_public_reads_the_total_and_no_cost_centre():
    finance = client_of("anonymous").get("/ako/finance/2009/").context["finance"]
    assert (finance["rows"], finance["total"]["amended"]) == ([], "500000.00")


def test_a_year_without_anything_told_says_so():
    office = client_of("office")
    empty = office.get("/ako/finance/2006/")
    assert (empty.status_code, empty.context["reading"]) == (200, None)
    assert office.get("/ako/finance/2008/?period=2009-T2").status_code == 404
    assert office.get("/ako/finance/2009/?cost_centre=KP-9999").status_code == 404
    assert office.get("/ako/finance/2008/").context["reading"].period.code == "2008-TP"


def test_sources_stand_in_the_order_of_their_accounts():
    finance = collect_facts(the_period())["finance"]
    told = [row["code"] for row in finance["funding"]]
    assert told == [source.code for source in FundingSource.objects.filter(programme=ako())]
    assert [row["code"] for row in finance["sources"]] == told
