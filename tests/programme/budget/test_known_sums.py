"""Sums of a budget tell what is known: nothing amended is zero, nothing given or readable is no figure."""

import datetime
from decimal import Decimal

import pytest

from programme.budget.reading import read_budget
from programme.models import Budget, BudgetPlanLine
from tests.personas import client_of, make_browser
from tests.programme.budget.steps import BUDGET, CELL, EDIT, INCOME, begun, decided_budget, with_plan

pytestmark = pytest.mark.django_db

PAGE, TODAY = "/ako/budget/2009/", datetime.date(2009, 9, 9)


def sent_with(**typed):
    client = client_of("finance")
    form = client.get(EDIT).context["form"]
    return client.post(EDIT, {name: form[name].value() or "" for name in form.fields} | typed)


def test_a_plan_year_of_which_one_side_is_unknown_has_no_balance():
    budget = begun()
    with_plan(budget, "47000")
    assert read_budget(budget, TODAY).balance.plan == (None, None)
    form = client_of("finance").get(EDIT).context["form"]
    assert form.whole.spent[2] == Decimal(47000)
    assert form.whole.difference[1:] == [None, None]
    assert client_of("finance").get(BUDGET).context["read"].balance.plan == (None, None)
    line = budget.lines.exclude(funding_source=None)[0]
    BudgetPlanLine.objects.create(
        budget=budget,
        years_ahead=2,
        cost_centre=line.cost_centre,
        funding_source=line.funding_source,
        amount=Decimal(50000),
    )
    assert read_budget(budget, TODAY).balance.plan == (None, Decimal(3000))


def test_what_nothing_amended_has_changed_by_zero():
    read = read_budget(decided_budget(), datetime.date(2009, 1, 1))
    assert {row.figures.change for part in read.parts for row in (*part.expenses, *part.income)} == {
        Decimal(0)
    }
    assert (read.spent.change, read.balance.change) == (0, 0)
    rows = b"".join(make_browser().get("/ako/budget/2009.csv", {"on": "2009-01-01"})).decode("utf-8-sig")
    [heading, first, *_rest] = [line.split(";") for line in rows.splitlines()]
    assert dict(zip(heading, first, strict=True))["amendments"] in ("0", "0,00")


def test_before_its_decision_a_budget_has_nothing_amended():
    page = make_browser().get(PAGE, {"on": "2008-12-17"})
    figures = page.context["read"].spent
    assert (figures.original, figures.change, figures.amended) == (Decimal(500000), None, None)
    assert "tied" not in client_of("finance").get(PAGE, {"on": "2008-12-17"}).context


def test_a_day_to_come_is_told_as_such_and_the_figures_are_todays():
    page = make_browser().get(PAGE, {"on": "2009-12-31"})
    assert page.context["read"].on == TODAY
    assert "31.12.2009 on vielä edessä" in page.text
    assert "Muutokset 9.9.2009" in page.text.replace("mennessä", "").replace("\u00a0", " ")
    today = make_browser().get(PAGE)
    assert "on vielä edessä" not in today.text
    file = make_browser().get("/ako/budget/2009.csv", {"on": "2009-12-31"})
    assert "2009-09-09" in file["Content-Disposition"]


def test_a_sum_with_a_cell_that_cannot_be_read_is_not_told():
    begun()
    page = sent_with(**{CELL: "paljon", INCOME: "1000"})
    assert page.status_code == 422
    form = page.context["form"]
    assert (form.whole.spent[0], form.whole.difference[0]) == (None, None)
    [part] = [part for part in form.parts if part.centre.code == "KP-2110"]
    assert part.sums.spent[0] is None
    assert part.sums.earned[0] is not None
    [other] = [part for part in form.parts if part.centre.code == "KP-2120"]
    assert other.sums.spent[0] is not None
    assert "sen summaa ei ole" in page.text
    assert Budget.objects.get(year=2010).lines.exists()
