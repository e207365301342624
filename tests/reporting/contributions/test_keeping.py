"""Setting the key of a year and settling it: seen before saved, nothing half done, nothing written over."""

import datetime
import re
from decimal import Decimal

import pytest

from programme.models import (
    ContributionKey,
    ContributionShare,
    Municipality,
    MunicipalityMembership,
    MunicipalSettlement,
    Programme,
    ReportingPeriod,
)
from programme.trail import trail_of
from tests.factories import ako
from tests.personas import client_of
from tests.reporting.contributions.test_page import PAGE, amend

pytestmark = pytest.mark.django_db

KEY, SETTLEMENT = f"{PAGE}key/", f"{PAGE}settlement/"
POPULATIONS = {
    "KUN-211": "28 000",
    "KUN-418": "19 000",
    "KUN-536": "30 000",
    "KUN-562": "10 000",
    "KUN-604": "16 000",
    "KUN-837": "208 000",
    "KUN-922": "4 000",
    "KUN-980": "29 000",
}


def typed(**changes):
    cells = {f"population_{code}": count for code, count in POPULATIONS.items()}
    return {"counted_on": "31.12.2008", "source": "Tilastokeskus", "reason": "", **cells, **changes}


def opened(client, address=KEY):
    """Open the form and return its hidden cells."""
    form = client.get(address).context["form"]
    return {"base": form["base"].value()}


def seen_in(response):
    found = re.search(r'name="seen" value="([^"]+)"', response.content.decode())
    return {"seen": found[1]} if found else {}


def shares(year=2009):
    rows = ContributionShare.objects.filter(year=year)
    return dict(rows.values_list("municipality__code", "amount"))


def without_shares(year=2009):
    ContributionShare.objects.filter(year=year).delete()
    ContributionKey.objects.filter(year=year).delete()


def test_the_first_key_shows_its_shares_before_anything_is_saved():
    before = shares()
    without_shares()
    client = client_of("finance")
    cells = opened(client)
    first = client.post(KEY, typed(compute="yes", **cells))
    assert first.status_code == 200
    assert {row.municipality.code: row.amount for row in first.context["proposal"].rows} == before
    assert shares() == {}
    second = client.post(KEY, typed(save="yes", **cells, **seen_in(first)))
    assert (second.status_code, second["Location"]) == (302, PAGE)
    assert shares() == before
    key = ContributionKey.objects.get(year=2009)
    assert (key.counted_on, key.source) == (datetime.date(2008, 12, 31), "Tilastokeskus")


def test_what_was_not_seen_is_not_saved():
    without_shares()
    client = client_of("finance")
    cells = opened(client)
    response = client.post(KEY, typed(save="yes", **cells))
    assert response.status_code == 409
    assert shares() == {}
    seen = seen_in(response)
    amend("1000")
    again = client.post(KEY, typed(save="yes", **cells, **seen))
    assert again.status_code == 409
    assert again.context["proposal"].income == 254_000
    assert client.post(KEY, typed(save="yes", **cells, **seen_in(again))).status_code == 302
    assert sum(shares().values()) == 254_000


def test_after_an_amendment_the_form_shows_what_changes_and_asks_why():
    amend("1000")
    client = client_of("finance")
    form = client.get(KEY)
    proposal = form.context["proposal"]
    assert (proposal.saved, proposal.income, proposal.change) == (253_000, 254_000, 1_000)
    cells = {**opened(client), **seen_in(form)}
    refused = client.post(KEY, typed(save="yes", **cells))
    assert refused.status_code == 422
    assert "reason" in refused.context["form"].errors
    assert refused.context["proposal"].income == 254_000
    assert sum(shares().values()) == 253_000
    done = client.post(KEY, typed(save="yes", **cells, reason="Talousarvion muutos 1.9."))
    assert done.status_code == 302
    assert sum(shares().values()) == 254_000
    assert ContributionKey.objects.get(year=2009).reason == "Talousarvion muutos 1.9."
    event = trail_of(ContributionShare).filter(year=2009, municipality__code="KUN-837").latest("pgh_id")
    assert event.amount == shares()["KUN-837"]


def test_what_is_wrong_is_told_at_its_cell_and_what_was_typed_is_kept():
    client = client_of("finance")
    cells = opened(client)
    wrong = {"population_KUN-211": "noin 5", "population_KUN-418": "-1", "source": ""}
    response = client.post(KEY, typed(compute="yes", **{**cells, **wrong}))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"population_KUN-211", "population_KUN-418", "source"}
    page = response.content.decode()
    assert 'value="noin 5"' in page
    assert 'value="30 000"' in page


def test_nobody_to_share_among_is_refused():
    nobody = {f"population_{code}": "0" for code in POPULATIONS}
    client = client_of("finance")
    response = client.post(KEY, typed(compute="yes", **opened(client), **nobody))
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()


def test_of_two_who_change_the_same_population_the_second_sees_both():
    client = client_of("finance")
    cells = opened(client)
    mine = {"population_KUN-211": "28 500"}
    seen = seen_in(client.post(KEY, typed(compute="yes", **cells, **mine)))
    ContributionShare.objects.filter(year=2009, municipality__code="KUN-211").update(population=28_100)
    response = client.post(KEY, typed(save="yes", reason="Tarkistus", **cells, **mine, **seen))
    assert response.status_code == 409
    [(_label, yours, saved)] = response.context["form"].differing
    assert (yours.replace("\u00a0", " "), saved.replace("\u00a0", " ")) == ("28 500", "28 100")
    assert ">\nTarkistus</textarea>" in response.content.decode()
    again = {"base": response.context["form"]["base"].value(), **seen_in(response)}
    sent = client.post(KEY, typed(save="yes", reason="Tarkistus", **again, **mine))
    assert sent.status_code == 302
    share = ContributionShare.objects.get(year=2009, municipality__code="KUN-211")
    assert share.population == 28_500


