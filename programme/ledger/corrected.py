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
    is_in_force: bool = True  # neither taken back nor replaced
    rests: bool = False  # another sheet or column is chosen than when it was given

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
        return _("rests: the cell is not read now as it was then") if self.rests else ""


def corrections_said(file: LedgerFile, names: Names) -> list[SaidCorrection]:
    """Return what was given for a file, in order, then what its source remembers: one query."""
    given = list(file.corrections.select_related("given_by"))
    counting = in_force(given)
    sheet = (file.mapping or {}).get("sheet")
    resting = {(row, name) for row, name in (file.findings or {}).get("resting", [])}
    return [
        *(
            _said(one, names)._replace(
                is_in_force=one in counting, rests=one.sheet != sheet or (one.row, one.field) in resting
            )
            for one in given
            if one.given
        ),
        *_remembered(file, names),
    ]


def _said(one: LedgerCorrection, names: Names) -> SaidCorrection:
    name = Field(one.field)
    where = _("All rows with it") if one.row is None else f"{_('Row')} {text.number(one.row)}"
    words = _words(name, one.given, names)
    return SaidCorrection(where, one.row, str(LABELS[name]), one.read, words, one)


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
