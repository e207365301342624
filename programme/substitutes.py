"""Substitutes: who stands in for whom, in working groups and posts, from a day until a day."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import clock
from programme import rules as programme_rules
from programme.administration.refusals import LeftToTheDatabase, Refusal, told
from programme.forms import DayField
from programme.models import BodySeat, MunicipalContact, Post, PostHolding, Programme, Substitute, User

REFUSALS = {
    "one_substitution_per_pair_and_day": Refusal(
        "starts_on", gettext_lazy("This person is the substitute already on some of these days.")
    ),
    "substitution_ends_after_it_starts": Refusal(
        "until", gettext_lazy("The last day is before the first one.")
    ),
    "nobody_stands_in_for_themselves": Refusal(
        "substitute", gettext_lazy("Nobody stands in for themselves. Choose another.")
    ),
}


def names_for_others(user: User) -> bool:
    """Whether a person names substitutes for anybody: the administrator, and the programme office itself.

    Who only stands in for somebody in the office does not: a substitute hands nothing on.
    """
    programme = Programme.objects.default()
    if programme_rules.is_administrator(user):
        return True
    return programme is not None and None in programme_rules.in_place_of(
        user, programme, {Post.Power.PROGRAMME_OFFICE}
    )


def has_something_to_hand_over(user: User) -> bool:
    """Whether a person has a place in a working group today, or holds a post that is handed over."""
    today = clock.today()
    posts = user.holdings.on(today).filter(post__power__in=PostHolding.HANDED_OVER)
    return user.memberships.on(today).exists() or posts.exists()


def seen_by(user: User, *, keeps_all: bool) -> QuerySet[Substitute]:
    """Return the substitutions of today and to come that a person sees: their own, or everybody's."""
    rows = Substitute.objects.filter(until__gte=clock.today()).select_related("absent", "substitute")
    return rows if keeps_all else rows.filter(Q(absent=user) | Q(substitute=user))


def who_only_read(first: datetime.date, last: datetime.date | None = None) -> Q:
    """Return the condition of people who stand in for nobody on some of these days: they change nothing.

    Auditors, administrators, and elected members and municipal contacts without work of their own in the
    programme (model, roles).
    """
    in_force = Q(until__isnull=True) | Q(until__gte=first)
    if last is not None:
        in_force &= Q(starts_on__lte=last)
    held = PostHolding.objects.filter(in_force, user=OuterRef("pk"))
    seats = BodySeat.objects.filter(in_force, user=OuterRef("pk"), body__working_group__isnull=True)
    contacts = MunicipalContact.objects.filter(in_force, user=OuterRef("pk"))
    works = Q(memberships__isnull=False) | Q(Exists(held.filter(post__power__in=PostHolding.HANDED_OVER)))
    return (
        Q(is_administrator=True)
        | Q(Exists(held.filter(post__power=Post.Power.AUDITOR)))
        | ((Q(Exists(seats)) | Q(Exists(contacts))) & ~works)
    )


def name_substitute(substitution: Substitute) -> None:
    """Save who stands in for whom. Raises ValidationError where the days or the people do not fit."""
    only_read = who_only_read(substitution.starts_on, substitution.until)
    if User.objects.filter(only_read, pk=substitution.substitute_id).exists():
        raise ValidationError(
            {
                "substitute": _(
                    "This person reads and changes nothing: an auditor, an administrator, an elected member "
                    "or a municipality’s contact stands in for nobody. Choose another."
                )
            }
        )
    if substitution.until < clock.today():
        raise ValidationError({"until": _("This day has passed. Choose a day to come.")})
    if substitution.starts_on < clock.today():
        raise ValidationError({"starts_on": _("A substitute begins today or later, never backwards.")})
    with told(REFUSALS):
        substitution.save()


@transaction.atomic
def end_substitution(substitution: Substitute) -> None:
    """End a substitution at once: one that has not begun is removed, the trail keeps it."""
    locked = Substitute.objects.select_for_update().filter(pk=substitution.pk).first()
    if locked is None or locked.until < clock.today():
        raise ValidationError(_("This substitution has ended already."))
    if locked.starts_on >= clock.today():
        locked.delete()
        return
    locked.until = clock.today() - datetime.timedelta(days=1)
    locked.save(update_fields=["until"])


class SubstituteForm(LeftToTheDatabase):
    """Who stands in, from which day until which; for somebody else where one keeps these for all.

    Nobody names themselves: it would be to give oneself what one does not hold.
    """

    starts_on = DayField(label=gettext_lazy("From"))
    until = DayField(label=gettext_lazy("Until"))

    class Meta:
        model = Substitute
        fields = ["absent", "substitute", "starts_on", "until"]
        labels = {
            "absent": gettext_lazy("Who is away"),
            "substitute": gettext_lazy("Who stands in"),
        }

    def __init__(self, data: Any = None, *, writer: User, for_anybody: bool) -> None:
        super().__init__(data, auto_id="substitute-%s")
        active = User.objects.filter(is_active=True)
        only_read = User.objects.filter(who_only_read(clock.today())).values("pk")
        self._choose("substitute", active.exclude(pk=writer.pk).exclude(pk__in=only_read))
        in_posts = Q(holdings__post__power__in=PostHolding.HANDED_OVER)
        self._choose("absent", active.filter(Q(memberships__isnull=False) | in_posts).distinct())
        if not for_anybody:
            del self.fields["absent"]
            self.instance.absent = writer

    def _choose(self, name: str, people: QuerySet[User]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  a ModelForm's foreign key
        field.queryset = people
        field.empty_label = "–"
