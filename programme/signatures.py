"""Who did something, in words that a record keeps by value."""

from programme import rules
from programme.decisions import in_language_of_minutes
from programme.models import Programme, User
from programme.models.base import signed


def signature_of(actor: User, programme: Programme, power: str) -> str:
    """Return who acts with a post's power, and in whose place, in the language that records are kept in."""
    for_whom = rules.in_place_of(actor, programme, {power})
    absent = sorted(person for person in for_whom if person is not None)
    acts_for_another = absent and None not in for_whom
    in_place_of = User.objects.get(pk=absent[0]) if acts_for_another else None
    with in_language_of_minutes():
        return signed(actor, in_place_of)
