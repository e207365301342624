"""An uploaded spreadsheet is measured before it is read: a small file can unfold to more than any memory.

An XLSX is a ZIP archive of XML parts. Each part is unpacked here up to a limit, looked through for cells far
out, for texts too long and for formulas without a value, and handed on in a new archive of what was measured:
the reader unpacks no byte that was not counted.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from programme.attachments import archives

LARGEST_UPLOAD = 2 * 1024 * 1024
LARGEST_CONTENT = 16 * 1024 * 1024
MOST_PARTS = 200
LAST_ROW, LAST_COLUMN = 1000, 100
MOST_CELLS = 20_000
LONGEST_TEXT = 10_000
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ROW_NUMBER = re.compile(r"[0-9]{1,7}")
# What unpacking and parsing raise of a file that is broken or made to break: unknown or contradicting
# encodings, names and numbers that are none, parts that end too early.
UNREADABLE = (
    *archives.UNREADABLE,
    archives.StrangeError,
    expat.ExpatError,
    LookupError,
    ArithmeticError,
    ValueError,
)


class Measured(NamedTuple):
    """A spreadsheet that is safe to read, and the formulas in it that have no value."""

    archive: bytes
    without_value: list["Place"]

    def must_have_values(self, *, below: int) -> None:
        """Raise ValidationError for the formulas without a value below a row; above it nothing is read."""
        unknown = [place for place in self.without_value if place.row > below]
        if unknown:
            raise ValidationError(
                [
                    _("The formula in cell %(place)s has no value: write the value itself.")
                    % {"place": place.name}
                    for place in unknown
                ]
            )


class Place(NamedTuple):
    """Where a cell stands; the first row and the first column are number 1."""

    row: int
    column: int

    @property
    def name(self) -> str:
        return f"{xl_col_to_name(self.column - 1)}{self.row}"


def measured(content: bytes) -> Measured:
    """Return the parts of a spreadsheet that hold its cells, as an archive that is safe to read.

    Raises ValidationError with what is wrong: no XLSX, or too large.
    """
    if len(content) > LARGEST_UPLOAD:
        raise ValidationError(_("The file is larger than 2 MB."))
    if not content.startswith(b"PK\x03\x04"):
        raise ValidationError(_not_a_spreadsheet())
    safe = io.BytesIO()
    look = _Look()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as uploaded, zipfile.ZipFile(safe, "w") as kept:
            parts = [part for part in uploaded.infolist() if part.filename.endswith((".xml", ".rels"))]
            archives.measure(parts, most=MOST_PARTS, largest=LARGEST_CONTENT)
            for part in parts:
                # Reads as much as the archive says there is, and fails where that is not the whole.
                unpacked = uploaded.read(part)
                look.through(unpacked)
                kept.writestr(part.filename, unpacked)
    except archives.TooMuchError as error:
        raise ValidationError(_too_large()) from error
    except UNREADABLE as error:
        raise ValidationError(_not_a_spreadsheet()) from error
    return Measured(safe.getvalue(), look.without_value)


def _not_a_spreadsheet() -> str:
    return _("The file is not an XLSX spreadsheet that can be read. Save it as XLSX without a password.")


def _too_large() -> str:
    return _("There is more in the file than a work programme can hold.")


class _Look:
    """Goes through the parts, one after another. Raises ValidationError where they hold too much."""

    def __init__(self) -> None:
        self.cells = 0
        self.without_value: list[Place] = []

    def through(self, part: bytes) -> None:
        self.row = self.column = 0
        self.cell: _Cell | None = None
        self.length: int | None = None  # of the text that is being read; none outside of texts
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse_entities
        parser.Parse(part, True)

    def _refuse_entities(self, *_declaration: object) -> None:
        raise ValidationError(_not_a_spreadsheet())

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        name = element.rpartition(" ")[2]
        if name == "row":
            number = attributes.get("r", str(self.row + 1))
            if not ROW_NUMBER.fullmatch(number):
                raise ValidationError(_not_a_spreadsheet())
            self.row, self.column = int(number), 0
        elif name == "c":
            self.column += 1
            if place := PLACE.fullmatch(attributes.get("r", "")):
                self.row, self.column = int(place[2]), column_number(place[1])
            self.cell = _Cell(kind=attributes.get("t", ""))
        elif name == "f" and self.cell:
            self.cell.has_formula = True
        elif name in ("v", "is", "si"):
            self.length = 0

    def _text(self, written: str) -> None:
        if self.length is None:
            return
        self.length += len(written)
        if self.length > LONGEST_TEXT:
            raise ValidationError(_too_large())

    def _end(self, element: str) -> None:
        name = element.rpartition(" ")[2]
        if name in ("v", "is", "si"):
            if self.cell:
                self.cell.length = self.length or 0
            self.length = None
        elif name == "c" and self.cell:
            self._count(self.cell)
            self.cell = None

    def _count(self, cell: "_Cell") -> None:
        if cell.lacks_value:
            self.without_value.append(Place(self.row, self.column))
        elif cell.length:
            self.cells += 1
            if self.cells > MOST_CELLS or self.row > LAST_ROW or self.column > LAST_COLUMN:
                raise ValidationError(_too_large())


@dataclass
class _Cell:
    kind: str
    has_formula: bool = False
    length: int = 0

    @property
    def lacks_value(self) -> bool:
        """True of a formula that failed or was never calculated; one may well give an empty text."""
        return self.kind == "e" or (self.has_formula and not self.length and self.kind != "str")


def column_number(letters: str) -> int:
    """Return a column's number, the first one’s being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
