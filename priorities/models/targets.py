"""Annual targets: what the yearly budget sets, tied to the goals and measures it serves."""

from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from priorities.models.decided import kept_when_decided
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
        return self.filter(state__in=AnnualTarget.SEEN_BY_ALL)


class AnnualTargetManager(models.Manager["AnnualTarget"]):
    """Targets that stand; a draft that was removed is asked for by name."""

    def get_queryset(self) -> AnnualTargetQuerySet:
        return AnnualTargetQuerySet(self.model, using=self._db).filter(removed_at__isnull=True)

    def decided(self) -> AnnualTargetQuerySet:
        return self.get_queryset().decided()


@pghistory.track()
class AnnualTarget(Versioned):
    """A target of one year, set in the budget; after the decision only an amendment changes it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        DECIDED = "decided", _("decided")
        CLOSED = "closed", _("closed")

    SEEN_BY_ALL = (State.DECIDED, State.CLOSED)
    EDITABLE = (State.DRAFT, State.PROPOSED)

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
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by"
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
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    name_fi: str  # made by translated()
    indicator_fi: str

    objects = AnnualTargetManager()
    with_removed = AnnualTargetQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(state="draft"),
                name="only_a_draft_is_removed",
            ),
        ]
        indexes = [models.Index(fields=["programme", "year", "order"], name="targets_of_a_year")]
        triggers = kept_when_decided()

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("reporting:target-detail")

    def address(self, name: str) -> str:
        """Return the address of a page about this target, or of an act on it."""
        return reverse(name, args=[self.programme.slug, self.code])

    @property
    def is_decided(self) -> bool:
        """True once a meeting has decided it: from then on it is public and changes by amendment only."""
        return self.state in self.SEEN_BY_ALL

    def must_be_editable(self) -> None:
        """Raise ValidationError where this target no longer changes by typing."""
        if self.is_decided:
            raise ValidationError(
                _("This target has been decided and changes by an amendment only: propose one to its body.")
            )

    def propose(self) -> None:
        """Move from draft to proposed. The caller saves. Raises ValidationError where it is no draft."""
        if self.state != self.State.DRAFT:
            raise ValidationError(_("This target has already been proposed."))
        self.state = self.State.PROPOSED

    def take_back(self) -> None:
        """Make a proposal a draft again. The caller saves. Raises ValidationError where it is none."""
        self.must_be_editable()
        if self.state != self.State.PROPOSED:
            raise ValidationError(_("This target has not been proposed."))
        self.state = self.State.DRAFT

    def decide(self, decision: Decision, budget: Budget | None) -> None:
        """Move from proposed to decided. The caller saves. Raises ValidationError where it is no proposal."""
        if self.state != self.State.PROPOSED:
            raise ValidationError(_("Only a proposed target is decided."))
        self.state = self.State.DECIDED
        self.decision = decision
        self.budget = budget
