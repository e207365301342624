"""Sessions in use go on; one left alone ends twelve hours after its last use, and the page says when."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from programme.sessions import SECONDS_BETWEEN_RENEWALS, USED_AT
from tests.personas import client_of

pytestmark = pytest.mark.django_db

FORM = "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/"


def used(client, seconds_ago):
    session = client.session
    session[USED_AT] = timezone.now().timestamp() - seconds_ago
    session.save()


def stored_end(client):
    return Session.objects.get(pk=client.session.session_key).expire_date


def test_a_page_says_how_long_the_session_goes_on():
    client = client_of("coordinator-mr")
    used(client, 1800)
    left = client.get(FORM).context["session_seconds"]
    assert settings.SESSION_COOKIE_AGE - 1810 < left <= settings.SESSION_COOKIE_AGE - 1800


def test_a_session_used_an_hour_after_it_was_moved_is_moved_again():
    client = client_of("coordinator-mr")
    used(client, SECONDS_BETWEEN_RENEWALS + 1)
    before = stored_end(client)
    assert client.get(FORM).context["session_seconds"] > settings.SESSION_COOKIE_AGE - 10
    assert stored_end(client) > before


def test_a_session_in_use_is_not_written_at_every_page():
    client = client_of("coordinator-mr")
    used(client, SECONDS_BETWEEN_RENEWALS - 60)
    before = stored_end(client)
    client.get(FORM)
    assert stored_end(client) == before
