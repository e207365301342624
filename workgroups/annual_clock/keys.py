"""The secret address of a person's calendar: signed, so that it can be shown always and is stored nowhere.

A key names the person and how often they have renewed it, under a signature that only the portal's own key
can make. A copy of the database gives no address away; the address can stand on the page at every visit; and
it is turned off by counting on, at once and for this person alone. Changing the portal's key turns off all.
"""

from django.core import signing
from django.db import transaction

from programme.models import FeedKey, User

SALT = "programme.calendar-feed"
SEPARATOR = "."


def key_of(user: User) -> str | None:
    """Return a person's key; None where they have turned their address off."""
    standing = FeedKey.objects.filter(user=user).first() or FeedKey(user=user)
    return _signed(user, standing.number) if standing.is_active else None


def _signed(user: User, number: int) -> str:
    return _signer().sign(f"{user.pk}-{number}")


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=SEPARATOR)


def person_with(key: str) -> User | None:
    """Return whose a key is; None where it is nobody's, was renewed or turned off, or its person is inactive.

    A key that was not signed here costs no query.
    """
    try:
        person, _dash, number = _signer().unsign(key).partition("-")
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=int(person), is_active=True).select_related("feed_key").first()
    if user is None:
        return None
    standing = user.feed_key if hasattr(user, "feed_key") else FeedKey(user=user)
    return user if standing.is_active and standing.number == int(number) else None


@transaction.atomic
def renew(user: User) -> None:
    """Give a person a new address; the one before answers no more."""
    _count_on(user, is_active=True)


@transaction.atomic
def turn_off(user: User) -> None:
    """Take a person's address out of use until they ask for a new one."""
    _count_on(user, is_active=False)


def _count_on(user: User, *, is_active: bool) -> None:
    FeedKey.objects.get_or_create(user=user)
    locked = FeedKey.objects.select_for_update().get(user=user)
    locked.number += 1
    locked.is_active = is_active
    locked.save(update_fields=["number", "is_active"])
