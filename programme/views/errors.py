"""What people see when something goes wrong: why, what to do, and an id by which the log is found."""

import sys
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from programme import text
from programme.field_words import as_read
from programme.generic import NotToldSo, RefusedByState

# What a form carries that nobody wrote.
WORDLESS_FIELDS = ("version", "drafted", "next", "persona", "base", "seen", "decision", "new_responsible")
# What a form may hold that no page may show back.
SECRET_FIELDS = ("csrf", "password", "token", "key", "code")
SECONDS_UNTIL_TRIED_AGAIN = 30


def error_id() -> str:
    """Return the beginning of the request's id: short enough to read aloud, long enough to find."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))[:8].upper()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400.html", HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    typed = getattr(exception, "words", None) or typed_in(request)
    asks = not isinstance(exception, RefusedByState)
    return _page(
        request,
        "403.html",
        HTTPStatus.FORBIDDEN,
        reason=str(exception),
        asks=asks,
        way=getattr(exception, "way", None),
        typed=typed,
    )


def page_not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    """Say the same of what does not exist and of what is not yours to see, unless a reason may be told."""
    reason = str(exception) if isinstance(exception, NotToldSo) else ""
    return _page(request, "404.html", HTTPStatus.NOT_FOUND, reason=reason)


def not_a_page(request: HttpRequest) -> HttpResponse:
    """Say that an address takes forms only, and lead to the page that has the form: the one above it."""
    above = request.path.rstrip("/").rpartition("/")[0] + "/"
    return _page(request, "405.html", HTTPStatus.METHOD_NOT_ALLOWED, above=above)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for what nobody foresaw; and for a database that is away, which is nobody's mistake here.

    Django brings every such error of a view and of a middleware here while it is being handled. A middleware
    of ours would see but those of the views.
    """
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        answer = _bare_page(request, "503.html", HTTPStatus.SERVICE_UNAVAILABLE)
        answer["Retry-After"] = str(SECONDS_UNTIL_TRIED_AGAIN)
        return answer
    return _bare_page(request, "500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form whose proof of origin is missing or old, and give back what was typed."""
    return _page(request, "403.html", HTTPStatus.FORBIDDEN, form_is_old=True, typed=typed_in(request))


def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that the session has ended, and give back what was typed in it."""
    return _page(request, "401.html", HTTPStatus.UNAUTHORIZED, typed=typed_in(request))


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what somebody had written in the form that they sent, but for what no page may show."""
    return [
        as_read(name, value)
        for name, values in request.POST.lists()
        if name not in WORDLESS_FIELDS and not any(secret in name.lower() for secret in SECRET_FIELDS)
        for value in values
        if value.strip()
    ]


def _bare_page(request: HttpRequest, template: str, status: HTTPStatus) -> HttpResponse:
    """Stand on nothing that may be broken: no database, no context processor, no frame."""
    context = {"error_id": error_id(), "language": text.language_code(), "typed": typed_in(request)}
    return HttpResponse(loader.render_to_string(template, context), status=status)


def _page(request: HttpRequest, template: str, status: HTTPStatus, **context: Any) -> HttpResponse:
    return render(request, template, {"error_id": error_id(), **context}, status=status)
