"""The sample's people, as tests speak of them, and how they sign in."""

import datetime
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from programme.models import User
from programme.sessions import USED_AT

ANONYMOUS = "anonymous"
GROUPS = ("mr", "hp", "eo")
COORDINATORS = tuple(f"coordinator-{group}" for group in GROUPS)
CHAIRS = tuple(f"chair-{group}" for group in GROUPS)
GROUP_PEOPLE = (*COORDINATORS, *CHAIRS, "member-mr")
# They read what is submitted and not yet accepted, in every group.
READ_UNFINISHED = ("office", "presenter", "auditor")
OFFICIALS = (*READ_UNFINISHED, "secretary", "finance", "admin")
# They read what was told to them, nothing live.
TOLD = ("elected", "municipal")

PEOPLE = (*GROUP_PEOPLE, *OFFICIALS, *TOLD)
EVERYBODY = (*PEOPLE, ANONYMOUS)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@cache
def handler(*, checks_tokens: bool) -> ClientHandler:
    """Return one stack of middleware for all browsers: to build it, the static files are searched anew."""
    return ClientHandler(enforce_csrf_checks=checks_tokens)


def make_browser(*, checks_tokens: bool = False, is_new: bool = False) -> Client:
    """Return a browser in which nobody has signed in.

    It may demand each form's proof of origin; a new one has middleware of its own, built by today's settings.
    """
    browser = Client()
    if not is_new:
        browser.handler = handler(checks_tokens=checks_tokens)
    return browser


def person(persona: str) -> User:
    return User.objects.get(persona=persona)


def clients_of(users: Iterable[User]) -> list[Client]:
    """Return a signed-in browser for each person, by one insert: the matrix signs thousands in."""
    users = list(users)
    expire_date = timezone.now() + datetime.timedelta(hours=1)
    sessions = [
        Session(
            session_key=f"test-session-{user.pk}",
            session_data=SessionStore().encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: BACKEND,
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                    USED_AT: timezone.now().timestamp(),
                }
            ),
            expire_date=expire_date,
        )
        for user in users
    ]
    Session.objects.bulk_create(sessions, ignore_conflicts=True)
    clients = []
    for user in users:
        client = make_browser()
        client.cookies[settings.SESSION_COOKIE_NAME] = f"test-session-{user.pk}"
        clients.append(client)
    return clients


def clients_by_persona(personas: Iterable[str]) -> dict[str, Client]:
    """Return a browser for each persona; nobody has signed in in the anonymous one's."""
    wanted = set(personas)
    users = list(User.objects.filter(persona__in=wanted))
    signed_in = {user.persona: client for user, client in zip(users, clients_of(users), strict=True)}
    return signed_in | ({ANONYMOUS: make_browser()} if ANONYMOUS in wanted else {})


def client_of(persona: str, *, checks_tokens: bool = False) -> Client:
    """Return a browser of one persona."""
    client = clients_by_persona([persona])[persona]
    client.handler = handler(checks_tokens=checks_tokens)
    return client
