"""Corrections of a file in words: where, what was read, what was given, by whom and when."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

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
    is_in_force: bool = True  # neither taken back nor replaced
    rests: bool = False  # no row is read now as when it was given

    @property
    def who(self) -> str:
        return str(self.correction.given_by) if self.correction else ""

    @property
    def counts(self) -> bool:
        """Whether the check and the ledger have what was given."""
        return self.is_in_force and not self.rests

    @property
    def state(self) -> str:
        """What became of it, where it does not count."""
        if not self.is_in_force:
            return _("replaced or taken back")
        if not self.rests:
            return ""
        if self.row is None:
            return _("rests: no row says this number now")
        return _("rests: the cell is not read now as it was then")


def corrections_said(file: LedgerFile, names: Names) -> list[SaidCorrection]:
    """Return what was given for a file, in order, then what its source remembers of it: one query."""
    given = list(file.corrections.select_related("given_by"))
    counting = in_force(given)
    sheet = (file.mapping or {}).get("sheet")
    findings = file.findings or {}
    resting = {(row, name) for row, name in findings.get("resting", [])}
    idle = {(name, read) for name, read in findings.get("idle", [])}
    return [
        *(
            _said(one, names)._replace(
                is_in_force=one in counting, rests=one.sheet != sheet or _rests(one, resting, idle)
            )
            for one in given
            if one.given
        ),
        *_remembered(file, names, idle),
    ]


def _rests(one: LedgerCorrection, resting: Collection[Any], idle: Collection[Any]) -> bool:
    return (one.field, one.read) in idle if one.row is None else (one.row, one.field) in resting


def _said(one: LedgerCorrection, names: Names) -> SaidCorrection:
    name = Field(one.field)
    where = _("All rows with it") if one.row is None else f"{_('Row')} {text.number(one.row)}"
    words = _words(name, one.given, names)
    return SaidCorrection(where, one.row, str(LABELS[name]), one.read, words, one)


def _remembered(file: LedgerFile, names: Names, idle: Collection[Any]) -> list[SaidCorrection]:
    """Return what the source remembers and a row of this file says: the rest corrects nothing here."""
    numbers = (file.mapping or {}).get("numbers", {})
    return [
        SaidCorrection(_("All rows with it"), None, str(LABELS[name]), read, _words(name, given, names))
        for name in NAMING
        for read, given in numbers.get(name, {}).items()
        if (name, read) not in idle
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
