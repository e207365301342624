"""The bodies that are somebody's own: where they sit, or which they help."""

from django.db.models import Exists, OuterRef, Q

from programme import clock
from programme.models import Audience, BodySeat, MunicipalContact, Post, Programme, User
from workgroups import rules

# They prepare, present and write down what the bodies of the reporting chain handle.
HELPERS_OF_THE_CHAIN = {
    Post.Power.PROGRAMME_OFFICE.value,
    Post.Power.PRESENTING_OFFICER.value,
    Post.Power.SECRETARY.value,
}


def in_own_bodies(user: User, programme: Programme) -> Q:
    """Return the condition of meetings of bodies in which a person sits or stands today.

    A municipality's body is the federation meeting.
    """
    today = clock.today()
    seats = BodySeat.objects.on(today).filter(user=user, body=OuterRef("body"))
    contacts = MunicipalContact.objects.on(today).filter(user=user, programme=programme)
    assembly = Q(Exists(contacts), body__audience__depth=Audience.Depth.ASSEMBLY)
    return Q(body__working_group__in=rules.groups_of(user, programme)) | Q(Exists(seats)) | assembly


def own_or_helped(user: User, programme: Programme) -> Q:
    """Return the condition of meetings that are a person's own, those of the chain that they help too."""
    own = in_own_bodies(user, programme)
    helps = any(
        held.programme_id == programme.pk and held.power in HELPERS_OF_THE_CHAIN for held in user.powers_held
    )
    return own | Q(body__audience__isnull=False) if helps else own
