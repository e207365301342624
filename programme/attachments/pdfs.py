"""Is an uploaded file a PDF, whole and open to everybody? Asked of its content; its name says nothing.

A reader of PDF begins at the end: there the file says where its table of objects stands, and the table where
the catalogue of pages is. A file that was cut short, or was never a PDF, fails on that way. Nothing of it is
drawn or run here, and it is kept byte for byte.
"""

import re
import zlib
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# A reader of PDF looks for the end here; the standard lets something stand after it. ISO 32000-1, 7.5.5.
END_STANDS_IN = 1024
START_OF_TABLE = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
TABLE = re.compile(rb"\s*(xref\s|\d{1,10}\s+\d{1,5}\s+obj\b)")
LONGEST_DICTIONARY = 64 * 1024

STREAM = re.compile(rb"(?<!end)stream\r?\n")
DESCRIBED_IN = 512
MOST_UNPACKED = 64 * 1024 * 1024
# What a reader of PDF would run, open or send by itself; and a letter of a name that hides as #4A.
ACTS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b")
HIDDEN_LETTER = re.compile(rb"#([0-9A-Fa-f]{2})")


def must_be_pdf(content: bytes) -> None:
    """Raise ValidationError with what is wrong: no PDF, cut short, or locked by a password."""
    if not content.startswith(b"%PDF-"):
        raise ValidationError(_("The file is not a PDF: its content says so, whatever its name."))
    ends = START_OF_TABLE.findall(content, max(len(content) - END_STANDS_IN, 0))
    table = TABLE.match(content, int(ends[-1])) if ends else None
    described = _description(content, table) if table else b""
    if b"/Root" not in described:
        raise ValidationError(_("The PDF is not whole: its end is missing. Download it again."))
    if b"/Encrypt" in described:
        raise ValidationError(_("The PDF is protected by a password. Save it without one."))


def must_be_still(content: bytes) -> None:
    """Raise ValidationError where a PDF holds what its reader's program would run, open or send by itself."""
    if any(ACTS.search(_plain(part)) for part in (content, *_packed_objects(content))):
        raise ValidationError(
            _("The PDF holds a script, a program or another file. Print it to a new PDF and add that.")
        )


def _plain(part: bytes) -> bytes:
    return HIDDEN_LETTER.sub(lambda found: bytes([int(found[1], 16)]), part)


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """Give what is written in the packed tables of objects; one that is packed strangely is refused."""
    left = MOST_UNPACKED
    for stream in STREAM.finditer(content):
        described = _plain(content[max(stream.start() - DESCRIBED_IN, 0) : stream.start()]).rpartition(
            b"obj"
        )[2]
        if b"/ObjStm" not in described or b"/Filter" not in described:
            continue
        end = content.find(b"endstream", stream.end())
        try:
            unpacked = zlib.decompressobj().decompress(content[stream.end() : end], left)
        except zlib.error as error:
            raise ValidationError(
                _("The PDF is packed in a way that cannot be read. Print it to a new PDF.")
            ) from error
        left -= len(unpacked)
        if left <= 0:
            raise ValidationError(
                _("There is more in the file than its size lets think. Print it to a new PDF.")
            )
        yield unpacked


def _description(content: bytes, table: re.Match[bytes]) -> bytes:
    """Return the words in which a table of objects tells of the file: in its trailer, or at its own head."""
    if table[1].startswith(b"xref"):
        return content[table.end() :].partition(b"trailer")[2].partition(b"startxref")[0]
    return content[table.end() : table.end() + LONGEST_DICTIONARY].partition(b"stream")[0]
