"""Bodies that come, replace another and end: by dates alone, and nothing of the past goes."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme.administration.refusals import Refusal, told
from programme.models import Body

ONE_DAY = datetime.timedelta(days=1)
REFUSALS = {
    "one_body_per_code": Refusal("code", gettext_lazy("Another body has this code already.")),
    "body_ends_after_it_begins": Refusal("valid_until", gettext_lazy("The last day is before the first.")),
}


@transaction.atomic
def add_body(body: Body) -> None:
    """Save a new body. The one that it replaces ends on the day before, unless it has ended already.

    Raises ValidationError where the code is taken, or the replaced body begins no earlier or has a successor.
    """
    body.programme.must_not_be_closed()
    if body.replaces_id is not None:
        _make_way(Body.objects.select_for_update(no_key=True).get(pk=body.replaces_id), body.valid_from)
    with told(REFUSALS):
        body.save()


def _make_way(replaced: Body, day: datetime.date) -> None:
    if replaced.replaced_by.exists():
        raise ValidationError({"replaces": _("Another body replaces this one already.")})
    if replaced.valid_from >= day:
        raise ValidationError(
            {"valid_from": _("The new body begins after the one that it replaces has begun.")}
        )
    if replaced.valid_until is None or replaced.valid_until >= day:
        replaced.valid_until = day - ONE_DAY
        replaced.save(update_fields=["valid_until"])


def end_body(body: Body) -> None:
    """Save a body's last day, or that it has none."""
    body.programme.must_not_be_closed()
    with told(REFUSALS):
        body.save(update_fields=["valid_until"])


def meetings_after_the_end(body: Body) -> int:
    """Return how many meetings are planned after a body's last day."""
    if body.valid_until is None:
        return 0
    return body.meetings.filter(held_on__gt=body.valid_until).count()
