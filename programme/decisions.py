"""Entering what a meeting decided: its matter and its decision, in one place for all who decide."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from programme import clock
from programme.models import Body, Decision, Matter, Meeting


def in_language_of_minutes() -> Any:
    """Write what a decision says of itself in the programme's first language, whoever enters it."""
    return translation.override(settings.LANGUAGE_CODE)


@transaction.atomic
def enter_decision(meeting: Meeting, *, number: int, title: str, text: str) -> Decision:
    """Enter a matter of a meeting and its decision; `number` is its § or its item, as the body numbers.

    A matter that is on the agenda already takes the decision. Raises ValidationError where the meeting has
    not been held, or the number is another matter's that has been decided.
    """
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.held_on > clock.today():
        raise ValidationError(_("This meeting has not been held yet."))
    by_section = meeting.body.numbering == Body.Numbering.SECTION_PER_YEAR
    column = "section" if by_section else "item"
    matters = Matter.objects.filter(body=meeting.body, **{column: number})
    matters = matters.filter(year=meeting.held_on.year) if by_section else matters.filter(meeting=meeting)
    matter = matters.first()
    if matter is not None and (matter.meeting_id != meeting.pk or hasattr(matter, "decision")):
        raise ValidationError(_("This number belongs to another matter. Look it up in the minutes."))
    if matter is None:
        matter = Matter.objects.create(meeting=meeting, title=title, **{column: number})
    return Decision.objects.create(matter=matter, text=text)
