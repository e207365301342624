"""The page of a year's contributions, as one reader may read it. All sums are euros."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser

from programme.models import ContributionKey, Municipality, Programme, User
from reporting.contributions.books import accounts_for
from reporting.contributions.income import IncomeStep, amended, income_steps, years_with_budgets
from reporting.contributions.settling import NOTHING, Paid, Settled, YearAccount, parts_of
from reporting.facts.values import percent


@dataclass(kw_only=True)
class ContributionRow(Paid):
    """What one municipality pays in a year, and what it would at each step of the income."""

    municipality: Municipality | None  # None: all of them
    by_date: list[Decimal]  # the share of each step of the income, by this key


@dataclass
class Contributions:
    """The key of a year with its shares, and what became of them."""

    year: int
    years: list[int]
    steps: list[IncomeStep]
    key: ContributionKey | None
    account: YearAccount | None
    rows: list[ContributionRow]
    total: ContributionRow | None

    @property
    def income(self) -> Decimal | None:
        """The amended budget's income from the municipalities."""
        return amended(self.steps)

    @property
    def differs_by(self) -> Decimal:
        """By how much the income is more than the shares make: anything but zero is a fault."""
        if self.income is None or self.account is None or self.account.key is None:
            return NOTHING
        return self.income - self.account.key.total

    @property
    def is_older(self) -> bool:
        """Whether the shares are those of the income before an amendment."""
        return self.differs_by != 0 and any(
            step.income - (self.income or NOTHING) == -self.differs_by for step in self.steps[:-1]
        )

    @property
    def tells_advances(self) -> bool:
        """Whether anything was carried from earlier years; true too where the reader may not know."""
        return self.account is not None and (self.account.before is None or bool(self.account.before))

    @property
    def unsplit(self) -> bool:
        """Whether the year is settled without shares to split the settlement by."""
        return self.account is not None and self.account.totals is not None and self.account.settled is None


def contributions_of(user: User | AnonymousUser, programme: Programme, year: int) -> Contributions:
    """Return the contributions of a year: a fixed number of queries."""
    steps = income_steps(programme, year)
    account = accounts_for(user, programme).get(year)
    key = ContributionKey.objects.filter(programme=programme, year=year).first()
    rows = _rows(account, steps) if account else []
    return Contributions(
        year, years_with_budgets(programme), steps, key, account, rows, _total(rows, account, steps)
    )


def _rows(account: YearAccount, steps: list[IncomeStep]) -> list[ContributionRow]:
    shares = account.key.shares if account.key else {}
    populations = account.key.populations if account.key else {}
    splits = [parts_of(step.income, populations) for step in steps] if any(populations.values()) else []
    concerned = {*shares, *(account.before or {}), *(account.settled or {})}
    return [
        ContributionRow(
            municipality=one,
            **vars(account.paid_by(one.pk)),
            by_date=[split.get(one.pk, NOTHING) for split in splits],
        )
        for one in Municipality.objects.filter(pk__in=concerned)
    ]


def _total(
    rows: list[ContributionRow], account: YearAccount | None, steps: list[IncomeStep]
) -> ContributionRow | None:
    if account is None or not rows:
        return None

    def add(values: list[Decimal | None]) -> Decimal | None:
        known = [value for value in values if value is not None]
        return sum(known, NOTHING) if known else None

    share = add([row.share for row in rows])
    return ContributionRow(
        municipality=None,
        population=sum(row.population or 0 for row in rows),
        share=share,
        percent=None if share is None else percent(share, share),
        carried=add([row.carried for row in rows]),
        to_bill=add([row.to_bill for row in rows]),
        settled=Settled(
            sum((row.settled.billed for row in rows if row.settled), NOTHING),
            sum((row.settled.used for row in rows if row.settled), NOTHING),
        )
        if account.settled
        else None,
        after=add([row.after for row in rows]),
        by_date=[sum((row.by_date[place] for row in rows), NOTHING) for place in range(len(rows[0].by_date))],
    )
