"""Whose deadlines they are: who is told when they move."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from programme import clock
from programme.deadlines.laying import Move
from programme.models import Deadline, Post, PostHolding, Programme, Substitute, User
from workgroups.models import Membership
from workgroups.rules import ACCEPTING_ROLES, WRITING_ROLES

Who = tuple[int | None, str]  # a group's body and a role in it; or no body and a power of posts


class People:
    """Who holds the posts of a programme and the roles in its groups today, and who stands in for them.

    Made by three queries.
    """

    def __init__(self, programme: Programme) -> None:
        self._holders = _holders(programme)
        self._stand_ins: dict[int, list[User]] = defaultdict(list)
        rows = Substitute.objects.on(clock.today()).filter(substitute__is_active=True)
        for row in rows.select_related("substitute"):
            self._stand_ins[row.absent_id].append(row.substitute)

    def doing(self, deadline: Deadline) -> list[User]:
        """Return whose a deadline is."""
        return self._of((deadline.body_id if deadline.step.is_of_groups else None, deadline.step.doer))

    def chairing(self, deadline: Deadline) -> list[User]:
        """Return who chairs the group of a deadline; nobody where it is no group's."""
        return self._of((deadline.body_id, "chair")) if deadline.step.is_of_groups else []

    def in_office(self) -> list[User]:
        return self._of((None, Post.Power.PROGRAMME_OFFICE))

    def _of(self, who: Who) -> list[User]:
        here = self._holders.get(who, [])
        both = [person for holder in here for person in (holder, *self._stand_ins[holder.pk])]
        return list(dict.fromkeys(both))


def people_of(deadlines: Iterable[Deadline], programme: Programme) -> dict[int, list[User]]:
    """Return who has each deadline, by its key: holders of the post or the role, and who stands in for them.

    Three queries, whatever the number of deadlines.
    """
    people = People(programme)
    return {deadline.pk: people.doing(deadline) for deadline in deadlines}


def concerned_by(moves: Iterable[Move], programme: Programme) -> dict[User, list[Move]]:
    """Return whom moves concern: each person with the moves of their own deadlines."""
    moves = list(moves)
    people = people_of([move.deadline for move in moves], programme)
    concerned: dict[User, list[Move]] = defaultdict(list)
    for move in moves:
        for person in people[move.deadline.pk]:
            concerned[person].append(move)
    return dict(concerned)


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
