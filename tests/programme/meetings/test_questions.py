"""Questions before a meeting: left by who sits in the body, seen by three, closed when the meeting begins."""

import datetime

import pytest

from programme import clock
from programme.models import BodySeat, Matter, Meeting, PostHolding, Question, Substitute, User
from tests.factories import make_person
from tests.factories_meetings import make_matter, make_question
from tests.personas import EVERYBODY, client_of, clients_by_persona, clients_of, person

pytestmark = pytest.mark.django_db

ASK = "/ako/meetings/KOK-SH-2009-78/matters/910/ask/"
BODY = "/ako/bodies/BODY-SH/"
TEXT = "Mistä rahat tulevat?"


def page_of(question):
    return f"/ako/questions/{question.pk}/"


def begin(matter):
    """Let the meeting of a matter have begun a minute ago."""
    now = clock.now()
    begun = (now - datetime.timedelta(minutes=1)).time()
    Meeting.objects.filter(pk=matter.meeting_id).update(held_on=now.date(), starts_at=begun)


def test_an_elected_member_asks_from_the_bodys_page_and_finds_the_question_there():
    make_matter()
    assert ASK in client_of("elected").get(BODY).text
    assert client_of("elected").post(ASK, {"text": TEXT})["Location"] == BODY
    question = Question.objects.get()
    assert (question.author, question.matter.section) == (person("elected"), 910)
    assert page_of(question) in client_of("elected").get(BODY).text


def test_a_question_sent_twice_is_kept_once():
    make_matter()
    for _press in range(2):
        client_of("elected").post(ASK, {"text": TEXT})
    assert Question.objects.count() == 1


def test_an_empty_question_is_not_sent():
    make_matter()
    response = client_of("elected").post(ASK, {"text": "  "})
    assert (response.status_code, Question.objects.count()) == (422, 0)


def test_a_question_exists_for_who_asked_who_prepares_and_who_keeps_the_meeting_alone():
    question = make_question()
    statuses = {
        persona: client.get(page_of(question)).status_code
        for persona, client in clients_by_persona(EVERYBODY).items()
    }
    assert {persona for persona, status in statuses.items() if status == 200} == {
        "elected",
        "coordinator-mr",
        "secretary",
        "office",
    }
    assert {status for status in statuses.values() if status != 200} == {404, 302}


def test_another_member_of_the_same_body_does_not_see_it():
    question = make_question()
    other = make_person("Toinen jäsen")
    BodySeat.objects.create(body=question.matter.meeting.body, user=other, starts_on="2009-01-01")
    [client] = clients_of([other])
    assert client.get(page_of(question)).status_code == 404
    assert TEXT not in client.get(BODY).text
    assert TEXT not in client.get(question.matter.meeting.get_absolute_url()).text


def test_it_waits_on_the_preparers_desk_until_it_is_answered_and_the_asker_reads_the_answer():
    question = make_question()
    assert [one.pk for one in client_of("coordinator-mr").get("/desk/").context["desk"].questions] == [
        question.pk
    ]
    assert client_of("coordinator-hp").get("/desk/").context["desk"].questions == []
    response = client_of("coordinator-mr").post(page_of(question), {"text": "Budjetista."})
    assert response.status_code == 302
    assert client_of("coordinator-mr").get("/desk/").context["desk"].questions == []
    assert "Budjetista." in client_of("elected").get(page_of(question)).text


def test_a_question_is_answered_once_and_what_was_typed_is_kept():
    question = make_question(answer="Budjetista.", answered_at=clock.now())
    response = client_of("coordinator-mr").post(page_of(question), {"text": "Avustuksesta."})
    assert response.status_code == 422
    assert "Avustuksesta." in response.text
    assert Question.objects.get().answer == "Budjetista."


@pytest.mark.parametrize("persona", ["secretary", "office", "elected"])
def test_only_who_prepares_the_matter_answers(persona):
    question = make_question()
    assert client_of(persona).post(page_of(question), {"text": "Vastaus."}).status_code == 403
    assert Question.objects.get().answered_at is None


def test_where_nobody_prepares_the_matter_the_keeper_of_the_meeting_answers():
    question = make_question(make_matter(post=None))
    assert [one.pk for one in client_of("secretary").get("/desk/").context["desk"].questions] == [question.pk]
    assert client_of("secretary").post(page_of(question), {"text": "Vastaus."}).status_code == 302
    assert Question.objects.get().answered_by == person("secretary")


