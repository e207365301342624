"""Tasks from decisions: given, reported on, said to be done, and closed only by somebody who verifies."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.meetings.rules import verifies
from programme.models import Decision, DecisionTask, Programme, TaskNote, User
from programme.saving import Saved, merge_into

Kind = TaskNote.Kind


class WrittenMeanwhileError(ValidationError):
    """Somebody else has written of the same task: whoever acts on it reads that first."""

    CODE = "written_meanwhile"

    def __init__(self) -> None:
        super().__init__(
            _("Something was written of this task while you were writing. Read it here and send again."),
            code=self.CODE,
        )


def tasks_to_verify(user: User, programme: Programme) -> list[DecisionTask]:
    """Return what waits to be verified by a person; nobody's own: at most two queries."""
    if not verifies(user, programme):
        return []
    of_programme = DecisionTask.objects.to_verify().filter(decision__matter__body__programme=programme)
    own = DecisionTask.objects.answered_by(user, clock.today()).values("pk")
    return list(of_programme.exclude(done_by=user).exclude(pk__in=own).with_places())


@transaction.atomic
def give_task(decision: Decision, *, values: Mapping[str, Any]) -> DecisionTask:
    """Add what must be done because of a decision. Raises ValidationError where the programme is closed."""
    decision.matter.meeting.body.programme.must_not_be_closed()
    return DecisionTask.objects.create(decision=decision, **values)


@transaction.atomic
def save_task(task: DecisionTask, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save what was typed of a task; `base` are its cells as the form showed them.

    Where somebody else changed the same one meanwhile, nothing is saved. Raises ValidationError where it has
    been said to be done: then it is verified or sent back first.
    """
    locked = _lock(task)
    locked.must_be_open()
    if locked.done_on is not None:
        raise ValidationError(_("It has been said that this task is done: verify it or send it back first."))
    saved = merge_into(locked, values, base)
    if not saved.conflicts:
        if (locked.responsible is None) == (locked.person is None):
            raise ValidationError({"responsible": one_of_the_two()})
        locked.save(update_fields=list(values))
    return saved


def one_of_the_two() -> str:
    return _("Choose a post or a person, one of the two: somebody answers for the task.")


@transaction.atomic
def take_back_task(task: DecisionTask) -> None:
    """Remove a task of which nothing has been said. Raises ValidationError where something has."""
    locked = _lock(task)
    locked.must_be_open()
    if locked.notes.exists():
        raise ValidationError(_("Something has been written of this task: it stays."))
    locked.delete()


@transaction.atomic
def report_progress(task: DecisionTask, *, actor: User, text: str, language: str, notes: int) -> None:
    """Keep how a task goes; `notes` is how many had been written when its writer began.

    Raises ValidationError where it has been verified, WrittenMeanwhileError where others have written.
    """
    locked = _lock(task)
    locked.must_be_open()
    _keep(locked, Kind.PROGRESS, actor=actor, text=text, language=language, notes=notes)


@transaction.atomic
def say_done(task: DecisionTask, *, actor: User, text: str, language: str, notes: int) -> None:
    """Say that a task is done; it waits to be verified. Raises as `report_progress` does."""
    locked = _lock(task)
    locked.say_done(by=actor)
    locked.save(update_fields=["done_on", "done_by"])
    _keep(locked, Kind.DONE, actor=actor, text=text, language=language, notes=notes)


@transaction.atomic
def verify_task(task: DecisionTask, *, actor: User, text: str, language: str, notes: int) -> None:
    """Close a task that somebody else says is done. Raises as `report_progress` does."""
    locked = _lock(task)
    locked.verify(by=actor)
    locked.save(update_fields=["verified_on", "verified_by"])
    _keep(locked, Kind.VERIFIED, actor=actor, text=text, language=language, notes=notes)


@transaction.atomic
def send_back(task: DecisionTask, *, actor: User, text: str, language: str, notes: int) -> None:
    """Open again, with a reason, what was said to be done. Raises as `report_progress` does."""
    locked = _lock(task)
    locked.send_back()
    locked.save(update_fields=["done_on", "done_by"])
    _keep(locked, Kind.SENT_BACK, actor=actor, text=text, language=language, notes=notes)


def _lock(task: DecisionTask) -> DecisionTask:
    rows = DecisionTask.objects.select_for_update(of=("self",)).with_places()
    locked = rows.get(pk=task.pk)
    locked.body.programme.must_not_be_closed()
    return locked


def _keep(task: DecisionTask, kind: Kind, *, actor: User, text: str, language: str, notes: int) -> None:
    """Keep what was said, after all that its writer has read."""
    if task.notes.count() != notes:
        raise WrittenMeanwhileError
    TaskNote.objects.create(
        task=task, kind=kind, text=text, language=language, written_on=clock.today(), author=actor
    )
