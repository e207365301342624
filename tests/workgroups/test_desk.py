"""Oma työ: what a person must do on Wednesday 9.9.2009."""

import pytest

from programme.models import DecisionTask, PostHolding
from tests.factories import make_follow_up, make_task, the_period, the_target
from tests.personas import PEOPLE, client_of, clients_by_persona, person
from workgroups.models import FollowUp

pytestmark = pytest.mark.django_db


def desk(persona):
    return client_of(persona).get("/desk/").context["desk"]


def test_the_coordinator_of_land_use_has_eleven_lines_to_answer():
    laid = desk("coordinator-mr")
    assert [line.line.code for line in laid.to_answer] == [
        "VT-2009-MR-3",
        "VT-2009-MR-1",
        "VT-2009-MR-2",
        *(f"TP-2009-MR-0{number}" for number in range(1, 9)),
    ]
    assert (laid.answered, laid.returned, laid.drafts) == ([], [], [])


def test_whose_group_has_answered_has_nothing_to_answer():
    assert {
        persona: (len(desk(persona).to_answer), len(desk(persona).answered))
        for persona in ("coordinator-hp", "coordinator-eo", "office")
    } == {"coordinator-hp": (0, 10), "coordinator-eo": (0, 11), "office": (8, 0)}


def test_nothing_waits_for_any_chair_before_somebody_submits():
    clients = clients_by_persona(["chair-mr", "chair-hp", "chair-eo", "presenter"])
    waiting = {persona: client.get("/desk/").context["desk"].waiting for persona, client in clients.items()}
    assert waiting == {"chair-mr": [], "chair-hp": [], "chair-eo": [], "presenter": []}


def test_every_person_has_a_desk_with_the_day_the_round_closes():
    for client in clients_by_persona(PEOPLE).values():
        page = client.get("/desk/")
        assert page.context["desk"].period == the_period()
    assert "pe 11.9.2009 klo 16.00" in client_of("coordinator-mr").get("/desk/").content.decode().replace(
        "\xa0", " "
    )


def test_the_round_leads_to_the_first_line_without_an_answer_then_to_the_desk():
    client = client_of("coordinator-mr")
    assert client.get("/desk/round/2009-T2/")["Location"] == "/ako/targets/VT-2009-MR-3/follow-up/2009-T2/"
    assert client.get("/desk/round/2009-T1/")["Location"] == "/desk/"
    assert client_of("coordinator-hp").get("/desk/round/2009-T2/")["Location"] == "/desk/"


def test_an_answer_moves_its_line():
    make_follow_up(the_target(), state="submitted", submitted_by=person("coordinator-mr"))
    laid = desk("coordinator-mr")
    assert [line.line.code for line in laid.answered] == ["VT-2009-MR-2"]
    assert len(laid.to_answer) == 10


def test_what_came_back_is_no_answer():
    make_follow_up(the_target(), state="returned", submitted_by=person("coordinator-mr"))
    laid = desk("coordinator-mr")
    assert ([line.line.code for line in laid.returned], laid.answered) == (["VT-2009-MR-2"], [])


def test_only_what_needs_no_fresh_reason_can_be_confirmed_from_the_desk():
    FollowUp.objects.filter(target=the_target(), period__code="2009-T1").update(status="delayed")
    by_code = {line.line.code: line.may_be_confirmed for line in desk("coordinator-mr").to_answer}
    assert by_code["VT-2009-MR-1"] is True
    assert by_code["VT-2009-MR-2"] is False


def test_tasks_from_decisions_of_ones_own_posts_stand_on_the_desk_until_verified():
    task = make_task("WG-MR")
    holding = PostHolding.objects.filter(user=person("coordinator-mr")).first()
    DecisionTask.objects.filter(pk=task.pk).update(responsible=holding.post)
    assert desk("coordinator-hp").tasks == []
    assert [found.pk for found in desk("coordinator-mr").tasks] == [task.pk]
    page = client_of("coordinator-mr").get("/desk/").text
    assert task.decision.get_absolute_url() in page
    DecisionTask.objects.filter(pk=task.pk).update(verified_on="2009-09-01")
    assert desk("coordinator-mr").tasks == []
