"""Whose deadlines they are: who is told when they move."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from programme import clock
from programme.deadlines.laying import Move
from programme.models import Deadline, PostHolding, Programme, Substitute, User
from workgroups.models import Membership
from workgroups.rules import ACCEPTING_ROLES, WRITING_ROLES

Who = tuple[int | None, str]  # a group's body and a role in it; or no body and a power of posts


def people_of(deadlines: Iterable[Deadline], programme: Programme) -> dict[int, list[User]]:
    """Return who has each deadline, by its key: holders of the post or the role, and who stands in for them.

    Three queries, whatever the number of deadlines.
    """
    holders = _holders(programme)
    stand_ins: dict[int, list[User]] = defaultdict(list)
    for row in (
        Substitute.objects.on(clock.today()).filter(substitute__is_active=True).select_related("substitute")
    ):
        stand_ins[row.absent_id].append(row.substitute)
    found: dict[int, list[User]] = {}
    for deadline in deadlines:
        here = holders[_who(deadline)]
        both = [person for holder in here for person in (holder, *stand_ins[holder.pk])]
        found[deadline.pk] = list(dict.fromkeys(both))
    return found


def concerned_by(moves: Iterable[Move], programme: Programme) -> dict[User, list[Move]]:
    """Return whom moves concern: each person with the moves of their own deadlines."""
    moves = list(moves)
    people = people_of([move.deadline for move in moves], programme)
    concerned: dict[User, list[Move]] = defaultdict(list)
    for move in moves:
        for person in people[move.deadline.pk]:
            concerned[person].append(move)
    return dict(concerned)


def _who(deadline: Deadline) -> Who:
    return (deadline.body_id if deadline.step.is_of_groups else None, deadline.step.doer)


def _holders(programme: Programme) -> dict[Who, list[User]]:
    holders: dict[Who, list[User]] = defaultdict(list)
    for membership in _memberships(programme):
        doer = "coordinator" if membership.role in WRITING_ROLES else "chair"
        if membership.user is not None:
            holders[(membership.group.body_id, doer)].append(membership.user)
    held = PostHolding.objects.on(clock.today()).filter(post__programme=programme, user__is_active=True)
    for holding in held.exclude(post__power="").select_related("post", "user"):
        holders[(None, holding.post.power)].append(holding.user)
    return holders


def _memberships(programme: Programme) -> QuerySet[Membership]:
    rows = Membership.objects.on(clock.today()).filter(
        group__programme=programme,
        group__body__isnull=False,
        role__in=WRITING_ROLES | ACCEPTING_ROLES,
        user__is_active=True,
    )
    return rows.select_related("group", "user")
