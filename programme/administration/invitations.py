"""Invitations by mail: an account without a password, and the link by which its owner sets the first one."""

import datetime
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from programme import clock
from programme.accounts import how_long_the_link_works, mail_of
from programme.administration.people import TAKEN_ADDRESS
from programme.administration.refusals import told
from programme.administration.terms import add_term
from programme.models import Invitation, Post, PostHolding, Programme, User

SECONDS_BETWEEN_MAILS = 300


@transaction.atomic
def make_account(
    values: dict[str, Any], *, post: Post | None = None, starts_on: datetime.date | None = None
) -> User:
    """Make an account that nobody can sign in to yet, in its first post where it has one.

    Raises ValidationError where the address is taken; then nothing is made.
    """
    with told(TAKEN_ADDRESS):
        person = User.objects.create_user(values["email"], name=values["name"], language=values["language"])
    if post is not None:
        add_term(PostHolding(post=post, user=person, starts_on=starts_on or clock.today()))
    return person


def send_invitation(person: User, *, programme: Programme, actor: User) -> None:
    """Send a person the link by which they set their first password, in their own language.

    Raises ValidationError where they need none, where one went out just now, and where the mail cannot be
    sent: then it counts as not sent.
    """
    if not person.is_active:
        raise ValidationError(_("The account is closed. Open it first."))
    if person.last_login is not None or person.has_usable_password():
        raise ValidationError(
            _("The person has signed in or set a password already: an invitation is not needed.")
        )
    key = f"invitation:{person.pk}"
    if not cache.add(key, True, timeout=SECONDS_BETWEEN_MAILS):
        raise ValidationError(_("An invitation was sent less than five minutes ago. Wait a moment."))
    try:
        invitation_to(person, programme).send()
    except (SMTPException, OSError) as error:
        cache.delete(key)
        raise ValidationError(
            _("The mail could not be sent. The account stands; send the invitation again later.")
        ) from error
    Invitation.objects.create(user=person, sent_at=clock.now(), sent_by=actor)


def invitation_to(person: User, programme: Programme) -> EmailMessage:
    """Write the mail. Its link begins with the portal's own address, whatever address a request came to."""
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    link = get_adapter().get_reset_password_from_key_url(key)
    with translation.override(person.language):
        subject = _("Your account in the portal of %(programme)s") % {"programme": programme.short_name}
        parts = [
            _("Hello %(name)s,") % {"name": person.name},
            _(
                "an account has been made for you in the portal of the programme %(programme)s."
                " Set your password here:"
            )
            % {"programme": programme.short_name},
            link,
            how_long_the_link_works(),
            _("Your user name is this e-mail address: %(email)s") % {"email": person.email},
        ]
    return mail_of(subject, parts, to=person.email)
