"""Middleware of the portal: the reader's language, and who stands behind each change in the trail."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pghistory.middleware
import structlog
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django_structlog.middlewares import RequestMiddleware

from programme import sessions
from programme.views.errors import not_a_page, signed_out


class LoggingMiddleware(RequestMiddleware):
    """Logs requests without the secrets that some addresses carry."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Return what the log says of a request; the key of a calendar is no log's to keep."""
        if "key" not in request.GET:
            return RequestMiddleware.format_request(request)
        return f"{request.method} {request.path}?key=…"


class RequestIdMiddleware:
    """Answers with the request's id: log and trail know it, error pages show its beginning."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = structlog.contextvars.get_contextvars()["request_id"]
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        return response


class LanguageMiddleware:
    """Turns on the language that the reader chose in this browser; else that of their account; else Finnish.

    Django's own LocaleMiddleware would follow the browser's languages. The programme's language is Finnish
    and an English browser is no wish for English minutes: only the reader's own choice counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.codes = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._chosen(request) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _chosen(self, request: HttpRequest) -> str | None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen in self.codes:
            return chosen
        # Without a session there is nobody to ask about: public pages stay free of queries and cookies.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            return request.user.language
        return None


class SignedInMiddleware(LoginRequiredMiddleware):
    """Login is required unless a page opts out; a form sent after the session ended gives its words back."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        if request.method == "POST":
            return signed_out(request)
        return super().handle_no_permission(request, view_func)


class NotAPageMiddleware:
    """Where somebody opens an address that takes forms only, says so instead of showing an empty page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = not_a_page(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class SessionRenewalMiddleware:
    """A session in use goes on: its twelve hours begin anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            sessions.renew(request)
        return self.get_response(request)


class PrivacyMiddleware:
    """What a signed-in person reads is kept by no cache on the way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Writes the request's id beside the person and the address, so that trail and log meet."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        return super().get_context(request) | {"request_id": request_id}
