"""Values of indicators: entered by a group or the office, accepted or returned by the group's chair."""

import datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from priorities.models.indicators import Indicator
from priorities.units import doubts_of_unit
from programme import clock
from programme.models import Municipality, Origin, ReportingPeriod, User
from programme.models.base import person, signed


class IndicatorValueQuerySet(models.QuerySet["IndicatorValue"]):
    def accepted(self) -> "IndicatorValueQuerySet":
        """What pages of other groups, dashboards and reports tell."""
        return self.filter(accepted_at__isnull=False)

    def waiting(self) -> "IndicatorValueQuerySet":
        """What somebody still has to accept or return."""
        return self.filter(accepted_at__isnull=True, returned_at__isnull=True)

    def returned(self) -> "IndicatorValueQuerySet":
        """What its writer is to mend."""
        return self.filter(returned_at__isnull=False)


@pghistory.track()
class IndicatorValue(models.Model):
    """One measurement of a period; empty is not zero, but says that it is not known.

    It is told to others when the group's chair has accepted it. A correction waits anew; what stood before
    stays in the trail, and so does what was returned.
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
    entered_by = person()
    entered_for = person()
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = person()  # who accepted or returned it
    accepted_for = person()
    returned_at = models.DateTimeField(_("returned"), null=True, blank=True)
    returning_reason = models.TextField(_("reason for returning"), blank=True)

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
                condition=models.Q(accepted_at__isnull=False)
                | models.Q(returned_at__isnull=False)
                | models.Q(accepted_by__isnull=True),
                name="a_judged_value_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(returned_at__isnull=True),
                name="a_value_is_accepted_or_returned",
            ),
            models.CheckConstraint(
                condition=models.Q(returned_at__isnull=True) | ~models.Q(returning_reason=""),
                name="returning_a_value_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period_id}"

    @property
    def waits(self) -> bool:
        """Whether somebody still has to accept or return it."""
        return self.accepted_at is None and self.returned_at is None

    @property
    def is_returned(self) -> bool:
        return self.returned_at is not None

    @property
    def doubts(self) -> list[str]:
        """What speaks against the value in its unit: told to its writer and to its judge, never refused."""
        return doubts_of_unit(self.indicator.unit, self.value)

    @property
    def stamp(self) -> str:
        """The moment of entry, written alike whether it was just set or has been read."""
        return self.entered_at.astimezone(datetime.UTC).isoformat() if self.entered_at else ""

    @property
    def writers(self) -> set[int]:
        """Whose figure this is: of the one who entered it, and of the one they stood in for."""
        return {pk for pk in (self.entered_by_id, self.entered_for_id) if pk is not None}

    @property
    def writer(self) -> str:
        return signed(self.entered_by, self.entered_for)

    @property
    def judge(self) -> str:
        """Who accepted or returned it."""
        return signed(self.accepted_by, self.accepted_for)

    @property
    def address(self) -> str:
        """The address of its form."""
        return self.indicator.value_address(self.period, self.municipality)

    @property
    def accept_address(self) -> str:
        return self.indicator.value_address(self.period, self.municipality, verb="accept")

    @property
    def return_address(self) -> str:
        return self.indicator.value_address(self.period, self.municipality, verb="return")

    def enter(self, *, by: User, language: str, in_place_of: User | None = None) -> None:
        """Say who entered what stands here now; it waits for acceptance. The caller saves."""
        self.origin = Origin.PORTAL
        self.language = language
        self.entered_at, self.entered_by, self.entered_for = clock.now(), by, in_place_of
        self.accepted_at = self.accepted_by = self.accepted_for = None
        self.returned_at, self.returning_reason = None, ""

    def accept(self, *, by: User, in_place_of: User | None = None) -> None:
        """Accept what was entered. The caller saves.

        Raises ValidationError when it is not waiting, or when somebody would accept what they entered, be it
        through a substitute.
        """
        self._must_be_ones_to_judge(by, in_place_of)
        self.accepted_at, self.accepted_by, self.accepted_for = clock.now(), by, in_place_of

    def give_back(self, *, by: User, reason: str, in_place_of: User | None = None) -> None:
        """Return what was entered to its writer, with a reason they see. The caller saves.

        Raises ValidationError when it is not waiting, is one's own, or the reason is missing.
        """
        self._must_be_ones_to_judge(by, in_place_of)
        if not reason.strip():
            raise ValidationError(_("Write what should be mended: the writer sees it."))
        self.returned_at, self.accepted_by, self.accepted_for = clock.now(), by, in_place_of
        self.returning_reason = reason.strip()

    def _must_be_ones_to_judge(self, by: User, in_place_of: User | None) -> None:
        if self.is_returned:
            raise ValidationError(_("This value has already been returned to its writer."))
        if not self.waits:
            raise ValidationError(_("This value has already been accepted."))
        if self.writers & {by.pk, in_place_of.pk if in_place_of else None}:
            raise ValidationError(_("Nobody accepts what they entered themselves. Ask another who may."))
