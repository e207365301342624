"""Where a sheet's columns are headed: below titles, in one row or in two, with merged or repeated cells."""

from collections.abc import Sequence
from typing import NamedTuple

from programme.ledger.fields import DEMANDED, SUMS, Field, as_heading, field_of
from programme.ledger.sheets import Row, is_empty

# Titles, dates of printing and empty rows may stand above; further down nobody looks for headings.
LAST_HEADING_ROW = 30


class Heading(NamedTuple):
    """The headings of a sheet: their last row, counted from 1, how many rows they take, a label a column."""

    row: int
    depth: int
    labels: tuple[str, ...]

    @property
    def fields(self) -> dict[Field, int]:
        """Return the column of each field that a heading tells, the first one where several do."""
        found: dict[Field, int] = {}
        for column, label in enumerate(self.labels):
            field = _field_of(label)
            if field is not None:
                found.setdefault(field, column)
        if Field.AMOUNT in found:
            # A sum beside debit and credit is what they come to.
            found.pop(Field.DEBIT, None)
            found.pop(Field.CREDIT, None)
        else:
            found.pop(Field.SIDE, None)
        return found

    @property
    def worth(self) -> tuple[int, int]:
        """How surely these are headings: the demanded fields count most."""
        found = self.fields
        has_sum = any(field in found for field in SUMS)
        return sum(field in found for field in DEMANDED) + has_sum, len(found)


PARTING = " / "


def _field_of(label: str) -> Field | None:
    """Read a label of one row or of two; a number in brackets tells repeated labels apart."""
    plain = label.rpartition(" (")[0] if label.endswith(")") and label[-2:-1].isdigit() else label
    upper, _parting, lower = plain.rpartition(PARTING)
    return field_of(f"{upper} {lower}") or field_of(lower)


def find_heading(rows: Sequence[Row]) -> Heading | None:
    """Return the likeliest headings among the first rows; None where no row names two fields."""
    best: Heading | None = None
    for row in range(1, min(len(rows), LAST_HEADING_ROW) + 1):
        for depth in (1, 2):
            heading = heading_at(rows, row, depth)
            if heading and (best is None or heading.worth > best.worth):
                best = heading
    return best if best and best.worth[1] > 1 else None


def heading_at(rows: Sequence[Row], row: int, depth: int = 1) -> Heading | None:
    """Return what stands in a row as headings, with the row above it where they take two."""
    if row < depth or row > len(rows) or is_empty(rows[row - 1]):
        return None
    lower = [_label(value) for value in rows[row - 1]]
    if depth == 1:
        return Heading(row, 1, _told_apart(lower))
    upper = [_label(value) for value in rows[row - 2]]
    if not any(upper):
        return None
    width = max(len(lower), len(upper))
    lower += [""] * (width - len(lower))
    upper += [""] * (width - len(upper))
    over = ""
    labels = []
    for above, below in zip(upper, lower, strict=True):
        # A merged cell has its words in its first column; over an empty cell nothing is carried.
        over = above or (over if below else "")
        labels.append(f"{over}{PARTING}{below}" if over and below else over or below)
    return Heading(row, 2, _told_apart(labels))


def _label(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _told_apart(labels: list[str]) -> tuple[str, ...]:
    """Give repeated headings a number: “Summa”, “Summa (2)”."""
    seen: dict[str, int] = {}
    told = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        told.append(f"{label} ({seen[label]})" if label and seen[label] > 1 else label)
    return tuple(told)


def repeats(row: Row, labels: Sequence[str], columns: Sequence[int]) -> bool:
    """Whether a row says the headings again, as lists do at the top of each printed page."""
    said = [as_heading(row[column]) for column in columns if column < len(row) and as_heading(row[column])]
    heads = [as_heading(labels[column].rpartition(PARTING)[2]) for column in columns]
    return len(said) > 1 and all(word in heads for word in said)
