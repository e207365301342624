"""How accounts come into being: by an administrator, never by signing up."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with e-mail and password; people are invited, they do not sign up.

    Mails name the portal by its own address. The library would name the host that the request came to, which
    the sender of the request chooses: a link with somebody else's host would hand over the password.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        uidb36, _hyphen, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
        return f"{settings.ADDRESS}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail in the language of its reader, whatever language the page was in that asked for it."""
        own = {"name": _host(), "domain": settings.ADDRESS}
        reader = context.get("user")
        with translation.override(reader.language if reader else translation.get_language()):
            super().send_mail(template_prefix, email, context | {"current_site": own})

    def format_email_subject(self, subject: str) -> str:
        return f"[{_host()}] {subject}"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords by the account alone.

        The library counts them by the request's host too, port included, which the sender chooses: with a new
        port in every request nobody would ever have to wait.
        """
        return str(credentials.get("email", "")).strip().lower()


def _host() -> str:
    return urlsplit(settings.ADDRESS).netloc
