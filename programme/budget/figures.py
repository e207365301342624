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
    return plus(one, None if other is None else -other)


@dataclass(frozen=True)
class Figures:
    """A row of a budget: its own year, what amendments change of it, and the plan years after it."""

    original: Decimal | None = None
    change: Decimal | None = None
    plan: tuple[Decimal | None, ...] = (None,) * len(BudgetPlanLine.YEARS_AHEAD)

    @property
    def amended(self) -> Decimal | None:
        return plus(self.original, self.change)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            plus(self.original, other.original),
            plus(self.change, other.change),
            tuple(plus(*pair) for pair in zip(self.plan, other.plan, strict=True)),
        )

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(
            minus(self.original, other.original),
            minus(self.change, other.change),
            tuple(minus(*pair) for pair in zip(self.plan, other.plan, strict=True)),
        )


def total_of(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())
