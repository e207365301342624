"""Marking by hand what the portal does not see, and what it will not see any more."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.deadlines.laying import lay_clock
from programme.models import Deadline, User
from programme.rules import is_programme_office


def is_markable(deadline: Deadline, actor: User) -> bool:
    """Whether a person's word counts; who may mark at all is the permission's to say.

    The portal sees an act while its round goes on. Of a round that is over the programme office may say that
    it was done elsewhere, lest it stay late for ever.
    """
    if deadline.is_marked_by_hand:
        return True
    return deadline.is_of_the_past and bool(is_programme_office(actor, deadline.step.programme))


@transaction.atomic
def mark_done(deadline: Deadline, *, actor: User) -> None:
    """Say that a step has been done. Marked again it stays as it was.

    Raises ValidationError where the portal itself sees whether it is done, or the programme is closed.
    """
    locked = _locked(deadline, actor)
    if not locked.is_done:
        locked.done_on, locked.done_by = clock.today(), actor
        locked.save(update_fields=["done_on", "done_by"])


@transaction.atomic
def mark_open(deadline: Deadline, *, actor: User) -> None:
    """Say that a step has not been done after all: it moves with its meeting again. Raises as `mark_done`."""
    locked = _locked(deadline, actor)
    if locked.is_done:
        locked.done_on, locked.done_by = None, None
        locked.save(update_fields=["done_on", "done_by"])
        lay_clock(locked.step.programme)


def _locked(deadline: Deadline, actor: User) -> Deadline:
    rows = Deadline.objects.select_for_update(of=("self",)).select_related(
        "step__programme", "period", "meeting"
    )
    locked = rows.get(pk=deadline.pk)
    locked.step.programme.must_not_be_closed()
    if not is_markable(locked, actor):
        raise ValidationError(_("The portal itself sees when this is done."))
    return locked
