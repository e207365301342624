"""To whom a report goes: the body that serves its audience on the day of the meeting that handles it.

No body is named in code: one that ends leaves its audience to the one that serves it afterwards.
"""

from django.db.models import F, Q

from programme import clock
from programme.models import Audience, Body, Meeting, ReportingPeriod


def addressed(period: ReportingPeriod, audience: Audience) -> tuple[Body | None, Meeting | None]:
    """Return the body and the meeting of a period's report to an audience, as far as they are known.

    It is the meeting from which the round's deadlines are counted, or the first one after the round closes,
    of a body that exists on the meeting's own day. None serves the stakeholders.
    """
    day = max(clock.day_of(period.closes_at), clock.today())
    exists_then = Q(body__valid_from__lte=F("held_on")) & (
        Q(body__valid_until__isnull=True) | Q(body__valid_until__gte=F("held_on"))
    )
    told = Meeting.objects.filter(exists_then, body__audience=audience).select_related("body__programme")
    counted_from = told.upcoming(clock.today()).filter(deadlines__period=period)
    meeting = counted_from.first() or told.upcoming(day).first()
    if meeting is not None:
        return meeting.body, meeting
    return audience.bodies.in_force(day).first(), None
