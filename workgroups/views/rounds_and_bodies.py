"""Rounds and bodies as they are kept: the ground's own pages, which tell whose deadlines move by it."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from programme.deadlines.moved import Tell
from programme.generic import signed_in
from programme.views import settings_pages
from workgroups.annual_clock.telling import tell_of_moves


def _tell(request: HttpRequest) -> Tell:
    return partial(tell_of_moves, by=signed_in(request))


def round_create(request: HttpRequest, programme: str) -> HttpResponse:
    """Add a period and its round."""
    return settings_pages.round_create(request, programme, tell=_tell(request))


def round_update(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Change the dates of a round that has not closed."""
    return settings_pages.round_update(request, programme, code, tell=_tell(request))


def body_create(request: HttpRequest, programme: str) -> HttpResponse:
    """Add a body, which may replace another."""
    return settings_pages.body_create(request, programme, tell=_tell(request))


def body_end(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Say on which day a body ends."""
    return settings_pages.body_end(request, programme, code, tell=_tell(request))
