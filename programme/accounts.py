"""How accounts come into being and get their passwords: by an administrator and by mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.models import Programme, User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with e-mail and password; people are invited, they do not sign up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address where a password is set. It begins with the portal's own address.

        The library would name the host that the request came to, which the sender of the request chooses: a
        link with somebody else's host would hand over the password.
        """
        uidb36, _hyphen, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
        return f"{settings.ADDRESS}{path}"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send the link for a new password in the person's own language and the portal's own words."""
        with translation.override(user.language):
            programme = Programme.objects.default()
            name = programme.short_name if programme else settings.ADDRESS
            subject = _("A new password for the portal of %(programme)s") % {"programme": name}
            parts = [
                _("Hello %(name)s,") % {"name": user.name},
                _(
                    "a new password was asked for this address in the portal of the programme"
                    " %(programme)s. Set it here:"
                )
                % {"programme": name},
                context["password_reset_url"],
                how_long_the_link_works(),
                _(
                    "Was it not you? Then nothing needs to be done: your password stays as it is until the"
                    " link is used."
                ),
            ]
        mail_of(subject, parts, to=email).send()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords by the account alone.

        The library counts them by the request's host too, port included, which the sender chooses: with a new
        port in every request nobody would ever have to wait.
        """
        return str(credentials.get("email", "")).strip().lower()


def mail_of(subject: str, parts: list[str], *, to: str) -> EmailMessage:
    """Return a plain mail: its subject on one line, its parts as paragraphs."""
    return EmailMessage(" ".join(subject.split()), "\n\n".join(parts) + "\n", to=[to])


def how_long_the_link_works() -> str:
    days = settings.PASSWORD_RESET_TIMEOUT // (60 * 60 * 24)
    return ngettext(
        "The link works once and for %(days)s day. After that, ask for a new one on the sign-in page"
        " under “Forgotten password”.",
        "The link works once and for %(days)s days. After that, ask for a new one on the sign-in page"
        " under “Forgotten password”.",
        days,
    ) % {"days": days}
