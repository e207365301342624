"""What is wrong with a file or a row, as a code that pages put into words in their reader's language."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class UnreadableError(Exception):
    """A file that cannot be read at all; `code` and `more` say why, for `words.why_unreadable`."""

    def __init__(self, code: str, **more: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


class Fault(NamedTuple):
    """What is wrong with a cell: a code, what was read there, and more for the words."""

    code: str
    column: str  # the name of the field, see `fields.Field`
    read: str
    more: str = ""


class Skipped(StrEnum):
    """Why a row is no entry of the ledger."""

    EMPTY = "empty"
    TOTAL = "total"
    HEADING = "heading"
    OTHER_CENTRE = "other_centre"


class RowError(Exception):
    """A row that is no entry as it stands, and all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(", ".join(fault.code for fault in self.faults))


class NotReadError(Exception):
    """A cell that says no amount or day; `code` tells why, `more` what could be meant."""

    def __init__(self, code: str, more: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.more = more
