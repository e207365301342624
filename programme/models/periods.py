"""Reporting periods and their rounds."""

import datetime

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.models.programme import Programme


class TimeRange(Func):
    """PostgreSQL's range of two moments, the end left out."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class ReportingPeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    def begun_by(self, moment: datetime.datetime) -> "ReportingPeriodQuerySet":
        """Periods whose round has opened, the latest first."""
        return self.filter(opens_at__lte=moment).order_by("-ends_on", "-opens_at")


@pghistory.track()
class ReportingPeriod(models.Model):
    """A period that is told about, always from 1 January: 1–4, 1–8 and the whole year overlap by nature.

    Its round, from opening to closing, is when people answer; rounds of one programme do not overlap.
    """

    class Kind(models.TextChoices):
        FIRST = "T1", _("January–April")
        SECOND = "T2", _("January–August")
        YEAR_END = "TP", _("whole year")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="periods")
    code = models.CharField(_("code"), max_length=20)
    year = models.PositiveIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=2, choices=Kind.choices)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    ledger_cut_off = models.DateField(_("actuals until"))
    opens_at = models.DateTimeField(_("round opens"))
    closes_at = models.DateTimeField(_("round closes"))
    reopened_until = models.DateTimeField(_("reopened until"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reopening_reason = models.TextField(_("reason for reopening"), blank=True)

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "ends_on"]
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_period_per_code"),
            models.UniqueConstraint(
                fields=["programme", "year", "kind"], name="one_period_per_year_and_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="period_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="round_closes_after_it_opens"
            ),
            ExclusionConstraint(
                name="rounds_of_a_programme_do_not_overlap",
                expressions=[
                    (TimeRange("opens_at", "closes_at"), RangeOperators.OVERLAPS),
                    ("programme", RangeOperators.EQUAL),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(reopened_until__isnull=True) | ~models.Q(reopening_reason=""),
                name="reopening_a_period_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether people may answer now."""
        now = clock.now()
        if self.opens_at <= now < self.closes_at:
            return True
        return self.reopened_until is not None and now < self.reopened_until

    @property
    def is_reopened(self) -> bool:
        """Whether people may answer now because the round was opened again after its closing."""
        return self.is_open and clock.now() >= self.closes_at

    @property
    def last_closing(self) -> datetime.datetime:
        """The moment after which nobody answers any more: the round's closing, or the reopening's."""
        return max(self.closes_at, self.reopened_until or self.closes_at)

    @property
    def last_day_of_actuals(self) -> datetime.date:
        """The last day that its actuals are of: a late cut-off takes in what is booked after New Year,
        and that is of the year.
        """
        return min(self.ledger_cut_off, datetime.date(self.year, 12, 31))

    @property
    def is_year_end(self) -> bool:
        return self.kind == self.Kind.YEAR_END

    @property
    def months(self) -> int:
        """Months from January to the period's last month."""
        return self.ends_on.month
