"""The settings of a programme: rounds, thresholds and bodies."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme import clock
from programme.models import Body, Programme, ReportingPeriod
from tests.factories import ako, make_meeting, the_period
from tests.personas import client_of, person

pytestmark = pytest.mark.django_db

SETTINGS = "/ako/settings/"


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def close_the_programme():
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-01")


# --- Rounds ----------------------------------------------------------------------------------------------


def change_round(code="2009-T2", **typed):
    given = {
        "opens_at": "1.9.2009 0.00",
        "closes_at": "11.9.2009 klo 16.00",
        "ledger_cut_off": "31.8.2009",
    }
    return client_of("office").post(f"{SETTINGS}rounds/{code}/", given | typed)


def test_the_dates_of_an_open_round_are_changed():
    assert change_round(closes_at="14.9.2009 klo 12.30", ledger_cut_off="31.7.2009").status_code == 302
    period = the_period()
    assert period.closes_at == clock.at(datetime.date(2009, 9, 14), 12, 30)
    assert period.ledger_cut_off == datetime.date(2009, 7, 31)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"closes_at": "31.8.2009 16.00", "opens_at": "30.8.2009 8.00"}, "closes_at"),
        ({"opens_at": "20.9.2009 8.00"}, "closes_at"),
        ({"opens_at": "1.5.2009 8.00"}, "opens_at"),
        ({"ledger_cut_off": "1.9.2009"}, "ledger_cut_off"),
        ({"closes_at": "perjantaina"}, "closes_at"),
        ({"closes_at": "9999-12-31T23:30:00+00:00"}, "closes_at"),
    ],
    ids=["in the past", "before opening", "into another round", "out of the period", "no moment", "no year"],
)
def test_dates_that_do_not_fit_are_told_at_the_field(typed, field):
    before = the_period()
    refused = change_round(**typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
    assert (the_period().opens_at, the_period().closes_at) == (before.opens_at, before.closes_at)


def add_round(**typed):
    given = {
        "year": "2010",
        "kind": "T1",
        "opens_at": "1.5.2010 0.00",
        "closes_at": "7.5.2010 16.00",
        "ledger_cut_off": "",
    }
    return client_of("office").post(f"{SETTINGS}rounds/new/", given | typed)


def test_a_new_period_has_the_days_of_its_kind():
    assert add_round().url == f"{SETTINGS}#2010-T1"
    period = the_period("2010-T1")
    assert (period.starts_on, period.ends_on) == (datetime.date(2010, 1, 1), datetime.date(2010, 4, 30))
    assert period.ledger_cut_off == datetime.date(2010, 4, 30)
    assert period.closes_at == clock.at(datetime.date(2010, 5, 7), 16)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"year": "2009", "opens_at": "1.10.2009 0.00", "closes_at": "7.10.2009 16.00"}, "kind"),
        ({"year": "2011"}, "year"),
        ({"closes_at": "30.4.2010 16.00"}, "closes_at"),
        ({"opens_at": "1.2.2010 0.00"}, "opens_at"),
        ({"ledger_cut_off": "1.5.2010"}, "ledger_cut_off"),
        ({"closes_at": ""}, "closes_at"),
    ],
    ids=["exists", "outside the programme", "before opening", "into another", "out of the period", "no end"],
)
def test_a_period_that_does_not_fit_is_told_at_the_field(typed, field):
    before = ReportingPeriod.objects.count()
    refused = add_round(**typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
    assert ReportingPeriod.objects.count() == before


def test_a_closed_round_keeps_its_dates():
    assert change_round("2009-T1").status_code == 403


def test_a_stale_form_of_a_round_overwrites_nothing():
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at=clock.at(datetime.date(2009, 9, 18), 16))
    stale = change_round(
        closes_at="15.9.2009 16.00", base=json.dumps({"closes_at": "2009-09-11T13:00:00+00:00"})
    )
    assert stale.status_code == 409
    assert [row[1:] for row in stale.context["form"].differing] == [
        ("ti 15.9.2009 klo\u00a016.00", "pe 18.9.2009 klo\u00a016.00")
    ]
    assert the_period().closes_at == clock.at(datetime.date(2009, 9, 18), 16)


def reopen(**typed):
    given = {"reopened_until": "16.9.2009 16.00", "reopening_reason": "Yksi ryhmä vastasi väärin."}
    return client_of("office").post(f"{SETTINGS}rounds/2009-T1/reopen/", given | typed)


def test_a_closed_round_is_reopened_with_a_reason_that_is_shown():
    assert reopen().status_code == 302
    period = the_period("2009-T1")
    assert (period.is_open, period.reopened_by) == (True, person("office"))
    assert "Yksi ryhmä vastasi väärin." in client_of("auditor").get(SETTINGS).content.decode()


def test_without_a_reason_or_into_the_past_a_round_is_not_reopened():
    assert list(reopen(reopening_reason=" ").context["form"].errors) == ["reopening_reason"]
    assert list(reopen(reopened_until="8.9.2009 16.00").context["form"].errors) == ["reopened_until"]
    assert the_period("2009-T1").reopened_until is None


def test_an_open_round_is_not_reopened():
    office = client_of("office")
    assert office.post(f"{SETTINGS}rounds/2009-T2/reopen/").status_code == 403
    told = office.get(f"{SETTINGS}rounds/2009-T2/reopen/").text
    assert ("Tätä ei voi nyt tehdä" in told, "Oikeudet perustuvat" in told) == (True, False)
    assert f'href="{SETTINGS}rounds/2009-T2/"' in told


def test_the_dates_of_a_closed_round_are_refused_by_its_state_and_led_to_its_reopening():
    told = client_of("office").get(f"{SETTINGS}rounds/2009-T1/").text
    assert ("Tätä ei voi nyt tehdä" in told, "Oikeudet perustuvat" in told) == (True, False)
    assert f'href="{SETTINGS}rounds/2009-T1/reopen/"' in told


# --- Thresholds ------------------------------------------------------------------------------------------


def test_thresholds_are_changed():
    typed = {"deviation_percent": "7,5", "deviation_euros": "10 000"}
    assert client_of("office").post(f"{SETTINGS}thresholds/", typed).status_code == 302
    assert (ako().deviation_percent, ako().deviation_euros) == (7.5, 10000)


def test_a_closed_programme_keeps_its_settings():
    close_the_programme()
    typed = {"deviation_percent": "7,5", "deviation_euros": "10 000"}
    assert client_of("office").post(f"{SETTINGS}thresholds/", typed).status_code == 422
    assert change_round().status_code == 422
    assert end_body("BODY-SH", "31.12.2009").status_code == 422
    assert ako().deviation_euros == 5000


# --- Bodies ----------------------------------------------------------------------------------------------


def the_body(code="BODY-SH"):
    return Body.objects.get(programme=ako(), code=code)


def add_body(persona="office", *, follow=False, **typed):
    given = {
        "name_fi": "Uusi hallitus",
        "name_sv": "Ny styrelse",
        "name_en": "New board",
        "code": "BODY-UH",
        "valid_from": "1.1.2010",
        "numbering": "section_per_year",
        "document": "minutes",
        "decides": "on",
    }
    return client_of(persona).post(f"{SETTINGS}bodies/new/", given | typed, follow=follow)


def end_body(code, day):
    return client_of("office").post(f"{SETTINGS}bodies/{code}/", {"valid_until": day}, follow=True)


@pytest.mark.parametrize("persona", ["office", "admin"])
def test_a_new_body_replaces_another_which_ends_on_the_day_before(persona):
    replaced = the_body()
    assert add_body(persona, replaces=replaced.pk, audience=replaced.audience_id).status_code == 302
    made = the_body("BODY-UH")
    assert (made.replaces, made.name_sv, made.decides) == (replaced, "Ny styrelse", True)
    assert the_body().valid_until == datetime.date(2009, 12, 31)
    page = client_of("auditor").get(SETTINGS).content.decode()
    assert page.index("Uusi hallitus") > 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": "BODY-SH"}, "code"),
        ({"code": "BODY SH"}, "code"),
        ({"name_fi": ""}, "name_fi"),
        ({"valid_from": "1.1.1990"}, "valid_from"),
    ],
)
def test_a_body_that_does_not_fit_is_told_at_the_field(typed, field):
    refused = add_body(replaces=the_body().pk, **typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
    assert the_body().valid_until is None


ONE_LEFT = (
    "Seutuhallitus: viimeisen päivän 31.12.2009 jälkeen on suunniteltu 1 kokous."
    " Sihteeri siirtää tai peruu sen."
)


def test_a_body_that_is_replaced_before_a_meeting_tells_of_it():
    make_meeting("KOK-X-1", held_on=datetime.date(2010, 1, 12))
    made = add_body(replaces=the_body().pk, follow=True)
    assert messages_of(made) == ["Tallennettu.", ONE_LEFT]


@pytest.mark.parametrize("day", ["", "1.1.2010", "31.12.2010"])
def test_a_replaced_body_does_not_come_back_beside_its_successor(day):
    add_body(replaces=the_body().pk)
    refused = end_body("BODY-SH", day)
    reason = "Uusi hallitus korvaa tämän toimielimen 1.1.2010 alkaen. Valitse sitä aiempi viimeinen päivä."
    assert (refused.status_code, refused.context["form"].errors) == (422, {"valid_until": [reason]})
    assert the_body().valid_until == datetime.date(2009, 12, 31)
    assert end_body("BODY-SH", "30.11.2009").status_code == 200
    assert the_body().valid_until == datetime.date(2009, 11, 30)


def test_a_body_ends_on_a_day_and_the_meetings_left_are_told():
    make_meeting("KOK-X-1", held_on=datetime.date(2010, 1, 12))
    ended = end_body("BODY-SH", "31.12.2009")
    assert the_body().valid_until == datetime.date(2009, 12, 31)
    assert messages_of(ended) == ["Tallennettu.", ONE_LEFT]
    assert messages_of(end_body("BODY-SH", "")) == ["Tallennettu."]
    assert the_body().valid_until is None


def test_a_body_does_not_end_before_it_begins():
    refused = end_body("BODY-SH", "1.1.1990")
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["valid_until"])


# --- Forms and locks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persona", "address"),
    [
        ("office", f"{SETTINGS}thresholds/"),
        ("office", f"{SETTINGS}rounds/2009-T2/"),
        ("office", f"{SETTINGS}bodies/BODY-SH/"),
        ("office", f"{SETTINGS}cost-centres/KP-2100/"),
        ("admin", "/ako/people/{office}/edit/"),
    ],
)
def test_a_form_that_is_shown_makes_nobody_wait_and_one_that_is_sent_locks_its_row(persona, address):
    client, address = client_of(persona), address.format(office=person("office").pk)

    def locks(ask):
        with CaptureQueriesContext(connection) as asked:
            ask(address)
        return [query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"]]

    assert locks(client.get) == []
    assert len(locks(client.post)) == 1


# --- The menu --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persona", "leads_to"),
    [("admin", "/ako/people/"), ("auditor", "/ako/people/"), ("office", SETTINGS), ("chair-mr", None)],
)
def test_the_menu_has_the_administration_for_those_who_may_open_it(persona, leads_to):
    menu = client_of(persona).get("/ako/meetings/").context["navigation"]
    assert [item.url for item in menu if item.label == "Hallinta"] == ([leads_to] if leads_to else [])
    if leads_to:
        current = [
            item.label for item in client_of(persona).get(SETTINGS).context["navigation"] if item.is_current
        ]
        assert current == ["Hallinta"]
