"""A target tells its euros: what is planned, who pays, and what of that is used; its payers lead back."""

from decimal import Decimal

import pytest

from programme.models import CostCentre
from reporting.money.accounts import accounts_of, whole_of
from tests.factories import make_action, make_target, the_period
from tests.personas import client_of, make_browser
from workgroups.models import WorkProgramme

pytestmark = pytest.mark.django_db


def the_centre(code="KP-2110"):
    return CostCentre.objects.get(code=code)


def page_of(line, who="finance"):
    return client_of(who).get(line.get_absolute_url())


def action_of(target, code="TP-2009-MR-91", **money):
    plan = WorkProgramme.objects.get(code="TO-2009-MR")
    return make_action(code, work_programme=plan, target=target, no_cost=False, **money)


def test_a_targets_own_euros_stand_beside_its_cost_centres_budget_and_use():
    target = make_target(own_euros=Decimal("1000.50"), no_cost=False, cost_centre=the_centre())
    page = page_of(target)
    [row] = page.context["money"].centres
    whole = whole_of(accounts_of(the_centre(), the_period()))
    assert (row.planned, row.amended, row.used) == (Decimal("1000.50"), whole.amended, whole.actual)
    finance = "/ako/finance/2009/?cost_centre=KP-2110#tied"
    assert f'href="{finance}"' in page.text
    assert "Kirjanpito tuntee kustannuspaikat, ei tavoitteita" in page.text
    assert target.get_absolute_url() in client_of("finance").get(finance).text
    behind = "/ako/finance/2009/entries/?cost_centre=KP-2110&kind=expense&last=2009-09-09"
    assert behind.replace("&", "&amp;") in page.text
    entries = client_of("finance").get(behind)
    assert entries.context["whole"].euros == row.used


def test_without_its_own_a_targets_euros_are_its_actions_and_what_nobody_pays_is_told():
    target = make_target(own_euros=None, no_cost=False, cost_centre=None)
    action_of(target, planned_euros=Decimal(400), cost_centre=the_centre())
    action_of(target, "TP-2009-MR-92", planned_euros=Decimal(50), cost_centre=None)
    page = page_of(target)
    money = page.context["money"]
    assert (money.planned, money.is_own, money.not_tied) == (Decimal(450), False, Decimal(50))
    assert [(row.centre.code, row.planned) for row in money.centres] == [("KP-2110", Decimal(400))]
    assert "ei ole sidottu mihinkään kustannuspaikkaan" in page.text


def test_a_payer_without_budget_and_use_is_unknown_not_zero():
    unused = CostCentre.objects.create(
        programme=the_centre().programme, code="KP-2199", number="2199", name_fi="Uusi"
    )
    target = make_target(own_euros=Decimal(10), no_cost=False, cost_centre=unused)
    [row] = page_of(target).context["money"].centres
    assert (row.amended, row.used) == (None, None)
    opened = client_of("finance").get("/ako/finance/2009/?cost_centre=KP-2199")
    assert "ei ole tässä jaksossa talousarviota eikä toteumaa" in opened.text
    assert target.get_absolute_url() in opened.text


def test_live_use_is_for_those_who_read_live_figures():
    target = make_target(own_euros=Decimal(10), no_cost=False, cost_centre=the_centre())
    for browser in (make_browser(), client_of("municipal")):
        assert browser.get(target.get_absolute_url()).context["money"] is None


def test_an_action_leads_to_its_cost_centres_money_or_says_that_none_pays():
    target = make_target()
    paid = action_of(target, planned_euros=Decimal(400), cost_centre=the_centre())
    assert 'href="/ako/finance/2009/?cost_centre=KP-2110#KP-2110"' in page_of(paid).text
    unpaid = action_of(target, "TP-2009-MR-92", planned_euros=Decimal(50), cost_centre=None)
    assert "ei sidottu mihinkään" in page_of(unpaid).text
