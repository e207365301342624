"""Cost centres and accounts as files name them: “2110”, “2110 Rakenne”, 2110.0 or the code “KP-2110”."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Generic, Protocol, TypeVar


class Numbered(Protocol):
    """A row with a number of the accounting system and a code of the programme."""

    pk: Any
    number: str
    code: str


Row = TypeVar("Row", bound=Numbered)


def as_written(value: object) -> str:
    """Return what a cell says as text: whole numbers without decimals, texts without blanks round them."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # A zero sign is no text to the database.
    return " ".join(str(value).replace("\x00", " ").split())


class Numbers(Generic[Row]):
    """Rows found by what a file calls them."""

    def __init__(self, rows: Iterable[Row], given: Mapping[str, str] | None = None) -> None:
        """`given` tells the code of the row that is meant by what names none."""
        rows = list(rows)
        times = Counter(row.number.casefold() for row in rows)
        # A number that two rows share names neither; their codes do.
        self.by_name = {row.number.casefold(): row for row in rows if times[row.number.casefold()] == 1}
        self.by_name |= {row.code.casefold(): row for row in rows}
        self.given = given or {}
        self.seen: dict[str, Row | None] = {}
        self.by_gift: set[str] = set()

    def named(self, written: str) -> Row | None:
        """Return the row that a cell names by number or code, alone or before its name."""
        if written not in self.seen:
            first = written.casefold().partition(" ")[0].rstrip(":,;")
            found = self.by_name.get(written.casefold()) or self.by_name.get(first)
            if found is None and written in self.given:
                found = self.by_name.get(self.given[written].casefold())
                self.by_gift.add(written)
            self.seen[written] = found
        return self.seen[written]

    def is_given(self, written: str) -> bool:
        """Whether a cell that was `named` names its row only because somebody said so."""
        return written in self.by_gift
