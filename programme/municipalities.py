"""Which municipalities a person represents: as their contact or in their seat."""

from django.db.models import Q, QuerySet

from programme import clock
from programme.models import BodySeat, MunicipalContact, Municipality, Programme, User


def represented_by(user: User, programme: Programme) -> QuerySet[Municipality]:
    """Return the municipalities that a person represents in a programme today."""
    today = clock.today()
    contacts = MunicipalContact.objects.on(today).filter(user=user, programme=programme)
    seats = BodySeat.objects.on(today).filter(user=user, body__programme=programme)
    return Municipality.objects.filter(
        Q(pk__in=contacts.values("municipality")) | Q(pk__in=seats.values("municipality"))
    )
