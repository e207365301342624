"""Money as files: the figures of a period and the entries behind them, the same as on their pages."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme import text
from programme.models import Account, CostCentre, LedgerEntry, Programme
from programme.sheets.cells import Cell, Column, Kind, Table, number, words
from reporting.fact_types import Facts, FinanceFacts, FinanceRow
from reporting.money.follow_up import By, earlier_of, rows_by, total_by, until_of

ROWS_AT_A_TIME = 2000
# How machines know the column of codes; the words of a choice are the address's.
NAMES = {By.CENTRE: "cost_centre", By.ACCOUNT: "account", By.SOURCE: "funding_source", By.TASK: "task"}


def money_columns(by: By = By.CENTRE) -> list[Column]:
    """Return the columns of a period's money, in euros to the cent."""
    return [
        Column(NAMES[by], str(by.label), Kind.CODE),
        Column("name", _("Name")),
        Column("budget", _("Budget, €"), Kind.EUROS),
        Column("amendments", _("Amendments, €"), Kind.EUROS),
        Column("amended", _("Amended budget, €"), Kind.EUROS),
        Column("actual", _("Actual, €"), Kind.EUROS),
        Column("actual_percent", _("Used, %"), Kind.NUMBER),
        Column("expected_percent", _("Expected, %"), Kind.NUMBER),
        Column("forecast", _("Forecast, €"), Kind.EUROS),
        Column("deviation", _("Deviation, €"), Kind.EUROS),
        Column("deviation_percent", _("Deviation, %"), Kind.NUMBER),
        Column("previous_year", _("Same day a year before, €"), Kind.EUROS),
        Column("two_years_before", _("Same day two years before, €"), Kind.EUROS),
        Column("explanation", _("Explanation"), Kind.LONG_TEXT),
    ]


def money_rows(finance: FinanceFacts, by: By = By.CENTRE) -> Iterator[list[Cell]]:
    """Yield the rows of a choice and their total; of the task, its one row."""
    rows = rows_by(finance, by)
    for row in rows:
        yield _money_row(row, row["code"], words(row["name"]))
    total = total_by(finance, by)
    if rows:
        yield _money_row(total, None, _("Total"))
    elif by == By.TASK:
        yield _money_row(total, None, words(total["name"]))


def _money_row(row: FinanceRow, code: str | None, name: str) -> list[Cell]:
    return [
        code,
        name,
        number(row["original"]),
        number(row["amendments"]),
        number(row["amended"]),
        number(row["actual"]),
        number(row["actual_percent"]),
        number(row["expected_percent"]),
        number(row["forecast"]),
        number(row["deviation"]),
        number(row["deviation_percent"]),
        *(number(euros) for euros in earlier_of(row)),
        row["explanation"],
    ]


def money_sheet(facts: Facts, by: By = By.CENTRE) -> Table:
    """Return a period's money by a choice; its title says as of which day."""
    title = _("Money %(day)s") % {"day": text.day(until_of(facts))}
    return Table("money", title, money_columns(by), money_rows(facts["finance"], by))


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
