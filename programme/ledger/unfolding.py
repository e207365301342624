"""Workbooks are measured before they are read: a small file can unfold to more than any memory.

XLSX and ODS are ZIP archives of XML parts. Each part is unpacked a block at a time, looked through for cells
far out, repeated cells and long texts, and handed on in a new archive: the reader unpacks no byte that was
not counted here.
"""

import tempfile
import zipfile
from typing import IO
from xml.parsers import expat

from programme.attachments import archives
from programme.ledger.faults import UnreadableError
from programme.ledger.sheets import MOST_COLUMNS, MOST_ROWS

MOST_PARTS = 1000
LARGEST_CONTENT = 300 * 1024 * 1024
# Places of all sheets together: the reader lays out each sheet as a whole rectangle, empty places and all.
MOST_CELLS = 3_000_000
LONGEST_TEXTS = 64 * 1024 * 1024  # of all cells together
UNREADABLE = (*archives.UNREADABLE, archives.StrangeError, expat.ExpatError, LookupError, ValueError)
# Only what holds cells is handed on: no macros, no pictures.
HANDED_ON = (".xml", ".rels", "mimetype")
SHARED_TEXTS = "sharedStrings.xml"


def measured(content: IO[bytes]) -> IO[bytes]:
    """Return an archive of a workbook's parts that is safe to read.

    Raises UnreadableError: “broken_workbook”, “unfolds_to_too_much”, “too_many_rows”, “too_many_columns”.
    """
    safe = tempfile.TemporaryFile()  # noqa: SIM115  whoever reads it closes it
    try:
        with (
            zipfile.ZipFile(content) as given,
            zipfile.ZipFile(safe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as kept,
        ):
            parts = [part for part in given.infolist() if part.filename.endswith(HANDED_ON)]
            archives.measure(parts, most=MOST_PARTS, largest=LARGEST_CONTENT)
            if archives.has_doubles(parts):
                raise archives.StrangeError
            # The texts of cells stand in a part of their own, which tells how long each is.
            parts.sort(key=lambda part: not part.filename.endswith(SHARED_TEXTS))
            look = _Look()
            for part in parts:
                parser = look.parser_of(part.filename)
                with kept.open(part.filename, "w", force_zip64=True) as copy:
                    for block in archives.blocks(given, part):
                        if parser is not None:
                            parser.Parse(block, False)
                        copy.write(block)
                if parser is not None:
                    parser.Parse(b"", True)
    except archives.TooMuchError as error:
        raise UnreadableError("unfolds_to_too_much") from error
    except UNREADABLE as error:
        raise UnreadableError("broken_workbook") from error
    safe.seek(0)
    return safe


class _Look:
    """Goes through the parts, one after another. Raises UnreadableError where they hold too much."""

    def __init__(self) -> None:
        self.shared: list[int] = []  # the lengths of the texts that cells point at
        self.cells = self.texts = 0
        # How far the sheet being read reaches, and the places of the sheets before it.
        self.height = self.width = self.laid_out = 0
        self.text: int | None = None  # the length of what is being read; none outside of texts

    def parser_of(self, name: str) -> expat.XMLParserType | None:
        """Return what looks through a part; relations between parts hold no cells."""
        if not name.endswith(".xml"):
            return None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_entities
        if name.endswith(SHARED_TEXTS):
            parser.StartElementHandler, parser.EndElementHandler = self._begin_shared, self._end_shared
            parser.CharacterDataHandler = self._measure
        elif "/worksheets/" in name:
            self._begin_sheet()
            self.is_shared, self.has_value, self.value = False, False, ""
            parser.StartElementHandler, parser.EndElementHandler = self._begin_cell, self._end_cell
            parser.CharacterDataHandler = self._read_value
        elif name == "content.xml":
            self._begin_sheet()
            self.times, self.of_row = 1, 1
            self.row_cells = self.row_texts = 0
            parser.StartElementHandler, parser.EndElementHandler = self._begin_open, self._end_open
            parser.CharacterDataHandler = self._measure
        return parser

    def _measure(self, written: str) -> None:
        if self.text is not None:
            self.text += len(written)

    def _begin_sheet(self) -> None:
        self.laid_out += self.height * self.width
        self.row = self.column = self.height = self.width = 0

    def _count(self, cells: int, texts: int, *, is_empty: bool = False) -> None:
        self.cells += cells
        self.texts += texts
        if not is_empty:
            self.height, self.width = max(self.height, self.row), max(self.width, self.column)
        if self.row > MOST_ROWS:
            raise UnreadableError("too_many_rows", most=MOST_ROWS)
        if self.column > MOST_COLUMNS:
            raise UnreadableError("too_many_columns", most=MOST_COLUMNS)
        places = self.laid_out + self.height * self.width
        if max(self.cells, places) > MOST_CELLS or self.texts > LONGEST_TEXTS:
            raise UnreadableError("unfolds_to_too_much")

    # Office Open XML: <si> texts that cells of kind “s” point at; <row r="7"><c r="B7" t="s"><v>12</v>

    def _begin_shared(self, element: str, _attributes: dict[str, str]) -> None:
        if element.endswith(" si"):
            self.text = 0

    def _end_shared(self, element: str) -> None:
        if element.endswith(" si"):
            self.shared.append(self.text or 0)
            self.text = None

    def _begin_cell(self, element: str, attributes: dict[str, str]) -> None:
        name = element.rpartition(" ")[2]
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "c":
            self.row, self.column = _place(attributes.get("r"), self.row, self.column + 1)
            self.is_shared, self.has_value, self.value = attributes.get("t") == "s", False, ""
        else:
            self.has_value = True
            if name == "v":
                # A formula stands before its value.
                self.value = ""

    def _read_value(self, written: str) -> None:
        self.value += written

    def _end_cell(self, element: str) -> None:
        if element.endswith(" c"):
            value = self.value.strip()
            length = self.shared[int(value)] if self.is_shared and value else len(value)
            # What has a border and no value is not laid out.
            self._count(1, length, is_empty=not self.has_value)
        elif element.endswith(" row"):
            self.value = ""

    # OpenDocument: a row and a cell may say how many times they stand there; empty ones fill the sheet.

    def _begin_open(self, element: str, attributes: dict[str, str]) -> None:
        name = element.rpartition(" ")[2]
        if name == "table":
            self._begin_sheet()
        elif name == "table-row":
            self.of_row = _repeated(attributes, "rows")
            self.column = self.row_cells = self.row_texts = 0
        elif name in ("table-cell", "covered-table-cell"):
            self.times = _repeated(attributes, "columns")
            self.text = 0
            if any(key.endswith("value-type") for key in attributes):
                self.text = 1

    def _end_open(self, element: str) -> None:
        name = element.rpartition(" ")[2]
        if name in ("table-cell", "covered-table-cell"):
            if self.text:
                # What stands before a cell is empty, and a place in memory all the same.
                self.column += self.times
                self.row_cells = self.column
                self.row_texts += self.text * self.times
            else:
                self.column += self.times
            self.text = None
        elif name == "table-row":
            if self.row_cells:
                self.column = self.row_cells
                self.row += self.of_row
                self._count(self.row_cells * self.of_row, self.row_texts * self.of_row)
            else:
                self.row += self.of_row


def _refuse_entities(*_declaration: object) -> None:
    raise archives.StrangeError


def _repeated(attributes: dict[str, str], what: str) -> int:
    written = next(
        (value for key, value in attributes.items() if key.endswith(f"number-{what}-repeated")), "1"
    )
    return int(written)


def _place(written: str | None, row: int, column: int) -> tuple[int, int]:
    """Read a cell's place, “B7”; without one it follows the cell before it."""
    if not written:
        return row, column
    letters = written.rstrip("0123456789")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return int(written[len(letters) :]), number
