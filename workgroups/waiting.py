"""For whom something waits: whose right it is today, and who stands in for them; none of its writers."""

from collections.abc import Iterable, Set

from programme import clock
from programme.models import Post, PostHolding, Programme, Substitute, User
from workgroups import rules
from workgroups.models import WorkingGroup


def those_who_judge(group: WorkingGroup, *, besides: Set[int]) -> list[User]:
    """Return who may judge today what `besides` wrote in a group, by name: two queries.

    They are the chair and the vice chair of the group, for the office's own unit the presenting officers.
    """
    if group.is_office_unit:
        return those_with(Post.Power.PRESENTING_OFFICER, group.programme, besides=besides)
    terms = group.memberships.on(clock.today()).filter(role__in=rules.ACCEPTING_ROLES)
    return _with_substitutes(terms.filter(user__isnull=False).values_list("user", flat=True), besides)


def those_with(power: Post.Power, programme: Programme, *, besides: Set[int]) -> list[User]:
    """Return who but `besides` may act today by a post of a programme, by name: two queries."""
    terms = PostHolding.objects.on(clock.today()).filter(post__programme=programme, post__power=power)
    return _with_substitutes(terms.filter(user__isnull=False).values_list("user", flat=True), besides)


def _with_substitutes(holders: Iterable[int], besides: Set[int]) -> list[User]:
    own = set(holders) - besides
    standing_in = Substitute.objects.on(clock.today()).filter(absent__in=own).values("substitute")
    people = User.objects.filter(is_active=True).exclude(pk__in=besides)
    return list((people.filter(pk__in=own) | people.filter(pk__in=standing_in)).order_by("name"))
