"""Values of indicators: entered by themselves, corrected, accepted; or told with a follow-up, once."""

import datetime
import json
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from priorities.models import IndicatorValue
from programme import clock
from programme.models import Municipality, MunicipalityMembership, Programme, ReportingPeriod, Substitute
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
from workgroups import services
from workgroups.indicators import entering
from workgroups.indicators.series import series_of
from workgroups.models import FollowUpDraft

pytestmark = pytest.mark.django_db

ADDRESS = "/ako/indicators/IND-MR-1/values/2009-T2/"
PAGE = "/ako/indicators/IND-MR-1/"


def send(value, note="", *, persona="coordinator-mr", base=None, address=ADDRESS):
    seen = {"value": "", "note": ""} if base is None else base
    return client_of(persona).post(address, {"value": value, "note": note, "base": json.dumps(seen)})


def stored(**of):
    return IndicatorValue.objects.get(indicator=the_indicator(), period__code="2009-T2", **of)


def told(period="2009-T2", indicator="IND-MR-1"):
    found = the_indicator(indicator)
    cell = series_of([found])[found.pk].get(the_period(period).pk)
    return cell.told.value if cell and cell.told else None


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
    assert told() is None
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


# --- Acceptance ------------------------------------------------------------------------------------------


def test_nobody_accepts_what_they_entered_themselves():
    row = make_value(entered_by=person("chair-mr"))
    with pytest.raises(ValidationError, match=r"."):
        entering.accept_value(row, actor=person("chair-mr"))


def test_a_value_is_accepted_once():
    row = make_value()
    entering.accept_value(row, actor=person("chair-mr"))
    with pytest.raises(ValidationError, match=r"."):
        entering.accept_value(row, actor=person("chair-mr"))


def test_a_value_that_was_corrected_after_the_chairs_page_was_opened_is_not_accepted_unseen():
    row = make_value()
    seen = row.stamp
    row.value, row.entered_at = Decimal(5), row.entered_at + datetime.timedelta(minutes=1)
    row.save()
    client_of("chair-mr").post(f"{ADDRESS}accept/", {"seen": seen})
    assert stored().waits
    client_of("chair-mr").post(f"{ADDRESS}accept/", {"seen": row.stamp})
    assert not stored().waits


def test_the_database_refuses_a_value_accepted_by_somebody_at_no_time():
    with pytest.raises(IntegrityError, match="a_judged_value_says_when"), transaction.atomic():
        make_value(accepted_by=person("chair-mr"))


def test_what_waits_stands_among_the_chairs_approvals_and_leads_back_there():
    make_value(note="Arvio kunnilta")
    chair = client_of("chair-mr")
    assert "Arvio kunnilta" in chair.get("/approvals/").content.decode()
    response = chair.post(f"{ADDRESS}accept/?to=approvals")
    assert response["Location"] == "/approvals/"
    assert "Arvio kunnilta" not in chair.get("/approvals/").content.decode()


def test_the_desk_of_a_coordinator_lists_what_has_no_word_yet():
    names = [
        row.code for row in entering.indicators_to_enter([the_indicator().ownership.group], the_period())
    ]
    assert names == ["IND-MR-1", "IND-MR-2", "IND-MR-3"]
    send("")
    measure_target(the_target("VT-2009-MR-2"), "IND-MR-2")
    names = [
        row.code for row in entering.indicators_to_enter([the_indicator().ownership.group], the_period())
    ]
    assert names == ["IND-MR-3"]
    assert f"{ADDRESS.replace('MR-1', 'MR-3')}" in client_of("coordinator-mr").get("/desk/").content.decode()


# --- Returning -------------------------------------------------------------------------------------------


