"""Figures of the follow-up: what each is called, what it leads to, and to which cent it is told."""

import csv
import io
from decimal import Decimal

import pytest

from programme.models import Account, CostCentre, Explanation, Forecast, FundingSource
from reporting.money.follow_up import By
from tests.factories import the_period
from tests.personas import client_of, make_browser
from tests.reporting.money.entries import book

pytestmark = pytest.mark.django_db

PAGE = "/ako/finance/2009/"


def page(persona="finance", address=PAGE, **chosen):
    response = client_of(persona).get(address, chosen)
    assert response.status_code == 200
    return response


def forecast_of(euros: str) -> Forecast:
    centre = CostCentre.objects.get(code="KP-2110")
    forecast, _made = Forecast.objects.update_or_create(
        period=the_period("2009-T2"), cost_centre=centre, defaults={"amount": Decimal(euros)}
    )
    return forecast


def explain(forecast: Forecast, **words: str) -> None:
    Explanation.objects.update_or_create(forecast=forecast, defaults={"reason": "Kilpailutus"} | words)


def cell(row, name):
    return next(cell for cell in row.cells if cell.column.name == name)


# --- Words --------------------------------------------------------------------------------------------------


def test_booked_income_and_funding_used_are_two_things():
    told = page(address="/ako/finance/2008/", period="2008-TP", by="source").text
    assert "Kirjattu tulo" in told
    assert "Käytetty rahoitus" in told
    assert "Osuus, %" in told
    assert "Se ei ole tiettyyn päivään mennessä kirjattu tulo" in told
    assert (
        "Kirjattu tulo"
        not in page(address="/ako/finance/2008/", period="2008-TP").context["follow_up"].caption
    )


def test_the_unit_governs_the_funding_too():
    euros = page(address="/ako/finance/2008/", period="2008-TP").context["funding"][0]
    thousands = page(address="/ako/finance/2008/", period="2008-TP", unit="thousand")
    assert thousands.context["funding"][0].amended != euros.amended
    assert len(thousands.context["funding"][0].amended) == len(euros.amended) - 2
    assert "31.12.2008, 1\u00a0000\u00a0€" in thousands.text


def test_the_chart_says_what_its_marks_are():
    assert "Katkoviiva" in page().text


def test_the_measure_is_named_as_the_decider_is():
    explain(forecast_of("100000"), corrective_action="Säästetään matkoista.", who_decides="Esittelijä")
    told = page(period="2009-T2").text
    assert 'Korjaava toimenpide: <span lang="fi">Säästetään matkoista.</span>' in told
    assert 'Kuka päättää: <span lang="fi">Esittelijä</span>' in told


# --- Cents --------------------------------------------------------------------------------------------------


def test_a_deviation_under_the_threshold_is_not_shown_as_at_it():
    forecast_of("175000.01")
    answer = page(period="2009-T2")
    [row] = [row for row in answer.context["follow_up"].rows if row.figures["code"] == "KP-2110"]
    assert cell(row, "deviation").shown == "+4\u00a0999,99"


def test_what_a_forecast_demands_tells_the_sign_of_the_deviation():
    client = client_of("finance")
    address = "/ako/finance/2009/forecasts/2009-T2/KP-2110/"
    over = client.post(address, {"amount": "190 000", "base": "{}"})
    assert over.status_code == 422
    assert "−10\u00a0000\u00a0€" in over.context["form"].errors["reason"][0]
    under = client.post(address, {"amount": "170 000", "base": "{}"})
    assert "+10\u00a0000\u00a0€" in under.context["form"].errors["reason"][0]


# --- What opens ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", By)
def test_every_actual_opens_the_entries_that_it_is_the_sum_of(by):
    book("1234.56")
    book("-99.50", voucher="9002", kind=Account.Kind.INCOME)
    book("-7", voucher="9003", kind=Account.Kind.INCOME, day=(2008, 3, 1))
    table = page(period="2009-T2", by=by).context["follow_up"]
    sign = -1 if by == By.SOURCE else 1
    opened = 0
    for row in (*table.rows, *([table.total] if table.total else [])):
        earlier = [year["actual"] for year in row.figures["earlier"]]
        for name, figure in (
            ("actual", row.figures["actual"]),
            ("earlier_0", earlier[0]),
            ("earlier_1", earlier[1]),
        ):
            link = cell(row, name).link
            if figure is None:
                assert link is None
                continue
            opened += 1
            assert sign * client_of("finance").get(link).context["whole"].euros == Decimal(figure)
    assert opened >= 3


def test_who_reads_no_entries_gets_no_links():
    for by in By:
        table = page("elected", by=by).context["follow_up"]
        assert [cell.link for row in table.rows for cell in row.cells if cell.link] == []


def test_a_source_leads_to_the_entries_of_its_account():
    source = FundingSource.objects.get(code="RL-VALTIO")
    book("-99.50", account=source.account)
    table = page(period="2009-T2", by="source").context["follow_up"]
    [row] = [row for row in table.rows if row.figures["code"] == "RL-VALTIO"]
    assert f"account={source.account.code}&kind=income" in cell(row, "actual").link


# --- An opened cost centre ----------------------------------------------------------------------------------


def test_an_opened_cost_centre_is_in_the_unit_of_the_page_with_its_total():
    answer = page(period="2009-T2", cost_centre="KP-2110", unit="thousand")
    table = answer.context["follow_up"]
    [row] = [row for row in table.rows if row.figures["code"] == "KP-2110"]
    total = answer.context["account_total"]
    for name in ("original", "amendments", "amended", "actual", "actual_percent"):
        assert total[name] == cell(row, name).shown
    assert total["amendments"].startswith("+")
    assert "Tilit, 1.1.–31.8.2009, 1\u00a0000\u00a0€" in answer.text
    assert f'<td class="number">{total["original"]}</td>' in answer.text


# --- What is not told ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", ["anonymous", "municipal"])
def test_who_is_told_the_task_alone_opens_it_with_its_files(persona):
    answer = page(persona)
    table = answer.context["follow_up"]
    assert (table.by, table.is_told) == (By.TASK, True)
    assert "ei kerrota" not in answer.text
    assert "/ako/finance/2009.xlsx" in answer.text
    rows = list(
        csv.DictReader(
            io.StringIO(b"".join(client_of(persona).get("/ako/finance/2009.csv")).decode("utf-8-sig")),
            delimiter=";",
        )
    )
    assert [row["actual"].replace(",", ".") for row in rows] == [answer.context["finance"]["total"]["actual"]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_that_is_not_told_says_why(kind):
    answer = make_browser().get(f"/ako/finance/2009.{kind}", {"by": "account"})
    assert answer.status_code == 404
    assert "ei ole kerrottu näin eriteltyä taulukkoa (Tili)" in answer.text


def test_a_year_of_which_nothing_is_told_leads_to_those_that_there_are():
    answer = page(address="/ako/finance/1999/")
    assert "Vuoden 1999 rahoista" in answer.text
    assert 'href="/ako/finance/2009/"' in answer.text
    assert "/ako/finance/2008/" in answer.text
