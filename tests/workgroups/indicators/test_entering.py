"""Values of indicators: entered by themselves, corrected, accepted; or told with a follow-up, once."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from priorities.models import IndicatorValue
from programme import clock
from programme.models import Municipality, MunicipalityMembership, Programme, ReportingPeriod
from programme.trail import trail_of
from tests.factories import (
    ako,
    make_follow_up,
    make_target,
    make_value,
    measure_target,
    the_indicator,
    the_period,
    the_target,
)
from tests.personas import client_of, person
from tests.workgroups.indicators.steps import ADDRESS, PAGE, send, stored, told
from workgroups import services
from workgroups.indicators import entering
from workgroups.indicators.series import series_of

pytestmark = pytest.mark.django_db


def reopen(code):
    ReportingPeriod.objects.filter(code=code).update(
        reopened_until=clock.now() + datetime.timedelta(days=1), reopening_reason="Kunta korjasi tiedon."
    )


def test_a_value_is_read_with_a_decimal_comma_and_waits_for_the_chair():
    assert send("1 085,5", "Koordinaattorin arvio").status_code == 302
    row = stored()
    assert (row.value, row.note, row.entered_by, row.waits) == (
        Decimal("1085.5"),
        "Koordinaattorin arvio",
        person("coordinator-mr"),
        True,
    )
    assert told() is None
    entering.accept_value(row, actor=person("chair-mr"))
    assert told() == Decimal("1085.5")


@pytest.mark.parametrize(("typed", "told"), [("-5", "−5"), ("150", "150"), ("100", ""), ("0", "")])
def test_what_is_unlikely_in_its_unit_is_told_to_its_writer_and_to_the_chair(typed, told):
    send(typed)
    sentence = f"Arvo {told} % on välin 0–100 % ulkopuolella."
    page = client_of("coordinator-mr").get(PAGE).text.replace("\xa0", " ")
    approvals = client_of("chair-mr").get("/approvals/").text.replace("\xa0", " ")
    assert (sentence in page, sentence in approvals) == (bool(told), bool(told))


def test_what_was_accepted_is_told_until_its_correction_is_accepted():
    send("72")
    entering.accept_value(stored(), actor=person("chair-mr"))
    seen = {"value": "72", "note": ""}
    send("", "Tieto perutaan", base=seen)
    assert (stored().value, stored().waits, told()) == (None, True, Decimal(72))
    page = client_of("coordinator-hp").get(PAGE).content.decode()
    row = page[page.index('<tr id="2009-T2">') :].partition("</tr>")[0]
    assert "72" in row
    assert "korjaus odottaa hyväksyntää" in row
    entering.return_value(stored(), actor=person("chair-mr"), reason="Mistä tieto on?")
    assert told() == Decimal(72)
    send("71", base={"value": "", "note": "Tieto perutaan"})
    entering.accept_value(stored(), actor=person("chair-mr"))
    assert told() == Decimal(71)


def test_an_empty_value_says_that_it_is_not_known_and_is_never_zero():
    send("")
    assert stored().value is None
    page = client_of("coordinator-mr").get(PAGE).content.decode()
    assert "odottaa hyväksyntää" in page
    entering.accept_value(stored(), actor=person("chair-mr"))
    page = client_of("coordinator-mr").get(PAGE).content.decode()
    row = page[page.index('<tr id="2009-T2">') :].partition("</tr>")[0]
    assert "<span>–</span>" in row
    assert "ei tiedossa" in row
    assert ">0<" not in row


def test_zero_is_a_value():
    send("0")
    entering.accept_value(stored(), actor=person("chair-mr"))
    page = client_of("coordinator-mr").get(PAGE).content.decode()
    row = page[page.index('<tr id="2009-T2">') :].partition("</tr>")[0]
    assert "<span>0</span>" in row


@pytest.mark.parametrize("typed", ["kahdeksan", "8,123", "12345678901234567"])
def test_what_is_no_such_number_is_said_at_its_field_and_kept(typed):
    response = send(typed, "Arvio")
    assert response.status_code == 422
    assert typed in response.content.decode()
    assert not IndicatorValue.objects.filter(period__code="2009-T2", indicator=the_indicator()).exists()


def test_a_correction_waits_anew_and_what_stood_before_stays_in_the_history():
    send("80", "Arvio")
    entering.accept_value(stored(), actor=person("chair-mr"))
    send("82,5", "Tarkistettu", base={"value": "80", "note": "Arvio"})
    assert (stored().value, stored().waits, stored().accepted_by) == (Decimal("82.5"), True, None)
    assert told() == Decimal(80)
    entering.accept_value(stored(), actor=person("chair-mr"))
    trail = trail_of(IndicatorValue).filter(pgh_obj_id=stored().pk).order_by("pgh_id")
    assert [(row.value, row.accepted_at is not None) for row in trail] == [
        (Decimal(80), False),
        (Decimal(80), True),
        (Decimal("82.5"), False),
        (Decimal("82.5"), True),
    ]
    page = client_of("coordinator-mr").get(PAGE).content.decode()
    history = page[page.index('id="history"') :]
    assert "82,5 %" in history.replace("\xa0", " ")
    assert "80 %" in history.replace("\xa0", " ")
    assert str(person("chair-mr")) in history


def test_a_stale_form_is_answered_with_both_values_and_nothing_is_saved():
    send("80", "Arvio")
    response = send("90", "Toinen arvio", persona="office")
    page = response.content.decode()
    assert response.status_code == 409
    assert "80" in page
    assert "90" in page
    assert "Toinen arvio" in page
    assert stored().value == 80


def test_two_who_change_different_cells_lose_nothing():
    send("80", "Arvio")
    base = {"value": "80", "note": "Arvio"}
    send("81", "Arvio", base=base)
    assert send("80", "Kunnan tieto", persona="office", base=base).status_code == 302
    assert (stored().value, stored().note) == (81, "Kunnan tieto")


def test_the_same_form_sent_twice_is_stored_once():
    send("80", "Arvio")
    send("80", "Arvio")
    assert trail_of(IndicatorValue).filter(pgh_obj_id=stored().pk).count() == 1


def test_a_closed_round_refuses_gives_back_what_was_typed_and_takes_it_when_reopened():
    address = ADDRESS.replace("2009-T2", "2009-T1")
    base = {"value": "70", "note": ""}
    response = send("71", "Korjattu luku", base=base, address=address)
    assert response.status_code == 403
    assert "Korjattu luku" in response.content.decode()
    with pytest.raises(ValidationError, match=r"."):
        services.must_be_open(the_period("2009-T1"))
    reopen("2009-T1")
    assert send("71", "Korjattu luku", base=base, address=address).status_code == 302


def test_a_closed_programme_takes_no_value():
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-09")
    assert send("80").status_code == 403


def test_municipalities_are_those_of_the_periods_last_day_and_each_has_its_own_value():
    send("80")
    send("3,5", address=f"{ADDRESS}KUN-211/")
    kangasala = Municipality.objects.get(code="KUN-211")
    assert stored(municipality=kangasala).value == Decimal("3.5")
    assert stored(municipality=None).value == 80
    MunicipalityMembership.objects.filter(municipality=kangasala).update(until="2009-06-30")
    assert client_of("office").get(f"{ADDRESS}KUN-211/").status_code == 404
    assert client_of("office").get(ADDRESS.replace("2009-T2", "2009-T1") + "KUN-211/").status_code == 403


def test_the_regions_value_is_never_added_up_from_those_of_the_municipalities():
    for code in ("KUN-211", "KUN-980"):
        make_value(municipality=code, value=Decimal(40), accepted_at=clock.now())
    assert told() is None
    page = client_of("coordinator-mr").get(PAGE).content.decode()
    assert '<td class="number">–</td></tr></tfoot>' in page
    assert page.count('<td class="number">40</td>') == 2


def test_a_municipalitys_accepted_value_too_is_told_until_its_correction_is_accepted():
    value = make_value(municipality="KUN-211", value=Decimal(41), accepted_at=clock.now())
    value.value, value.accepted_at = Decimal(43), None
    value.save()
    row = client_of("coordinator-hp").get(PAGE).content.decode().partition('id="municipalities"')[2]
    assert '<td class="number">41</td>' in row
    own = client_of("coordinator-mr").get(PAGE).content.decode().partition('id="municipalities"')[2]
    assert "odottaa hyväksyntää: 43" in own


# --- Told with a follow-up -------------------------------------------------------------------------------


def submit(target, value):
    return services.submit_follow_up(
        target,
        the_period(),
        actor=person("coordinator-mr"),
        version=0,
        values={"status": "on_track", "text": "Etenee.", "indicator_value": Decimal(value)},
    )


def test_a_value_told_with_a_follow_up_stands_in_the_series_once_it_is_accepted():
    target = the_target("VT-2009-MR-2")
    measure_target(target)
    said = submit(target, "77.5")
    assert told() is None
    services.accept_follow_up(said, actor=person("chair-mr"), version=said.version)
    assert told() == Decimal("77.5")
    assert not IndicatorValue.objects.filter(indicator=the_indicator(), period=the_period()).exists()


def test_a_returned_follow_up_tells_no_value():
    target = the_target("VT-2009-MR-2")
    measure_target(target)
    said = submit(target, "77.5")
    services.return_follow_up(said, actor=person("chair-mr"), version=said.version, reason="Tarkista.")
    cells = series_of([the_indicator()])[the_indicator().pk]
    assert the_period().pk not in cells


def test_the_region_s_value_is_not_entered_by_itself_where_a_follow_up_tells_it():
    measure_target(the_target("VT-2009-MR-2"))
    response = send("80")
    assert response.status_code == 403
    assert "VT-2009-MR-2" in response.content.decode()
    assert send("3", address=f"{ADDRESS}KUN-211/").status_code == 302


def test_where_the_follow_up_was_accepted_without_a_value_it_may_be_entered_by_itself():
    target = the_target("VT-2009-MR-2")
    measure_target(target)
    make_follow_up(target)
    assert send("80").status_code == 302


def test_two_targets_of_a_year_do_not_tell_one_series():
    measure_target(the_target("VT-2009-MR-2"))
    with (
        pytest.raises(IntegrityError, match="one_measured_target_per_indicator_and_year"),
        transaction.atomic(),
    ):
        measure_target(make_target())


def test_an_indicator_without_a_group_is_entered_by_nobody():
    the_indicator().ownership.delete()
    assert client_of("office").get(ADDRESS).status_code == 404
    assert client_of("office").get(PAGE).status_code == 200


def test_the_samples_measured_targets_say_what_their_series_say():
    from_rows = {
        (row.indicator_id, row.period_id): row.value
        for row in IndicatorValue.objects.filter(municipality=None)
    }
    measured = {
        (row.indicator_id, said.period_id): said.indicator_value
        for indicator in ako().indicators.all()
        for row in indicator.measured_targets.all()
        for said in row.target.follow_ups.all()
    }
    assert len(measured) == 29
    assert {key: from_rows[key] for key in measured} == measured


def test_the_title_names_the_municipality_whose_value_it_is():
    client = client_of("coordinator-mr")
    pages = [
        client.get(f"/ako/indicators/IND-MR-2/values/2009-T2/{place}").text for place in ("", "KUN-211/")
    ]
    titles = [page.partition("<title>")[2].partition("</title>")[0] for page in pages]
    name = Municipality.objects.get(code="KUN-211").name_fi
    assert (name in titles[0], f"IND-MR-2 2009-T2, {name}" in titles[1]) == (False, True)
