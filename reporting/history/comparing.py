"""What differs between two tellings of a line, field by field and word by word."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from programme import text
from programme.differences import Piece, pieces_between
from programme.statuses import STATUS_LABELS
from reporting.tellings import Telling


class Difference(NamedTuple):
    """One field: what stood and what stands, and both as one text; `language` is of words people wrote."""

    label: str
    before: str
    after: str
    pieces: list[Piece]
    language: str = ""


def difference(label: str, before: str, after: str, language: str = "") -> Difference:
    return Difference(label, before, after, pieces_between(before, after), language)


def differences_between(before: Telling | None, after: Telling) -> list[Difference]:
    """Return the fields in which two tellings differ; without an earlier one, all that was said."""
    old, new = (_in_words(before) if before else {}), _in_words(after)
    return [
        difference(label, old.get(label, ""), shown, after.language if label in _of_people() else "")
        for label, shown in new.items()
        if old.get(label, "") != shown
    ]


def _of_people() -> set[str]:
    return {
        _("Situation"),
        _("Reason"),
        _("Effect"),
        _("Corrective action"),
        _("Decision needed"),
        _("Evidence"),
    }


def _in_words(telling: Telling) -> dict[str, str]:
    """Return label → what a telling says, as its reader reads it; nothing is empty text."""
    return {
        _("Status"): str(STATUS_LABELS[telling.status]),
        _("Situation"): telling.text,
        _("Actual"): text.number(telling.value) if telling.value is not None else "",
        _("Reason"): telling.reason,
        _("Effect"): telling.effect,
        _("Corrective action"): telling.corrective_action,
        _("New estimate of completion"): text.day(telling.new_due_on) if telling.new_due_on else "",
        _("Responsible from now on"): text.words_of(telling.new_responsible, "name")[0],
        _("Forecast for the year"): text.exact_euros(telling.forecast)
        if telling.forecast is not None
        else "",
        _("Decision needed"): telling.decision_needed,
        _("Evidence"): telling.evidence,
    }
