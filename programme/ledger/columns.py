"""Which column holds what: guessed by the headings, or as it was chosen for this source the last time."""

from typing import TypedDict

from programme.ledger.corrections import GivenNumbers
from programme.ledger.fields import Field, as_heading
from programme.ledger.headings import Heading
from programme.ledger.lines import ColumnMapping


class Remembered(TypedDict):
    """What a source remembers: headings, since another file may have its columns in another order."""

    headings: dict[str, str]
    skips_other_centres: bool
    decimal_mark: str
    is_reversed: bool
    minus: str
    numbers: GivenNumbers


def remembered_of(mapping: ColumnMapping) -> Remembered:
    """Return what is to be remembered of chosen columns."""
    return {
        "headings": {name: mapping["labels"][column] for name, column in mapping["columns"].items()},
        "skips_other_centres": mapping["skips_other_centres"],
        "decimal_mark": mapping["decimal_mark"],
        "is_reversed": mapping["is_reversed"],
        "minus": mapping.get("minus", ""),
        "numbers": mapping.get("numbers", {}),
    }


def proposed(heading: Heading, remembered: Remembered | None) -> dict[Field, int]:
    """Return the columns to begin with: all of what is remembered if the file has it, else a guess."""
    if remembered and remembered.get("headings"):
        places = {as_heading(label): column for column, label in reversed(list(enumerate(heading.labels)))}
        headings = {Field(name): as_heading(label) for name, label in remembered["headings"].items()}
        if all(label in places for label in headings.values()):
            return {name: places[label] for name, label in headings.items()}
    return heading.fields
