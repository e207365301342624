"""Tasks from decisions: given, reported on, said to be done, verified by somebody else or sent back."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from programme.models import BodySeat, DecisionTask, Post, PostHolding, Substitute, TaskNote
from tests.factories import ako, make_person
from tests.factories_meetings import make_decision, make_done_task, make_task_of
from tests.personas import client_of, clients_of, make_browser, person

pytestmark = pytest.mark.django_db

MATTER = "/ako/meetings/KOK-SH-2009-77/matters/900/"
MEETING = "/ako/meetings/KOK-SH-2009-77/"


def post_id(code="ROLE-KO-MR"):
    return str(Post.objects.get(programme=ako(), code=code).pk)


def act(persona, task, verb, **typed):
    written = task.notes.count()
    address = f"{task.get_absolute_url()}{verb}/"
    return client_of(persona).post(address, {"notes": str(written), "text": ""} | typed)


def fresh(task):
    return DecisionTask.objects.get(pk=task.pk)


# --- Given -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", ["secretary", "office"])
def test_who_keeps_the_minutes_or_the_office_gives_a_task(persona):
    make_decision()
    typed = {"text": "Pyydetään tiedot.", "responsible": post_id(), "due_on": "1.10.2009"}
    response = client_of(persona).post(f"{MATTER}tasks/new/", typed)
    assert response["Location"] == MEETING
    task = DecisionTask.objects.get()
    assert (task.text, task.responsible.code, task.due_on) == (
        "Pyydetään tiedot.",
        "ROLE-KO-MR",
        datetime.date(2009, 10, 1),
    )
    assert task.get_absolute_url() in client_of(persona).get(MEETING).text


def test_a_task_may_be_a_persons_who_sits_in_the_body():
    make_decision()
    typed = {"text": "Neuvottelee kunnan kanssa.", "person": str(person("elected").pk), "due_on": "1.10.2009"}
    client_of("secretary").post(f"{MATTER}tasks/new/", typed)
    assert DecisionTask.objects.get().person == person("elected")
    assert [task.person for task in client_of("elected").get("/desk/").context["desk"].tasks] == [
        person("elected")
    ]


@pytest.mark.parametrize("also", [{}, {"responsible": "post", "person": "elected"}])
def test_somebody_answers_for_a_task_one_of_the_two(also):
    make_decision()
    chosen = {"responsible": post_id(), "person": str(person("elected").pk)} if also else {}
    typed = {"text": "Pyydetään tiedot.", "due_on": "1.10.2009"} | chosen
    response = client_of("secretary").post(f"{MATTER}tasks/new/", typed)
    assert (response.status_code, DecisionTask.objects.count()) == (422, 0)
    assert list(response.context["form"].errors) == ["responsible"]
    assert "Pyydetään tiedot." in response.text


def test_a_matter_without_a_decision_gives_no_task():
    decision = make_decision()
    matter = decision.matter
    decision.delete()
    address = f"{matter.meeting.get_absolute_url()}matters/900/tasks/new/"
    assert client_of("secretary").get(address).status_code == 404


def test_a_task_is_mended_and_somebody_elses_words_are_not_lost():
    task = make_task_of()
    address = f"{task.get_absolute_url()}edit/"
    form = client_of("secretary").get(address).context["form"]
    mine = {
        "text": "Pyydetään tiedot syyskuussa.",
        "responsible": post_id(),
        "due_on": "1.10.2009",
        "base": form["base"].value(),
    }
    DecisionTask.objects.filter(pk=task.pk).update(text="Pyydetään kaikki tiedot.")
    response = client_of("secretary").post(address, mine)
    assert response.status_code == 409
    assert "Pyydetään kaikki tiedot." in response.text
    again = mine | {"base": response.context["form"]["base"].value()}
    assert client_of("secretary").post(address, again).status_code == 302
    assert fresh(task).text == "Pyydetään tiedot syyskuussa."


def test_a_task_of_somebody_who_has_left_the_body_is_mended_without_choosing_anew():
    task = make_task_of(person=person("elected"))
    BodySeat.objects.filter(user=person("elected")).update(until="2009-09-08")
    address = f"{task.get_absolute_url()}edit/"
    form = client_of("secretary").get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"text": "Toisin sanoin."}
    response = client_of("secretary").post(address, sent | {"due_on": "1.10.2009"})
    assert response.status_code == 302
    assert (fresh(task).text, fresh(task).person) == ("Toisin sanoin.", person("elected"))
    new = client_of("secretary").get(f"{MATTER}tasks/new/").context["form"]
    assert person("elected") not in new.fields["person"].queryset


def test_a_task_is_taken_back_until_something_is_written_of_it():
    kept, gone = make_task_of(), make_task_of(make_decision(section=901))
    act("coordinator-mr", kept, "progress", text="Aloitettu.")
    page = client_of("secretary").get(gone.get_absolute_url()).text
    assert f'action="{gone.get_absolute_url()}remove/"' in page
    assert act("secretary", gone, "remove")["Location"] == MEETING
    assert act("secretary", kept, "remove").status_code == 403
    assert list(DecisionTask.objects.all()) == [kept]


# --- On its way ------------------------------------------------------------------------------------------


def test_the_responsible_writes_how_it_goes_and_every_note_is_kept():
    task = make_task_of()
    act("coordinator-mr", task, "progress", text="Pyyntö lähetetty.")
    act("coordinator-mr", task, "progress", text="Kolme kuntaa vastasi.")
    assert [(note.text, note.author) for note in task.notes.all()] == [
        ("Pyyntö lähetetty.", person("coordinator-mr")),
        ("Kolme kuntaa vastasi.", person("coordinator-mr")),
    ]
    page = client_of("secretary").get(task.get_absolute_url()).text
    assert page.index("Pyyntö lähetetty.") < page.index("Kolme kuntaa vastasi.")


def test_progress_is_told_in_words():
    task = make_task_of()
    response = act("coordinator-mr", task, "progress")
    assert (response.status_code, task.notes.count()) == (422, 0)


def test_what_somebody_wrote_meanwhile_is_read_first_and_what_was_typed_is_kept():
    task = make_task_of()
    TaskNote.objects.create(task=task, text="Toisen sanat.", written_on=datetime.date(2009, 9, 9))
    response = act("coordinator-mr", task, "done", text="Kaikki vastasivat.", notes="0")
    assert (response.status_code, fresh(task).done_on) == (409, None)
    assert "Toisen sanat." in response.text
    form = response.context["forms"]["done"]
    assert (form["text"].value(), form["notes"].value()) == ("Kaikki vastasivat.", "1")
    assert act("coordinator-mr", task, "done", text="Kaikki vastasivat.").status_code == 302


def test_a_substitute_of_the_absent_responsible_answers_for_the_task():
    task = make_task_of()
    Substitute.objects.create(
        absent=person("coordinator-mr"),
        substitute=person("coordinator-hp"),
        starts_on="2009-09-01",
        until="2009-09-30",
    )
    assert [one.pk for one in client_of("coordinator-hp").get("/desk/").context["desk"].tasks] == [task.pk]
    assert act("coordinator-hp", task, "progress", text="Sijaisena aloitin.").status_code == 302
    assert act("coordinator-eo", task, "progress", text="Luvatta.").status_code == 403


# --- Done and verified -----------------------------------------------------------------------------------


def test_done_is_not_closed_until_somebody_else_verifies():
    task = make_task_of()
    assert act("coordinator-mr", task, "done", text="Tiedot saatu.").status_code == 302
    assert (fresh(task).state, fresh(task).done_by) == ("done", person("coordinator-mr"))
    assert [one.pk for one in client_of("secretary").get("/desk/").context["desk"].tasks_to_verify] == [
        task.pk
    ]
    assert act("secretary", task, "verify").status_code == 302
    closed = fresh(task)
    assert (closed.state, closed.verified_by, closed.verified_on) == (
        "verified",
        person("secretary"),
        datetime.date(2009, 9, 9),
    )
    assert client_of("secretary").get("/desk/").context["desk"].tasks_to_verify == []
    assert client_of("coordinator-mr").get("/desk/").context["desk"].tasks == []


@pytest.mark.parametrize("persona", ["coordinator-mr", "finance", "auditor", "chair-mr", "elected"])
def test_only_secretary_office_and_presenting_officer_verify(persona):
    task = make_done_task()
    assert act(persona, task, "verify").status_code == 403
    assert act(persona, task, "send-back", text="Puuttuu.").status_code == 403
    assert fresh(task).state == "done"


def test_nobody_verifies_what_was_theirs_to_do():
    own = make_done_task(by="office", post="ROLE-KO-AKO")
    assert act("office", own, "verify").status_code == 403
    assert client_of("office").get("/desk/").context["desk"].tasks_to_verify == []
    assert "verify" not in client_of("office").get(own.get_absolute_url()).context["forms"]
    assert act("presenter", own, "verify").status_code == 302


def test_who_said_that_it_is_done_does_not_verify_it_in_another_post_either():
    task = make_done_task(by="secretary")
    assert act("secretary", task, "verify").status_code == 403
    with pytest.raises(IntegrityError, match="nobody_verifies_what_they_did"), transaction.atomic():
        DecisionTask.objects.filter(pk=task.pk).update(
            verified_on="2009-09-09", verified_by=person("secretary")
        )


def test_nothing_is_verified_that_nobody_says_is_done():
    task = make_task_of()
    response = act("secretary", task, "verify")
    assert (response.status_code, fresh(task).state) == (422, "open")
    with pytest.raises(IntegrityError, match="what_is_verified_was_said"), transaction.atomic():
        DecisionTask.objects.filter(pk=task.pk).update(verified_on="2009-09-09")


def test_it_is_sent_back_with_a_reason_that_is_kept():
    task = make_done_task()
    assert act("presenter", task, "send-back").status_code == 422
    assert act("presenter", task, "send-back", text="Kahden kunnan tiedot puuttuvat.").status_code == 302
    assert (fresh(task).state, fresh(task).done_by) == ("open", None)
    assert "Kahden kunnan tiedot puuttuvat." in client_of("coordinator-mr").get(task.get_absolute_url()).text
    assert act("coordinator-mr", task, "done").status_code == 302


@pytest.mark.parametrize("verb", ["progress", "done"])
def test_a_verified_task_stays_as_it_is(verb):
    task = make_done_task(verified_on="2009-09-08", verified_by=person("secretary"))
    response = act("coordinator-mr", task, verb, text="Vielä yksi asia.")
    assert (response.status_code, task.notes.count()) == (403, 0)
    assert act("secretary", task, "remove").status_code == 403


# --- Who sees it -----------------------------------------------------------------------------------------


def test_the_bodys_people_see_its_tasks_and_the_public_does_not():
    task = make_task_of()
    assert task.text in client_of("elected").get(MEETING).text
    assert task.text in client_of("chair-hp").get(MEETING).text
    assert task.text not in client_of("municipal").get(MEETING).text
    assert task.text not in make_browser().get(MEETING).text


def test_a_municipal_contact_sees_what_the_federation_meeting_ordered():
    decision = make_decision("KOK-YK-2009-77", body="BODY-YK")
    task = make_task_of(decision)
    assert client_of("municipal").get(task.get_absolute_url()).status_code == 200
    assert client_of("elected").get(task.get_absolute_url()).status_code == 404


def test_who_answers_for_a_task_sees_it_whatever_else_they_see():
    holder = make_person("Kunnan virkahenkilö")
    task = make_task_of(person=holder)
    [client] = clients_of([holder])
    assert client.get(task.get_absolute_url()).status_code == 200
    BodySeat.objects.filter(user=person("elected")).update(until="2009-09-08")
    assert client_of("elected").get(task.get_absolute_url()).status_code == 404


def test_a_post_that_nobody_holds_any_more_gives_no_right():
    task = make_task_of()
    PostHolding.objects.filter(user=person("coordinator-mr")).update(until="2009-09-08")
    assert act("coordinator-mr", task, "progress", text="Vielä.").status_code == 403
