"""Who sits in a body on a day: by its own seats, or by those of the group that meets in it."""

import datetime

from django.db.models import Q, QuerySet

from programme import clock
from programme.meetings.attendance import Seat
from programme.models import Body, BodySeat, User
from workgroups.members.places import SEATS
from workgroups.models import Membership

Position = BodySeat.Position


def people_of(body: Body) -> QuerySet[User]:
    """Return the people with an account who sit in a body today, deputies and who helps it too."""
    today = clock.today()
    in_body = BodySeat.objects.on(today).filter(body=body).values("user")
    in_group = Membership.objects.on(today).filter(group__body=body).values("user")
    return User.objects.filter(Q(pk__in=in_body) | Q(pk__in=in_group), is_active=True).order_by("name")


def seats_on(body: Body, day: datetime.date) -> list[Seat]:
    """Return the seats of a body on a day, chair first, each with the deputies who may sit in it.

    A deputy sits for a member of the same municipality; one of no municipality for anybody. Two queries.
    """
    own = list(BodySeat.objects.on(day).filter(body=body).select_related("user", "municipality"))
    members = [("seat", row, row.position) for row in own]
    of_group = Membership.objects.on(day).filter(group__body=body, role__in=[*SEATS, Membership.Role.DEPUTY])
    members += [("membership", row, row.role) for row in of_group.select_related("user", "municipality")]
    deputies = [row for _kind, row, position in members if position == Position.DEPUTY and row.user]
    order = [Position.CHAIR, Position.VICE_CHAIR, Position.MEMBER]
    held = [member for member in members if member[2] in order]
    held.sort(key=lambda member: (order.index(member[2]), _number(member[1]), member[1].pk))
    return [
        Seat(
            f"{kind}-{row.pk}",
            str(position),
            row.municipality,
            row.user,
            [
                deputy.user
                for deputy in deputies
                if deputy.municipality_id is None or deputy.municipality_id == row.municipality_id
            ],
        )
        for kind, row, position in held
    ]


def _number(row: BodySeat | Membership) -> str:
    """By the municipality's number: the same order whatever language the reader has chosen."""
    return row.municipality.number if row.municipality else ""
