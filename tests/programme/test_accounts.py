"""Signing in: with a password, by one click in the sample, and the first administrator of an empty portal."""

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from programme.models import User
from tests.factories import make_person
from tests.personas import PEOPLE, client_of, make_browser, person

PASSWORD = "kolmetoista harmaata kurkea"


def sign_in(browser, **fields):
    return browser.post("/account/login/", {"login": "anna@example.test", "password": PASSWORD} | fields)


# --- The sample's people -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("persona", PEOPLE)
def test_one_click_signs_in_as_a_persona(persona):
    browser = make_browser()
    response = browser.post("/account/demo/", {"persona": persona})
    assert response["Location"] == "/desk/"
    assert browser.get("/desk/").wsgi_request.user == person(persona)


@pytest.mark.django_db
def test_the_sign_in_page_offers_each_of_them():
    page = make_browser().get("/account/login/")
    assert {user.persona for user in page.context["personas"]} == set(PEOPLE)


@pytest.mark.django_db
def test_a_persona_that_is_not_there_signs_nobody_in():
    browser = make_browser()
    assert browser.post("/account/demo/", {"persona": "mayor"})["Location"] == "/account/login/"
    assert browser.post("/account/demo/", {"persona": ""})["Location"] == "/account/login/"
    assert browser.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_a_click_leads_on_to_the_page_that_asked_but_never_out_of_the_portal():
    browser = make_browser()
    onward = {"persona": "office", "next": "/ako/reports/"}
    assert browser.post("/account/demo/", onward)["Location"] == "/ako/reports/"
    onward["next"] = "https://elsewhere.example/"
    assert browser.post("/account/demo/", onward)["Location"] == "/desk/"


@pytest.mark.django_db
@override_settings(SAMPLE=False)
def test_without_the_sample_there_is_no_such_door():
    make_person("Anna", email="anna@example.test", persona="office-2")
    browser = make_browser()
    assert browser.post("/account/demo/", {"persona": "office"}).status_code == 404
    assert browser.get("/account/login/").context["personas"] == []


@pytest.mark.django_db
def test_sixty_clicks_a_minute_pass_and_a_flood_is_stopped():
    browser = make_browser()
    # The clock stands: on a busy machine the clicks would fall into two minutes, and neither be a flood.
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [browser.post("/account/demo/", {"persona": "mayor"}).status_code for _ in range(250)]
    assert set(statuses[:60]) == {302}
    assert statuses[-1] == 403


# --- Passwords ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_person_signs_in_with_address_and_password_and_lands_on_the_desk():
    make_person("Anna", email="anna@example.test", password=PASSWORD)
    browser = make_browser()
    assert sign_in(browser, login="Anna@Example.test")["Location"] == "/desk/"
    assert browser.get("/desk/").status_code == 200


@pytest.mark.django_db
def test_a_wrong_password_and_an_unknown_address_answer_alike():
    make_person("Anna", email="anna@example.test", password=PASSWORD)
    wrong = sign_in(make_browser(), password="väärä")
    unknown = sign_in(make_browser(), login="beda@example.test")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors != {}


@pytest.mark.django_db
def test_after_five_wrong_passwords_even_the_right_one_must_wait():
    make_person("Anna", email="anna@example.test", password=PASSWORD)
    for _ in range(5):
        sign_in(make_browser(), password="väärä")
    browser = make_browser()
    sign_in(browser)
    assert browser.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_wrong_passwords_are_counted_where_every_process_sees_them():
    sign_in(make_browser(), password="väärä")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone() == (2,)


@pytest.mark.django_db
def test_another_port_in_the_host_header_gives_no_more_tries():
    make_person("Anna", email="anna@example.test", password=PASSWORD)
    tries = {"login": "anna@example.test", "password": "väärä"}
    for port in range(8001, 8006):
        make_browser().post("/account/login/", tries, headers={"host": f"localhost:{port}"})
    browser = make_browser()
    sign_in(browser)
    assert browser.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_a_deactivated_person_does_not_come_in():
    make_person("Anna", email="anna@example.test", password=PASSWORD, is_active=False)
    browser = make_browser()
    sign_in(browser)
    assert browser.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_the_samples_people_have_no_password():
    assert [user.persona for user in User.objects.all() if user.has_usable_password()] == []


@pytest.mark.django_db
def test_signing_out_is_a_form():
    browser = client_of("office")
    assert browser.get("/account/logout/").status_code == 200
    assert browser.get("/desk/").status_code == 200
    assert browser.post("/account/logout/")["Location"] == "/"
    assert browser.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_one_address_is_one_account_whatever_its_letters():
    make_person("Anna", email="anna@example.test")
    assert User.objects.get_by_natural_key("ANNA@example.test").name == "Anna"


# --- The reader's own page ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_own_page_tells_posts_and_groups():
    context = client_of("chair-mr").get("/account/").context
    assert [holding.post.code for holding in context["posts"]] == ["ROLE-PJ-MR"]
    assert [(seat.group.code, seat.role) for seat in context["memberships"]] == [("WG-MR", "chair")]


# --- The first administrator -------------------------------------------------------------------------------


def test_an_empty_portal_leads_to_its_first_administrator(empty_database):
    browser = make_browser()
    assert browser.get("/")["Location"] == "/account/first/"
    weak = browser.post(
        "/account/first/", {"name": "Anna", "email": "anna@example.test", "password": "lyhyt"}
    )
    assert (weak.status_code, User.objects.count()) == (422, 0)
    typed = {"name": "Anna", "email": "Anna@Example.test", "password": PASSWORD}
    assert browser.post("/account/first/", typed)["Location"] == "/"
    made = User.objects.get()
    assert (made.email, made.is_administrator, made.check_password(PASSWORD)) == (
        "anna@example.test",
        True,
        True,
    )
    assert browser.get("/").status_code == 200
    assert browser.get("/account/").status_code == 200
    assert make_browser().get("/account/first/").status_code == 404
    assert make_browser().post("/account/first/", typed).status_code == 404
    assert User.objects.count() == 1


@override_settings(PLAIN_HTTP=False)
def test_on_the_open_network_nobody_makes_themselves_the_first_administrator(empty_database):
    browser = make_browser()
    assert browser.get("/account/first/").status_code == 404
    typed = {"name": "Anna", "email": "anna@example.test", "password": PASSWORD}
    assert browser.post("/account/first/", typed).status_code == 404
    assert browser.get("/").status_code == 200
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_a_command_makes_an_administrator_there(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Anna@Example.test", name="Anna", interactive=False, verbosity=0)
    made = User.objects.get(email="anna@example.test")
    assert (made.name, made.is_administrator, made.check_password(PASSWORD)) == ("Anna", True, True)


def test_every_page_of_an_empty_portal_answers(empty_database):
    browser = make_browser()
    assert {
        address: browser.get(address).status_code for address in ("/accessibility/", "/ako/", "/desk/")
    } == {
        "/accessibility/": 200,
        "/ako/": 404,
        "/desk/": 302,
    }


@pytest.mark.django_db
def test_keys_of_one_letter_are_switched_off_and_on_in_the_profile():
    browser = client_of("coordinator-mr")
    assert "data-single-keys" not in browser.get("/account/").content.decode()
    for sent, switched_on in (({}, False), ({"single_keys": "on"}, True)):
        assert browser.post("/account/keys/", sent).status_code == 302
        assert person("coordinator-mr").single_keys is switched_on
        page = browser.get("/account/").content.decode()
        assert ('data-single-keys="off"' in page) is not switched_on
