"""The contributions of a year as a file: the figures of its page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from programme.sheets.cells import Cell, Column, Kind, Table, number, words
from reporting.contributions.page import ContributionRow, Contributions


def contributions_sheet(told: Contributions) -> Table:
    columns = [
        Column("municipality", _("Municipality"), Kind.CODE),
        Column("name", _("Name")),
        Column("population", _("Population"), Kind.NUMBER),
        Column("share", _("Share, €"), Kind.EUROS),
        Column("percent", _("Share, %"), Kind.PERCENT),
        Column("carried", _("Carried from earlier years, €"), Kind.EUROS),
        Column("to_bill", _("To bill, €"), Kind.EUROS),
        Column("billed", _("Billed, €"), Kind.EUROS),
        Column("used", _("Used, €"), Kind.EUROS),
        Column("carried_over", _("Carried to the next year, €"), Kind.EUROS),
        Column("advances", _("Advances received at the year’s end, €"), Kind.EUROS),
    ]
    return Table("contributions", _("Contributions"), columns, _rows(told))


def _rows(told: Contributions) -> Iterator[list[Cell]]:
    for row in told.rows:
        assert row.municipality is not None  # noqa: S101  only the total is of all
        yield _row(row, row.municipality.code, words(row.municipality, "name"))
    if told.total:
        yield _row(told.total, None, _("Total"))


def _row(row: ContributionRow, code: str | None, name: str) -> list[Cell]:
    settled = row.settled
    return [
        code,
        name,
        row.population,
        row.share,
        number(row.percent),
        row.carried,
        row.to_bill,
        settled.billed if settled else None,
        settled.used if settled else None,
        settled.carried_over if settled else None,
        row.after,
    ]
