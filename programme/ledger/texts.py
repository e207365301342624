"""Text files of rows: the encoding and the separator are found, since no file of this kind tells them."""

import codecs
import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator

from programme.ledger.faults import UnreadableError
from programme.ledger.headings import LAST_HEADING_ROW, find_heading
from programme.ledger.sheets import MOST_COLUMNS, MOST_ROWS, LedgerTable, Row, Sheet, Value

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "iso-8859-1": "ISO-8859-1",
}
SEPARATORS = (";", "\t", "|", ",")
# Enough to tell an encoding by its zeros, and a separator by its rows.
BEGINNING = 64 * 1024
BLOCK = 1024 * 1024
LONGEST_CELL = 32_767
# No table has these; UTF-16 without its mark would be full of zeros, and is found before.
CONTROLS = bytes(sign for sign in range(32) if sign not in b"\t\n\r\x0b\x0c\x1a")


def open_text(content: bytes) -> LedgerTable:
    """Return the one sheet of a text file. Raises UnreadableError where it is no table of text."""
    encoding = encoding_of(content)
    separator = _separator_of(content, encoding)
    height = sum(1 for _line in _lines(content, encoding))
    if height > MOST_ROWS:
        raise UnreadableError("too_many_rows", most=MOST_ROWS)

    def rows() -> Iterator[Row]:
        return _rows(content, encoding, separator)

    return LedgerTable("text", [Sheet("", rows, height, encoding=NAMES[encoding], separator=separator)])


def encoding_of(content: bytes) -> str:
    """Return the encoding in which a file is text. Raises UnreadableError where it is none."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _must_be(encoding, content)
    beginning = content[:BEGINNING]
    # Of UTF-16 every other byte of plain letters and digits is zero.
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if beginning[place::2].count(0) > len(beginning) // 4:
            return _must_be(encoding, content)
    if any(sign in content for sign in CONTROLS):
        raise UnreadableError("not_text")
    if _is(encoding := "utf-8", content):
        return encoding
    # The two differ in what hardly any table has; where it has them, they are of Windows.
    has_windows_signs = any(sign in content for sign in range(0x80, 0xA0))
    return _must_be("cp1252" if has_windows_signs else "iso-8859-1", content)


def _is(encoding: str, content: bytes) -> bool:
    blocks = (content[start : start + BLOCK] for start in range(0, len(content), BLOCK))
    try:
        return all(True for _text in codecs.iterdecode(blocks, encoding))
    except UnicodeError:
        return False


def _must_be(encoding: str, content: bytes) -> str:
    if not _is(encoding, content):
        raise UnreadableError("not_text")
    return encoding


def _lines(content: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")


def _rows(content: bytes, encoding: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(_lines(content, encoding), delimiter=separator)
    number = 0
    while True:
        number += 1
        try:
            row: list[Value] = list(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableError("broken_quotation", row=number) from error
        if len(row) > MOST_COLUMNS:
            raise UnreadableError("too_many_columns", most=MOST_COLUMNS)
        if any(len(str(value)) > LONGEST_CELL for value in row):
            # A quotation that never ends swallows the rows after it.
            raise UnreadableError("broken_quotation", row=number)
        yield row


def _separator_of(content: bytes, encoding: str) -> str:
    """Return the separator by which the headings are found; failing these, the one that parts most evenly.

    Raises UnreadableError where nothing parts the rows.
    """
    worths = {}
    broken: UnreadableError | None = None
    for separator in SEPARATORS:
        try:
            rows = list(itertools.islice(_rows(content, encoding, separator), 2 * LAST_HEADING_ROW))
        except UnreadableError as error:
            broken = error
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        [(width, times)] = widths.most_common(1)
        heading = find_heading(rows)
        worths[separator] = (heading.worth if heading else (0, 0), times, width)
    if not worths:
        raise broken or UnreadableError("no_columns")
    return max(worths, key=lambda separator: worths[separator])
