"""A meeting is called, moved while it is to come, and taken back where nothing hangs on it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme.administration.refusals import Refusal, told
from programme.deadlines.moved import Tell, lay_clock_and_tell
from programme.models import Body, Meeting
from programme.saving import Saved, merge_into
from programme.text import day

SERIES = "KOK-"
BODIES = "BODY-"
REFUSALS = {
    "one_meeting_number_per_body_and_year": Refusal(
        "number", gettext_lazy("Another meeting of this body has this number in the same year.")
    ),
    "one_meeting_per_code": Refusal("number", gettext_lazy("Another meeting has this number already.")),
}


def proposed_number(body: Body, year: int) -> str:
    """Return the next number of a body's meetings in a year, as minutes write it: 5/2009."""
    return f"{_last_number(body, year) + 1}/{year}"


def _last_number(body: Body, year: int) -> int:
    numbers = body.meetings.of_year(year).order_by().values_list("number", flat=True)
    firsts = (number.partition("/")[0] for number in numbers)
    return max((int(first) for first in firsts if first.isdecimal()), default=0)


def _free_code(body: Body, number: str, year: int) -> str:
    """Return the code of a new meeting, for addresses: KOK-SH-2009-05. It stays, also where the day moves."""
    first = number.partition("/")[0]
    code = f"{SERIES}{body.code.removeprefix(BODIES)}-{year}-{first.zfill(2)}"
    taken = set(body.meetings.filter(code__startswith=code).values_list("code", flat=True))
    free = code
    for count in range(2, len(taken) + 2):
        if free not in taken:
            break
        free = f"{code}-{count}"
    return free


@transaction.atomic
def call_meeting(body: Body, *, values: Mapping[str, Any], tell: Tell | None = None) -> Meeting:
    """Add a meeting of a body; without a number it gets the next one of its year.

    Deadlines that are counted back from it are made or move to it, and `tell` is given what moved.

    Raises ValidationError where the number is taken, the body does not exist on that day, or the programme is
    closed.
    """
    body = (
        Body.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=body.pk)
    )
    body.programme.must_not_be_closed()
    meeting = Meeting(body=body, **values)
    _must_exist_on(body, meeting.held_on)
    year = meeting.held_on.year
    meeting.number = meeting.number or proposed_number(body, year)
    meeting.code = _free_code(body, meeting.number, year)
    with told(REFUSALS):
        meeting.save()
    lay_clock_and_tell(body.programme, tell)
    return meeting


@transaction.atomic
def save_meeting(
    meeting: Meeting, *, values: Mapping[str, Any], base: Mapping[str, str], tell: Tell | None = None
) -> Saved:
    """Save what was typed of a meeting; `base` are its cells as the form was opened on them.

    Its open deadlines move with it, and `tell` is given what moved; what `tell` raises undoes all of it.

    Where somebody else changed the same one meanwhile, nothing is saved. Raises ValidationError where the day
    moves though the meeting has decided, or to another year though its matters are numbered by the year.
    """
    locked = lock(meeting)
    before = locked.held_on
    saved = merge_into(locked, values, base)
    if saved.conflicts:
        return saved
    if locked.held_on != before:
        _must_be_movable(locked, before)
        _must_exist_on(locked.body, locked.held_on)
    with told(REFUSALS):
        locked.save(update_fields=list(values))
    if locked.held_on != before:
        lay_clock_and_tell(locked.body.programme, tell)
    return saved


def _must_exist_on(body: Body, held_on: datetime.date) -> None:
    if not body.exists_on(held_on):
        until = day(body.valid_until) if body.valid_until else ""
        raise ValidationError(
            {
                "held_on": _("The body is in force %(from)s–%(until)s: choose a day of that time.")
                % {"from": day(body.valid_from), "until": until}
            }
        )


def _must_be_movable(meeting: Meeting, before: datetime.date) -> None:
    if meeting.matters.filter(decision__isnull=False).exists():
        raise ValidationError({"held_on": _("Decisions of this meeting have been entered: its day stays.")})
    if meeting.held_on.year != before.year and meeting.matters.exists():
        raise ValidationError(
            {
                "held_on": _(
                    "Its matters are numbered in %(year)s. Choose a day of that year, or take the matters off"
                    " the agenda first."
                )
                % {"year": before.year}
            }
        )


@transaction.atomic
def take_back(meeting: Meeting, *, tell: Tell | None = None) -> None:
    """Remove a meeting that is to come and has no matters; its open deadlines go to the next one, if any.

    Raises ValidationError where it has been held, or something hangs on it.
    """
    locked = lock(meeting)
    if not locked.is_planned:
        raise ValidationError(_("The meeting has been held, or is held today: it stays in the calendar."))
    if locked.matters.exists():
        raise ValidationError(_("The meeting has matters: take them off its agenda first."))
    try:
        with transaction.atomic():
            locked.delete()
    except ProtectedError:
        raise ValidationError(
            _("Something has been tied to this meeting: move it to another day instead.")
        ) from None
    lay_clock_and_tell(locked.body.programme, tell)


def lock(meeting: Meeting) -> Meeting:
    """Return a meeting locked until the end of the transaction.

    Raises ValidationError where its programme is closed.
    """
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("body__programme")
    locked = rows.get(pk=meeting.pk)
    locked.body.programme.must_not_be_closed()
    return locked
