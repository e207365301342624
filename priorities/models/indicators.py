"""Indicators: series of values by period, and the values that each year aims at."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from priorities.models.targets import Direction
from programme.models import Municipality, Programme, ReportingPeriod
from programme.models.base import translated


@pghistory.track()
class Indicator(models.Model):
    """What is measured through the years, from what source, and which way is better."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order"), default=0)
    name = translated(_("name"))
    unit = models.CharField(_("unit"), max_length=40)
    direction = models.CharField(
        _("direction"), max_length=4, choices=Direction.choices, default=Direction.UP
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["programme", "order", "code"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="one_indicator_per_code")]

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class IndicatorTarget(models.Model):
    """The value that an indicator should reach in a year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["indicator", "year"]
        verbose_name = _("target value of an indicator")
        verbose_name_plural = _("target values of indicators")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="one_target_per_indicator_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"


@pghistory.track()
class IndicatorValue(models.Model):
    """One measurement of a period; empty is not zero."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="indicator_values")
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicator_values",
        help_text=_("Empty: the whole region."),
    )
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["indicator", "period"]
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "municipality"],
                nulls_distinct=False,
                name="one_value_per_indicator_period_and_municipality",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period_id}"
