"""The regional strategy, renewed each council term."""

import datetime

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.base import Sourced, translated
from programme.models.programme import Programme


class StrategyQuerySet(models.QuerySet["Strategy"]):
    def in_force_on(self, day: datetime.date) -> "StrategyQuerySet":
        """Those adopted by a day and not replaced by another adopted by then."""
        successors = Strategy.objects.filter(replaces=models.OuterRef("pk"), adopted_on__lte=day)
        return self.filter(~models.Exists(successors), adopted_on__lte=day).order_by("-adopted_on")


@pghistory.track()
class Strategy(Sourced):
    """A regional strategy of one council term; its goals stay readable when a later one replaces it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="strategies")
    code = models.CharField(_("code"), max_length=40)
    name = translated(_("name"))
    council_term = models.CharField(_("council term"), max_length=40)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    objects = StrategyQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "council_term", "code"]
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="one_strategy_per_code")]

    def __str__(self) -> str:
        return self.code
