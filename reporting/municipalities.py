"""A municipality's own page: what it pays, where it sits, what it was told and what was decided."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from programme import clock
from programme.models import (
    Audience,
    BodySeat,
    Decision,
    MunicipalContact,
    Municipality,
    Programme,
    User,
)
from programme.municipalities import represented_by
from reporting.contributions.books import accounts_for
from reporting.contributions.settling import Paid
from reporting.models import Report
from workgroups.models import Membership

LATEST_REPORTS, LATEST_DECISIONS = 3, 6


@dataclass(kw_only=True)
class YearOfMunicipality(Paid):
    """What a municipality pays in a year."""

    year: int


class Seat(NamedTuple):
    """A place of a municipality in a body or in a group."""

    holder: Any  # a Body or a WorkingGroup
    position: str
    person: str  # a name or a title; empty where nobody is named
    language: str  # of a title, which is the programme's own word


def municipalities_visible_to(user: User | AnonymousUser, programme: Programme) -> QuerySet[Municipality]:
    """Return the municipalities whose page a person may open.

    Officials and groups open every member's; others the page of the municipality that they represent today.
    """
    members = Municipality.objects.filter(memberships__programme=programme).distinct()
    if user.has_perm("reporting.read_every_municipality", programme):
        return members
    if not user.is_authenticated:
        return members.none()
    return members.filter(pk__in=represented_by(user, programme).values("pk"))


def years_of(
    municipality: Municipality, programme: Programme, *, reader: User | AnonymousUser
) -> list[YearOfMunicipality]:
    """Return what a municipality pays year by year, the latest first: four queries."""
    accounts = accounts_for(reader, programme)
    return [
        YearOfMunicipality(year=account.year, **vars(account.paid_by(municipality.pk)))
        for account in reversed(accounts.values())
    ]


def seats_of(municipality: Municipality, programme: Programme, *, names: bool) -> list[Seat]:
    """Return a municipality's places in bodies and groups today, with names for those who may read them."""
    today = clock.today()
    in_bodies = BodySeat.objects.on(today).filter(body__programme=programme, municipality=municipality)
    in_groups = Membership.objects.on(today).filter(group__programme=programme, municipality=municipality)
    return [
        *(
            Seat(seat.body, seat.get_position_display(), _name(seat.user) if names else "", "")
            for seat in in_bodies.select_related("body__programme", "user")
        ),
        *(
            Seat(
                place.group,
                place.get_role_display(),
                (_name(place.user) or place.title) if names else "",
                "fi" if not place.user and place.title else "",
            )
            for place in in_groups.select_related("group__programme", "user").order_by(
                "group__order", "group__code", "role"
            )
        ),
    ]


def _name(user: User | None) -> str:
    return str(user) if user else ""


def contacts_of(municipality: Municipality, programme: Programme) -> list[MunicipalContact]:
    """Return the contacts of a municipality today."""
    contacts = MunicipalContact.objects.on(clock.today()).filter(
        programme=programme, municipality=municipality
    )
    return list(contacts.select_related("user"))


def reports_told(programme: Programme, *, reader: User | AnonymousUser) -> QuerySet[Report]:
    """Return the latest reports to the federation meeting, of those that are the reader's to read."""
    today = clock.today()
    told = Q(presented_on__lte=today) | Q(meeting__agenda_published_on__lte=today)
    reports = Report.objects.visible_to(reader, programme).frozen()
    return (
        reports.filter(told, depth=Audience.Depth.ASSEMBLY)
        .select_related("programme", "period", "meeting__body", "matter__meeting__body__programme")
        .order_by("-period__ends_on", "-version")[:LATEST_REPORTS]
    )


def decisions_of_federation_meeting(programme: Programme) -> QuerySet[Decision]:
    """Return what the body in which the municipalities decide has decided last; decisions are public."""
    return (
        Decision.objects.filter(
            matter__meeting__body__programme=programme,
            matter__meeting__body__audience__depth=Audience.Depth.ASSEMBLY,
            matter__meeting__held_on__lte=clock.today(),
        )
        .select_related("matter__meeting__body__programme")
        .order_by("-matter__meeting__held_on", "matter__section")[:LATEST_DECISIONS]
    )
