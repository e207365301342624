"""Whose body a report was made for: what elected members and municipal contacts read."""

from django.db import models

from programme import clock
from programme.models import Audience, BodySeat, MunicipalContact, Programme, User


def of_own_body(user: User, programme: Programme, *, depth: str) -> models.Q:
    """Return the condition of reports to a body in which a person sits today; `depth` names its column.

    A municipal contact's body is the federation meeting.
    """
    today = clock.today()
    seats = BodySeat.objects.on(today).filter(user=user, body=models.OuterRef("body"))
    contacts = MunicipalContact.objects.on(today).filter(user=user, programme=programme)
    return models.Q(models.Exists(seats)) | (
        models.Q(**{depth: Audience.Depth.ASSEMBLY}) & models.Q(models.Exists(contacts))
    )
