"""The follow-up table of money: by what its rows are told, in which unit, and what its reader is not told."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import text
from programme.models import Account
from programme.text import Number
from reporting.fact_types import Facts, FinanceFacts, FinanceRow
from reporting.facts.money_sums import EARLIER_YEARS, same_day
from reporting.money.links import Behind, EntryLinks


class By(TextChoices):
    """What a row of the table is."""

    CENTRE = "centre", gettext_lazy("Cost centre")
    ACCOUNT = "account", gettext_lazy("Account")
    SOURCE = "source", gettext_lazy("Funding source")
    TASK = "task", gettext_lazy("Task")


class Unit(TextChoices):
    """What sums are shown in; they are added up, and exported, in euros to the cent."""

    EUROS = "euros", "€"
    THOUSAND = "thousand", f"1{text.NO_BREAK_SPACE}000{text.NO_BREAK_SPACE}€"


class Kind(StrEnum):
    """How a figure is written; a change shows its plus.

    What is budgeted and forecast is shown to the cent where it has cents: by it a threshold is judged.
    """

    SUM = "sum"
    EXACT = "exact"
    CHANGE = "change"
    PERCENT = "percent"
    CHANGE_PERCENT = "change_percent"


class Column(NamedTuple):
    name: str  # of the figure in its row
    label: str
    kind: Kind


class Group(NamedTuple):
    """Columns under one head, which says of what day and in what unit they are."""

    label: str
    columns: list[Column]


class Cell(NamedTuple):
    column: Column
    shown: str
    link: str | None = None  # to the entries behind it


@dataclass
class Row:
    figures: FinanceRow
    cells: list[Cell]


@dataclass
class FollowUpTable:
    """The rows of a period's money by a choice, as its facts tell them."""

    by: By  # what was asked for
    unit: Unit
    days: str  # the period's
    groups: list[Group]
    rows: list[Row]
    total: Row | None  # None: the one row is the whole
    is_told: bool  # False: the facts do not tell what was asked for, and the row is the task's
    is_phased: bool

    @property
    def shown(self) -> By:
        """What the rows are in the end."""
        return self.by if self.is_told else By.TASK

    @property
    def caption(self) -> str:
        """What the table is of, as of when, and in what."""
        told = {
            By.CENTRE: _("Follow-up by cost centre, %(days)s, %(unit)s"),
            By.ACCOUNT: _("Follow-up by account, %(days)s, %(unit)s"),
            By.SOURCE: _("Follow-up of income by funding source, %(days)s, %(unit)s"),
            By.TASK: _("Follow-up of the task, %(days)s, %(unit)s"),
        }
        return told[self.shown] % {"days": self.days, "unit": self.unit.label}

    @property
    def width(self) -> int:
        """The number of columns that hold figures."""
        return sum(len(group.columns) for group in self.groups)

    @property
    def is_income(self) -> bool:
        return self.shown == By.SOURCE

    @property
    def has_reasons(self) -> bool:
        """Forecasts are given and explained by cost centre."""
        return self.shown == By.CENTRE


def follow_up_table(
    facts: Facts, by: By = By.CENTRE, unit: Unit = Unit.EUROS, links: EntryLinks | None = None
) -> FollowUpTable:
    """Return the table of a period's money; what the facts do not tell is told by the task's total alone.

    `links` are for those who read the entries behind its figures.
    """
    finance = facts["finance"]
    rows = rows_by(finance, by)
    of_income = bool(rows) and by == By.SOURCE
    groups = _groups(facts, unit, of_income=of_income)
    whole = Behind(Account.Kind.INCOME if of_income else Account.Kind.EXPENSE)
    return FollowUpTable(
        by=by,
        unit=unit,
        days=days_of(facts),
        groups=groups,
        rows=[_row(row, groups, unit, links, _behind(row, by, links)) for row in rows]
        or [_row(finance["total"], groups, unit, links, whole)],
        total=_row(total_by(finance, by), groups, unit, links, whole) if rows else None,
        is_told=bool(rows) or by == By.TASK,
        is_phased=finance.get("phased", False),
    )


def rows_by(finance: FinanceFacts, by: By) -> list[FinanceRow]:
    """Return the rows that the facts tell by a choice; none where they tell only the task."""
    match by:
        case By.CENTRE:
            return finance["rows"]
        case By.ACCOUNT:
            return finance.get("accounts", [])
        case By.SOURCE:
            return finance.get("sources", [])
        case By.TASK:
            return []


def total_by(finance: FinanceFacts, by: By) -> FinanceRow:
    """Return what the rows of a choice come to."""
    return finance["income"] if by == By.SOURCE and "income" in finance else finance["total"]


