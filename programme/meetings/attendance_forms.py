"""Who sat in a meeting, as a part of the form of its minutes: a row for each seat, and names beyond them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme.meetings.attendance import Presence, Sat, Seat, WrittenAttendance, mark_of
from programme.models import Attendance, Meeting

HOLDER, MEMBER, DEPUTY, ABSENT = "holder", "member", "deputy", "absent"
LONGEST_NAME = 200


class SeatForm(forms.Form):
    """Who sat in one seat: its member, a deputy, somebody whose name is written, or nobody."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME, required=False)

    def __init__(self, data: Any, *, seat: Seat, stands: Attendance | None) -> None:
        self.seat = seat
        initial = self._initial(stands)
        super().__init__(data, prefix=seat.key, initial=initial)
        self.fields["who"] = forms.ChoiceField(
            label=_("Who was present"), required=False, choices=self._choices()
        )
        self.order_fields(["who", "name"])
        self.fields["name"].help_text = _("Where the list has no name.")

    def _choices(self) -> list[tuple[str, str]]:
        member = (
            (HOLDER, _("Present: %(name)s") % {"name": self.seat.holder})
            if self.seat.holder
            else (MEMBER, _("The member, whose name is written beside"))
        )
        deputies = [
            (f"{DEPUTY}-{person.pk}", _("Deputy: %(name)s") % {"name": person})
            for person in self.seat.deputies
        ]
        another = (DEPUTY, _("A deputy, whose name is written beside"))
        return [("", "–"), member, *deputies, another, (ABSENT, _("Absent"))]

    def _initial(self, stands: Attendance | None) -> dict[str, str]:
        if stands is None:
            return {}
        if stands.presence == Presence.ABSENT:
            return {"who": ABSENT}
        if stands.presence == Presence.MEMBER:
            is_holder = self.seat.holder is not None and stands.name == str(self.seat.holder)
            return {"who": HOLDER} if is_holder else {"who": MEMBER, "name": stands.name}
        for person in self.seat.deputies:
            if stands.name == str(person):
                return {"who": f"{DEPUTY}-{person.pk}"}
        return {"who": DEPUTY, "name": stands.name}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        who, name = cleaned.get("who", ""), cleaned.get("name", "")
        if who in (MEMBER, DEPUTY) and not name:
            self.add_error("name", _("Write the name of who sat in this seat."))
        elif name and who not in (MEMBER, DEPUTY):
            self.add_error("who", _("Choose in which way the one whose name is written was present."))
        return cleaned

    def sat(self) -> Sat | None:
        """Return who sat in the seat; None where nothing is told of it."""
        who, name = self.cleaned_data["who"], self.cleaned_data["name"]
        if not who:
            return None
        if who == ABSENT:
            return Sat(Presence.ABSENT, seat=self.seat)
        if who == HOLDER:
            return Sat(Presence.MEMBER, str(self.seat.holder), self.seat.holder, self.seat)
        for person in self.seat.deputies:
            if who == f"{DEPUTY}-{person.pk}":
                return Sat(Presence.DEPUTY, str(person), person, self.seat)
        return Sat(Presence.MEMBER if who == MEMBER else Presence.DEPUTY, name, seat=self.seat)


class SittingForm(forms.Form):
    """What concerns no single seat: further names, and who led the meeting and kept its minutes."""

    others = forms.CharField(
        label=gettext_lazy("Others present in a seat"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One name on each line: those whose seat is not in the list above."),
    )
    chaired_by = forms.CharField(
        label=gettext_lazy("Chair of the meeting"), max_length=LONGEST_NAME, required=False
    )
    kept_by = forms.CharField(
        label=gettext_lazy("Secretary of the meeting"), max_length=LONGEST_NAME, required=False
    )
    attendance_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_others(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["others"].splitlines()]
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(_("Write one name on each line."))
        return [name for name in names if name]


class AttendanceForm:
    """The seats of a meeting's day as one part of its minutes."""

    def __init__(self, data: Any, *, meeting: Meeting, seats: Sequence[Seat]) -> None:
        stored = list(meeting.attendance.select_related("municipality", "user"))
        self.is_told = bool(stored or meeting.chaired_by or meeting.kept_by)
        of_seats = {row.seat: row for row in stored if row.seat}
        # A seat that was not on the page when it was opened is not answered by what was sent.
        self.rows = [
            SeatForm(
                data if data is not None and f"{seat.key}-who" in data else None,
                seat=seat,
                stands=of_seats.get(seat.key),
            )
            for seat in seats
        ]
        answered = {row.seat.key for row in self.rows if data is None or row.is_bound}
        self.carried = [row for row in stored if row.seat and row.seat not in answered]
        known = {seat.key for seat in seats}
        self.of_former_seats = [row for row in self.carried if row.seat not in known]
        others = [row.name for row in stored if not row.seat]
        self.sitting = SittingForm(
            data,
            initial={
                "others": "\n".join(others),
                "chaired_by": meeting.chaired_by,
                "kept_by": meeting.kept_by,
                "attendance_seen": mark_of(meeting),
            },
        )

    @property
    def forms(self) -> list[forms.Form]:
        return [*self.rows, self.sitting]

    def written(self) -> WrittenAttendance:
        """Return what was typed, as `write_attendance` takes it, and what stands of seats not asked about."""
        of_seats = [sat for row in self.rows if row.is_bound and (sat := row.sat())]
        carried = [_as_it_stands(row) for row in self.carried]
        others = [Sat(Presence.MEMBER, name) for name in self.sitting.cleaned_data["others"]]
        return WrittenAttendance(
            [*of_seats, *carried, *others],
            self.sitting.cleaned_data["chaired_by"],
            self.sitting.cleaned_data["kept_by"],
            self.sitting.cleaned_data["attendance_seen"],
        )


def _as_it_stands(row: Attendance) -> Sat:
    seat = Seat(row.seat, row.position, row.municipality, holder=None)
    return Sat(row.presence, row.name, row.user, seat)
