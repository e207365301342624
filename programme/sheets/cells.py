"""A sheet: columns with a name for machines and a heading for people, and their cells."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum, auto
from typing import Any

from programme import text

# Empty is not zero: None stays an empty cell. Numbers are decimals, never texts in a reader's own writing.
Cell = str | int | Decimal | datetime.date | None


class Kind(StrEnum):
    """How a column is written and how wide it is."""

    CODE = auto()
    TEXT = auto()
    LONG_TEXT = auto()
    NUMBER = auto()
    PERCENT = auto()  # of a hundred, as its heading says
    EUROS = auto()
    DAY = auto()


@dataclass(frozen=True)
class Column:
    name: str  # in the CSV file: the same in every language
    heading: str  # in the spreadsheet
    kind: Kind = Kind.TEXT


@dataclass
class Table:
    """Columns and rows. The rows may be made as they are written: then they are there once."""

    name: str  # of the CSV file
    title: str  # of the sheet
    columns: list[Column]
    rows: Iterable[list[Cell]]


@dataclass
class Sheet(Table):
    """A table that is filled row by row."""

    rows: list[list[Cell]] = field(default_factory=list)


def words(holder: Any, name: str = "") -> str:
    """Return a text of the programme in the reader's language."""
    return text.words_of(holder, name)[0]


def number(value: str | Decimal | None) -> Decimal | None:
    """Return a number of the facts; what is not known stays unknown."""
    return None if value is None else Decimal(value)


def day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None
