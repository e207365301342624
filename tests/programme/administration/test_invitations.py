"""Inviting a person by mail: the account, the mail, its link, and the first password."""

import re
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import override_settings

from programme.models import Invitation, Post, PostHolding, User
from tests.factories import ako, make_person
from tests.personas import client_of, make_browser, person

pytestmark = pytest.mark.django_db

PASSWORD = "kolmetoista harmaata kurkea"
ADDRESS = "https://punos.example.test"


def invite(browser=None, **typed):
    given = {"name": "Anna Aalto", "email": "Anna@Example.test", "language": "fi"} | typed
    return (browser or client_of("admin")).post("/ako/people/invite/", given)


def link_in(message):
    [link] = re.findall(r"https?://\S+", message.body)
    return link


def anna():
    return User.objects.get(email="anna@example.test")


def said_to(response, browser):
    return [str(message) for message in browser.get(response["Location"]).context["messages"]]


@override_settings(ADDRESS=ADDRESS)
def test_an_invited_person_sets_a_password_by_the_link_and_signs_in():
    assert invite()["Location"] == f"/ako/people/{anna().pk}/"
    assert not anna().has_usable_password()
    [message] = mail.outbox
    assert message.to == ["anna@example.test"]
    link = link_in(message)
    assert link.startswith(f"{ADDRESS}/account/password/reset/key/")
    browser = make_browser()
    form = browser.get(link.removeprefix(ADDRESS), follow=True)
    done = browser.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert done["Location"] == "/account/password/reset/key/done/"
    signed_in = browser.post("/account/login/", {"login": "anna@example.test", "password": PASSWORD})
    assert signed_in["Location"] == "/desk/"
    assert make_browser().get(link.removeprefix(ADDRESS)).context["token_fail"]


@pytest.mark.parametrize(
    ("language", "greeting"), [("fi", "Hei Anna Aalto"), ("sv", "Hej Anna Aalto"), ("en", "Hello Anna Aalto")]
)
def test_the_mail_is_in_the_persons_language(language, greeting):
    invite(language=language)
    assert mail.outbox[0].body.startswith(greeting)
    assert anna().language == language


@pytest.mark.parametrize(("language", "words"), [("fi", "salasana"), ("sv", "lösenord"), ("en", "password")])
def test_the_mail_of_a_forgotten_password_is_in_its_readers_language(language, words):
    """Whatever the language of the page was on which somebody asked for it."""
    make_person("Anna Aalto", email="anna@example.test", language=language, password=PASSWORD)
    browser = make_browser()
    browser.post("/language/", {"language": "sv" if language != "sv" else "fi"})
    browser.post("/account/password/reset/", {"email": "anna@example.test"})
    [message] = mail.outbox
    assert words in message.body.lower()


def test_a_name_stays_on_its_line_of_the_mail():
    invite(name="Anna O’Brien & Aalto")
    assert "Anna O’Brien & Aalto" in mail.outbox[0].body
    assert "\n" not in mail.outbox[0].subject


def test_the_first_post_is_given_with_the_invitation():
    post = Post.objects.get(programme=ako(), code="ROLE-SJ")
    invite(post=post.pk, starts_on="1.10.2009")
    held = PostHolding.objects.get(user=anna())
    assert (held.post, str(held.starts_on)) == (post, "2009-10-01")


def test_an_address_that_is_known_gets_a_clear_answer_and_nothing_is_done():
    make_person("Anna Vanha", email="anna@example.test")
    refused = invite()
    assert refused.status_code == 422
    assert "Anna Vanha" in refused.context["form"].errors["email"][0]
    assert (User.objects.filter(name="Anna Aalto").count(), mail.outbox) == (0, [])


def test_the_page_tells_when_the_person_was_invited_and_that_they_have_not_signed_in():
    page = client_of("admin").get(invite()["Location"])
    assert page.context["may_be_invited"]
    assert page.context["person"].invited_at == Invitation.objects.get(user=anna()).sent_at
    assert Invitation.objects.get(user=anna()).sent_by == person("admin")
    assert "ei ole vielä kirjautunut" in page.content.decode()


