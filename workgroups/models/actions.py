"""Actions: the lines of a work programme, and what each carries out and serves."""

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget, Measure
from programme.models import (
    CostCentre,
    FollowUpPrinciple,
    FundingSource,
    Network,
    Post,
    Programme,
    RoleStatement,
    User,
)
from programme.models.base import Versioned, filled
from workgroups.models.approved import (
    kept_when_approved,
    kept_with_its_action,
)
from workgroups.models.work_programmes import WorkProgramme

# The columns of which one says what part of the programme an action carries out.
PARTS = ("measure", "network", "role_statement", "follow_up_principle")


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "ActionQuerySet":
        """An action is seen with its work programme."""
        return self.filter(work_programme__in=WorkProgramme.objects.visible_to(user, programme))

    def in_their_plan_once(self) -> "ActionQuerySet":
        """Those that stand in their plan, and those that an amendment has taken out of an approved one."""
        taken_out = models.Q(amendments__kind="remove", amendments__state="accepted")
        return self.filter(models.Q(removed_at__isnull=True) | taken_out).distinct()


class ActionManager(models.Manager["Action"]):
    """Actions that stand in their plan; what was removed is asked for by name."""

    def get_queryset(self) -> ActionQuerySet:
        return ActionQuerySet(self.model, using=self._db).filter(removed_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> ActionQuerySet:
        return self.get_queryset().visible_to(user, programme)


@pghistory.track()
class Action(Versioned):
    """A line of a work programme: it carries out at least one annual target of the budget.

    While the plan is drafted a row may have holes, and a removed one can be brought back. `unreadable` keeps
    what was typed into cells that could not be read, by the cell's name: it waits there to be mended.
    """

    work_programme = models.ForeignKey(WorkProgramme, on_delete=models.PROTECT, related_name="actions")
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order"), default=0)
    text = models.TextField(_("action"), blank=True)
    language = models.CharField(_("language of the texts"), max_length=2, default="fi")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    role_statement = models.ForeignKey(
        RoleStatement, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    follow_up_principle = models.ForeignKey(
        FollowUpPrinciple, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    targets: "models.ManyToManyField[AnnualTarget, Any]" = models.ManyToManyField(
        AnnualTarget, through="ActionTarget", related_name="actions"
    )
    networks: "models.ManyToManyField[Network, Any]" = models.ManyToManyField(
        Network, through="ActionNetwork", related_name="serving_actions", verbose_name=_("networks it serves")
    )
    start_month = models.PositiveSmallIntegerField(_("first month"), null=True, blank=True)
    end_month = models.PositiveSmallIntegerField(_("last month"), null=True, blank=True)
    responsible = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("responsible"),
    )
    participants = models.TextField(_("participants"), blank=True)
    output = models.TextField(_("output"), blank=True)
    milestones = models.TextField(_("milestones"), blank=True)
    planned_euros = models.DecimalField(
        _("planned, euros"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    no_cost = models.BooleanField(_("no cost"), default=False)
    cost_centre = models.ForeignKey(
        CostCentre, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    funding_source = models.ForeignKey(
        FundingSource, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )

    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    unreadable = models.JSONField(_("cells that could not be read"), default=dict, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ActionManager()
    with_removed = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["work_programme", "order", "code"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.UniqueConstraint(fields=["work_programme", "code"], name="one_action_per_code"),
            models.CheckConstraint(
                condition=models.Q(start_month__range=(1, 12))
                & models.Q(end_month__range=(1, 12))
                & models.Q(end_month__gte=models.F("start_month")),
                name="an_action_has_months_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(no_cost=False) | models.Q(planned_euros=0),
                name="an_action_without_cost_has_no_euros",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(filled(*PARTS), 1),
                name="an_action_carries_out_one_part_of_the_programme",
            ),
        ]
        triggers = kept_when_approved()

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("reporting:action-detail")

    def address(self, name: str) -> str:
        """Return the address of a page about this action, or of an act on it."""
        return reverse(name, args=[self.work_programme.group.programme.slug, self.code])

    @property
    def part(self) -> Measure | Network | RoleStatement | FollowUpPrinciple | None:
        """The part of the programme that this action carries out."""
        return self.measure or self.network or self.role_statement or self.follow_up_principle


@pghistory.track()
class ActionTarget(models.Model):
    """An action carries out a target; the link has a trail of its own."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(AnnualTarget, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "target"], name="one_link_per_action_and_target"),
        ]
        triggers = kept_with_its_action("targets_of_an_approved_action_stay")

    def __str__(self) -> str:
        return f"{self.action_id} {self.target_id}"


@pghistory.track()
class ActionNetwork(models.Model):
    """An action serves a network besides what it carries out."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "network"], name="one_link_per_action_and_network"),
        ]
        triggers = kept_with_its_action("networks_of_an_approved_action_stay")

    def __str__(self) -> str:
        return f"{self.action_id} {self.network_id}"
