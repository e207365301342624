"""Terms of people in the programme: posts held, seats in bodies, contacts of municipalities."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.administration.refusals import Refusal, told
from programme.models import BodySeat, MunicipalContact, Post, PostHolding, Programme, User

Term = PostHolding | BodySeat | MunicipalContact

TWICE = {
    "one_holding_per_start": _("The person already holds this post from that day."),
    "one_holding_per_person_post_and_day": _("The person already holds this post on some of these days."),
    "one_seat_per_person_position_and_day": _("The person already has this seat on some of these days."),
    "one_contact_per_person_municipality_and_day": _(
        "The person is already the contact of this municipality on some of these days."
    ),
}
BACKWARDS = (
    "a_holding_ends_after_it_begins",
    "a_seat_ends_after_it_begins",
    "a_contact_ends_after_it_begins",
)


def _refusals(*, overlap_at: str) -> Mapping[str, Refusal]:
    return {name: Refusal(overlap_at, sentence) for name, sentence in TWICE.items()} | dict.fromkeys(
        BACKWARDS, Refusal("until", _("The last day is before the first."))
    )


def _programme_of(term: Term) -> Programme:
    match term:
        case PostHolding():
            return term.post.programme
        case BodySeat():
            return term.body.programme
    return term.programme


def add_term(term: Term) -> None:
    """Save a new term.

    Raises ValidationError where the person has the same on some of its days, or the programme is closed.
    """
    _programme_of(term).must_not_be_closed()
    with told(_refusals(overlap_at="starts_on")):
        term.save()


def end_term(term: Term) -> None:
    """Save a term's last day; the term stays and can be read for ever. Raises as `add_term` does."""
    _programme_of(term).must_not_be_closed()
    with told(_refusals(overlap_at="until")):
        term.save(update_fields=["until"])


def must_not_empower_oneself(post: Post, actor: User) -> None:
    """Raise PermissionDenied where a post gets another power from somebody who holds it, or is going to."""
    stored = Post.objects.get(pk=post.pk)
    if post.power and post.power != stored.power and held_by(stored, actor):
        raise PermissionDenied(
            _("You hold this post: another administrator says what it may do. Its names you can change.")
        )


def held_by(post: Post, user: User) -> bool:
    """Whether a person holds a post today or will, or stands in for somebody who does."""
    not_ended = Q(until__isnull=True) | Q(until__gte=clock.today())
    absent = user.stands_in_for.filter(until__gte=clock.today()).values("absent")
    return post.holdings.filter(not_ended, Q(user=user) | Q(user__in=absent)).exists()


def posts_of(person: User, programme: Programme) -> QuerySet[PostHolding]:
    held = PostHolding.objects.filter(user=person, post__programme=programme)
    return held.select_related("post").order_by("-starts_on", "post__code")


def seats_of(person: User, programme: Programme) -> QuerySet[BodySeat]:
    seats = BodySeat.objects.filter(user=person, body__programme=programme)
    return seats.select_related("body__programme", "municipality").order_by("-starts_on", "body__code")


def contacts_of(person: User, programme: Programme) -> QuerySet[MunicipalContact]:
    contacts = MunicipalContact.objects.filter(user=person, programme=programme)
    return contacts.select_related("municipality").order_by("-starts_on", "municipality__number")
