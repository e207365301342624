"""Indicators: what is measured through the years, what each year aims at, and what it tells of."""

from typing import Any

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from priorities.models.priorities import Measure
from priorities.models.targets import AnnualTarget, Direction
from programme.models import Municipality, Programme, ReportingPeriod
from programme.models.base import translated


@pghistory.track()
class Indicator(models.Model):
    """What is measured through the years, from what source, and which way is better.

    Its values are of its unit: of another unit a new series is begun.
    """

    MOST_DECIMALS = 2  # of the columns that hold values

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order"), default=0)
    name = translated(_("name"))
    unit = models.CharField(_("unit"), max_length=40)
    direction = models.CharField(
        _("direction"), max_length=4, choices=Direction.choices, default=Direction.UP
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=MOST_DECIMALS)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(_("day of the baseline"), null=True, blank=True)
    by_municipality = models.BooleanField(_("also by municipality"), default=True)
    followed_from = models.DateField(_("followed from"), null=True, blank=True)
    followed_until = models.DateField(_("followed until"), null=True, blank=True)

    measures: "models.ManyToManyField[Measure, Any]" = models.ManyToManyField(
        Measure, through="IndicatorMeasure", blank=True, related_name="indicators"
    )

    name_fi: str  # made by translated()

    class Meta:
        ordering = ["programme", "order", "code"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_indicator_per_code"),
            models.CheckConstraint(
                condition=models.Q(followed_from__isnull=True)
                | models.Q(followed_until__isnull=True)
                | models.Q(followed_until__gte=models.F("followed_from")),
                name="a_series_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(decimals__lte=2), name="values_have_at_most_two_decimals"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("reporting:indicator-detail")

    def address(self, name: str, *more: str) -> str:
        """Return the address of a page about this indicator, or of an act on it."""
        return reverse(name, args=[self.programme.slug, self.code, *more])

    def value_address(
        self, period: ReportingPeriod, municipality: Municipality | None, verb: str = "edit"
    ) -> str:
        """Return the address of a value's form or of a verb on it; without a place, of the region's."""
        place = [municipality.code] if municipality else []
        suffix = "-of-municipality" if municipality else ""
        return self.address(f"workgroups:indicator-value-{verb}{suffix}", period.code, *place)

    def is_followed_in(self, period: ReportingPeriod) -> bool:
        """Whether a value of the period is asked: its last day is one on which the series is followed."""
        has_begun = self.followed_from is None or self.followed_from <= period.ends_on
        return has_begun and (self.followed_until is None or period.ends_on <= self.followed_until)


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
class MeasuredTarget(models.Model):
    """A target whose value is the series’ value of its year: what its follow-up tells, the series shows.

    The figure is written once, in the follow-up, and never copied: both can only say the same.
    """

    target = models.OneToOneField(AnnualTarget, on_delete=models.CASCADE, related_name="measured")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="measured_targets")
    year = models.PositiveIntegerField(_("year"))

    class Meta:
        ordering = ["indicator", "year"]
        verbose_name = _("target measured by an indicator")
        verbose_name_plural = _("targets measured by indicators")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"], name="one_measured_target_per_indicator_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.target_id}"


@pghistory.track()
class IndicatorMeasure(models.Model):
    """A series tells of a measure of the programme."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "measure"], name="one_link_per_indicator_and_measure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.measure_id}"
