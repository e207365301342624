"""What was made by a slip: a plan that was drawn up by mistake, a row that was added and left empty."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from programme.models import User
from workgroups.models import Action, WorkProgramme
from workgroups.work_programmes import cells
from workgroups.work_programmes.drafting import lock_plan, remove_action, rows_of

# A row that was added and left empty.
NEVER_WRITTEN = Q(version=1, text="", continues__isnull=True)


@transaction.atomic
def remove_plan(plan: WorkProgramme) -> None:
    """Take away a plan that was drawn up by mistake; the trail keeps that it was.

    Raises ValidationError where it has rows, also removed ones that somebody has written into, was handed on,
    or no longer changes.
    """
    plan = lock_plan(plan)
    if plan.was_handed_on or plan.versions.exists():
        raise ValidationError(_("This work programme has been handed on: it is not removed any more."))
    rows = Action.with_removed.filter(work_programme=plan)
    if rows.exclude(NEVER_WRITTEN, removed_at__isnull=False).exists():
        raise ValidationError(_("Only a work programme without rows is removed: also removed rows stay."))
    rows.delete()
    plan.delete()


def is_left_empty(action: Action) -> bool:
    """Whether a row was added and never written into; it continues nothing, and nothing stands in it."""
    if action.version != 1 or action.continues_id is not None:
        return False
    # The cost centre is the group's own until somebody chooses another.
    return not any(text for name, text in cells.standing_of(action).items() if name != "cost_centre")


def drop_left_empty(plan: WorkProgramme, *, actor: User) -> None:
    """Take out of a plan, which the caller has locked, the rows that were added and left empty."""
    for action in rows_of(plan):
        if is_left_empty(action):
            remove_action(action, actor=actor)
