"""The finance officer's desk: what waits for figures, on its way, for a forecast or an explanation."""

import datetime
from decimal import Decimal

import pytest

from programme import clock
from programme.ledger import acting, jobs
from programme.models import Account, CostCentre, Explanation, Forecast, LedgerImport, ReportingPeriod
from programme.models.finance import Origin
from tests.factories import ako, the_period
from tests.personas import client_of, person
from tests.programme.ledger.files import ROWS, as_csv, brought_in, checked

pytestmark = pytest.mark.django_db


def laid():
    return client_of("finance").get("/desk/").context["finance"]


def page():
    return client_of("finance").get("/desk/").content.decode()


def figures(code="2009-T2"):
    return next(row for row in laid().periods if row.period.code == code)


def revert_all():
    for made in LedgerImport.objects.filter(reverted_at=None):
        acting.revert(made, actor=person("finance"), reason="Väärä kausi")


def brought(*rows):
    """Bring in rows, confirm and write them."""
    file = checked(as_csv(rows))
    acting.confirm(
        file,
        actor=person("finance"),
        stated_total=Decimal(file.findings["total"]),
        version=file.version,
        further_lines=file.findings["further_lines"],
    )
    jobs.write_import(file.pk)


def row(day, centre="2110", voucher="X1"):
    return (voucher, "1", day, centre, "4340", "Kartat", "10,00")


def test_only_who_keeps_the_money_has_it_on_the_desk():
    assert {
        who: client_of(who).get("/desk/").context["finance"] for who in ("office", "auditor", "chair-mr")
    } == {
        "office": None,
        "auditor": None,
        "chair-mr": None,
    }


def test_a_period_without_entries_waits_for_all_of_its_months():
    revert_all()
    told = figures()
    assert (told.is_waiting, told.reaches) == (True, None)
    assert told.missing == [(datetime.date(2009, 1, 1), told.period.ledger_cut_off)]
    assert "/ako/finance/import/new/" in page()


def test_a_period_waits_for_every_month_without_expenses():
    revert_all()
    brought(*(row(f"15.{month}.2009", voucher=f"X{month}") for month in (1, 2, 5, 6)))
    told, text = figures(), page()
    assert (told.is_waiting, told.reaches) == (True, datetime.date(2009, 6, 15))
    assert told.missing == [
        (datetime.date(2009, 3, 1), datetime.date(2009, 4, 30)),
        (datetime.date(2009, 7, 1), told.period.ledger_cut_off),
    ]
    assert text.count("Kirjanpidosta puuttuvat menot ajalta") == 2
    brought(row("3.8.2009", voucher="X8"), row("3.7.2009", voucher="X7"))
    assert figures().missing == [(datetime.date(2009, 3, 1), datetime.date(2009, 4, 30))]
    assert figures().is_waiting
    brought(row("3.3.2009", voucher="X3"), row("3.4.2009", voucher="X4"))
    assert (figures().is_waiting, figures().missing) == (False, [])


def test_a_cut_off_after_new_year_demands_the_months_of_its_own_year(settings):
    revert_all()
    ReportingPeriod.objects.filter(code="2009-TP").update(ledger_cut_off="2010-01-31")
    brought(row("15.1.2010"), *(row(f"15.{month}.2009", voucher=f"X{month}") for month in range(1, 12)))
    settings.TODAY = datetime.date(2010, 1, 10)
    told = figures("2009-TP")
    assert told.reaches == datetime.date(2010, 1, 15)
    assert told.missing == [(datetime.date(2009, 12, 1), datetime.date(2009, 12, 31))]


def test_an_entry_after_the_cut_off_is_none_of_the_period():
    revert_all()
    ReportingPeriod.objects.filter(code="2009-T2").update(ledger_cut_off="2009-08-15")
    brought(row("20.8.2009"))
    assert figures().reaches is None


def test_cost_centres_with_a_budget_and_without_expenses_are_named():
    revert_all()
    brought(row("3.8.2009", "2110"))
    without = {centre.number for centre in figures().without}
    assert without == set(
        CostCentre.objects.filter(budgetlines__budget__year=2009, budgetlines__account__isnull=False)
        .exclude(number="2110")
        .values_list("number", flat=True)
    )
    assert without


def test_income_is_no_figure_of_expenses():
    revert_all()
    income = Account.objects.filter(programme=ako(), kind=Account.Kind.INCOME).first()
    brought(("X1", "1", "3.8.2009", "2110", income.number, "Tulo", "-10,00"))
    assert figures().reaches is None


def test_a_cut_off_that_comes_within_a_month_is_on_the_desk(settings):
    settings.TODAY = datetime.date(2009, 8, 10)
    told = figures()
    assert (told.is_past, told.period.code) == (False, "2009-T2")
    settings.TODAY = datetime.date(2009, 7, 10)
    assert [row.period.code for row in laid().periods] == ["2009-T1"]
    assert laid().next_period.code == "2009-T2"