def test_when_the_meeting_begins_nothing_is_asked_or_answered_any_more():
    question = make_question()
    begin(question.matter)
    assert ASK not in client_of("elected").get(BODY).text
    assert client_of("elected").get(ASK).status_code == 403
    assert client_of("elected").post(ASK, {"text": TEXT}).status_code == 403
    assert client_of("coordinator-mr").post(page_of(question), {"text": "Myöhässä."}).status_code == 403
    assert (Question.objects.count(), Question.objects.get().answered_at) == (1, None)
    assert client_of("coordinator-mr").get("/desk/").context["desk"].questions == []
    assert TEXT in client_of("elected").get(page_of(question)).text


def test_before_it_begins_on_its_day_questions_are_still_taken():
    matter = make_matter(held_on=clock.today())
    later = (clock.now() + datetime.timedelta(minutes=1)).time()
    Meeting.objects.filter(pk=matter.meeting_id).update(starts_at=later)
    assert client_of("elected").get(ASK).status_code == 200


def test_a_matter_of_an_unpublished_agenda_is_not_asked_about():
    make_matter(agenda_published_on=None)
    assert client_of("elected").get(ASK).status_code == 404
    assert ASK not in client_of("elected").get(BODY).text


def test_a_seat_that_has_ended_asks_nothing():
    make_matter()
    BodySeat.objects.filter(user=person("elected")).update(until="2009-09-08")
    assert client_of("elected").get(ASK).status_code == 403
    assert ASK not in client_of("elected").get(BODY).text


def test_a_groups_members_ask_before_its_meeting_and_its_coordinator_answers_where_nobody_prepares():
    make_matter("KOK-WG-MR-2009-78", post=None, body="BODY-WG-MR")
    ask = "/ako/meetings/KOK-WG-MR-2009-78/matters/910/ask/"
    assert ask in client_of("member-mr").get("/ako/meetings/KOK-WG-MR-2009-78/").text
    assert client_of("chair-hp").post(ask, {"text": TEXT}).status_code == 403
    assert client_of("member-mr").post(ask, {"text": TEXT}).status_code == 302
    question = Question.objects.get()
    assert client_of("coordinator-mr").get("/desk/").context["desk"].questions == [question]
    assert client_of("coordinator-hp").get("/desk/").context["desk"].questions == []
    assert client_of("coordinator-mr").post(page_of(question), {"text": "Vastaus."}).status_code == 302


def vacate():
    PostHolding.objects.filter(post__code="ROLE-KO-MR").update(until="2009-09-08")


def deactivate():
    User.objects.filter(persona="coordinator-mr").update(is_active=False)


@pytest.mark.parametrize("leave", [vacate, deactivate])
def test_a_post_that_nobody_holds_prepares_nothing_and_the_keeper_answers(leave):
    question = make_question()
    assert client_of("secretary").get("/desk/").context["desk"].questions == []
    leave()
    assert client_of("secretary").get("/desk/").context["desk"].questions == [question]
    assert client_of("secretary").post(page_of(question), {"text": "Vastaus."}).status_code == 302
    assert Question.objects.get().answered_by == person("secretary")


def test_who_stands_in_for_an_absent_preparer_answers_and_not_the_keeper():
    question = make_question()
    away = {"absent": person("coordinator-mr"), "substitute": person("coordinator-hp")}
    Substitute.objects.create(starts_on="2009-09-01", until="2009-09-30", **away)
    deactivate()
    assert client_of("secretary").get("/desk/").context["desk"].questions == []
    assert client_of("secretary").post(page_of(question), {"text": "Vastaus."}).status_code == 403
    assert client_of("coordinator-hp").get("/desk/").context["desk"].questions == [question]
    assert client_of("coordinator-hp").post(page_of(question), {"text": "Vastaus."}).status_code == 302


def test_a_matter_about_which_something_was_asked_stays_on_the_agenda():
    question = make_question()
    client_of("secretary").post("/ako/meetings/KOK-SH-2009-78/matters/910/remove/")
    assert Matter.objects.filter(pk=question.matter_id).exists()
