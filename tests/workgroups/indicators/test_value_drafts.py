"""What is being typed of a value: kept as its writer's own, whatever becomes of the form."""

import json
from decimal import Decimal

import pytest

from priorities.models import IndicatorValue
from tests.factories import (
    make_value,
    the_indicator,
    the_period,
)
from tests.personas import client_of
from tests.workgroups.indicators.steps import ADDRESS, send, stored
from workgroups.models import FollowUpDraft

pytestmark = pytest.mark.django_db


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
