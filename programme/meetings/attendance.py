"""Who sat in a meeting: seat by seat, as its keeper enters it with the minutes.

A meeting may have a count alone: names nobody has entered stay unsaid. Where names are entered, they are
as many as were present.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.models import Attendance, BodySeat, Meeting, Municipality, User
from programme.text import words_of

Presence = Attendance.Presence


@dataclass
class Seat:
    """A seat of a body on the day of a meeting; `key` stays the same while the seat does."""

    key: str
    position: str
    municipality: Municipality | None
    holder: User | None
    deputies: list[User] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Whose seat it is: position, municipality and name, as far as they are known."""
        position = str(BodySeat.Position(self.position).label).capitalize()
        municipality = words_of(self.municipality, "name")[0] if self.municipality else ""
        return ", ".join(filter(None, (position, municipality, str(self.holder or ""))))


class Sat(NamedTuple):
    """Who sat in a seat; of a seat that the portal does not know there is the name alone."""

    presence: str
    name: str = ""
    user: User | None = None
    seat: Seat | None = None

    @property
    def told(self) -> tuple[str, str, str]:
        """Seat, presence and name: what makes one entry another than the one that stands."""
        return (self.seat.key if self.seat else "", str(self.presence), self.name)


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
    return _mark(meeting.chaired_by, meeting.kept_by, [_told(row) for row in meeting.attendance.all()])


def write_attendance(meeting: Meeting, written: WrittenAttendance, present: int | None) -> int | None:
    """Write who sat in a locked meeting, and return how many were present. The caller saves the count.

    Raises ValidationError where the names are not as many as were present, the chair is not among them,
    somebody sits in two seats, or somebody else has entered others meanwhile.
    """
    stands = mark_of(meeting)
    typed = _mark(written.chaired_by, written.kept_by, [row.told for row in written.rows])
    if typed in (written.seen, stands):
        return _agreeing(meeting, written, present, has_changed=False)
    if stands != written.seen:
        raise ValidationError(_("Somebody else has entered who was present. Open the page again."))
    _chair_must_be_there(written)
    _nobody_sits_twice(written)
    counted = _agreeing(meeting, written, present, has_changed=True)
    stored = {_told(row): row for row in meeting.attendance.all() if row.seat}
    rows = [
        _row(meeting, order, sat, stored.get(sat.told)) for order, sat in enumerate(written.rows, start=1)
    ]
    meeting.attendance.all().delete()
    Attendance.objects.bulk_create(rows)
    meeting.chaired_by, meeting.kept_by = written.chaired_by, written.kept_by
    meeting.save(update_fields=["chaired_by", "kept_by"])
    return counted


def _mark(chaired_by: str, kept_by: str, rows: list[tuple[str, str, str]]) -> str:
    # By seat, not by place on the page: names of no seat keep the order in which they were written.
    in_order = sorted(rows, key=lambda row: row[0])
    told = json.dumps([chaired_by, kept_by, *in_order], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _told(row: Attendance) -> tuple[str, str, str]:
    return (row.seat, row.presence, row.name)


def _row(meeting: Meeting, order: int, sat: Sat, stands: Attendance | None) -> Attendance:
    """Return the row to write; what stands already of a seat keeps the values that it was entered with."""
    if stands is not None:
        stands.pk, stands.order = None, order
        return stands
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


def _nobody_sits_twice(written: WrittenAttendance) -> None:
    """Refuse one person in two seats. Only accounts are compared: two people may bear the same name."""
    seats: dict[User, list[str]] = defaultdict(list)
    for row in written.rows:
        if row.user is not None and row.seat is not None:
            seats[row.user].append(row.seat.title)
    refused = [
        _("%(name)s sits in one seat only. Mend one of these: %(seats)s.")
        % {"name": person, "seats": "; ".join(titles)}
        for person, titles in seats.items()
        if len(titles) > 1
    ]
    if refused:
        raise ValidationError(refused)


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
