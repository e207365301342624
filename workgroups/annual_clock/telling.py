"""Telling people that their deadlines have moved."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from programme import clock, text
from programme.deadlines.laying import Move
from programme.models import Notification, User
from workgroups.annual_clock.people import concerned_by

TOPIC = "deadlines_moved"


def tell_of_moves(moves: Sequence[Move], by: User) -> None:
    """Leave each person whose deadlines moved a notification in their own language; none to the doer."""
    if not moves:
        return
    programme = moves[0].deadline.step.programme
    Notification.objects.bulk_create(
        Notification(
            user=person,
            topic=TOPIC,
            text=_text_for(person, own),
            address=own[0].deadline.get_absolute_url(),
            happened_at=clock.now(),
        )
        for person, own in concerned_by(moves, programme).items()
        if person != by
    )


def _text_for(person: User, moves: list[Move]) -> str:
    with translation.override(person.language):
        first = _("Your deadlines have moved:")
        return "\n".join([first, *(_line(move) for move in moves)])


def _line(move: Move) -> str:
    line = _("%(step)s: %(before)s → %(after)s") % {
        "step": text.words_of(move.deadline.step, "name")[0],
        "before": text.day(move.before),
        "after": text.weekday_and_day(move.after),
    }
    meeting = move.deadline.meeting
    if meeting is None:
        return line
    return f"{line} ({text.words_of(meeting.body, 'name')[0]} {text.day(meeting.held_on)})"
