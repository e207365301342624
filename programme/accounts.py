"""How accounts come into being: by an administrator, never by signing up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with e-mail and password; people are invited, they do not sign up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords by the account alone.

        The library counts them by the request's host too, port included, which the sender chooses: with a new
        port in every request nobody would ever have to wait.
        """
        return str(credentials.get("email", "")).strip().lower()
