"""Plain text: readable as such, without a web page or a formula in it."""

import re
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ENCODINGS = ("utf-8-sig", "cp1252")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(
    r"<\s*(!doctype|\?xml|\?php|html|head|body|script|svg|iframe|object|embed|meta|link|img)\b", re.I
)
# A cell that a spreadsheet would calculate; a signed number is none.
FORMULA = re.compile(r"""(?:^|[;,\t])\s*["']?\s*(?:[=@]|[+-](?![\d\s.,%€]|$))""", re.MULTILINE)


def is_text(opened: IO[bytes]) -> bool:
    """Return whether a file is text that a person can read."""
    return _read(opened) is not None


def must_be_mere_text(opened: IO[bytes], *, is_table: bool) -> None:
    """Raise ValidationError where text is a web page, or where a table would be calculated."""
    text = _read(opened) or ""
    if MARKUP.search(text):
        raise ValidationError(_("The file is a web page, whatever its name. Print it to a PDF and add that."))
    if is_table and FORMULA.search(text):
        raise ValidationError(_("The table holds formulas. Save their values and add that."))


def _read(opened: IO[bytes]) -> str | None:
    opened.seek(0)
    content = opened.read()
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if CONTROL.search(text) else text
    return None
