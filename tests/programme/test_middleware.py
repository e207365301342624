"""What every answer carries: headers, the language, and who stands behind a change."""

import re

import pghistory.models
import pytest
from django.test import override_settings

from programme.models import User
from tests.factories import make_person, the_target
from tests.personas import client_of, make_browser
from workgroups.models import FollowUp

pytestmark = pytest.mark.django_db

# The golden headers of a page for a person who has not signed in.
GOLDEN = {
    "Content-Language": "fi",
    "Content-Security-Policy": {
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "manifest-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
    },
    "Content-Type": "text/html; charset=utf-8",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# What differs from answer to answer and promises nothing.
PASSING = {"Content-Length", "Vary", "Location", "Expires", "Cache-Control", "Allow", "X-Request-ID"}


def headers_of(response):
    """Return the headers that promise something; the policy as a set, as its order is chance."""
    headers = {name: value for name, value in response.headers.items() if name not in PASSING}
    policy = headers.get("Content-Security-Policy", "")
    return headers | {"Content-Security-Policy": {directive.strip() for directive in policy.split(";")}}


ANSWERS = [
    ("/", 200),
    ("/ako/", 200),
    ("/accessibility/", 200),
    ("/account/login/", 200),
    ("/ako/reports/RAP-2009-T1-SID.html", 200),
    ("/no/such/page/", 404),
    ("/ako/reports/RAP-2009-T1-SH/", 404),
    ("/desk/", 302),
    ("/language/", 405),
]


@pytest.mark.parametrize(("address", "status"), ANSWERS)
def test_every_answer_carries_the_golden_headers(address, status):
    response = make_browser().get(address)
    assert response.status_code == status
    assert headers_of(response) == GOLDEN


@pytest.mark.parametrize(
    ("address", "content_type"),
    [
        ("/health/live", "text/plain"),
        ("/health/ready", "text/plain"),
        ("/ako/reports/RAP-2009-T1-SID.json", "application/json"),
    ],
)
def test_answers_that_are_no_pages_carry_them_too(address, content_type):
    response = make_browser().get(address)
    assert headers_of(response) == GOLDEN | {"Content-Type": content_type}


def test_refusals_carry_them_too():
    refused = client_of("office").get("/approvals/")
    too_old = make_browser(checks_tokens=True).post("/language/", {"language": "sv"})
    assert (refused.status_code, too_old.status_code) == (403, 403)
    assert headers_of(refused) == headers_of(too_old) == GOLDEN


def test_an_error_carries_them_too_and_shows_an_id_instead_of_the_reason(monkeypatch):
    def broken(request):
        raise RuntimeError("the inner reason")

    monkeypatch.setattr("programme.views.pages.render", broken, raising=True)
    browser = make_browser()
    browser.raise_request_exception = False
    response = browser.get("/accessibility/")
    page = response.content.decode()
    assert response.status_code == 500
    assert headers_of(response) == GOLDEN
    assert "the inner reason" not in page
    assert f"<strong>{response['X-Request-ID'][:8].upper()}</strong>" in page


@pytest.mark.parametrize("address", ["/", "/no/such/page/", "/desk/", "/health/live"])
def test_every_answer_carries_an_id_of_its_own(address):
    ids = {make_browser().get(address, headers={"x-request-id": "chosen"})["X-Request-ID"] for _ in range(2)}
    assert len(ids) == 2
    assert all(re.fullmatch(r"[0-9a-f-]{36}", request_id) for request_id in ids)


# --- Language --------------------------------------------------------------------------------------------


def test_finnish_is_the_language_whatever_the_browser_wishes():
    response = make_browser().get("/ako/", headers={"accept-language": "en-GB,en;q=0.9"})
    assert response.headers["Content-Language"] == "fi"
    assert '<html lang="fi"' in response.content.decode()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_reader_chooses_the_language_and_returns_to_the_page(language):
    browser = make_browser()
    response = browser.post("/language/", {"language": language, "next": "/ako/meetings/?page=2"})
    cookie = response.cookies["language"]
    assert (response["Location"], cookie.value) == ("/ako/meetings/?page=2", language)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert f'<html lang="{language}"' in browser.get("/ako/").content.decode()


def test_without_a_choice_in_this_browser_the_language_is_the_accounts_own():
    browser = client_of("coordinator-mr")
    assert browser.get("/desk/").headers["Content-Language"] == "fi"
    User.objects.filter(persona="coordinator-mr").update(language="sv")
    response = browser.get("/desk/")
    assert response.headers["Content-Language"] == "sv"
    assert '<html lang="sv"' in response.content.decode()
    browser.cookies["language"] = "en"
    assert browser.get("/desk/").headers["Content-Language"] == "en"


def test_an_unknown_language_and_a_foreign_address_are_left_alone():
    browser = make_browser()
    response = browser.post("/language/", {"language": "de", "next": "https://elsewhere.example/"})
    assert (response["Location"], dict(response.cookies)) == ("/", {})
    browser.cookies["language"] = "de"
    assert browser.get("/").headers["Content-Language"] == "fi"


# --- The trail -------------------------------------------------------------------------------------------


def test_bulk_and_plain_changes_are_in_the_trail_too():
    before = FollowUp.objects.get(target=the_target(), period__code="2009-T1")
    FollowUp.objects.filter(pk=before.pk).update(text="Muutettu joukkona.")
    event = pghistory.models.Events.objects.tracks(before).order_by("pgh_created_at").last()
    assert (event.pgh_label, event.pgh_data["text"], event.pgh_diff["text"][1]) == (
        "update",
        "Muutettu joukkona.",
        "Muutettu joukkona.",
    )


def test_passwords_stand_in_no_trail():
    person = make_person("Salasanallinen", password="pitkä ja salainen lause")
    person.set_password("toinen salainen lause")
    person.save()
    events = pghistory.models.Events.objects.tracks(person)
    assert [event.pgh_data for event in events if "password" in event.pgh_data] == []


def test_reading_writes_no_trail():
    contexts = pghistory.models.Context.objects.count()
    client_of("office").get("/ako/dashboard/")
    assert pghistory.models.Context.objects.count() == contexts


# --- https -----------------------------------------------------------------------------------------------


def test_in_production_plain_http_leads_to_https_but_health_answers():
    with override_settings(
        SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31536000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True
    ):
        # The stack of middleware reads these settings when it is built.
        from_outside = make_browser(is_new=True)
        plain = from_outside.get("/ako/")
        assert (plain.status_code, plain["Location"]) == (301, "https://testserver/ako/")
        assert from_outside.get("/health/live").status_code == 200
        secure = from_outside.get("/ako/", secure=True)
        assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_the_loopback_address_promises_nothing_of_https():
    assert "Strict-Transport-Security" not in make_browser().get("/").headers
