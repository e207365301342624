"""How long a session lasts: twelve hours from its last use, told to the page so that nobody is surprised.

Django moves a session's end only when something in it changes, and to write it at every request would cost
every page a query. It is moved once an hour of use.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

USED_AT = "used_at"
SECONDS_BETWEEN_RENEWALS = 60 * 60


def begin(request: HttpRequest, **_more: Any) -> None:
    """Note when a session began."""
    request.session[USED_AT] = timezone.now().timestamp()


def renew(request: HttpRequest) -> None:
    """Move a session's end, where it was last moved an hour ago or more."""
    now = timezone.now().timestamp()
    if now - request.session.get(USED_AT, 0) >= SECONDS_BETWEEN_RENEWALS:
        request.session[USED_AT] = now


def seconds_left(request: HttpRequest) -> int:
    """Return how many seconds the session goes on if its owner does nothing."""
    used_for = timezone.now().timestamp() - request.session[USED_AT]
    return max(0, settings.SESSION_COOKIE_AGE - int(used_for))
