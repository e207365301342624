"""A budget as a file: every row of its page, in euros to the cent, as amended by the day that it tells."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from programme import text
from programme.budget.figures import Figures
from programme.budget.reading import BudgetRead
from programme.models import BudgetPlanLine
from programme.sheets.cells import Cell, Column, Kind, Table, words


def budget_sheet(read: BudgetRead) -> Table:
    """Return a row for each account and funding source of each cost centre, and the sums of the task."""
    year = read.budget.year
    columns = [
        Column("cost_centre", _("Cost centre"), Kind.CODE),
        Column("cost_centre_name", _("Name of the cost centre")),
        Column("kind", _("Expense or income")),
        Column("code", _("Account or funding source"), Kind.CODE),
        Column("name", _("Name"), Kind.LONG_TEXT),
        Column("budget", _("Budget %(year)s, €") % {"year": year}, Kind.EUROS),
        Column("amendments", _("Amendments by %(day)s, €") % {"day": text.day(read.on)}, Kind.EUROS),
        Column("amended", _("Amended budget, €"), Kind.EUROS),
        *(
            Column(f"plan_{ahead}", _("Plan %(year)s, €") % {"year": year + ahead}, Kind.EUROS)
            for ahead in BudgetPlanLine.YEARS_AHEAD
        ),
    ]
    title = _("Budget %(year)s, %(day)s") % {"year": year, "day": text.day(read.on)}
    return Table("budget", title, columns, _rows(read))


def _rows(read: BudgetRead) -> Iterator[list[Cell]]:
    for part in read.parts:
        centre = [part.centre.number, words(part.centre, "name")]
        for kind, rows in ((_("expense"), part.expenses), (_("income"), part.income)):
            for row in rows:
                code = getattr(row.of, "number", row.of.code)
                yield [*centre, kind, code, words(row.of, "name"), *_cells(row.figures)]
    yield [None, None, _("expense"), None, _("Total"), *_cells(read.spent)]
    yield [None, None, _("income"), None, _("Total"), *_cells(read.earned)]
    yield [None, None, None, None, _("Income − expenses"), *_cells(read.balance)]


def _cells(figures: Figures) -> list[Cell]:
    return [figures.original, figures.change, figures.amended, *figures.plan]
