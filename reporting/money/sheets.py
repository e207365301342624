"""Money as files: the figures of a period and the entries behind them, the same as on their pages."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme.models import Account, CostCentre, LedgerEntry, Programme
from programme.sheets.cells import Cell, Column, Kind, Table, number, words
from reporting.fact_types import FinanceFacts, FinanceRow

ROWS_AT_A_TIME = 2000


def money_columns() -> list[Column]:
    """Return the columns of a period's money, in euros."""
    return [
        Column("cost_centre", _("Cost centre"), Kind.CODE),
        Column("name", _("Name")),
        Column("budget", _("Budget, €"), Kind.EUROS),
        Column("amendments", _("Amendments, €"), Kind.EUROS),
        Column("amended", _("Amended budget, €"), Kind.EUROS),
        Column("actual", _("Actual, €"), Kind.EUROS),
        Column("actual_percent", _("Used, %"), Kind.NUMBER),
        Column("forecast", _("Forecast, €"), Kind.EUROS),
        Column("deviation", _("Deviation, €"), Kind.EUROS),
        Column("explanation", _("Explanation"), Kind.LONG_TEXT),
    ]


def money_rows(finance: FinanceFacts) -> Iterator[list[Cell]]:
    """Yield the cost centres and their total."""
    for row in finance["rows"]:
        yield _money_row(row, row["code"], words(row["name"]))
    if finance["rows"]:
        yield _money_row(finance["total"], None, _("Total"))


def _money_row(row: FinanceRow, code: str | None, name: str) -> list[Cell]:
    return [
        code,
        name,
        number(row["original"]),
        number(row["amendments"]),
        number(row["amended"]),
        number(row["actual"]),
        number(row["actual_percent"]),
        number(row["forecast"]),
        number(row["deviation"]),
        row["explanation"],
    ]


def money_sheet(finance: FinanceFacts) -> Table:
    return Table("money", _("Money"), money_columns(), money_rows(finance))


def entries_sheet(entries: QuerySet[LedgerEntry], programme: Programme) -> Table:
    """Return entries of the ledger, read from the database as they are written out: three queries.

    What is named in the reader's language is read now, since the rest is written when the request has ended.
    """
    columns = [
        Column("booked_on", _("Booked"), Kind.DAY),
        Column("voucher", _("Voucher"), Kind.CODE),
        Column("text", _("Text"), Kind.LONG_TEXT),
        Column("cost_centre", _("Cost centre"), Kind.CODE),
        Column("cost_centre_name", _("Name of the cost centre")),
        Column("account", _("Account"), Kind.CODE),
        Column("account_name", _("Name of the account")),
        Column("file", _("From the file")),
        Column("euros", _("Euros"), Kind.EUROS),
    ]
    named: dict[tuple[type, int], tuple[str, str]] = {
        (kind, row.pk): (row.number, words(row, "name"))
        for kind in (CostCentre, Account)
        for row in kind.objects.filter(programme=programme)
    }
    plain = entries.select_related(None).select_related("ledger_import")
    return Table("entries", _("Entries"), columns, _entry_rows(plain, named))


def _entry_rows(
    entries: QuerySet[LedgerEntry], named: dict[tuple[type, int], tuple[str, str]]
) -> Iterator[list[Cell]]:
    for entry in entries.iterator(chunk_size=ROWS_AT_A_TIME):
        yield [
            entry.booked_on,
            entry.voucher,
            entry.text or None,
            *named[CostCentre, entry.cost_centre_id],
            *named[Account, entry.account_id],
            entry.ledger_import.source_name,
            entry.amount,
        ]
