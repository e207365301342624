"""Opening a file that came from an accounting system, whatever it is."""

from programme.ledger.faults import UnreadableError
from programme.ledger.sheets import LedgerTable
from programme.ledger.texts import open_text
from programme.ledger.workbooks import is_workbook, open_workbook

# What begins like these is often sent by mistake: the paper, not the figures; a web page by an .xls name.
PAPERS = {
    b"%PDF-": "pdf",
    b"<!DOCTYPE": "web_page",
    b"<html": "web_page",
    b"<?xml": "xml",
    b"{\\rtf": "paper",
}


def open_table(content: bytes, *, only: str = "") -> LedgerTable:
    """Return the sheets of a file, or one of them by its name; a text file has one, without a name.

    Raises UnreadableError, which says why it is no table.
    """
    beginning = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for signature, code in PAPERS.items():
        if beginning.startswith(signature.lower()):
            raise UnreadableError(code)
    table = open_workbook(content, only=only) if is_workbook(content) else open_text(content)
    if not table.sheets:
        raise UnreadableError("no_rows")
    return table
