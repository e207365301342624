"""Dates and values that speak against a status are told, and change nothing."""

import datetime
from decimal import Decimal

import pytest

from priorities.models import AnnualTarget
from programme.models import ReportingPeriod
from tests.factories import make_follow_up, the_action, the_period, the_target
from tests.personas import client_of
from workgroups.contradictions import contradictions, last_day_of
from workgroups.models import FollowUp

pytestmark = pytest.mark.django_db

TARGET, LATE = "VT-2009-MR-2", "VT-2009-MR-3"
FORM = f"/ako/targets/{TARGET}/follow-up/2009-T2/"


def a_target(**fields):
    return AnnualTarget(
        year=2009, **{"due_on": datetime.date(2009, 12, 31), "target_value": Decimal(30)} | fields
    )


@pytest.mark.parametrize(
    ("status", "due_on", "said"),
    [
        ("on_track", datetime.date(2009, 9, 8), ["Määräaika 8.9.2009 on mennyt."]),
        ("not_started", datetime.date(2009, 9, 8), ["Määräaika 8.9.2009 on mennyt."]),
        ("on_track", datetime.date(2009, 9, 9), []),
        ("delayed", datetime.date(2009, 9, 8), []),
        ("achieved", datetime.date(2009, 9, 8), []),
        ("not_updated", datetime.date(2009, 9, 8), []),
        ("on_track", None, []),
    ],
)
def test_a_due_date_that_has_passed(status, due_on, said):
    assert contradictions(a_target(due_on=due_on), the_period(), status, None) == said


def test_a_closed_round_is_looked_at_from_its_periods_last_day():
    target = a_target(due_on=datetime.date(2009, 5, 10))
    assert contradictions(target, the_period("2009-T1"), "on_track", None) == []


@pytest.mark.parametrize(
    ("status", "value", "direction", "said"),
    [
        ("achieved", "9", "up", ["Arvo 9 ei ole saavuttanut tavoitetta 30."]),
        ("achieved", "30", "up", []),
        ("on_track", "30", "up", ["Arvo 30 on saavuttanut tavoitteen 30."]),
        ("on_track", "9", "up", []),
        ("achieved", "31", "down", ["Arvo 31 ei ole saavuttanut tavoitetta 30."]),
        ("on_track", "29.5", "down", ["Arvo 29,5 on saavuttanut tavoitteen 30."]),
        ("on_track", None, "up", []),
    ],
)
def test_a_value_against_its_aim(status, value, direction, said):
    target = a_target(direction=direction)
    assert contradictions(target, the_period(), status, value and Decimal(value)) == said


def test_an_action_that_was_to_begin():
    action = the_action("TP-2009-MR-06")
    assert (action.start_month, last_day_of(action)) == (5, datetime.date(2009, 12, 31))
    assert contradictions(action, the_period(), "not_started", None) == [
        "Suunnitelman mukaan sen piti alkaa 1.5.2009."
    ]
    assert contradictions(action, the_period(), "on_track", None) == []


def test_the_writer_hears_it_and_the_status_stays_as_chosen():
    ReportingPeriod.objects.filter(code="2009-T2").update(ledger_cut_off="2009-08-31")
    typed = {
        "status": "achieved",
        "text": "Valmis.",
        "evidence": "Pöytäkirja",
        "indicator_value": "0",
        "version": "0",
    }
    page = client_of("coordinator-mr").post(FORM, typed, follow=True)
    told = [str(message) for message in page.context["messages"]]
    assert told[1] == f"{TARGET}: Arvo 0 ei ole saavuttanut tavoitetta 1."
    assert FollowUp.objects.get(target=the_target(TARGET), period=the_period()).status == "achieved"


@pytest.mark.parametrize(
    ("unit", "value", "said"), [("kpl", "0.5", 1), ("kpl", "2", 0), ("%", "100.5", 1), ("€", "-0.5", 0)]
)
def test_what_is_unlikely_in_its_unit(unit, value, said):
    target = a_target(unit=unit, target_value=None)
    assert len(contradictions(target, the_period(), "on_track", Decimal(value))) == said