def test_a_returned_value_is_told_to_nobody_and_its_reason_to_its_writer():
    row = make_value(note="Arvio")
    response = client_of("chair-mr").post(
        f"{ADDRESS}return/", {"reason": "Lähde puuttuu.", "seen": row.stamp}
    )
    assert response.status_code == 302
    assert (stored().waits, stored().returning_reason, stored().accepted_at) == (
        False,
        "Lähde puuttuu.",
        None,
    )
    assert told() is None
    for address in ("/desk/", PAGE, ADDRESS):
        assert "Lähde puuttuu." in client_of("coordinator-mr").get(address).content.decode()
    assert "Lähde puuttuu." not in client_of("coordinator-hp").get(PAGE).content.decode()
    assert "Lähde puuttuu." not in client_of("chair-mr").get("/approvals/").content.decode()


def test_a_returned_value_is_handed_over_anew_and_the_history_keeps_both():
    row = make_value()
    entering.return_value(row, actor=person("chair-mr"), reason="Lähde puuttuu.")
    send("80,5", "Kuntien tieto", base={"value": "80.5", "note": ""})
    assert stored().waits
    entering.accept_value(stored(), actor=person("chair-mr"))
    page = client_of("coordinator-mr").get(PAGE).content.decode()
    history = page[page.index('id="history"') :]
    assert "Lähde puuttuu." in history
    assert "Kuntien tieto" in history
    assert "Lähde puuttuu." not in client_of("coordinator-hp").get(PAGE).content.decode()


def test_what_was_returned_may_be_handed_over_as_it_was():
    entering.return_value(make_value(), actor=person("chair-mr"), reason="Onko tämä oikein?")
    send("80,5", base={"value": "80.5", "note": ""})
    assert stored().waits


def test_a_value_is_not_returned_without_a_reason_nor_by_its_writer_nor_twice():
    response = client_of("chair-mr").post(f"{ADDRESS}return/", {"reason": " "})
    assert response.status_code == 404
    row = make_value()
    assert client_of("chair-mr").post(f"{ADDRESS}return/", {"reason": " "}).status_code == 422
    with pytest.raises(ValidationError, match=r"."):
        entering.return_value(row, actor=person("coordinator-mr"), reason="Ei.")
    entering.return_value(row, actor=person("chair-mr"), reason="Lähde puuttuu.")
    for act in (entering.accept_value, partial(entering.return_value, reason="Taas.")):
        with pytest.raises(ValidationError, match=r"."):
            act(row, actor=person("chair-mr"))


def test_a_value_that_was_corrected_meanwhile_is_not_returned_unseen_and_the_reason_is_kept():
    row = make_value()
    seen = row.stamp
    row.value, row.entered_at = Decimal(5), row.entered_at + datetime.timedelta(minutes=1)
    row.save()
    response = client_of("chair-mr").post(f"{ADDRESS}return/", {"reason": "Lähde puuttuu.", "seen": seen})
    assert response.status_code == 409
    assert "Lähde puuttuu." in response.content.decode()
    assert stored().waits


def test_the_database_refuses_a_return_without_a_reason_and_a_value_both_accepted_and_returned():
    now = clock.now()
    with pytest.raises(IntegrityError, match="returning_a_value_has_a_reason"), transaction.atomic():
        make_value(returned_at=now)
    with pytest.raises(IntegrityError, match="a_value_is_accepted_or_returned"), transaction.atomic():
        make_value(returned_at=now, returning_reason="Ei.", accepted_at=now)


# --- Substitutes -----------------------------------------------------------------------------------------


def stand_in(absent, substitute):
    Substitute.objects.create(
        absent=person(absent), substitute=person(substitute), starts_on="2009-09-01", until="2009-09-30"
    )


def test_a_substitute_enters_and_accepts_in_their_own_name_and_both_names_stay():
    stand_in("coordinator-mr", "member-mr")
    stand_in("chair-mr", "chair-hp")
    assert send("80", persona="member-mr").status_code == 302
    row = stored()
    assert (row.entered_by, row.entered_for) == (person("member-mr"), person("coordinator-mr"))
    entering.accept_value(row, actor=person("chair-hp"))
    row = stored()
    assert (row.accepted_by, row.accepted_for) == (person("chair-hp"), person("chair-mr"))
    page = client_of("office").get(PAGE).content.decode()
    assert str(person("coordinator-mr")) in page
    assert str(person("member-mr")) in page


