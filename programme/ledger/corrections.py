"""What was given in a file's place while it was checked: its cells stay as they came, the readings change.

A correction holds for as long as its cell still says what was read when it was given: where other columns are
chosen, it rests. The last one given for a cell counts; one that gives nothing takes back those before it.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from programme.ledger.fields import SUMS, Field
from programme.ledger.numbers import as_written
from programme.ledger.sheets import Row, Value
from programme.models import LedgerCorrection, LedgerFile

LONGEST_READ = 80
NAMING = (Field.COST_CENTRE, Field.ACCOUNT)  # fields that name a row of the programme by its number

# By field: what files call a row that the programme has no such number of, and that row's code.
GivenNumbers = Mapping[str, Mapping[str, str]]


def as_read(value: object) -> str:
    """Return what a cell says, as faults tell it and corrections keep it."""
    return as_written(value)[:LONGEST_READ]


@dataclass
class Corrections:
    """What is given for cells, by row and field, and for numbers that the programme does not have."""

    cells: dict[int, dict[Field, tuple[str, str]]] = field(default_factory=dict)  # what was read, and given
    numbers: dict[Field, dict[str, str]] = field(default_factory=dict)
    taken: set[tuple[int, Field]] = field(default_factory=set)  # cells whose correction has been read so far

    def of_row(self, number: int, row: Row, columns: Mapping[Field, int]) -> Row | None:
        """Return a row with what is given for its cells, None where nothing is."""
        made: Row | None = None
        for name, (read, given) in self.cells.get(number, {}).items():
            column = columns.get(name)
            if column is None or as_read(row[column] if column < len(row) else "") != read:
                continue
            self.taken.add((number, name))
            made = made or [*row, *[""] * (max(columns.values()) + 1 - len(row))]
            made[column] = value_of(name, given)
        return made

    def resting(self) -> list[tuple[int, Field]]:
        """Return the cells, by row and field, whose correction no reading of the sheet has come to."""
        given = {(number, name) for number, cells in self.cells.items() for name in cells}
        return sorted(given - self.taken)


def value_of(name: Field, given: str) -> Value:
    """Return what is given as a value: a sum, a day or a text."""
    if name in SUMS:
        return Decimal(given)
    return datetime.date.fromisoformat(given) if name == Field.DAY else given


def text_of(value: Any) -> str:
    """Return a value as it is kept, for `value_of`: sums with a point and cents, days ISO."""
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def corrections_of(file: LedgerFile) -> Corrections:
    """Return what holds for a file's chosen sheet; numbers that its source remembers stand behind its own."""
    remembered: GivenNumbers = file.mapping.get("numbers", {})
    found = Corrections(numbers={name: dict(remembered.get(name, {})) for name in NAMING})
    for correction in in_force(file.corrections.filter(sheet=file.mapping["sheet"])):
        name = Field(correction.field)
        if correction.row is None:
            found.numbers[name][correction.read] = correction.given
        else:
            found.cells.setdefault(correction.row, {})[name] = correction.read, correction.given
    return found


def in_force(corrections: Iterable[LedgerCorrection]) -> list[LedgerCorrection]:
    """Return the corrections that count, of those of a file in the order in which they were given."""
    last = {correction.place: correction for correction in corrections}
    return [correction for correction in last.values() if correction.given]
