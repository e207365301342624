"""Values of indicators: accepted or returned with a reason, by substitutes too; never one's own."""

import datetime
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from programme import clock
from programme.models import Substitute
from tests.factories import (
    make_value,
    measure_target,
    the_indicator,
    the_period,
    the_target,
)
from tests.personas import client_of, person
from tests.workgroups.indicators.steps import ADDRESS, PAGE, send, stored, told
from workgroups.indicators import entering

pytestmark = pytest.mark.django_db


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
