"""What a person has been told is theirs alone, leads to what it is about, and is read once."""

import pytest

from programme import clock
from programme.models import Notification
from tests.personas import client_of, person

pytestmark = pytest.mark.django_db

LIST, DESK = "/notifications/", "/desk/"


def make_notification(persona="coordinator-mr", text="Kokous siirtyi.", address="/clock/"):
    return Notification.objects.create(
        user=person(persona), topic="deadlines_moved", text=text, address=address, happened_at=clock.now()
    )


def test_what_is_new_is_told_on_the_desk_and_in_the_list():
    make_notification()
    coordinator = client_of("coordinator-mr")
    assert "1 uusi ilmoitus" in coordinator.get(DESK).content.decode()
    page = coordinator.get(LIST)
    assert page.context["unread"] == 1
    assert "Kokous siirtyi." in page.content.decode()


def test_opening_leads_to_what_it_is_about_and_reads_it_once():
    told = make_notification()
    coordinator = client_of("coordinator-mr")
    assert coordinator.post(f"{LIST}{told.pk}/")["Location"] == "/clock/"
    told.refresh_from_db()
    first = told.read_at
    coordinator.post(f"{LIST}{told.pk}/")
    told.refresh_from_db()
    assert first is not None
    assert told.read_at == first
    assert "uusi ilmoitus" not in coordinator.get(DESK).content.decode()


def test_those_of_others_do_not_exist():
    told = make_notification("coordinator-hp", text="Toisen ilmoitus.")
    coordinator = client_of("coordinator-mr")
    assert coordinator.post(f"{LIST}{told.pk}/").status_code == 404
    assert "Toisen ilmoitus." not in coordinator.get(LIST).content.decode()
    coordinator.post(f"{LIST}read/")
    told.refresh_from_db()
    assert told.read_at is None


def test_all_are_taken_for_read_at_once():
    for number in range(30):
        make_notification(text=f"Ilmoitus {number}.")
    coordinator = client_of("coordinator-mr")
    assert "Ilmoitus 29." in coordinator.get(LIST).content.decode()
    assert "Ilmoitus 0." in coordinator.get(f"{LIST}?page=2").content.decode()
    assert coordinator.post(f"{LIST}read/")["Location"] == LIST
    assert coordinator.get(LIST).context["unread"] == 0


def test_an_empty_list_says_what_comes_there():
    assert "Sinulle ei ole vielä ilmoitettu" in client_of("coordinator-mr").get(LIST).content.decode()
