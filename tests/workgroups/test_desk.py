"""Oma työ: what a person must do on Wednesday 9.9.2009."""

import datetime

import pytest

from programme import clock
from programme.models import DecisionTask, PostHolding, ReportingPeriod
from tests.factories import make_follow_up, make_task, the_action, the_period, the_target
from tests.personas import PEOPLE, client_of, clients_by_persona, person
from workgroups.models import FollowUp

pytestmark = pytest.mark.django_db


def desk(persona):
    return client_of(persona).get("/desk/").context["desk"]


def test_the_coordinator_of_land_use_has_eleven_lines_to_answer():
    laid = desk("coordinator-mr")
    assert [line.line.code for line in laid.to_answer] == [
        "TP-2009-MR-03",  # its months ended in July
        "VT-2009-MR-3",
        "TP-2009-MR-07",
        "TP-2009-MR-04",
        "TP-2009-MR-08",
        "VT-2009-MR-1",
        "VT-2009-MR-2",
        "TP-2009-MR-05",
        "TP-2009-MR-06",
        "TP-2009-MR-01",  # achieved already
        "TP-2009-MR-02",
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
    assert client.get("/desk/round/2009-T2/")["Location"] == "/ako/actions/TP-2009-MR-03/follow-up/2009-T2/"
    assert client.get("/desk/round/2009-T1/")["Location"] == "/desk/"
    assert client_of("coordinator-hp").get("/desk/round/2009-T2/")["Location"] == "/desk/"


def test_an_answer_moves_its_line():
    make_follow_up(the_target(), state="submitted", submitted_by=person("coordinator-mr"))
    laid = desk("coordinator-mr")
    assert [line.line.code for line in laid.answered] == ["VT-2009-MR-2"]
    assert len(laid.to_answer) == 10


def test_what_is_late_is_told_in_words_and_comes_first(settings):
    settings.TODAY = datetime.date(2009, 10, 2)
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-10-09T16:00:00+03:00")
    page = client_of("coordinator-mr").get("/desk/")
    laid = page.context["desk"]
    assert [(row.line.code, row.days_late) for row in laid.to_answer][:4] == [
        ("TP-2009-MR-03", 63),
        ("VT-2009-MR-3", 2),
        ("TP-2009-MR-07", 2),
        ("TP-2009-MR-04", 0),
    ]
    told = page.content.decode()
    assert "63 pv myöhässä" in told
    assert "Niistä 3 on myöhässä." in told
    form = client_of("coordinator-mr").get("/ako/actions/TP-2009-MR-03/follow-up/2009-T2/").content.decode()
    assert "7/2009" in form
    assert "63 pv myöhässä" in form


def test_what_was_achieved_earlier_or_is_answered_is_not_late():
    assert [row.line.code for row in desk("coordinator-mr").late] == ["TP-2009-MR-03"]
    make_follow_up(the_action("TP-2009-MR-03"), state="submitted", submitted_by=person("coordinator-mr"))
    assert desk("coordinator-mr").late == []


def test_the_desk_tells_what_became_of_what_was_submitted():
    for row in desk("coordinator-mr").lines:
        make_follow_up(row.line, state="submitted", submitted_by=person("coordinator-mr"))
    client, rows = (
        client_of("coordinator-mr"),
        FollowUp.objects.filter(group__code="WG-MR", period=the_period()),
    )
    assert "Toimittamasi odottaa hyväksyntää." in client.get("/desk/").content.decode()
    rows.filter(target=the_target()).update(state="returned", returning_reason="Lisää kunnat.")
    told = client.get("/desk/").content.decode()
    assert "1 rivi on palautettu sinulle korjattavaksi." in told
    assert "odottaa hyväksyntää" not in told
    assert told.index('id="returned"') < told.index('id="done"')
    rows.update(state="approved", returning_reason="", accepted_at=clock.now())
    assert "Kaikki on päivitetty ja hyväksytty." in client.get("/desk/").content.decode()


def test_between_rounds_the_desk_tells_the_next_one_and_what_stayed_silent():
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-09-08T16:00:00+03:00")
    page = client_of("office").get("/desk/")
    assert len(page.context["desk"].silent_since) == 8
    assert page.context["desk"].to_answer == []
    told = page.content.decode()
    assert "Seuraava kierros" in told
    assert "Viimeisimmällä kierroksella päivittämättä (8)" in told


def test_a_municipal_contact_sees_the_meetings_of_the_federation():
    assert [meeting.held_on.isoformat() for meeting in desk("municipal").meetings] == ["2009-12-17"]


def test_a_draft_of_what_is_closed_is_discarded_on_the_desk():
    client, line = client_of("coordinator-mr"), "/ako/actions/TP-2009-MR-06/follow-up/2009-T2/"
    client.post(f"{line}draft/", {"text": "Kesken", "version": "0"})
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-09-08T16:00:00+03:00")
    assert f'action="{line}draft/?to=desk"' in client.get("/desk/").content.decode()
    response = client.post(f"{line}draft/?to=desk", {"discard": "yes"})
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert desk("coordinator-mr").drafts == []


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
    DecisionTask.objects.filter(pk=task.pk).update(done_on="2009-09-01", verified_on="2009-09-01")
    assert desk("coordinator-mr").tasks == []


def test_what_came_back_and_was_not_mended_stands_with_its_reason_after_the_round():
    said = make_follow_up(the_target(), state="returned", submitted_by=person("coordinator-mr"))
    FollowUp.objects.filter(pk=said.pk).update(
        returning_reason="Lisää kunnat.", accepted_by=person("chair-mr")
    )
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-09-08T16:00:00+03:00")
    page = client_of("coordinator-mr").get("/desk/")
    assert "VT-2009-MR-2" in [row.line.code for row in page.context["desk"].silent_since]
    told = page.text.partition("Lisää kunnat.")[0].rpartition("<li>")[2]
    assert ("Ei päivitetty" in told, "Palautettu" in told) == (True, True)


def test_a_meeting_of_today_is_a_coming_one_until_it_begins(settings):
    meeting = desk("municipal").meetings[0]
    settings.TODAY = meeting.held_on
    for starts_at, is_coming in ((datetime.time(0), False), (datetime.time(23, 59, 59), True), (None, True)):
        type(meeting).objects.filter(pk=meeting.pk).update(starts_at=starts_at)
        assert (meeting in desk("municipal").meetings) == is_coming
