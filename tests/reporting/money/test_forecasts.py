"""A forecast is given by a person, and a deviation at the threshold is explained before it is taken."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from programme.models import CostCentre, Explanation, Forecast, Programme
from reporting.money.accounts import accounts_of, whole_of
from reporting.money.forecasts import forecast_of, save_forecast
from tests.factories import ako, the_period
from tests.personas import client_of

pytestmark = pytest.mark.django_db

PAGE = "/ako/finance/2009/forecasts/2009-T2/KP-2110/"
EXPLAINED = {
    "reason": "Kaavatyö siirtyy.",
    "corrective_action": "Palkataan apua.",
    "who_decides": "Seutuhallitus",
}


def the_centre():
    return CostCentre.objects.select_related("programme").get(code="KP-2110")


def the_forecast():
    return Forecast.objects.get(cost_centre=the_centre(), period=the_period())


def budget():
    return whole_of(accounts_of(the_centre(), the_period())).amended


def give(persona="coordinator-mr", **typed):
    return client_of(persona).post(PAGE, {"amount": f"{budget()}"} | typed)


@pytest.fixture(autouse=True)
def _nothing_given():
    Explanation.objects.filter(forecast__period=the_period()).delete()
    Forecast.objects.filter(period=the_period()).delete()


def test_a_forecast_near_the_budget_needs_no_words():
    assert give(amount=f"{budget() - 1}").status_code == 302
    forecast = the_forecast()
    assert (forecast.amount, forecast.origin) == (budget() - 1, "portal")
    assert not Explanation.objects.filter(forecast=forecast).exists()
    row = finance_row()
    assert (row["forecast"], row["must_explain"]) == (f"{budget() - 1:.2f}", False)


def finance_row():
    page = client_of("office").get("/ako/finance/2009/", {"period": "2009-T2"})
    [row] = [row for row in page.context["finance"]["rows"] if row["code"] == "KP-2110"]
    return row


@pytest.mark.parametrize("sign", [1, -1])
def test_at_the_threshold_the_reason_the_measure_and_who_decides_are_demanded(sign):
    at = budget() + sign * min(ako().deviation_euros, budget() * ako().deviation_percent / 100)
    response = give(amount=f"{at:.2f}", effect="Ei vaikutusta tuloksiin.")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"reason", "corrective_action", "who_decides"}
    assert "Ei vaikutusta tuloksiin." in response.content.decode()
    assert not Forecast.objects.filter(period=the_period()).exists()
    assert give(amount=f"{at:.2f}", **EXPLAINED).status_code == 302
    assert the_forecast().explanation.reason == EXPLAINED["reason"]
    row = finance_row()
    assert (row["must_explain"], row["explanation"]) == (True, EXPLAINED["reason"])


def test_a_cent_under_the_threshold_is_free():
    threshold = min(ako().deviation_euros, budget() * ako().deviation_percent / 100)
    assert give(amount=f"{budget() + threshold - Decimal('0.01'):.2f}").status_code == 302


def test_the_form_opens_on_what_was_explained_and_saved_as_it_is_loses_nothing():
    give(effect="Ei vaikutusta.", **EXPLAINED)
    form = client_of("finance").get(PAGE).context["form"]
    names = ("amount", "reason", "effect", "corrective_action", "who_decides")
    shown = {name: form[name].value() for name in names}
    assert shown["reason"] == EXPLAINED["reason"]
    assert client_of("finance").post(PAGE, shown | {"base": form["base"].value()}).status_code == 302
    kept = the_forecast().explanation
    assert (kept.reason, kept.effect) == (EXPLAINED["reason"], "Ei vaikutusta.")


def test_an_explanation_that_is_emptied_goes_where_none_is_demanded():
    give(**EXPLAINED)
    give(amount=f"{budget()}", reason="", corrective_action="", who_decides="")
    assert not Explanation.objects.filter(forecast=the_forecast()).exists()


@pytest.mark.parametrize("amount", ["", "paljon", "-5", "1,005"])
def test_what_is_no_sum_is_kept_with_its_reason(amount):
    response = give(amount=amount, reason="Selite säilyy.")
    assert response.status_code == 422
    assert response.context["form"].errors["amount"]
    assert "Selite säilyy." in response.content.decode()


def test_two_who_give_at_once_lose_no_word():
    page = client_of("finance").get(PAGE)
    base = page.context["form"]["base"].value()
    give(reason="Koordinaattorin selite.")
    response = client_of("finance").post(
        PAGE, {"amount": f"{budget()}", "reason": "Taloussihteerin selite.", "base": base}
    )
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Koordinaattorin selite." in shown
    assert "Taloussihteerin selite." in shown
    assert the_forecast().explanation.reason == "Koordinaattorin selite."


def test_what_another_wrote_into_other_cells_stays_beside_ones_own():
    base = json.dumps(dict.fromkeys(("amount", "reason", "effect", "corrective_action", "who_decides"), ""))
    give(reason="Koordinaattorin selite.")
    saved = client_of("finance").post(
        PAGE, {"amount": f"{budget()}", "effect": "Ei vaikutusta.", "base": base}
    )
    assert saved.status_code == 302
    explanation = the_forecast().explanation
    assert (explanation.reason, explanation.effect) == ("Koordinaattorin selite.", "Ei vaikutusta.")


def test_a_closed_round_or_programme_takes_none():
    assert client_of("finance").get(PAGE.replace("2009-T2", "2009-T1")).status_code == 403
    with pytest.raises(ValidationError):
        save_forecast(the_centre(), the_period("2009-T1"), values={"amount": Decimal(1)}, base={})
    Programme.objects.filter(pk=ako().pk).update(closed_on="2009-09-09")
    assert client_of("finance").get(PAGE).status_code == 403


def test_the_way_there_stands_where_the_forecast_is_missing():
    page = client_of("coordinator-mr").get("/ako/finance/2009/", {"period": "2009-T2"}).content.decode()
    assert PAGE in page
    assert PAGE.replace("KP-2110", "KP-2120") not in page
    assert PAGE not in client_of("auditor").get("/ako/finance/2009/?period=2009-T2").content.decode()


def test_the_cells_of_a_forecast_that_nobody_gave_are_empty():
    forecast = forecast_of(the_centre(), the_period())
    assert (forecast.pk, forecast.amount, vars(forecast)["reason"]) == (None, None, "")


def test_who_may_not_is_told_all_who_may():
    refused = client_of("member-mr").get(PAGE)
    assert refused.status_code == 403
    assert "koordinaattorit, ohjelmatoimisto ja taloussihteeri" in refused.text
