"""All of a claim in one file: its figures, the cost statement, what is not eligible, its papers, hashes."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from programme import clock, text
from programme.attachments.names import cleaned
from programme.claims.documents import documents_for
from programme.claims.figures import entries_of, share_by_rate
from programme.models import ClaimDocument, PaymentClaim, User
from programme.sheets.cells import Cell, Column, Kind, Sheet, words
from programme.sheets.packages import packed
from programme.sheets.responses import notice_of
from programme.sheets.writing import csv_of, workbook_of

FORMAT = 1
ROWS_AT_A_TIME = 2000


def package_of(claim: PaymentClaim, *, reader: User) -> bytes:
    """Make the package of a claim as a ZIP file, in the reader's language; papers that they get are in it.

    What the virus scanner has not cleared is told of, with its hash, and left out.
    """
    documents = list(documents_for(reader, claim).select_related("attachment__content"))
    names = _names_of(documents)
    sheets = [
        figures_sheet(claim),
        costs_sheet(claim),
        exclusions_sheet(claim),
        documents_sheet(documents, names),
    ]
    notice = notice_of(claim.programme)
    files = {f"{claim.code}.xlsx": _workbook(claim, sheets, notice)}
    files |= {f"csv/{sheet.name}.csv": csv_of(sheet, notice) for sheet in sheets}
    files |= {
        names[document.pk]: bytes(document.attachment.content.content)
        for document in documents
        if document.attachment.is_given_out
    }
    return packed(files, _told(claim, reader))


def _names_of(documents: list[ClaimDocument]) -> dict[int, str]:
    return {
        document.pk: f"documents/{place:02}-{cleaned(document.attachment.name)}"
        for place, document in enumerate(documents, start=1)
    }


def figures_sheet(claim: PaymentClaim) -> Sheet:
    """Return the claim's figures, one a row, as its page tells them."""
    rows: list[list[Cell]] = [
        ["costs", _("Costs"), claim.costs],
        ["other_income", _("Other income"), claim.other_income],
        ["not_eligible", _("Not eligible"), claim.not_eligible],
        ["eligible", _("Eligible net costs"), claim.eligible],
        ["rate", _("Rate, %"), claim.rate],
        ["by_rate", _("State share by the rate"), share_by_rate(claim)],
        ["state_share", _("State share claimed"), claim.state_share],
        ["decided", _("Decided by the funder"), claim.decided_amount],
        ["paid", _("Paid by the funder"), claim.paid_amount],
        ["municipal_share", _("Municipalities’ share"), claim.municipal_share],
    ]
    columns = [
        Column("figure", _("Code"), Kind.CODE),
        Column("name", _("Figure")),
        Column("value", _("Euros or %"), Kind.EUROS),
    ]
    return Sheet("figures", claim.code, columns, rows)


def costs_sheet(claim: PaymentClaim) -> Sheet:
    """Return the cost statement: every entry of the claim, and what of it is left out."""
    columns = [
        Column("booked_on", _("Booked"), Kind.DAY),
        Column("voucher", _("Voucher"), Kind.CODE),
        Column("text", _("Text"), Kind.LONG_TEXT),
        Column("cost_centre", _("Cost centre"), Kind.CODE),
        Column("account", _("Account"), Kind.CODE),
        Column("account_name", _("Name of the account")),
        Column("file", _("From the file")),
        Column("euros", _("Euros"), Kind.EUROS),
        Column("not_eligible", _("Not eligible"), Kind.EUROS),
        Column("ground", _("Ground"), Kind.LONG_TEXT),
    ]
    return Sheet("costs", _("Cost statement"), columns, list(_cost_rows(claim)))


def _cost_rows(claim: PaymentClaim) -> Iterator[list[Cell]]:
    left_out = {line.entry_id: line for line in claim.exclusions.all() if line.entry_id}
    entries = entries_of(claim).select_related("cost_centre", "account", "ledger_import")
    for entry in entries.iterator(chunk_size=ROWS_AT_A_TIME):
        line = left_out.get(entry.pk)
        yield [
            entry.booked_on,
            entry.voucher,
            entry.text or None,
            entry.cost_centre.number,
            entry.account.number,
            words(entry.account, "name"),
            entry.ledger_import.source_name,
            entry.amount,
            line.amount if line else None,
            line.ground if line else None,
        ]


def exclusions_sheet(claim: PaymentClaim) -> Sheet:
    """Return what is not eligible, with its ground; without a voucher what is in no line of the ledger."""
    columns = [
        Column("voucher", _("Voucher"), Kind.CODE),
        Column("booked_on", _("Booked"), Kind.DAY),
        Column("euros", _("Not eligible"), Kind.EUROS),
        Column("ground", _("Ground"), Kind.LONG_TEXT),
    ]
    rows: list[list[Cell]] = [
        [
            line.entry.voucher if line.entry else None,
            line.entry.booked_on if line.entry else None,
            line.amount,
            line.ground,
        ]
        for line in claim.exclusions.select_related("entry")
    ]
    return Sheet("not-eligible", _("Not eligible"), columns, rows)


def documents_sheet(documents: list[ClaimDocument], names: dict[int, str]) -> Sheet:
    """Return the papers with their hashes."""
    columns = [
        Column("name", _("Name"), Kind.LONG_TEXT),
        Column("size", _("Size, bytes"), Kind.NUMBER),
        Column("sha256", "SHA-256", Kind.LONG_TEXT),
        Column("secrecy_ground", _("Ground for secrecy")),
        Column("file", _("In the package"), Kind.LONG_TEXT),
    ]
    rows: list[list[Cell]] = [
        [
            document.attachment.name,
            document.attachment.size,
            document.attachment.sha256,
            document.attachment.secrecy_ground or None,
            names[document.pk] if document.attachment.is_given_out else None,
        ]
        for document in documents
    ]
    return Sheet("documents", _("Documents"), columns, rows)


def _workbook(claim: PaymentClaim, sheets: list[Sheet], notice: str) -> bytes:
    programme = claim.programme
    title = _("Payment claim %(code)s") % {"code": claim.code}
    author = text.words_of(programme, "owner")[0]
    return workbook_of(sheets, title=title, author=author, notice=notice)


def _told(claim: PaymentClaim, reader: User) -> dict[str, Any]:
    decision = claim.decision
    return {
        "format": FORMAT,
        "programme": claim.programme.code,
        "claim": claim.code,
        "state": claim.state,
        "first_day": claim.starts_on.isoformat(),
        "last_day": claim.ends_on.isoformat(),
        "decision": f"{decision.matter.meeting.code} § {decision.matter.section}" if decision else None,
        "claimed_on": claim.claimed_on.isoformat() if claim.claimed_on else None,
        "rule": "state_share = floor(rate * (costs - other_income - not_eligible)), at most what is left",
        "is_sample": claim.programme.is_sample,
        "made_at": clock.now().isoformat(),
        "made_by": str(reader),
        "language": text.language_code(),
    }
