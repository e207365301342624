"""The funder's decisions on state grants. All sums are euros."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme.models.budget import FundingSource
from programme.models.programme import Programme

HALF_YEARS = (6, 12)


def half_years() -> list[int]:
    """Return the months after which a grant is claimed where its funder says nothing else."""
    return list(HALF_YEARS)


@pghistory.track()
class Grant(models.Model):
    """The funder's decision on a year's state grant: at the most so much, at such a rate.

    Its terms are the funder's: of which days costs are accepted, after which months they are claimed, and
    how many months later at the latest.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="grants")
    year = models.PositiveIntegerField(_("year"))
    decided_on = models.DateField(_("decided on"))
    granted = models.DecimalField(_("granted at the most, euros"), max_digits=14, decimal_places=2)
    rate = models.DecimalField(_("rate, per cent"), max_digits=5, decimal_places=2)
    granter = models.CharField(_("funder"), max_length=200)
    starts_on = models.DateField(_("costs from"))
    ends_on = models.DateField(_("costs until"))
    claim_months: Any = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(12)]),
        default=half_years,
        verbose_name=_("claimed after the months"),
    )
    claim_within = models.PositiveSmallIntegerField(_("claimed within, months"), default=2)
    funding_source = models.ForeignKey(
        FundingSource,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("funding source in the budget"),
    )

    class Meta:
        ordering = ["programme", "year"]
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="one_grant_per_year"),
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")), name="a_grant_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(rate__gt=0, rate__lte=100), name="a_grant_has_a_rate_up_to_all"
            ),
            models.CheckConstraint(condition=models.Q(granted__gt=0), name="a_grant_grants_something"),
        ]

    def __str__(self) -> str:
        return f"{self.year}"

    def get_absolute_url(self) -> str:
        return reverse("programme:grant-edit", args=[self.programme.slug, self.year])
