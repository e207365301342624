"""Money as files: the figures of a period and the entries behind them, the same as on their pages."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme import text
from programme.models import Account, CostCentre, LedgerEntry, Programme
from programme.sheets.cells import Cell, Column, Kind, Table, number, words
from reporting.fact_types import Facts, FinanceFacts, FinanceRow
from reporting.money.follow_up import (
    By,
    days_of,
    earlier_days_of,
    earlier_of,
    rows_by,
    total_by,
    until_of,
)

ROWS_AT_A_TIME = 2000
# How machines know the column of codes; the words of a choice are the address's.
NAMES = {By.CENTRE: "cost_centre", By.ACCOUNT: "account", By.SOURCE: "funding_source", By.TASK: "task"}


def money_columns(by: By = By.CENTRE, facts: Facts | None = None) -> list[Column]:
    """Return the columns of a period's money, in euros to the cent; of one period, with its days."""
    is_income = by == By.SOURCE
    actual = _("Booked income, €") if is_income else _("Actual, €")
    earlier = [_("Same day a year before, €"), _("Same day two years before, €")]
    if facts is not None:
        about = {"days": days_of(facts)}
        actual = (_("Booked income %(days)s, €") if is_income else _("Actual %(days)s, €")) % about
        earlier = [_("Same day %(day)s, €") % {"day": text.day(until)} for until in earlier_days_of(facts)]
    return [
        Column(NAMES[by], str(by.label), Kind.CODE),
        Column("name", _("Name")),
        Column("budget", _("Budget, €"), Kind.EUROS),
        Column("amendments", _("Amendments, €"), Kind.EUROS),
        Column("amended", _("Amended budget, €"), Kind.EUROS),
        Column("actual", actual, Kind.EUROS),
        Column("actual_percent", _("Booked, %") if is_income else _("Used, %"), Kind.PERCENT),
        Column("expected_percent", _("Expected, %"), Kind.PERCENT),
        Column("forecast", _("Forecast, €"), Kind.EUROS),
        Column("deviation", _("Deviation, €"), Kind.EUROS),
        Column("deviation_percent", _("Deviation, %"), Kind.PERCENT),
        Column("previous_year", earlier[0], Kind.EUROS),
        Column("two_years_before", earlier[1], Kind.EUROS),
        Column("explanation", _("Explanation"), Kind.LONG_TEXT),
        Column("corrective_action", _("Corrective action"), Kind.LONG_TEXT),
        Column("who_decides", _("Who decides")),
    ]


def money_rows(
    finance: FinanceFacts, by: By = By.CENTRE, *, with_codes: bool = False
) -> Iterator[list[Cell]]:
    """Yield the rows of a choice and their total; of the task, its one row.

    They go by the numbers of the accounting system, or by the codes of the programme.
    """
    rows = rows_by(finance, by)
    for row in rows:
        yield _money_row(row, row["code"] if with_codes else row["number"] or row["code"], words(row["name"]))
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
        row.get("corrective_action"),
        row.get("who_decides"),
    ]


def money_sheet(facts: Facts, by: By = By.CENTRE) -> Table:
    """Return a period's money by a choice; its title says as of which day."""
    title = _("Money %(day)s") % {"day": text.day(until_of(facts))}
    return Table("money", title, money_columns(by, facts), money_rows(facts["finance"], by))


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
