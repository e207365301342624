"""Figures of a budget's row, and their sums, in euros; None is what nobody has given, which is not zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from programme.models import BudgetPlanLine


def plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Return the sum of what is known of two figures."""
    if one is None or other is None:
        return other if one is None else one
    return one + other


def minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Return what is left of one after the other; where either is not known, the rest is not either."""
    return None if one is None or other is None else one - other


@dataclass(frozen=True)
class Figures:
    """A row of a budget: its own year, what amendments change of it, and the plan years after it.

    What nothing amended has changed by zero, which is known; before the budget is decided, neither the change
    nor the amended sum is there.
    """

    original: Decimal | None = None
    change: Decimal | None = None
    amended: Decimal | None = None
    plan: tuple[Decimal | None, ...] = (None,) * len(BudgetPlanLine.YEARS_AHEAD)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            plus(self.original, other.original),
            plus(self.change, other.change),
            plus(self.amended, other.amended),
            tuple(plus(*pair) for pair in zip(self.plan, other.plan, strict=True)),
        )

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(
            minus(self.original, other.original),
            minus(self.change, other.change),
            minus(self.amended, other.amended),
            tuple(minus(*pair) for pair in zip(self.plan, other.plan, strict=True)),
        )


def total_of(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())
