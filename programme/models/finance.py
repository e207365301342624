"""What is expected and what was used. All sums are euros."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.budget import CostCentre, FundingSource
from programme.models.periods import ReportingPeriod


class Origin(models.TextChoices):
    """Where a row came from: typed in the portal, or loaded from a file made before it."""

    PORTAL = "portal", _("written in the portal")
    IMPORTED = "imported", _("loaded from a file")


@pghistory.track()
class Forecast(models.Model):
    """The year-end forecast of a cost centre, given in one period; a person gives it, nobody computes it."""

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="forecasts")
    cost_centre = models.ForeignKey(CostCentre, on_delete=models.PROTECT, related_name="forecasts")
    amount = models.DecimalField(_("forecast, euros"), max_digits=14, decimal_places=2)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.PORTAL)

    class Meta:
        ordering = ["period", "cost_centre"]
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "cost_centre"], name="one_forecast_per_period_and_cost_centre"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.cost_centre_id}"


@pghistory.track()
class Explanation(models.Model):
    """Why a forecast deviates from the amended budget, with what effect, what is done and who decides."""

    forecast = models.OneToOneField(Forecast, on_delete=models.CASCADE, related_name="explanation")
    reason = models.TextField(_("reason"))
    effect = models.TextField(_("effect"), blank=True)
    corrective_action = models.TextField(_("corrective action"), blank=True)
    who_decides = models.CharField(_("who decides"), max_length=200, blank=True)

    class Meta:
        ordering = ["forecast"]
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")

    def __str__(self) -> str:
        return self.reason[:80]


@pghistory.track()
class FundingUse(models.Model):
    """How much of a funding source a closed year used."""

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="funding_uses")
    funding_source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="uses")
    amount = models.DecimalField(_("euros"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["period", "funding_source"]
        verbose_name = _("use of a funding source")
        verbose_name_plural = _("uses of funding sources")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "funding_source"], name="one_use_per_period_and_funding_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.funding_source_id}"


@pghistory.track()
class MunicipalSettlement(models.Model):
    """What the municipalities were billed for a closed year, what was used, and what is carried over."""

    period = models.OneToOneField(
        ReportingPeriod, on_delete=models.PROTECT, related_name="municipal_settlement"
    )
    billed = models.DecimalField(_("billed, euros"), max_digits=14, decimal_places=2)
    used = models.DecimalField(_("used, euros"), max_digits=14, decimal_places=2)
    carried_over = models.DecimalField(_("carried over, euros"), max_digits=14, decimal_places=2)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        ordering = ["period"]
        verbose_name = _("settlement with the municipalities")
        verbose_name_plural = _("settlements with the municipalities")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(carried_over=models.F("billed") - models.F("used")),
                name="what_is_billed_and_not_used_is_carried_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id}"
