"""Marking by hand what the portal does not see."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.deadlines.laying import lay_clock
from programme.models import Deadline, User


@transaction.atomic
def mark_done(deadline: Deadline, *, actor: User) -> None:
    """Say that a step has been done. Marked again it stays as it was.

    Raises ValidationError where the portal itself sees whether it is done, or the programme is closed.
    """
    locked = _locked(deadline)
    if not locked.is_done:
        locked.done_on, locked.done_by = clock.today(), actor
        locked.save(update_fields=["done_on", "done_by"])


@transaction.atomic
def mark_open(deadline: Deadline) -> None:
    """Say that a step has not been done after all: it moves with its meeting again. Raises as `mark_done`."""
    locked = _locked(deadline)
    if locked.is_done:
        locked.done_on, locked.done_by = None, None
        locked.save(update_fields=["done_on", "done_by"])
        lay_clock(locked.step.programme)


def _locked(deadline: Deadline) -> Deadline:
    rows = Deadline.objects.select_for_update(of=("self",)).select_related("step__programme")
    locked = rows.get(pk=deadline.pk)
    locked.step.programme.must_not_be_closed()
    if not locked.is_marked_by_hand:
        raise ValidationError(_("The portal itself sees when this is done."))
    return locked
