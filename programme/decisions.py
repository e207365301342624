"""Entering what a meeting decided: its matter and its decision, in one place for all who decide."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from programme import clock
from programme.models import Decision, Matter, Meeting
from programme.text import day


def in_language_of_minutes() -> Any:
    """Write what a decision says of itself in the programme's first language, whoever enters it."""
    return translation.override(settings.LANGUAGE_CODE)


class MatterToConfirmError(ValidationError):
    """A number is one of a matter that may be about something else: whoever enters a decision confirms it."""

    def __init__(self, matter: Matter) -> None:
        super().__init__(_what_stands(matter))
        self.matter = matter


@transaction.atomic
def enter_decision(
    meeting: Meeting, *, number: int, title: str, text: str, this_matter: int | None = None
) -> Decision:
    """Enter a matter of a meeting and its decision: a decision that stands already is then the one.

    `number` and `this_matter` as in `enter_matter`, which says what is refused.
    """
    matter = enter_matter(meeting, number=number, title=title, this_matter=this_matter)
    return matter.decision if is_decided(matter) else Decision.objects.create(matter=matter, text=text)


@transaction.atomic
def enter_matter(meeting: Meeting, *, number: int, title: str, this_matter: int | None = None) -> Matter:
    """Enter a matter of a meeting, or find it; `number` is its § or its item, as the body numbers.

    A matter that is on the agenda under this title is the one. One with another title, or one that has been
    decided, is named by `this_matter`, its key, by whoever knows that it is meant. Raises
    MatterToConfirmError where it is not, ValidationError where the meeting has not been held, or the number
    is of another meeting.
    """
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.held_on > clock.today():
        raise ValidationError(_("This meeting has not been held yet."))
    column = meeting.body.number_column
    matters = Matter.objects.filter(body=meeting.body, **{column: number})
    matters = (
        matters.filter(year=meeting.held_on.year) if column == "section" else matters.filter(meeting=meeting)
    )
    matter = matters.select_related("decision", "meeting").first()
    if matter is None:
        return Matter.objects.create(meeting=meeting, title=title, **{column: number})
    if matter.meeting_id != meeting.pk:
        raise ValidationError(
            _("This number belongs to “%(title)s” of the meeting on %(day)s. Look it up in the minutes.")
            % {"title": matter.title, "day": day(matter.meeting.held_on)}
        )
    if matter.pk != this_matter and (is_decided(matter) or matter.title.casefold() != title.casefold()):
        raise MatterToConfirmError(matter)
    return matter


def is_decided(matter: Matter) -> bool:
    """Whether a decision of a matter has been entered."""
    return hasattr(matter, "decision")


def _what_stands(matter: Matter) -> str:
    if is_decided(matter) and not matter.decision.text:
        said = _(
            "This number is “%(title)s”, decided already; the wording of the decision is not known. Confirm"
            " that this is the decision. Otherwise look the number up in the minutes."
        )
        return said % {"title": matter.title}
    if is_decided(matter):
        said = _(
            "This number is “%(title)s”, decided already: “%(text)s”. Confirm that this is the decision: its"
            " words stay. Otherwise look the number up in the minutes."
        )
        return said % {"title": matter.title, "text": matter.decision.text}
    said = _(
        "This number is “%(title)s”. Confirm that the decision is of this matter, or look the number up in"
        " the minutes."
    )
    return said % {"title": matter.title}
