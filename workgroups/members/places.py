"""The places in a group, sorted as its page shows them. Pure: they ask the database nothing."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from programme import text
from programme.models import Municipality
from workgroups.models import Membership

Role = Membership.Role

# Seats of the municipalities; the others stand beside them.
SEATS = (Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER)
BESIDE = (Role.DEPUTY, Role.COORDINATOR, Role.EXPERT)
ORDER = [str(role) for role in (*SEATS, *BESIDE)]


@dataclass
class Places:
    """A group's memberships on one day."""

    seats: list[Membership] = field(default_factory=list)
    beside: list[Membership] = field(default_factory=list)  # by role, in the order of BESIDE
    coming: list[Membership] = field(default_factory=list)
    former: list[Membership] = field(default_factory=list)


class Gap(NamedTuple):
    """A municipality that nobody represents, or not in all its seats."""

    municipality: Municipality
    seats: int
    unnamed: int  # of its seats those that nobody has been named to

    @property
    def has_no_seat(self) -> bool:
        return self.seats == 0


def places_of(memberships: Iterable[Membership], day: datetime.date) -> Places:
    """Sort a group's memberships: those of a day by municipality and role, then those to come and the former.

    The former ones stand with the latest to end first.
    """
    places = Places()
    for membership in sorted(memberships, key=_by_municipality_and_role):
        if membership.starts_on > day:
            places.coming.append(membership)
        elif membership.until is not None and membership.until < day:
            places.former.append(membership)
        elif membership.role in SEATS:
            places.seats.append(membership)
        else:
            places.beside.append(membership)
    places.beside.sort(key=lambda membership: ORDER.index(membership.role))
    places.coming.sort(key=lambda membership: membership.starts_on)
    places.former.sort(key=lambda membership: membership.until or day, reverse=True)
    return places


def gaps_in(seats: Iterable[Membership], municipalities: Iterable[Municipality]) -> list[Gap]:
    """Return the member municipalities without a seat, or with one that nobody has been named to."""
    held = list(seats)
    found = []
    for municipality in municipalities:
        own = [seat for seat in held if seat.municipality_id == municipality.pk]
        unnamed = sum(1 for seat in own if seat.user_id is None)
        if unnamed or not own:
            found.append(Gap(municipality, len(own), unnamed))
    return found


def _by_municipality_and_role(membership: Membership) -> tuple[str, int, datetime.date]:
    """Those of no municipality come last."""
    name = text.words_of(membership.municipality, "name")[0] if membership.municipality else "\uffff"
    return name, ORDER.index(membership.role), membership.starts_on
