"""What people see when the database is away: what happened, their own words, and no password."""

import contextlib
import re

import pytest
from django.db import connection

from tests.personas import client_of, make_browser

FORM = "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/"


@contextlib.contextmanager
def database_away(folder):
    """Let the database's address lead to nobody."""
    there = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = str(folder)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["HOST"] = there


def patient(browser):
    """Return a browser that takes errors as answers, as all but the tests' own do."""
    browser.raise_request_exception = False
    return browser


def test_a_form_sent_while_the_database_is_away_gives_its_words_back(committed_database, tmp_path):
    coordinator = patient(client_of("coordinator-mr"))
    typed = {"status": "delayed", "text": "Kirjoitin tätä pitkään.", "version": "0"}
    with database_away(tmp_path):
        answer = coordinator.post(FORM, typed)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Kirjoitin tätä pitkään." in page
    assert re.search(r"<strong>([0-9A-F]{8})</strong>", page)[1] == answer["X-Request-ID"][:8].upper()
    mended = typed | {"reason": "Kiire.", "corrective_action": "Apua."}
    assert coordinator.post(FORM, mended).status_code == 302


def test_a_password_is_never_given_back(committed_database, tmp_path):
    with database_away(tmp_path):
        answer = patient(make_browser()).post(
            "/account/login/", {"login": "anna@example.test", "password": "kolmetoista harmaata kurkea"}
        )
    assert answer.status_code == 503
    assert "anna@example.test" in answer.content.decode()
    assert "kurkea" not in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("fi", "Portaali on hetken tavoittamattomissa"),
        ("sv", "Portalen kan inte nås just nu"),
        ("en", "The portal is out of reach for a moment"),
    ],
)
def test_every_page_says_so_in_the_readers_language(committed_database, tmp_path, language, heading):
    browser = patient(make_browser())
    browser.cookies["language"] = language
    with database_away(tmp_path):
        answer = browser.get("/ako/")
    assert (answer.status_code, answer["Content-Language"]) == (503, language)
    assert f"<h1>{heading}</h1>" in answer.content.decode()


# --- Addresses that take forms only ----------------------------------------------------------------------


@pytest.mark.django_db
def test_an_address_that_takes_forms_only_leads_to_the_page_above_it():
    response = client_of("chair-mr").get("/ako/workgroups/WG-MR/2009/approve/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    page = response.content.decode()
    assert '<a class="button" href="/ako/workgroups/WG-MR/2009/">Avaa sivu</a>' in page
    assert client_of("chair-mr").get("/ako/workgroups/WG-MR/2009/").status_code == 200


@pytest.mark.django_db
def test_who_is_refused_because_of_a_state_is_not_told_to_ask_for_a_right():
    by_state = client_of("office").get("/ako/targets/VT-2009-MR-2/edit/").content.decode()
    assert "Oikeudet tulevat" not in by_state
    by_right = client_of("member-mr").get("/ako/workgroups/WG-MR/members/new/").content.decode()
    assert "Oikeudet tulevat" in by_right