def test_it_is_told_beside_the_status_while_it_is_chosen_and_before_unchanged_is_confirmed():
    form = "/ako/actions/TP-2009-MR-03/follow-up/2009-T2/"
    page = client_of("coordinator-mr").get(form).text
    sentence = "Määräaika 31.7.2009 on mennyt."
    told = [part.partition('"')[0] for part in page.split('data-status="')[1:]]
    assert set(told) == {"on_track", "not_started"}
    before = page.partition('id="before"')[2]
    assert sentence in before
    assert before.index(sentence) < before.index(f"{form}confirm/")


def test_the_chair_and_the_lines_readers_see_it():
    make_follow_up(the_target(TARGET), state="submitted", status="on_track", indicator_value=Decimal(1))
    sentence = "Arvo 1 on saavuttanut tavoitteen 1."
    assert sentence in client_of("chair-mr").get("/approvals/").text
    assert sentence in client_of("office").get(f"/ako/targets/{TARGET}/").text
    assert sentence not in client_of("coordinator-hp").get(f"/ako/targets/{TARGET}/").text


DELAYED = {"status": "delayed", "text": "Siirtyy.", "reason": "Kiire.", "corrective_action": "Lisää väkeä."}
PASSED = "Uusi arvio valmistumisesta 8.9.2009 on mennyt."
BEFORE_DUE = "Uusi arvio valmistumisesta 8.9.2009 on ennen määräaikaa 31.12.2009."


@pytest.mark.parametrize(
    ("status", "estimate", "said"),
    [
        ("delayed", datetime.date(2009, 9, 8), [PASSED, BEFORE_DUE]),
        ("will_not_be_achieved", datetime.date(2009, 9, 8), [PASSED, BEFORE_DUE]),
        ("delayed", datetime.date(2009, 12, 31), []),
        ("delayed", datetime.date(2010, 3, 31), []),
        ("delayed", None, []),
        ("on_track", datetime.date(2009, 9, 8), []),
    ],
)
def test_a_new_estimate_of_completion(status, estimate, said):
    assert contradictions(a_target(), the_period(), status, None, estimate=estimate) == said


def test_an_estimate_that_has_passed_since_it_was_given_is_no_contradiction():
    given = {"estimate": datetime.date(2010, 1, 8), "said_on": datetime.date(2010, 1, 7)}
    assert contradictions(a_target(), the_period(), "delayed", None, **given) == []
    given["said_on"] = datetime.date(2010, 1, 9)
    assert contradictions(a_target(), the_period(), "delayed", None, **given) != []


def test_an_estimate_that_has_passed_is_told_to_its_writer_the_chair_and_readers_and_is_not_refused():
    typed = DELAYED | {"new_due_on": "8.9.2009", "version": "0"}
    coordinator = client_of("coordinator-mr")
    kept = coordinator.post(f"{FORM}draft/", typed, headers={"HX-Request": "true"}).text
    assert PASSED in kept
    assert PASSED in coordinator.get(FORM).text
    page = coordinator.post(FORM, typed, follow=True)
    assert f"{TARGET}: {PASSED}" in [str(message) for message in page.context["messages"]]
    said = FollowUp.objects.get(target=the_target(TARGET), period=the_period())
    assert said.new_due_on == datetime.date(2009, 9, 8)
    chair = client_of("chair-mr")
    row = chair.get("/approvals/").text.partition(f'id="{TARGET}"')[2].partition("</li>")[0]
    assert PASSED in row
    assert "checked" not in row
    assert PASSED in chair.get(f"/ako/workgroups/WG-MR/meeting/2009-T2/?line={TARGET}").text
    assert PASSED in client_of("office").get(f"/ako/targets/{TARGET}/").text
