"""Indicators: series of values by period, and the values that each year aims at."""

import datetime

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from priorities.models.targets import AnnualTarget, Direction
from programme import clock
from programme.models import Municipality, Origin, Programme, ReportingPeriod, User
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

    def get_absolute_url(self) -> str:
        return self.address("reporting:indicator-detail")

    def address(self, name: str, *more: str) -> str:
        """Return the address of a page about this indicator, or of an act on it."""
        return reverse(name, args=[self.programme.slug, self.code, *more])


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


class IndicatorValueQuerySet(models.QuerySet["IndicatorValue"]):
    def accepted(self) -> "IndicatorValueQuerySet":
        """What pages of other groups, dashboards and reports tell."""
        return self.filter(accepted_at__isnull=False)


@pghistory.track()
class IndicatorValue(models.Model):
    """One measurement of a period; empty is not zero, but says that it is not known.

    It is told to others when the group's chair has accepted it. A correction waits anew; what stood before
    stays in the trail.
    """

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
    note = models.CharField(_("note and source"), max_length=400, blank=True)
    language = models.CharField(_("language of the note"), max_length=2, default="fi")
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.PORTAL)
    entered_at = models.DateTimeField(_("entered"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = IndicatorValueQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=False) | models.Q(accepted_by__isnull=True),
                name="an_accepted_value_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period_id}"

    @property
    def waits(self) -> bool:
        """Whether somebody still has to accept it."""
        return self.accepted_at is None

    @property
    def stamp(self) -> str:
        """The moment of entry, written alike whether it was just set or has been read."""
        return self.entered_at.astimezone(datetime.UTC).isoformat() if self.entered_at else ""

    def enter(self, *, by: User, language: str) -> None:
        """Say who entered what stands here now; it waits for acceptance. The caller saves."""
        self.origin = Origin.PORTAL
        self.language = language
        self.entered_at, self.entered_by = clock.now(), by
        self.accepted_at, self.accepted_by = None, None

    def accept(self, *, by: User) -> None:
        """Accept what was entered. The caller saves.

        Raises ValidationError when it is not waiting, or when the person would accept what they entered.
        """
        if not self.waits:
            raise ValidationError(_("This value has already been accepted."))
        if self.entered_by_id == by.pk:
            raise ValidationError(_("Nobody accepts what they entered themselves. Ask another who may."))
        self.accepted_at, self.accepted_by = clock.now(), by
