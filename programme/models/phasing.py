"""When in the year a line of the budget is expected to be used, where that is not evenly."""

from decimal import Decimal
from functools import reduce
from operator import add
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.models.budget import Account, Budget, CostCentre

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WHOLE = Decimal(100)


def _share(month: Any) -> models.DecimalField:
    bounds = [MinValueValidator(0), MaxValueValidator(WHOLE)]
    return models.DecimalField(month, max_digits=5, decimal_places=2, default=0, validators=bounds)


@pghistory.track()
class Phasing(models.Model):
    """How a line of a year's budget is spread over its months, in per cent of the amended budget.

    A line is a cost centre and an account: amendments may give euros to one that the first budget had not.
    The decided budget knows nothing of it; a line without a phasing is expected to be used evenly.
    """

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="phasings")
    cost_centre = models.ForeignKey(CostCentre, on_delete=models.PROTECT, related_name="phasings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="phasings")
    january = _share(_("January"))
    february = _share(_("February"))
    march = _share(_("March"))
    april = _share(_("April"))
    may = _share(_("May"))
    june = _share(_("June"))
    july = _share(_("July"))
    august = _share(_("August"))
    september = _share(_("September"))
    october = _share(_("October"))
    november = _share(_("November"))
    december = _share(_("December"))

    class Meta:
        ordering = ["budget", "cost_centre", "account"]
        verbose_name = _("phasing")
        verbose_name_plural = _("phasings")
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "cost_centre", "account"], name="one_phasing_per_budget_line"
            ),
            models.CheckConstraint(
                condition=models.Q(january=WHOLE - reduce(add, (models.F(month) for month in MONTHS[1:]))),
                name="the_shares_of_a_phasing_come_to_a_whole",
            ),
            models.CheckConstraint(
                condition=reduce(models.Q.__and__, (models.Q((f"{month}__gte", 0)) for month in MONTHS)),
                name="no_share_of_a_phasing_is_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget_id} {self.cost_centre_id} {self.account_id}"

    @property
    def shares(self) -> list[Decimal]:
        """The shares of the twelve months, January first."""
        return [getattr(self, month) for month in MONTHS]

    def by_month(self, month: int) -> Decimal:
        """Return what is expected to be used by a month's end (1–12), in per cent."""
        return sum(self.shares[:month], Decimal(0))

    def must_be_whole(self) -> None:
        """Raise ValidationError where the shares do not come to 100 %."""
        whole = sum(self.shares, Decimal(0))
        told = {"whole": text.percent(whole, 2), "rest": text.percent(abs(WHOLE - whole), 2)}
        if whole < WHOLE:
            raise ValidationError(
                gettext("The shares come to %(whole)s. Add %(rest)s, so that they come to 100 %%.") % told
            )
        if whole > WHOLE:
            raise ValidationError(
                gettext("The shares come to %(whole)s. Take away %(rest)s, so that they come to 100 %%.")
                % told
            )

    def validate_constraints(self, exclude: Any = None) -> None:
        """Say what the shares come to before the database says no more than that they are no whole."""
        if not set(exclude or ()) & set(MONTHS):
            self.must_be_whole()
        super().validate_constraints(exclude)