def test_a_settled_year_keeps_its_key():
    response = client_of("finance").get("/ako/finance/2008/contributions/key/")
    assert response.status_code == 403
    assert "tasattu" in response.content.decode()


def test_a_closed_programme_takes_no_key():
    Programme.objects.filter(pk=ako().pk).update(closed_on=datetime.date(2009, 9, 9))
    assert client_of("finance").get(KEY).status_code == 403


def test_a_municipality_that_joins_or_leaves_is_in_the_keys_of_its_years():
    left = Municipality.objects.get(code="KUN-562")
    MunicipalityMembership.objects.filter(municipality=left).update(until="2008-12-31")
    client = client_of("finance")
    form = client.get(KEY)
    assert "population_KUN-562" not in form.context["form"].fields
    cells = {**opened(client), **seen_in(form), "reason": "Orivesi erosi."}
    assert client.post(KEY, typed(save="yes", **cells)).status_code == 302
    assert set(shares()) == set(POPULATIONS) - {"KUN-562"}
    assert sum(shares().values()) == 253_000


# --- The settlement ---------------------------------------------------------------------------------------


@pytest.fixture
def after_the_year(settings):
    settings.TODAY = datetime.date(2010, 2, 15)


def settlement_of_2009():
    return MunicipalSettlement.objects.get(period__year=2009, period__programme=ako())


def test_a_year_is_settled_when_it_has_ended():
    response = client_of("finance").get(SETTLEMENT)
    assert response.status_code == 403
    assert "31.12.2009" in response.content.decode()


def test_what_is_not_used_is_carried_and_shared_out(after_the_year):
    client = client_of("finance")
    values = {"billed": "253 000", "used": "254 731,55", "text": "Katetaan ennakoilla."}
    response = client.post(SETTLEMENT, values | opened(client, SETTLEMENT))
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}#settlement")
    assert settlement_of_2009().carried_over == Decimal("-1731.55")
    page = client.get(PAGE).context["told"]
    assert sum(row.settled.carried_over for row in page.rows) == Decimal("-1731.55")
    assert page.total.after == Decimal(22_389 - 896) - Decimal("1731.55")


def test_a_settlement_is_mended_and_of_two_menders_the_second_sees_both(after_the_year):
    client = client_of("finance")
    fresh = opened(client, SETTLEMENT)
    values = {"billed": "253000", "used": "250000", "text": ""}
    assert client.post(SETTLEMENT, values | fresh).status_code == 302
    stale = client.post(SETTLEMENT, values | {"used": "251000"} | fresh)
    assert stale.status_code == 409
    assert settlement_of_2009().used == 250_000
    mended = client.post(SETTLEMENT, values | {"used": "251000"} | opened(client, SETTLEMENT))
    assert mended.status_code == 302
    assert settlement_of_2009().carried_over == 2_000


def test_a_settlement_with_something_wrong_is_not_saved(after_the_year):
    client = client_of("finance")
    response = client.post(
        SETTLEMENT, {"billed": "paljon", "used": "-1", "text": "x"} | opened(client, SETTLEMENT)
    )
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"billed", "used"}
    assert not MunicipalSettlement.objects.filter(period__year=2009).exists()


def test_a_settlement_waits_for_shares_that_make_the_income(after_the_year):
    amend("1000")
    assert client_of("finance").get(SETTLEMENT).status_code == 403
    without_shares()
    assert client_of("finance").get(SETTLEMENT).status_code == 403


def test_a_year_with_a_later_one_settled_stays(after_the_year):
    client = client_of("finance")
    values = {"billed": "253000", "used": "250000", "text": ""} | opened(client, SETTLEMENT)
    year_end = ReportingPeriod.objects.create(
        programme=ako(),
        code="2010-TP",
        year=2010,
        kind=ReportingPeriod.Kind.YEAR_END,
        starts_on="2010-01-01",
        ends_on="2010-12-31",
        ledger_cut_off="2010-12-31",
        opens_at="2011-01-15T00:00Z",
        closes_at="2011-02-15T00:00Z",
    )
    MunicipalSettlement.objects.create(period=year_end, billed=0, used=0, carried_over=0)
    response = client.post(SETTLEMENT, values)
    assert response.status_code == 403
    assert "Myöhempi vuosi, 2010, on tasattu" in response.content.decode()
    assert not MunicipalSettlement.objects.filter(period__year=2009).exists()


def test_years_are_settled_in_their_order(after_the_year):
    MunicipalSettlement.objects.filter(period__year=2008).delete()
    response = client_of("finance").get(SETTLEMENT)
    assert response.status_code == 403
    assert "Tasaa ensin 2008." in response.content.decode()
    assert SETTLEMENT not in client_of("finance").get(PAGE).content.decode()


def test_an_earlier_year_that_was_passed_by_is_not_waited_for(after_the_year):
    MunicipalSettlement.objects.filter(period__year=2007).delete()
    assert client_of("finance").get(SETTLEMENT).status_code == 200


def test_a_settlement_that_a_frozen_report_tells_stays():
    response = client_of("finance").get("/ako/finance/2008/contributions/settlement/")
    assert response.status_code == 403
    assert "jäädytetty" in response.content.decode()
