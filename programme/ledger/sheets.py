"""A sheet of a file: rows of values from the first row on, read anew each time, never all at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Value = object  # str, int, float, bool, a date or a moment; empty cells are ""
Row = list[Value]

# More than any year of a programme; what is larger is no ledger of one.
MOST_ROWS = 250_000
MOST_COLUMNS = 250


@dataclass(frozen=True)
class Sheet:
    """A sheet by its name, which a text file has none of. Rows and columns are counted from 1 for people."""

    name: str
    rows: Callable[[], Iterator[Row]]
    height: int
    # What was found of a text file, for people: “UTF-8”, “;”.
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True)
class LedgerTable:
    """The sheets of a file that was opened."""

    kind: str  # “text” or “workbook”
    sheets: list[Sheet] = field(default_factory=list)


def is_empty(row: Row) -> bool:
    """Whether a row has nothing but blanks."""
    return not any(str(value).strip() for value in row)
