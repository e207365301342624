"""Who sat in a meeting: seat by seat, as its keeper enters it with the minutes.

A meeting may have a count alone: names nobody has entered stay unsaid. Where names are entered, they are
as many as were present.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.models import Attendance, Meeting, Municipality, User

Presence = Attendance.Presence


@dataclass
class Seat:
    """A seat of a body on the day of a meeting; `key` stays the same while the seat does."""

    key: str
    position: str
    municipality: Municipality | None
    holder: User | None
    deputies: list[User] = field(default_factory=list)


class Sat(NamedTuple):
    """Who sat in a seat; of a seat that the portal does not know there is the name alone."""

    presence: str
    name: str = ""
    user: User | None = None
    seat: Seat | None = None


@dataclass(frozen=True)
class WrittenAttendance:
    """What was typed; `seen` is the mark of what stood when the page was opened."""

    rows: Sequence[Sat]
    chaired_by: str
    kept_by: str
    seen: str

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.rows if row.presence != Presence.ABSENT]


def mark_of(meeting: Meeting) -> str:
    """Return a mark of what stands entered: another mark, another attendance."""
    rows = [(row.seat, row.presence, row.name) for row in meeting.attendance.all()]
    return _mark(meeting.chaired_by, meeting.kept_by, rows)


def write_attendance(meeting: Meeting, written: WrittenAttendance, present: int | None) -> int | None:
    """Write who sat in a locked meeting, and return how many were present. The caller saves the count.

    Raises ValidationError where the names are not as many as were present, the chair is not among them, or
    somebody else has entered others meanwhile.
    """
    stands = mark_of(meeting)
    rows = [(row.seat.key if row.seat else "", str(row.presence), row.name) for row in written.rows]
    typed = _mark(written.chaired_by, written.kept_by, rows)
    if typed in (written.seen, stands):
        return _agreeing(meeting, written, present, has_changed=False)
    if stands != written.seen:
        raise ValidationError(_("Somebody else has entered who was present. Open the page again."))
    _chair_must_be_there(written)
    counted = _agreeing(meeting, written, present, has_changed=True)
    meeting.attendance.all().delete()
    Attendance.objects.bulk_create(
        [_row(meeting, order, sat) for order, sat in enumerate(written.rows, start=1)]
    )
    meeting.chaired_by, meeting.kept_by = written.chaired_by, written.kept_by
    meeting.save(update_fields=["chaired_by", "kept_by"])
    return counted


def _mark(chaired_by: str, kept_by: str, rows: list[tuple[str, str, str]]) -> str:
    told = json.dumps([chaired_by, kept_by, *rows], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _row(meeting: Meeting, order: int, sat: Sat) -> Attendance:
    row = Attendance(meeting=meeting, order=order, presence=sat.presence, name=sat.name, user=sat.user)
    if sat.seat is not None:
        row.seat, row.position = sat.seat.key, sat.seat.position
        row.municipality = sat.seat.municipality
        row.holder = str(sat.seat.holder or "")
    return row


def _chair_must_be_there(written: WrittenAttendance) -> None:
    if written.names and written.chaired_by and written.chaired_by not in written.names:
        raise ValidationError(
            {"chaired_by": _("The chair of the meeting is one of those present: write the name as above.")}
        )


def _agreeing(
    meeting: Meeting, written: WrittenAttendance, present: int | None, *, has_changed: bool
) -> int | None:
    """Return how many were present: as many as there are names, where there are any."""
    named = len(written.names)
    if not named:
        return present
    before = meeting.attendance.exclude(presence=Presence.ABSENT).count()
    follows = has_changed and before > 0 and present == before
    if present is None or follows or present == named:
        return named
    raise ValidationError(
        {
            "present": ngettext(
                "%(number)s person is named as present. Write the same number, or mend the names.",
                "%(number)s people are named as present. Write the same number, or mend the names.",
                named,
            )
            % {"number": named}
        }
    )
