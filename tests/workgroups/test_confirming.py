"""What the end of the year asks, and what is confirmed as it was: the demands of what is handed over."""

import pytest
from django.core.exceptions import ValidationError

from programme.models import ReportingPeriod
from tests.factories import make_follow_up, the_action, the_period, the_target
from tests.personas import client_of, person
from workgroups import services
from workgroups.models import FollowUp

pytestmark = pytest.mark.django_db

FORM = "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/"
ACTION_FORM = "/ako/actions/TP-2009-MR-06/follow-up/2009-T2/"


@pytest.fixture
def coordinator():
    return client_of("coordinator-mr")


def errors_of(response):
    return set(response.context["form"].errors)


def open_the_year_end(form=FORM):
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-09-02T16:00:00+03:00")
    ReportingPeriod.objects.filter(code="2009-TP").update(
        opens_at="2009-09-03T00:00:00+03:00", closes_at="2009-09-20T16:00:00+03:00"
    )
    return form.replace("2009-T2", "2009-TP")


def test_the_year_end_has_its_own_scale(coordinator):
    form = open_the_year_end()
    page = coordinator.get(form)
    assert [code for code, _label in page.context["form"].fields["status"].choices] == [
        "achieved",
        "partly_achieved",
        "not_achieved",
    ]
    response = coordinator.post(form, {"status": "on_track", "text": "Etenee.", "version": "0"})
    assert (errors_of(response)) == {"status"}
    partly = {"status": "partly_achieved", "text": "Osittain.", "reason": "Päätös viipyi.", "version": "0"}
    assert coordinator.post(form, partly).status_code == 302


@pytest.mark.parametrize("status", ["partly_achieved", "not_achieved"])
def test_what_fell_short_in_the_year_says_why_and_what_is_done_where_it_goes_on(coordinator, status):
    form = open_the_year_end()
    short = {"status": status, "text": "Osa kunnista puuttuu.", "version": "0"}
    assert (errors_of(coordinator.post(form, short))) == {"reason"}
    short["reason"] = "Kuntien päätökset viivästyivät."
    assert (errors_of(coordinator.post(form, short | {"new_due_on": "31.3.2010"}))) == {"corrective_action"}
    assert coordinator.post(form, short).status_code == 302


def test_the_service_refuses_a_shortfall_without_its_reason():
    open_the_year_end()
    with pytest.raises(ValidationError):
        services.submit_follow_up(
            the_target(),
            the_period("2009-TP"),
            actor=person("coordinator-mr"),
            version=0,
            values={"status": "not_achieved", "text": "Ei toteutunut."},
        )


def test_the_year_end_asks_nothing_that_has_passed(coordinator):
    assert "forecast" in coordinator.get(ACTION_FORM).context["form"].fields
    page = coordinator.get(open_the_year_end(ACTION_FORM))
    assert "forecast" not in page.context["form"].fields
    assert "toteutui vain osittain tai ei lainkaan" in page.content.decode()


def test_in_the_year_there_is_no_year_end_status(coordinator):
    response = coordinator.post(FORM, {"status": "not_achieved", "text": "Ei.", "version": "0"})
    assert (errors_of(response)) == {"status"}


# --- Confirming unchanged --------------------------------------------------------------------------------


def test_unchanged_is_an_event_of_its_own_with_the_words_of_before(coordinator):
    assert coordinator.post(f"{FORM}confirm/").status_code == 302
    said = FollowUp.objects.get(target=the_target(), period=the_period())
    before = FollowUp.objects.get(target=the_target(), period=the_period("2009-T1"))
    assert said.pk != before.pk
    assert (said.status, said.text, said.confirmed_unchanged, said.state, said.origin) == (
        before.status,
        before.text,
        True,
        "submitted",
        "portal",
    )


ACHIEVED_FORM = "/ako/actions/TP-2009-MR-01/follow-up/2009-T2/"


def said_of_the_achieved(period="2009-T2"):
    return FollowUp.objects.filter(action=the_action("TP-2009-MR-01"), period=the_period(period))


def test_an_achievement_is_confirmed_with_the_evidence_of_before(coordinator):
    said_of_the_achieved("2009-T1").update(evidence="Kartta on verkkosivuilla.")
    assert f"{ACHIEVED_FORM}confirm/" in coordinator.get(ACHIEVED_FORM).content.decode()
    coordinator.post(f"{ACHIEVED_FORM}confirm/")
    assert said_of_the_achieved().get().evidence == "Kartta on verkkosivuilla."


def refusal_of(client, address):
    response = client.post(f"{address}confirm/", follow=True)
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def test_an_achievement_that_shows_no_evidence_is_not_confirmed(coordinator):
    assert said_of_the_achieved("2009-T1").values_list("status", "evidence").get() == ("achieved", "")
    [(level, sentence)] = refusal_of(coordinator, ACHIEVED_FORM)
    assert (level, "ilman todistetta" in sentence) == ("error", True)
    assert not said_of_the_achieved().exists()
    page = coordinator.get(ACHIEVED_FORM).content.decode()
    assert f"{ACHIEVED_FORM}confirm/" not in page
    assert "ilman todistetta" in page.partition('id="before"')[2]


def test_a_delay_is_not_confirmed(coordinator):
    FollowUp.objects.filter(target=the_target(), period__code="2009-T1").update(status="delayed")
    [(level, sentence)] = refusal_of(coordinator, FORM)
    assert (level, sentence != "") == ("error", True)
    assert not FollowUp.objects.filter(target=the_target(), period=the_period()).exists()
    assert f"{FORM}confirm/" not in coordinator.get(FORM).content.decode()


def test_nothing_said_before_is_not_confirmed(coordinator):
    FollowUp.objects.filter(target=the_target(), period__code="2009-T1").delete()
    assert [level for level, _sentence in refusal_of(coordinator, FORM)] == ["error"]
    assert not FollowUp.objects.filter(target=the_target(), period=the_period()).exists()


def test_what_is_answered_already_is_not_confirmed(coordinator):
    make_follow_up(the_target(), state="submitted", text="Etenee.")
    assert [level for level, _sentence in refusal_of(coordinator, FORM)] == ["error"]
    assert FollowUp.objects.get(target=the_target(), period=the_period()).text == "Etenee."
