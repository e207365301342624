"""When in the year the lines of a budget are expected to be used; the decided budget is not touched by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from programme import clock
from programme.amended import appropriations
from programme.forms import DecimalField
from programme.models import (
    Account,
    Budget,
    CostCentre,
    Phasing,
    Programme,
)
from programme.models.phasing import MONTHS, WHOLE
from programme.saving import RememberingForm, Saved, merge_into

EVEN_A_MONTH = WHOLE / len(MONTHS)


@dataclass
class PhasedLine:
    """An expense line of a year's budget, with its amended euros as of today."""

    budget: Budget
    cost_centre: CostCentre
    account: Account
    amended: Decimal
    phasing: Phasing | None  # None: evenly

    def by_month(self, month: int) -> Decimal:
        """Return what is expected to be used by a month's end (1–12), in per cent."""
        return self.phasing.by_month(month) if self.phasing else EVEN_A_MONTH * month

    @property
    def by_april(self) -> Decimal:
        return self.by_month(4)

    @property
    def by_august(self) -> Decimal:
        return self.by_month(8)


def lines_of(programme: Programme, year: int) -> list[PhasedLine]:
    """Return the expense lines of a year's budget, in the order of their numbers: six queries."""
    budget = Budget.objects.filter(programme=programme, year=year).first()
    if budget is None:
        return []
    budgeted = appropriations(
        programme, [year], "cost_centre", "account", until=clock.today(), account__isnull=False
    )
    phasings = {(phasing.cost_centre_id, phasing.account_id): phasing for phasing in budget.phasings.all()}
    accounts = list(Account.objects.filter(programme=programme))
    return [
        PhasedLine(budget, centre, account, budgeted[key].amended, phasings.get(key))
        for centre in CostCentre.objects.filter(programme=programme)
        for account in accounts
        if (key := (centre.pk, account.pk)) in budgeted
    ]


class PhasingForm(RememberingForm):
    """The shares of the twelve months, in per cent; a month that is left empty has none."""

    class Meta:
        model = Phasing
        fields = list(MONTHS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for month in MONTHS:
            self.fields[month] = DecimalField(
                label=self.fields[month].label,
                required=False,
                min_value=0,
                max_value=WHOLE,
                max_digits=5,
                decimal_places=2,
            )
            # No month is demanded, but all of them together are: none is called optional.
            self.fields[month].is_demanded_later = True  # type: ignore[attr-defined]
            if not self.instance.pk:
                self.initial[month] = ""

    def clean(self) -> dict[str, Any]:
        """Take an empty month for none."""
        for month in MONTHS:
            if self.cleaned_data.get(month, 0) is None:
                self.cleaned_data[month] = Decimal(0)
        return self.cleaned_data


@transaction.atomic
def save_phasing(line: PhasedLine, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save the phasing of a line; `base` are the cells as the form was opened on them.

    Where somebody else changed the same month meanwhile, nothing is saved. Raises ValidationError where the
    shares do not come to 100 %, or the programme is closed.
    """
    line.budget.programme.must_not_be_closed()
    phasing = _locked(line) or Phasing(budget=line.budget, cost_centre=line.cost_centre, account=line.account)
    saved = merge_into(phasing, values, base)
    if not saved.conflicts:
        phasing.must_be_whole()
        phasing.save()
    return saved


@transaction.atomic
def remove_phasing(line: PhasedLine) -> None:
    """Let a line be used evenly again; one that is already is left alone."""
    line.budget.programme.must_not_be_closed()
    phasing = _locked(line)
    if phasing is not None:
        phasing.delete()


def _locked(line: PhasedLine) -> Phasing | None:
    """Return a line's phasing; of two who give the first, the second waits and finds that of the other."""
    Budget.objects.select_for_update(no_key=True).get(pk=line.budget.pk)
    return Phasing.objects.filter(
        budget=line.budget, cost_centre=line.cost_centre, account=line.account
    ).first()