def test_no_substitute_judges_what_the_one_they_stand_in_for_entered():
    stand_in("chair-mr", "chair-hp")
    row = make_value(entered_by=person("chair-mr"))
    assert client_of("chair-hp").post(f"{ADDRESS}accept/").status_code == 403
    with pytest.raises(ValidationError, match=r"."):
        entering.accept_value(row, actor=person("chair-hp"))
    assert PAGE not in client_of("chair-hp").get("/approvals/").content.decode()


# --- Drafts ----------------------------------------------------------------------------------------------

DRAFT = f"{ADDRESS}draft/"
EMPTY = json.dumps({"value": "", "note": ""})


def keep_draft(value, note="", *, persona="coordinator-mr", drafted="", address=DRAFT, **headers):
    typed = {"value": value, "note": note, "base": EMPTY, "drafted": drafted}
    return client_of(persona).post(address, typed, headers=headers)


def the_draft(**of):
    return FollowUpDraft.objects.get(indicator=the_indicator(), **of)


def test_what_is_typed_is_kept_as_the_writers_own_and_stands_in_the_form_and_on_the_desk():
    assert keep_draft("83,", "Kesken").status_code == 302
    page = client_of("coordinator-mr").get(ADDRESS).content.decode()
    assert 'value="83,"' in page
    assert "Kesken" in page
    assert ADDRESS in client_of("coordinator-mr").get("/desk/").content.decode()
    for other in ("office", "chair-mr"):
        assert "Kesken" not in client_of(other).get(ADDRESS, follow=True).content.decode()
    assert not IndicatorValue.objects.filter(indicator=the_indicator(), period=the_period()).exists()


def test_a_draft_goes_when_it_is_handed_over_but_not_when_another_was_typed_since():
    keep_draft("83")
    typed = {"value": "83", "note": "", "base": EMPTY}
    client_of("coordinator-mr").post(ADDRESS, typed | {"drafted": "2009-01-01T00:00:00+00:00"})
    assert the_draft().typed["value"] == "83"
    stamp = the_draft().stamp
    base = json.dumps({"value": "83", "note": ""})
    client_of("coordinator-mr").post(ADDRESS, typed | {"value": "84", "base": base, "drafted": stamp})
    assert stored().value == 84
    assert not FollowUpDraft.objects.filter(indicator=the_indicator()).exists()


def test_a_refused_and_a_stale_form_are_kept_as_the_writers_draft():
    assert send("kahdeksan", "Arvio").status_code == 422
    assert the_draft().typed["value"] == "kahdeksan"
    client_of("coordinator-mr").post(DRAFT, {"discard": "yes"})
    make_value(value=Decimal(70))
    response = send("90", "Toinen arvio")
    assert response.status_code == 409
    draft = the_draft()
    assert (draft.typed["value"], draft.typed["note"]) == ("90", "Toinen arvio")
    assert json.loads(draft.typed["base"]) == {"value": "70", "note": ""}
    assert draft.stamp in response.content.decode()


def test_a_closed_round_keeps_what_was_sent_as_the_writers_draft():
    address = ADDRESS.replace("2009-T2", "2009-T1")
    response = send("71", "Korjattu luku", base={"value": "70", "note": ""}, address=address)
    assert response.status_code == 403
    assert the_draft(period__code="2009-T1").typed["note"] == "Korjattu luku"


def test_an_older_page_takes_nothing_from_what_was_typed_since():
    keep_draft("83", "Uusi")
    answer = keep_draft("80", "Vanha", **{"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer.json()["typed"]["note"] == "Uusi"
    page = keep_draft("80", "Vanha")
    assert page.status_code == 409
    assert "Uusi" in page.content.decode()
    assert "Vanha" in page.content.decode()


def test_each_place_has_its_own_draft():
    keep_draft("83")
    keep_draft("3", address=f"{ADDRESS}KUN-211/draft/")
    assert the_draft(municipality=None).typed["value"] == "83"
    assert the_draft(municipality__code="KUN-211").typed["value"] == "3"


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
