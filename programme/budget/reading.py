"""A budget as it stands on a day: by cost centre, account and funding source, with its amendments by then."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from programme.budget.figures import Figures, total_of
from programme.models import (
    Account,
    Budget,
    BudgetAmendment,
    BudgetAmendmentLine,
    CostCentre,
    FundingSource,
    Programme,
    User,
)


class Place(NamedTuple):
    """Where euros of a budget stand: a cost centre, and there an account or a funding source, by key."""

    centre: int
    account: int | None
    source: int | None

    def columns(self) -> dict[str, int | None]:
        """Return it as the columns of a row of a budget."""
        return {
            "cost_centre_id": self.centre,
            "account_id": self.account,
            "funding_source_id": self.source,
        }


@dataclass(frozen=True)
class Row:
    """An account or a funding source with its figures: of one cost centre, or of the whole task."""

    of: Account | FundingSource
    figures: Figures


@dataclass(frozen=True)
class Part:
    """A cost centre of a budget; a row is there where a year of it or an amendment has euros."""

    centre: CostCentre
    expenses: list[Row]
    income: list[Row]

    @property
    def spent(self) -> Figures:
        return total_of(row.figures for row in self.expenses)

    @property
    def earned(self) -> Figures:
        return total_of(row.figures for row in self.income)


@dataclass(frozen=True)
class BudgetRead:
    budget: Budget
    on: datetime.date
    parts: list[Part]
    accounts: list[Row]
    sources: list[Row]
    amendments: list[BudgetAmendment]

    @property
    def spent(self) -> Figures:
        return total_of(part.spent for part in self.parts)

    @property
    def earned(self) -> Figures:
        return total_of(part.earned for part in self.parts)

    @property
    def balance(self) -> Figures:
        """Income less expenses, where both are known."""
        return self.earned - self.spent

    @property
    def counted(self) -> list[BudgetAmendment]:
        """The amendments that had been decided by the day."""
        return [amendment for amendment in self.amendments if amendment.decided_on <= self.on]

    @property
    def is_earlier(self) -> bool:
        """Whether the day is before the budget was decided: nothing was in force then."""
        return self.budget.decided_on is None or self.on < self.budget.decided_on

    @property
    def has_plan(self) -> bool:
        """Whether any figure of the plan years is known."""
        return any(figure is not None for total in (self.spent, self.earned) for figure in total.plan)


def budgets_visible_to(user: User | AnonymousUser, programme: Programme) -> QuerySet[Budget]:
    """Return the budgets that a person may read: what is decided is public, what is on its way is not."""
    budgets = Budget.objects.filter(programme=programme).select_related(
        "programme", "decision__matter__meeting__body__programme"
    )
    if user.has_perm("programme.read_undecided_budget", programme):
        return budgets
    return budgets.filter(decided_on__isnull=False)


def read_budget(budget: Budget, on: datetime.date) -> BudgetRead:
    """Read a budget as amended by a day: seven queries, however many lines and amendments it has."""
    lines = BudgetAmendmentLine.objects.select_related("cost_centre", "account", "funding_source__account")
    decided = budget.amendments.select_related("body", "decision__matter__meeting__body__programme")
    amendments = list(decided.prefetch_related(Prefetch("lines", lines)))
    counted = [amendment for amendment in amendments if amendment.decided_on <= on]
    figures = figures_of(
        budget, counted, is_decided=budget.decided_on is not None and budget.decided_on <= on
    )
    centres = CostCentre.objects.filter(programme=budget.programme_id)
    accounts = list(Account.objects.filter(programme=budget.programme_id))
    sources = list(FundingSource.objects.filter(programme=budget.programme_id).select_related("account"))
    parts = [
        Part(
            centre,
            [
                Row(account, figures[place])
                for account in accounts
                if (place := Place(centre.pk, account.pk, None)) in figures
            ],
            [
                Row(source, figures[place])
                for source in sources
                if (place := Place(centre.pk, None, source.pk)) in figures
            ],
        )
        for centre in centres
    ]
    return BudgetRead(
        budget,
        on,
        [part for part in parts if part.expenses or part.income],
        _of_task(accounts, (row for part in parts for row in part.expenses)),
        _of_task(sources, (row for part in parts for row in part.income)),
        amendments,
    )


def figures_of(
    budget: Budget, amendments: Iterable[BudgetAmendment], *, is_decided: bool = True
) -> dict[Place, Figures]:
    """Return the figures of a budget by place, with what these amendments change: two queries.

    The amendments bring their lines. Without a decision nothing is amended, not even by zero.
    """
    figures: dict[Place, Figures] = defaultdict(Figures)
    for line in budget.lines.order_by():
        decided = {"change": Decimal(0), "amended": line.amount} if is_decided else {}
        figures[place_of(line)] += Figures(original=line.amount, **decided)
    for line in budget.plan_lines.order_by():
        plan = tuple(line.amount if line.years_ahead == ahead else None for ahead in line.YEARS_AHEAD)
        figures[place_of(line)] += Figures(plan=plan)
    for amendment in amendments:
        for change in amendment.lines.all():
            figures[place_of(change)] += Figures(change=change.amount, amended=change.amount)
    return dict(figures)


def place_of(line: Any) -> Place:
    return Place(line.cost_centre_id, line.account_id, line.funding_source_id)


def _of_task(of: list[Any], rows: Iterable[Row]) -> list[Row]:
    """Return rows of cost centres summed over the whole task, in the order of the accounts or sources."""
    sums: dict[int, Figures] = {}
    for row in rows:
        sums[row.of.pk] = sums.get(row.of.pk, Figures()) + row.figures
    return [Row(one, sums[one.pk]) for one in of if one.pk in sums]
