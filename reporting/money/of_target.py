"""The money of a target: what is planned for it, and what the cost centres that pay for it have used.

The ledger knows cost centres, not targets: what is used is the whole cost centre's. All sums are euros.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from priorities.models import AnnualTarget
from programme import clock
from programme.amended import amended_by_centre, sums_by_centre
from programme.models import Account, CostCentre, LedgerEntry
from workgroups.models import Action


class PayingCentre(NamedTuple):
    """A cost centre that pays for a target; None is what is not known."""

    centre: CostCentre
    planned: Decimal  # for the target
    amended: Decimal | None
    used: Decimal | None


@dataclass(frozen=True)
class TargetMoney:
    planned: Decimal | None  # None: nobody has said
    is_own: bool  # the target's own euros, else those of its actions
    centres: list[PayingCentre]
    not_tied: Decimal  # what is planned and no cost centre pays for
    until: datetime.date  # the last day of what was used


def money_of(target: AnnualTarget, actions: Iterable[Action]) -> TargetMoney:
    """Return the money of a decided target, with its actions that the reader sees: three queries or none.

    An action that carries out other targets too counts whole.
    """
    planned: dict[CostCentre | None, Decimal] = defaultdict(Decimal)
    if target.own_euros is not None:
        planned[target.cost_centre] = target.own_euros
    else:
        for action in actions:
            if action.planned_euros is not None:
                planned[action.cost_centre] += action.planned_euros
    until = min(clock.today(), datetime.date(target.year, 12, 31))
    whole = sum(planned.values(), Decimal(0)) if planned else None  # nought is said, too
    not_tied = planned.pop(None, Decimal(0))
    centres = _centres(target, {centre: euros for centre, euros in planned.items() if centre}, until)
    return TargetMoney(
        planned=whole,
        is_own=target.own_euros is not None,
        centres=centres,
        not_tied=not_tied,
        until=until,
    )


def _centres(
    target: AnnualTarget, planned: dict[CostCentre, Decimal], until: datetime.date
) -> list[PayingCentre]:
    if not planned:
        return []
    amended = amended_by_centre(target.programme, [target.year], until=until)
    spent = LedgerEntry.objects.counted().filter(
        cost_centre__in=planned,
        account__kind=Account.Kind.EXPENSE,
        booked_on__range=(datetime.date(target.year, 1, 1), until),
    )
    used = sums_by_centre(spent, "booked_on__year")
    return [
        PayingCentre(centre, planned[centre], amended.get(place), used.get(place))
        for centre in sorted(planned, key=lambda one: one.number)
        for place in [(centre.pk, target.year)]
    ]