def test_an_invitation_is_sent_again_but_not_at_once():
    invite()
    browser, address = client_of("admin"), f"/ako/people/{anna().pk}/invitation/"
    assert "viisi minuuttia" in said_to(browser.post(address), browser)[-1]
    assert len(mail.outbox) == 1
    cache.delete(f"invitation:{anna().pk}")
    browser.post(address)
    assert (len(mail.outbox), Invitation.objects.filter(user=anna()).count()) == (2, 2)


def test_a_list_filtered_to_nothing_says_so_and_leads_back():
    shown = client_of("admin").get("/ako/people/", {"q": "ei ketään"}).content.decode()
    assert "Ei osumia näillä rajauksilla" in shown
    assert '<a class="button" href="/ako/people/">Poista rajaukset</a>' in shown


def test_a_second_account_for_one_name_is_asked_about_first():
    invite()
    second = {"name": "anna aalto", "email": "anna.toinen@example.test"}
    response = invite(**second)
    assert response.status_code == 422
    [asked] = response.context["form"].errors["is_another"]
    assert "anna@example.test" in asked
    assert 'type="checkbox" name="is_another"' in response.content.decode()
    assert User.objects.filter(name__iexact="anna aalto").count() == 1
    assert invite(is_another="on", **second).status_code == 302
    assert User.objects.filter(name__iexact="anna aalto").count() == 2


def test_who_has_a_password_is_not_invited():
    somebody = make_person("Beda", password=PASSWORD)
    client_of("admin").post(f"/ako/people/{somebody.pk}/invitation/")
    assert mail.outbox == []


class BrokenBackend(EmailBackend):
    def send_messages(self, messages):
        raise SMTPException("no such server")


def test_a_mail_that_does_not_go_out_leaves_the_account_and_counts_as_not_sent():
    browser = client_of("admin")
    with override_settings(EMAIL_BACKEND=f"{__name__}.BrokenBackend"):
        response = invite(browser)
    assert "ei voitu lähettää" in said_to(response, browser)[-1]
    assert not Invitation.objects.exists()
    browser.post(f"/ako/people/{anna().pk}/invitation/")
    assert len(mail.outbox) == 1


# --- The link of a forgotten password ----------------------------------------------------------------------


@override_settings(ADDRESS=ADDRESS)
def test_the_link_of_a_forgotten_password_names_the_portal_whatever_host_was_asked():
    make_person("Anna", email="anna@example.test", password=PASSWORD)
    asked = {"email": "anna@example.test"}
    make_browser().post("/account/password/reset/", asked, headers={"host": "localhost:6666"})
    [message] = mail.outbox
    assert link_in(message).startswith(f"{ADDRESS}/account/")
    assert "localhost" not in message.body + message.subject


def test_the_mail_of_a_forgotten_password_is_the_portals_own_in_its_readers_language():
    make_person("Anna", email="anna@example.test", password=PASSWORD, language="sv")
    browser = make_browser()
    browser.cookies["language"] = "en"
    browser.post("/account/password/reset/", {"email": "anna@example.test"})
    [message] = mail.outbox
    assert message.subject == "Nytt lösenord till portalen: AKO"
    assert message.body.startswith("Hej Anna,")
    link = link_in(message)
    form = make_browser().get(f"/account/{link.partition('/account/')[2]}", follow=True)
    assert form.status_code == 200


def test_an_unknown_address_gets_no_mail_and_the_same_answer():
    make_person("Anna", email="anna@example.test", password=PASSWORD)
    known = make_browser().post("/account/password/reset/", {"email": "anna@example.test"})
    unknown = make_browser().post("/account/password/reset/", {"email": "beda@example.test"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [["anna@example.test"]]
