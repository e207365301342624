"""People with an account: what each is in the programme on a day, and who may sign in."""

import datetime
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import text
from programme.administration.refusals import Refusal, told
from programme.models import Programme, User

# The relations by which a person is something in a programme, and where each tells its programme.
PLACES = {
    "holdings": "post__programme",
    "body_seats": "body__programme",
    "municipal_contacts": "programme",
    "memberships": "group__programme",
}
TAKEN = Refusal("email", gettext_lazy("An account has this address already."))
TAKEN_ADDRESS = {"one_account_per_email_address": TAKEN, "programme_user_email_key": TAKEN}


def with_a_role(programme: Programme, day: datetime.date) -> Q:
    """Return the condition of people who hold a post, a seat, a contact or a membership on a day."""
    found = Q(pk__in=[])
    for relation, path in PLACES.items():
        goes_on = Q(**{f"{relation}__until__isnull": True}) | Q(**{f"{relation}__until__gte": day})
        held = User.objects.filter(
            goes_on, **{f"{relation}__{path}": programme, f"{relation}__starts_on__lte": day}
        )
        found |= Q(pk__in=held.values("pk"))
    return found


def accounts() -> QuerySet[User]:
    """Return all accounts, each with the moment of its last invitation as `invited_at`."""
    invited_at = Max("invitations__sent_at")
    return User.objects.annotate(invited_at=invited_at).order_by("name", "pk")


def people() -> QuerySet[User]:
    """Return all accounts with what their roles are told from; a fixed number of queries."""
    return accounts().prefetch_related(
        "holdings__post", "body_seats__body", "municipal_contacts__municipality", "memberships__group"
    )


def roles_on(person: User, programme: Programme, day: datetime.date) -> list[str]:
    """Return in words what a person of `people()` is in a programme on a day; nothing is asked anew."""
    told_roles = [_("Administrator of the portal")] if person.is_administrator else []
    for holding in _in_force(person.holdings.all(), day):
        if holding.post.programme_id == programme.pk:
            told_roles.append(text.words_of(holding.post, "name")[0])
    for seat in _in_force(person.body_seats.all(), day):
        if seat.body.programme_id == programme.pk:
            told_roles.append(f"{text.words_of(seat.body, 'name')[0]}, {seat.get_position_display()}")
    for contact in _in_force(person.municipal_contacts.all(), day):
        if contact.programme_id == programme.pk:
            municipality = text.words_of(contact.municipality, "name")[0]
            told_roles.append(_("Contact of %(municipality)s") % {"municipality": municipality})
    for membership in _in_force(person.memberships.all(), day):
        if membership.group.programme_id == programme.pk:
            told_roles.append(
                f"{text.words_of(membership.group, 'name')[0]}, {membership.get_role_display()}"
            )
    return told_roles


def _in_force(terms: Iterable[Any], day: datetime.date) -> list[Any]:
    return [term for term in terms if is_in_force(term, day)]


def is_in_force(term: Any, day: datetime.date) -> bool:
    return bool(term.starts_on <= day and (term.until is None or term.until >= day))


def save_person(person: User) -> None:
    """Save a person's name, address and language. Raises ValidationError where the address is taken.

    Links sent to an address that has been changed no longer work: the sign-in library's own list of addresses
    is emptied, and it signs nobody in by the old one.
    """
    with told(TAKEN_ADDRESS):
        person.save(update_fields=["name", "email", "language"])
        EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()


@transaction.atomic
def close_account(person: User, *, actor: User) -> None:
    """Let a person sign in no more. Raises ValidationError for one's own account and for the last one."""
    _must_be_anothers(person, actor, _("You cannot close your own account. Another administrator can."))
    _must_leave_an_administrator(person)
    person.is_active = False
    person.save(update_fields=["is_active"])


def open_account(person: User) -> None:
    """Let a person sign in again."""
    person.is_active = True
    person.save(update_fields=["is_active"])


def make_administrator(person: User) -> None:
    """Let a person look after accounts. Raises ValidationError where the account is closed."""
    if not person.is_active:
        raise ValidationError(_("The account is closed. Open it first."))
    person.is_administrator = True
    person.save(update_fields=["is_administrator"])


@transaction.atomic
def withdraw_administrator(person: User, *, actor: User) -> None:
    """Take the administration from a person. Raises ValidationError for oneself and for the last one."""
    _must_be_anothers(
        person, actor, _("You cannot give up the administration yourself. Another administrator can take it.")
    )
    _must_leave_an_administrator(person)
    person.is_administrator = False
    person.save(update_fields=["is_administrator"])


def _must_be_anothers(person: User, actor: User, sentence: str) -> None:
    if person.pk == actor.pk:
        raise ValidationError(sentence)


def _must_leave_an_administrator(person: User) -> None:
    """Two who shut each other out at once: the rows are locked, and the second finds that nobody is left."""
    administrators = User.objects.select_for_update(no_key=True).filter(is_administrator=True, is_active=True)
    if {administrator.pk for administrator in administrators.order_by("pk")} == {person.pk}:
        raise ValidationError(_("This is the last administrator. Make somebody else one first."))
