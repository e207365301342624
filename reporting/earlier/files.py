"""Is an uploaded file a PDF, whole and open to everybody? Asked of its content; its name says nothing.

A reader of PDF begins at the end: there the file says where its table of objects stands, and the table where
the catalogue of pages is. A file that was cut short, or was never a PDF, fails on that way. Nothing of it is
drawn or run here, and it is kept byte for byte.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = 20 * 1024 * 1024
# A reader of PDF looks for the end here; the standard lets something stand after it. ISO 32000-1, 7.5.5.
END_STANDS_IN = 1024
START_OF_TABLE = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
TABLE = re.compile(rb"\s*(xref\s|\d{1,10}\s+\d{1,5}\s+obj\b)")
LONGEST_DICTIONARY = 64 * 1024


def must_be_pdf(content: bytes) -> None:
    """Raise ValidationError with what is wrong: too large, no PDF, cut short, or locked by a password."""
    if len(content) > LARGEST:
        raise ValidationError(_("The file is larger than 20 MB."))
    if not content.startswith(b"%PDF-"):
        raise ValidationError(_("The file is not a PDF: its content says so, whatever its name."))
    ends = START_OF_TABLE.findall(content, max(len(content) - END_STANDS_IN, 0))
    table = TABLE.match(content, int(ends[-1])) if ends else None
    described = _description(content, table) if table else b""
    if b"/Root" not in described:
        raise ValidationError(_("The PDF is not whole: its end is missing. Download it again."))
    if b"/Encrypt" in described:
        raise ValidationError(_("The PDF is protected by a password. Save it without one."))


def _description(content: bytes, table: re.Match[bytes]) -> bytes:
    """Return the words in which a table of objects tells of the file: in its trailer, or at its own head."""
    if table[1].startswith(b"xref"):
        return content[table.end() :].partition(b"trailer")[2].partition(b"startxref")[0]
    return content[table.end() : table.end() + LONGEST_DICTIONARY].partition(b"stream")[0]
