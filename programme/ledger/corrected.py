"""Corrections of a file in words: where, what was read, what was given, by whom and when."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from programme import text
from programme.ledger.corrections import NAMING, in_force, value_of
from programme.ledger.fields import LABELS, SUMS, Field
from programme.models import LedgerCorrection, LedgerFile

Names = Mapping[Field, Mapping[str, str]]


class SaidCorrection(NamedTuple):
    """A correction as pages and files tell it; a remembered one has nobody who gave it here."""

    where: str
    row: int | None
    column: str
    read: str
    given: str
    correction: LedgerCorrection | None = None
    is_in_force: bool = True

    @property
    def who(self) -> str:
        return str(self.correction.given_by) if self.correction else ""

    @property
    def state(self) -> str:
        """What became of it, where it does not count any more."""
        return "" if self.is_in_force else _("replaced or taken back")


def corrections_said(file: LedgerFile, names: Names) -> list[SaidCorrection]:
    """Return what was given for a file, in order, then what its source remembers: one query."""
    given = list(file.corrections.select_related("given_by"))
    counting = in_force(given)
    return [
        *(_said(one, names, is_in_force=one in counting) for one in given if one.given),
        *_remembered(file, names),
    ]


def _said(one: LedgerCorrection, names: Names, *, is_in_force: bool) -> SaidCorrection:
    name = Field(one.field)
    where = _("All rows with it") if one.row is None else f"{_('Row')} {text.number(one.row)}"
    words = _words(name, one.given, names)
    return SaidCorrection(where, one.row, str(LABELS[name]), one.read, words, one, is_in_force)


def _remembered(file: LedgerFile, names: Names) -> list[SaidCorrection]:
    numbers = (file.mapping or {}).get("numbers", {})
    return [
        SaidCorrection(_("All rows with it"), None, str(LABELS[name]), read, _words(name, given, names))
        for name in NAMING
        for read, given in numbers.get(name, {}).items()
    ]


def _words(name: Field, given: str, names: Names) -> str:
    if name in NAMING:
        return names[name].get(given, given)
    if name in SUMS:
        return text.exact_sum(value_of(name, given))  # type: ignore[arg-type]
    if name == Field.DAY:
        return text.day(value_of(name, given))  # type: ignore[arg-type]
    if name == Field.SIDE:
        return str(LABELS[Field.DEBIT if given == "D" else Field.CREDIT])
    return given
