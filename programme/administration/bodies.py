"""Bodies that come, replace another and end: by dates alone, and nothing of the past goes."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import clock, text
from programme.administration.refusals import Refusal, told
from programme.deadlines.moved import Tell, lay_clock_and_tell
from programme.models import Body

ONE_DAY = datetime.timedelta(days=1)
REFUSALS = {
    "one_body_per_code": Refusal("code", gettext_lazy("Another body has this code already.")),
    "body_ends_after_it_begins": Refusal("valid_until", gettext_lazy("The last day is before the first.")),
}


@transaction.atomic
def add_body(body: Body, *, tell: Tell | None = None) -> None:
    """Save a new body. The one that it replaces, told as ended, ends on the day before unless it had ended.

    Where no audience is told, it serves the one that the replaced body served: its reports go on to it.
    `tell` is given the deadlines that move by it.

    Raises ValidationError where the code is taken, or the replaced body begins no earlier or has a successor.
    """
    body.programme.must_not_be_closed()
    if body.replaces_id is not None:
        body.replaces = Body.objects.select_for_update(no_key=True).get(pk=body.replaces_id)
        _make_way(body.replaces, body.valid_from)
        body.audience_id = body.audience_id or body.replaces.audience_id
    with told(REFUSALS):
        body.save()
    lay_clock_and_tell(body.programme, tell)


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


@transaction.atomic
def end_body(body: Body, *, tell: Tell | None = None) -> None:
    """Save a body's last day, or that it has none.

    Raises ValidationError where another has replaced it from an earlier day on. The row must have been locked
    when its day was set: whoever adds its successor waits. `tell` is given the deadlines that move by it.
    """
    body.programme.must_not_be_closed()
    _must_end_before_its_successor(body)
    with told(REFUSALS):
        body.save(update_fields=["valid_until"])
    lay_clock_and_tell(body.programme, tell)


def _must_end_before_its_successor(body: Body) -> None:
    successor = body.replaced_by.order_by("valid_from").first()
    if successor is None or (body.valid_until is not None and body.valid_until < successor.valid_from):
        return
    raise ValidationError(
        {
            "valid_until": _("%(body)s replaces this body from %(day)s on. Choose an earlier last day.")
            % {"body": text.words_of(successor, "name")[0], "day": text.day(successor.valid_from)}
        }
    )


def meetings_after_the_end(body: Body) -> int:
    """Return how many meetings are still to come after a body's last day; those that were held were held."""
    if body.valid_until is None:
        return 0
    return body.meetings.upcoming(clock.today()).filter(held_on__gt=body.valid_until).count()
