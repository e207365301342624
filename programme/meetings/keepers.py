"""Who keeps the meetings of which bodies; who helps a group is known above, where the rules are given."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from programme import clock
from programme.models import Body, Programme, User

KEEP, WRITE = "programme.keep_meetings", "programme.write_minutes"


def bodies_kept_by(user: User | AnonymousUser, programme: Programme) -> QuerySet[Body]:
    """Return the bodies whose meetings a person keeps, of those that are in force now or later."""
    bodies = Body.objects.filter(programme=programme).exclude(valid_until__lt=clock.today())
    if not user.is_authenticated:
        return bodies.none()
    rows = bodies.select_related("programme", "working_group__programme")
    return bodies.filter(pk__in=[body.pk for body in rows if user.has_perm(KEEP, body)])
