"""The page of a year's contributions: its figures, its faults, what is told to whom, and its files."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from programme.models import (
    BudgetAmendment,
    BudgetAmendmentLine,
    ContributionKey,
    ContributionShare,
    CostCentre,
    FundingSource,
    Municipality,
    MunicipalSettlement,
)
from reporting.models import Report
from tests.factories import ako
from tests.personas import client_of

pytestmark = pytest.mark.django_db

PAGE = "/ako/finance/2009/contributions/"


def amend(change, *, year=2009, day=datetime.date(2009, 9, 1), source="RL-KUNNAT"):
    """Make a decided amendment that changes the income from a source."""
    budget = ako().budgets.get(year=year)
    amendment = BudgetAmendment.objects.create(
        budget=budget,
        code=f"MUU-{year}-{budget.amendments.count() + 7}",
        kind="lisäys",
        text="Kuntien osuus muuttuu.",
        body=ako().bodies.get(code="BODY-YK"),
        decided_on=day,
    )
    BudgetAmendmentLine.objects.create(
        amendment=amendment,
        cost_centre=CostCentre.objects.get(code="KP-2110"),
        funding_source=FundingSource.objects.get(code=source),
        amount=Decimal(change),
    )
    return amendment


def told(persona="finance", address=PAGE):
    response = client_of(persona).get(address)
    assert response.status_code == 200
    return response.context["told"]


def test_the_shares_of_the_sample_make_the_amended_income():
    page = told("anonymous")
    assert page.income == page.total.share == Decimal(253_000)
    assert {row.municipality.code: row.share for row in page.rows}["KUN-211"] == Decimal(20_593)
    assert (page.differs_by, page.total.population) == (0, 344_000)


def test_the_shares_stand_by_the_day_of_each_decision():
    page = told("anonymous")
    assert [(step.code, step.income) for step in page.steps] == [
        ("TA-2009", Decimal(238_000)),
        ("MUU-2009-1", Decimal(253_000)),
    ]
    assert page.total.by_date == [Decimal(238_000), Decimal(253_000)]
    assert all(row.by_date[-1] == row.share for row in page.rows)


def test_an_amendment_makes_the_shares_those_of_an_older_sum_and_the_page_says_so():
    amend("1000")
    finance = client_of("finance").get(PAGE)
    assert (finance.context["told"].differs_by, finance.context["told"].is_older) == (1000, True)
    assert "vanhasta summasta" in finance.content.decode()
    assert f'href="{PAGE}key/"' in finance.content.decode()
    anybody = client_of("anonymous").get(PAGE).content.decode()
    assert "vanhasta summasta" in anybody
    assert f'href="{PAGE}key/"' not in anybody


def test_shares_that_make_no_sum_of_any_day_are_told_as_a_fault():
    ContributionShare.objects.filter(year=2009, municipality__code="KUN-211").update(amount=1)
    page = told("anonymous")
    assert (page.differs_by, page.is_older) == (20_592, False)


def test_what_nobody_has_decided_yet_or_is_of_others_does_not_count():
    amend("1000", day=datetime.date(2009, 9, 10))
    amend("500", source="RL-VALTIO")
    assert told().differs_by == 0


def test_what_is_carried_is_cumulative_and_the_whole_share_is_billed():
    page = told()
    assert page.account.unsettled == []
    assert page.total.carried == Decimal(22_389 - 896)
    assert page.total.to_bill == page.total.share
    ContributionKey.objects.filter(year=2009).update(deducts_advances=True)
    deducting = told()
    assert deducting.total.to_bill == Decimal(253_000 - 22_389 + 896)
    assert all(row.to_bill == row.share - row.carried for row in deducting.rows)


def test_a_settled_year_tells_each_municipality_what_was_billed_used_and_carried():
    page = told(address="/ako/finance/2007/contributions/")
    assert (page.total.settled.billed, page.total.settled.used) == (228_000, 205_611)
    assert sum(row.settled.carried_over for row in page.rows) == Decimal(22_389)
    assert all(row.settled.billed == row.share for row in page.rows)


def test_a_settlement_that_no_report_has_told_is_the_officials_alone():
    MunicipalSettlement.objects.filter(period__year=2008).delete()
    settlement = MunicipalSettlement.objects.get(period__year=2007)
    year_end = ako().periods.get(code="2009-TP")
    MunicipalSettlement.objects.filter(pk=settlement.pk).update(period=year_end)
    assert not Report.objects.filter(period=year_end).exists()
    address = "/ako/finance/2009/contributions/"
    assert told("coordinator-mr", address).account.settled is not None
    for persona in ("municipal", "elected", "anonymous"):
        response = client_of(persona).get(address)
        assert response.context["told"].account.settled is None
        assert "205" + "\u00a0" + "611" not in response.content.decode()


def test_the_public_reads_the_settlement_that_was_published():
    assert told("anonymous", "/ako/finance/2007/contributions/").total.settled.used == 205_611


def test_a_year_without_a_decided_budget_has_no_shares_and_says_so():
    response = client_of("anonymous").get("/ako/finance/2011/contributions/")
    assert (response.status_code, response.context["told"].steps) == (200, [])
    assert client_of("anonymous").get("/ako/finance/2011/contributions.csv").status_code == 404


def test_without_a_source_of_the_municipalities_the_keeper_is_told_what_to_mend():
    FundingSource.objects.update(of_municipalities=False)
    finance = client_of("finance").get(PAGE)
    assert finance.context["lacks_source"] is True
    assert "/ako/settings/funding-sources/" in finance.content.decode()
    assert client_of("anonymous").get(PAGE).context["lacks_source"] is False


def test_a_source_is_marked_in_the_settings_and_its_income_is_then_to_be_shared():
    client, address = client_of("finance"), "/ako/settings/funding-sources/RL-MUU/"
    form = client.get(address).context["form"]
    sent = {"name_fi": "Muu rahoitus", "of_municipalities": "on", "base": form["base"].value()}
    assert client.post(address, sent).status_code == 302
    source = FundingSource.objects.get(code="RL-MUU")
    other = sum(line.amount for line in source.budgetlines.filter(budget__year=2009))
    page = told()
    assert page.differs_by == other > 0
    assert page.is_older is False


def test_a_municipality_that_has_left_keeps_what_is_carried():
    left = Municipality.objects.get(code="KUN-562")
    ContributionShare.objects.filter(year=2009, municipality=left).delete()
    row = next(row for row in told().rows if row.municipality == left)
    assert (row.share, row.to_bill) == (None, None)
    assert row.carried is not None


def test_the_files_hold_the_figures_of_the_page():
    page = told("finance", "/ako/finance/2008/contributions/")
    response = client_of("finance").get("/ako/finance/2008/contributions.csv")
    content = b"".join(response).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert [row["share"] for row in rows] == [
        f"{row.share:.2f}".replace(".", ",") for row in (*page.rows, page.total)
    ]
    assert rows[-1]["carried_over"].startswith("-896")
    book = client_of("finance").get("/ako/finance/2008/contributions.xlsx")
    with CalamineWorkbook.from_filelike(io.BytesIO(book.content)) as workbook:
        table = workbook.get_sheet_by_index(0).to_python()
    assert [Decimal(str(row[3])) for row in table[-9:]] == [row.share for row in (*page.rows, page.total)]
