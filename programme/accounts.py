"""How accounts come into being: by an administrator, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with e-mail and password; people are invited, they do not sign up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
