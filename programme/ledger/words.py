"""What was found in a file, in words of the reader's language: what, where, and how to mend it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme import text
from programme.ledger.checking import Told
from programme.ledger.faults import Skipped
from programme.ledger.fields import LABELS, Field


class Said(NamedTuple):
    """A fault or a warning as pages and files tell it."""

    row: int
    column: str
    read: str
    what: str
    mend: str


def said(told: Told) -> Said:
    """Put a fault or a warning into words."""
    what, mend = _words(told["code"], told["field"], told["more"])
    read = told["read"]
    if told["code"] == "outside_programme":
        read = text.day(read)
    elif told["code"] == "other_total":
        read = text.exact_sum(read)
    column = told["column"] or str(LABELS[Field(told["field"])])
    return Said(told["row"], column, read, what, mend)


def _words(code: str, field: str, more: str) -> tuple[str, str]:
    name = str(LABELS[Field(field)])
    match code:
        case "missing":
            return _("%(name)s is missing.") % {"name": name}, _("Fill it in, or remove the row.")
        case "unknown_centre":
            return (
                _("The programme has no such cost centre."),
                _("Mend the number, or choose that rows of other cost centres are skipped."),
            )
        case "unknown_account":
            return (
                _("The programme has no such account."),
                _("Mend the number, or add the account in the settings and check again."),
            )
        case "too_long":
            return _("This is longer than %(most)s signs.") % {"most": more}, _("Check the column.")
        case "not_a_side":
            return (
                _("This says neither debit nor credit."),
                _("Write D or K, debit or credit, plus or minus."),
            )
        case "sign_and_side":
            return (
                _("The sum has a minus, and its side says %(side)s.") % {"side": f"”{more}”"},
                _("Choose at the columns what a minus means beside debit and credit."),
            )
        case "sign_against_side":
            return (
                _("The sign of the sum says otherwise than its side, %(side)s.") % {"side": f"”{more}”"},
                _("Mend the one that is wrong."),
            )
        case "not_a_sum":
            return _("This is no sum of money."), _("Write digits, for example 1250,50.")
        case "ambiguous_sum":
            return (
                _("This may mean thousands or decimals, and no row of the column tells which."),
                _("Choose the decimal mark at the columns, or write the cents."),
            )
        case "other_mark":
            return (
                _("Other rows of the column have the decimal mark %(mark)s.") % {"mark": f"”{more}”"},
                _("Write all sums of the column in the same way."),
            )
        case "parts_of_a_cent":
            return _("The sum has parts of a cent."), _("Round it in the accounting system.")
        case "too_large":
            return _("The sum is larger than the ledger holds."), _("Check the column.")
        case "not_a_day":
            return _("This is no day."), _("Write it with digits, as 31.8.2009.")
        case "no_such_day":
            return (
                _("There is no such day."),
                _("Check the day; the day stands before the month, as in 31.8.2009."),
            )
        case "further_line":
            return (
                _("Another line of a voucher that is in the ledger already."),
                _(
                    "It is counted besides. If it is the same line written anew, revert the earlier import"
                    " first."
                ),
            )
        case "same_again":
            return (
                _("The same line stands in the file more than once: this is number %(times)s.")
                % {"times": more},
                _("It is counted as many times. If it is there by mistake, remove the row."),
            )
        case "outside_programme":
            return _("The day is outside of the programme’s years."), _("Check the day.")
        case "both_sides":
            return (
                _("The row has a debit, and a credit of %(credit)s besides.")
                % {"credit": text.exact_sum(more)},
                _("It counts with their difference. If one of them is there by mistake, mend it."),
            )
        case "other_total":
            return (
                _("The file’s own total is not that of its rows, which come to %(sum)s so far.")
                % {"sum": text.exact_euros(more)},
                _("Compare the file to the accounting system: rows may be missing, or stand twice."),
            )
        case "shortened":
            return _("The text is longer than 500 signs; its beginning is kept."), ""
    return code, ""


def skipped_words(skipped: Mapping[str, int]) -> list[str]:
    """Say how many rows were skipped, by kind."""
    kinds = {
        Skipped.EMPTY: lambda n: ngettext("%(n)s empty row", "%(n)s empty rows", n),
        Skipped.TOTAL: lambda n: ngettext("%(n)s row of totals", "%(n)s rows of totals", n),
        Skipped.HEADING: lambda n: ngettext("%(n)s repeated heading", "%(n)s repeated headings", n),
        Skipped.OTHER_CENTRE: lambda n: ngettext(
            "%(n)s row of another cost centre", "%(n)s rows of other cost centres", n
        ),
    }
    return [
        words(skipped[kind]) % {"n": text.number(skipped[kind])}
        for kind, words in kinds.items()
        if skipped.get(kind)
    ]


def why_unreadable(why: Mapping[str, Any]) -> str:
    """Say why a file cannot be read, and what to do."""
    most = text.number(why.get("most"))
    words = {
        "pdf": _("This is a PDF: it shows the ledger but holds no rows. Take it out as XLSX or CSV."),
        "web_page": _("This is a web page, whatever its name. Open it in a spreadsheet and save it as XLSX."),
        "xml": _("This is XML. Take the ledger out as XLSX or CSV."),
        "paper": _("This is a text document. Take the ledger out as XLSX or CSV."),
        "not_text": _("This is neither a workbook nor text that can be read. Save it as XLSX or CSV."),
        "no_columns": _("The rows have one column only: no semicolon, tab, comma or bar parts them."),
        "no_rows": _("The file has no rows."),
        "broken_quotation": _("A quotation mark in row %(row)s is never closed.")
        % {"row": why.get("row", "")},
        "too_many_rows": _("The file has more than %(most)s rows. Bring it in in parts.") % {"most": most},
        "too_many_columns": _("The file has more than %(most)s columns.") % {"most": most},
        "unfolds_to_too_much": _("There is more in the file than its size lets think."),
        "password": _("The workbook has a password. Save it without one."),
        "broken_workbook": _("The workbook is broken or has a password. Open it and save it anew as XLSX."),
    }
    return words.get(str(why.get("code")), "")
