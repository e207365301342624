"""Annual targets: what the yearly budget sets, tied to the goals and measures it serves."""

from typing import Any

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from priorities.models.priorities import Measure, StrategicGoal
from programme.models import (
    Budget,
    CostCentre,
    Decision,
    FollowUpPrinciple,
    Network,
    Post,
    Programme,
    RoleStatement,
)
from programme.models.base import Versioned, translated


class Direction(models.TextChoices):
    """Which way an indicator should move."""

    UP = "up", _("the more the better")
    DOWN = "down", _("the less the better")


class AnnualTargetQuerySet(models.QuerySet["AnnualTarget"]):
    def decided(self) -> "AnnualTargetQuerySet":
        """Targets that a meeting has decided: public."""
        return self.filter(state__in=[AnnualTarget.State.DECIDED, AnnualTarget.State.CLOSED])


@pghistory.track()
class AnnualTarget(Versioned):
    """A target of one year, set in the budget; after the decision only an amendment changes it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        DECIDED = "decided", _("decided")
        CLOSED = "closed", _("closed")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="annual_targets")
    budget = models.ForeignKey(
        Budget, on_delete=models.PROTECT, null=True, blank=True, related_name="annual_targets"
    )
    code = models.CharField(_("code"), max_length=40)
    year = models.PositiveIntegerField(_("year"))
    order = models.PositiveIntegerField(_("order"), default=0)
    name = translated(_("target"), max_length=600)
    binding = models.BooleanField(_("binding"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="annual_targets"
    )

    goals: "models.ManyToManyField[StrategicGoal, Any]" = models.ManyToManyField(
        StrategicGoal, through="TargetGoal", blank=True, related_name="annual_targets"
    )
    measures: "models.ManyToManyField[Measure, Any]" = models.ManyToManyField(
        Measure, through="TargetMeasure", blank=True, related_name="annual_targets"
    )
    networks: "models.ManyToManyField[Network, Any]" = models.ManyToManyField(
        Network, through="TargetNetwork", blank=True, related_name="annual_targets"
    )
    role_statements: "models.ManyToManyField[RoleStatement, Any]" = models.ManyToManyField(
        RoleStatement, through="TargetRoleStatement", blank=True, related_name="annual_targets"
    )
    follow_up_principles: "models.ManyToManyField[FollowUpPrinciple, Any]" = models.ManyToManyField(
        FollowUpPrinciple, through="TargetPrinciple", blank=True, related_name="annual_targets"
    )

    indicator = translated(_("indicator"), required=False)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    target_value = models.DecimalField(
        _("target value"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    direction = models.CharField(
        _("direction"), max_length=4, choices=Direction.choices, default=Direction.UP
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    responsible = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="annual_targets"
    )
    cost_centre = models.ForeignKey(
        CostCentre, on_delete=models.PROTECT, null=True, blank=True, related_name="annual_targets"
    )
    own_euros = models.DecimalField(
        _("euros of its own"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: the target’s euros are those of its actions."),
    )
    no_cost = models.BooleanField(_("no cost"), default=False)

    objects = AnnualTargetQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "year", "order", "code"]
        verbose_name = _("annual target")
        verbose_name_plural = _("annual targets")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_annual_target_per_code"),
            models.CheckConstraint(
                condition=models.Q(no_cost=False) | models.Q(own_euros__isnull=True),
                name="a_target_without_cost_has_no_euros",
            ),
        ]
        indexes = [models.Index(fields=["programme", "year", "order"], name="targets_of_a_year")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("reporting:target-detail", args=[self.programme.slug, self.code])
