"""What a meeting decided, written down for all its matters at once, in the words of the minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.decisions import is_decided
from programme.meetings.agenda import add_matter
from programme.meetings.attendance import WrittenAttendance, write_attendance
from programme.meetings.calling import lock
from programme.meetings.wordings import wordings_of
from programme.models import Body, Decision, Matter, Meeting


class AddedMatter(NamedTuple):
    """A matter beyond the agenda; without a number it gets the next one."""

    title: str
    text: str
    number: int | None = None


@dataclass(frozen=True)
class WrittenDecision:
    """What was typed of one matter; `seen` is what stood there when the page was opened."""

    text: str
    seen: str


class ChangedMeanwhileError(ValidationError):
    """Somebody else has written decisions of the same matters: `stored` holds theirs, by the matter's key."""

    def __init__(self, stored: Mapping[int, str]) -> None:
        super().__init__(
            _("Somebody else has written decisions here while you were writing. Compare them and save again.")
        )
        self.stored = stored


def sentences_of(body: Body) -> list[str]:
    """Return the ready sentences of a body's decisions, each once, in its own wording."""
    return list(dict.fromkeys(wording.text for wording in wordings_of(body).values()))


def must_have_been_held(meeting: Meeting) -> None:
    """Raise ValidationError before the day of a meeting: nothing has been decided yet."""
    if meeting.held_on > clock.today():
        raise ValidationError(_("This meeting has not been held yet."))


@transaction.atomic
def write_minutes(
    meeting: Meeting,
    *,
    decisions: Mapping[int, WrittenDecision],
    added: Sequence[AddedMatter] = (),
    present: int | None = None,
    present_seen: int | None = None,
    attendance: WrittenAttendance | None = None,
) -> Meeting:
    """Write what was decided in the matters of a meeting, all of it or nothing.

    `decisions` are by the keys of matters: an empty one enters no decision. What is as it was seen stays as
    somebody else may have left it. Raises ValidationError where the meeting has not been held, more are
    present than there are seats, the names are not as many, a number is taken, or somebody else wrote the
    same meanwhile.
    """
    locked = lock(meeting)
    must_have_been_held(locked)
    if attendance is not None:
        present = write_attendance(locked, attendance, present)
    if present is not None and locked.seats is not None and present > locked.seats:
        raise ValidationError(
            {
                "present": _("There are %(seats)s seats: write how many were present.")
                % {"seats": locked.seats}
            }
        )
    matters = {matter.pk: matter for matter in locked.matters.select_related("decision")}
    _must_be_as_seen(matters, decisions)
    for pk, written in decisions.items():
        if written.text != written.seen:
            _write(matters[pk], written.text)
    for row in added:
        matter = add_matter(locked, values={"title": row.title, "number": row.number})
        if row.text:
            Decision.objects.create(matter=matter, text=row.text)
    if present != present_seen:
        _count_present(locked, present, present_seen)
    return locked


def _count_present(meeting: Meeting, present: int | None, seen: int | None) -> None:
    if meeting.present not in (seen, present):
        raise ValidationError(
            _("Somebody else has written that %(number)s were present. Open the page again.")
            % {"number": meeting.present}
        )
    meeting.present = present
    meeting.save(update_fields=["present"])


def decision_text(matter: Matter) -> str:
    """Return what was decided in a matter; empty where nothing has been entered."""
    return matter.decision.text if is_decided(matter) else ""


def _must_be_as_seen(matters: Mapping[int, Matter], decisions: Mapping[int, WrittenDecision]) -> None:
    if decisions.keys() - matters.keys():
        raise ValidationError(_("A matter has been taken off the agenda meanwhile. Open the page again."))
    stored = {pk: decision_text(matters[pk]) for pk in decisions}
    differing = {
        pk: text
        for pk, text in stored.items()
        if text != decisions[pk].seen and decisions[pk].text not in (decisions[pk].seen, text)
    }
    if differing:
        raise ChangedMeanwhileError(differing)


def _write(matter: Matter, text: str) -> None:
    if not is_decided(matter):
        if text:
            Decision.objects.create(matter=matter, text=text)
    elif text and text != matter.decision.text:
        matter.decision.text = text
        matter.decision.save(update_fields=["text"])