def told_by(finance: FinanceFacts) -> list[By]:
    """Return the choices that the facts tell, in their order."""
    return [by for by in By if by == By.TASK or rows_by(finance, by)]


def first_by(finance: FinanceFacts) -> By:
    """Return what the table opens by: cost centres, and where they are not told, the task."""
    return By.CENTRE if finance["rows"] else By.TASK


def earlier_of(row: FinanceRow) -> Iterator[str | None]:
    """Yield what was booked by the same day of each earlier year; None where it is not known."""
    earlier = row.get("earlier", [])
    for place in range(EARLIER_YEARS):
        yield earlier[place]["actual"] if place < len(earlier) else None


def earlier_days_of(facts: Facts) -> list[datetime.date]:
    """Return the day of the earlier years' figures, the nearer year first."""
    told = facts["finance"]["total"].get("earlier", [])
    if told:
        return [datetime.date.fromisoformat(earlier["until"]) for earlier in told]
    last = datetime.date.fromisoformat(until_of(facts))
    return [same_day(last, last.year - ago) for ago in range(1, EARLIER_YEARS + 1)]


def until_of(facts: Facts) -> str:
    """Return the last day of a period's actuals; datasets of facts version 1 tell the period's own."""
    return facts["finance"].get("until", facts["period"]["ends_on"])


def days_of(facts: Facts) -> str:
    """Return the days that a period's actuals are of."""
    return text.period(facts["period"]["starts_on"], until_of(facts))


def _groups(facts: Facts, unit: Unit, *, of_income: bool) -> list[Group]:
    about = {"year": facts["period"]["year"], "days": days_of(facts), "unit": unit.label}
    forecast = [
        Column("forecast", _("Forecast"), Kind.EXACT),
        Column("deviation", _("Deviation"), Kind.CHANGE),
        Column("deviation_percent", _("Deviation, %"), Kind.CHANGE_PERCENT),
    ]
    return [
        Group(
            _("Budget %(year)s, %(unit)s") % about,
            [
                Column("original", _("Budget"), Kind.EXACT),
                Column("amendments", _("Amendments"), Kind.CHANGE),
                Column("amended", _("Amended"), Kind.EXACT),
            ],
        ),
        Group(
            _("%(days)s, %(unit)s") % about,
            [
                Column("actual", _("Booked income") if of_income else _("Actual"), Kind.SUM),
                Column("actual_percent", _("Booked, %") if of_income else _("Used, %"), Kind.PERCENT),
                Column("expected_percent", _("Expected, %"), Kind.PERCENT),
            ],
        ),
        *([Group(_("Whole year %(year)s, %(unit)s") % about, forecast)] if not of_income else []),
        Group(
            _("Same day, %(unit)s") % about,
            [
                Column(f"earlier_{place}", text.day(day), Kind.SUM)
                for place, day in enumerate(earlier_days_of(facts))
            ],
        ),
    ]


def _behind(row: FinanceRow, by: By, links: EntryLinks | None) -> Behind:
    """Return what a row is of; a funding source is known to the ledger by its account."""
    if by == By.CENTRE:
        return Behind(Account.Kind.EXPENSE, cost_centre=row["code"])
    if by == By.ACCOUNT:
        return Behind(Account.Kind.EXPENSE, account=row["code"])
    accounts = links.accounts if links else {}
    return Behind(Account.Kind.INCOME, account=accounts.get(row["code"], row["code"]))


def _row(row: FinanceRow, groups: list[Group], unit: Unit, links: EntryLinks | None, behind: Behind) -> Row:
    figures: dict[str, Any] = {
        **row,
        **{f"earlier_{place}": euros for place, euros in enumerate(earlier_of(row))},
    }
    leads = (
        {}
        if links is None
        else {"actual": links.actual(behind)}
        | {f"earlier_{place}": links.of_earlier_year(behind, place) for place in range(EARLIER_YEARS)}
    )
    cells = []
    for column in (column for group in groups for column in group.columns):
        figure = figures[column.name]
        link = None if figure is None else leads.get(column.name)
        cells.append(Cell(column, shown(figure, column.kind, unit), link))
    return Row(row, cells)


def shown(figure: Number, kind: Kind, unit: Unit) -> str:
    """Return a figure as the table shows it."""
    sign = kind in (Kind.CHANGE, Kind.CHANGE_PERCENT)
    if kind in (Kind.PERCENT, Kind.CHANGE_PERCENT):
        return text.number(figure, 1, sign=sign)
    if unit == Unit.THOUSAND:
        return text.thousands(figure, sign)
    return text.number(figure, 0) if kind == Kind.SUM else text.exact_sum(figure, sign)