def test_files_on_their_way_lead_to_their_next_act():
    brought_in(as_csv(ROWS[:1]), "sarakkeet.csv")
    checked(as_csv(ROWS[:2]), "valmis.csv")
    checked(as_csv([("9009", "1", "1.9.2009", "2140", "4340", "", "1,00")]), "virheet.csv")
    brought_in(b"%PDF-1.7", "paperi.pdf")
    acts = {row.file.attachment.name: (bool(row.act), row.faults) for row in laid().ledger.files}
    assert acts == {
        "sarakkeet.csv": (True, 0),
        "valmis.csv": (True, 0),
        "virheet.csv": (True, 1),
        "paperi.pdf": (True, 0),
    }
    assert len({row.act for row in laid().ledger.files}) == 4


def test_a_file_that_is_imported_or_left_out_has_left_the_desk():
    brought(row("3.8.2009"))
    acting.drop(brought_in(as_csv(ROWS)))
    assert laid().ledger.files == []


@pytest.fixture
def forecasts():
    """Give every cost centre with a budget a forecast that comes to it: nothing is to be explained."""
    period = the_period()
    Explanation.objects.filter(forecast__period=period).delete()
    Forecast.objects.filter(period=period).delete()
    for row in client_of("finance").get("/ako/finance/2009/?period=2009-T2").context["finance"]["rows"]:
        centre = CostCentre.objects.get(code=row["code"])
        Forecast.objects.create(period=period, cost_centre=centre, amount=row["amended"])
    return Forecast.objects.filter(period=period)


def test_all_given_and_explained_is_said(forecasts):
    told = laid()
    assert (told.without_forecast, told.unexplained, told.forecasts_waiting) == ([], [], 0)


def test_a_missing_forecast_leads_to_its_form(forecasts):
    forecasts.get(cost_centre__code="KP-2110").delete()
    assert [centre.code for centre in laid().without_forecast] == ["KP-2110"]
    address = "/ako/finance/2009/forecasts/2009-T2/KP-2110/"
    assert address in page()
    assert client_of("finance").get(address).status_code == 200


@pytest.mark.parametrize(
    ("euros", "percent", "off", "is_missing"),
    [("5000", "100", "4999.99", False), ("5000", "100", "5000", True), ("999999", "0.01", "1000", True)],
)
def test_a_deviation_is_to_be_explained_at_the_threshold_and_over_it(
    forecasts, euros, percent, off, is_missing
):
    programme = ako()
    programme.deviation_euros, programme.deviation_percent = euros, percent
    programme.save()
    forecast = forecasts.get(cost_centre__code="KP-2110")
    forecasts.filter(pk=forecast.pk).update(amount=forecast.amount + Decimal(off))
    assert [row.forecast.pk for row in laid().unexplained] == ([forecast.pk] if is_missing else [])


def test_a_forecast_of_zero_of_a_budget_of_zero_needs_no_explanation(forecasts):
    centre = CostCentre.objects.get(programme=ako(), code="KP-2130")
    empty = CostCentre.objects.create(programme=ako(), code="KP-X", number="2199", name_fi="Uusi")
    forecasts.filter(cost_centre=centre).update(cost_centre=empty, amount=0)
    assert laid().unexplained == []
    rows = client_of("finance").get("/ako/finance/2009/?period=2009-T2").context["finance"]["rows"]
    assert {row["code"]: row["must_explain"] for row in rows}["KP-X"] is False
    forecasts.filter(cost_centre=empty).update(amount=1)
    assert [row.forecast.cost_centre for row in laid().unexplained] == [empty]


def test_an_explanation_says_what_is_done_and_who_decides_unless_it_was_loaded(forecasts):
    forecast = forecasts.get(cost_centre__code="KP-2110")
    forecasts.filter(pk=forecast.pk).update(amount=forecast.amount + 100_000)
    explained = Explanation.objects.create(forecast=forecast, reason="Kalliimpi kuin arvioitiin.")
    assert len(laid().unexplained) == 1
    forecasts.filter(pk=forecast.pk).update(origin=Origin.IMPORTED)
    assert laid().unexplained == []
    forecasts.filter(pk=forecast.pk).update(origin=Origin.PORTAL)
    Explanation.objects.filter(pk=explained.pk).update(corrective_action="Kilpailutus", who_decides="Johtaja")
    assert laid().unexplained == []


def test_without_an_open_round_the_desk_tells_when_the_next_one_opens():
    ReportingPeriod.objects.filter(code="2009-T2").update(
        opens_at=clock.at(datetime.date(2009, 9, 1), 8), closes_at=clock.at(datetime.date(2009, 9, 2), 8)
    )
    told = laid()
    assert (told.open_period, told.without_forecast, told.unexplained) == (None, [], [])
    upcoming = ReportingPeriod.objects.filter(opens_at__gt=clock.now()).order_by("opens_at").first()
    assert told.next_round == upcoming


def test_a_claim_that_is_not_sent_stands_on_the_desk_until_it_is(settings):
    assert laid().claims == []
    assert "Kaikki maksatushakemukset" in page()
    settings.TODAY = datetime.date(2010, 3, 1)
    [due] = laid().claims
    assert (due.is_late, due.address) == (True, "/ako/finance/claims/new/")
    assert due.label in page()
