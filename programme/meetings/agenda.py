"""The agenda of a meeting: its matters, numbered as the body numbers them."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from programme import clock
from programme.administration.refusals import Refusal, told
from programme.deadlines.facts import acted
from programme.decisions import is_decided
from programme.meetings.calling import lock
from programme.models import DeadlineStep, Matter, Meeting, User
from programme.saving import Saved, merge_into


def proposed_matter_number(meeting: Meeting) -> int:
    """Return the § or the item that follows the meeting's last one.

    A § that another meeting has already, or a meeting without any, gets the next one of the body's year.
    """
    column = meeting.body.number_column
    own = meeting.matters.aggregate(last=Max(column))["last"]
    if column == "item":
        return (own or 0) + 1
    of_year = Matter.objects.filter(body=meeting.body, year=meeting.held_on.year)
    if own is not None and not of_year.filter(section=own + 1).exists():
        return int(own) + 1
    return (of_year.aggregate(last=Max("section"))["last"] or 0) + 1


@transaction.atomic
def add_matter(meeting: Meeting, *, values: Mapping[str, Any]) -> Matter:
    """Add a matter to a meeting; without a number it gets the next one.

    Raises ValidationError where the number is taken.
    """
    locked = lock(meeting)
    columns = dict(values)
    number = columns.pop("number") or proposed_matter_number(locked)
    matter = Matter(meeting=locked, **columns)
    setattr(matter, locked.body.number_column, number)
    with told(_refusals(locked)):
        matter.save()
    return matter


@transaction.atomic
def save_matter(matter: Matter, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save what was typed of an undecided matter; `base` are its cells as the form showed them.

    Where somebody else changed the same one meanwhile, nothing is saved. Raises ValidationError where it has
    been decided, or its number is taken.
    """
    meeting = lock(matter.meeting)
    locked = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    locked.meeting = meeting
    _must_be_undecided(locked)
    saved = merge_into(locked, values, base)
    if not saved.conflicts:
        with told(_refusals(meeting)):
            locked.save(update_fields=list(values))
    return saved


@transaction.atomic
def take_off(matter: Matter) -> None:
    """Take a matter off the agenda.

    Raises ValidationError where it has been decided or something hangs on it.
    """
    lock(matter.meeting)
    locked = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    _must_be_undecided(locked)
    try:
        with transaction.atomic():
            locked.delete()
    except ProtectedError:
        raise ValidationError(_("Something has been tied to this matter: it stays on the agenda.")) from None


@transaction.atomic
def publish_agenda(meeting: Meeting, *, actor: User) -> None:
    """Let everybody read the matters from today on.

    Raises ValidationError where there are none, or the agenda is public already.
    """
    locked = lock(meeting)
    if locked.agenda_published_on is not None:
        raise ValidationError(_("The agenda has been published already."))
    if not locked.matters.exists():
        raise ValidationError(_("The agenda is empty: add its matters first."))
    locked.agenda_published_on = clock.today()
    locked.save(update_fields=["agenda_published_on"])
    acted(DeadlineStep.Act.AGENDA_PUBLISHED, by=actor, meeting=locked)


def _must_be_undecided(matter: Matter) -> None:
    if is_decided(matter):
        raise ValidationError(_("This matter has been decided: it stays as it is."))


def _refusals(meeting: Meeting) -> dict[str, Refusal]:
    """Return where a number that is taken is told, and which matter has it."""

    def by_section() -> str:
        number = proposed_matter_number(meeting)
        return _("This § is in use in %(year)s already. The next free one is %(number)s.") % {
            "year": meeting.held_on.year,
            "number": number,
        }

    def by_item() -> str:
        number = proposed_matter_number(meeting)
        return _("This item is in use already. The next free one is %(number)s.") % {"number": number}

    field = meeting.body.number_column
    return {
        "one_section_per_body_and_calendar_year": Refusal(field, by_section),
        "one_item_number_per_meeting": Refusal(field, by_item),
    }
