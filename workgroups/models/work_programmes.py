"""Work programmes: a group's plan for a year, action by action."""

from typing import Any

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget, Measure
from programme import rules as programme_rules
from programme.models import (
    CostCentre,
    Decision,
    FollowUpPrinciple,
    FundingSource,
    Network,
    Post,
    Programme,
    RoleStatement,
    User,
)
from programme.models.base import Versioned, exactly_one
from workgroups import rules as group_rules
from workgroups.models.groups import WorkingGroup


class WorkProgrammeQuerySet(models.QuerySet["WorkProgramme"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "WorkProgrammeQuerySet":
        """Approved ones are seen by officials and all groups; drafts by their group, office and auditor."""
        of_programme = self.filter(group__programme=programme)
        if programme_rules.reads_unfinished_work(user, programme):
            return of_programme
        if not group_rules.reads_approved_work(user, programme):
            return self.none()
        return of_programme.filter(
            models.Q(state__in=WorkProgramme.SEEN_BY_ALL_GROUPS)
            | models.Q(group__in=group_rules.groups_of(user, programme))
        )


@pghistory.track()
class WorkProgramme(Versioned):
    """A working group's plan for one calendar year."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")
        NOTED = "noted", _("noted by the board")
        CLOSED = "closed", _("closed")

    SEEN_BY_ALL_GROUPS = (State.APPROVED, State.NOTED, State.CLOSED)

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="work_programmes")
    code = models.CharField(_("code"), max_length=40)
    year = models.PositiveIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    returning_reason = models.TextField(_("reason for returning"), blank=True)
    approved_on = models.DateField(_("approved by the group on"), null=True, blank=True)
    approval = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="approved_work_programmes"
    )
    noted_on = models.DateField(_("noted by the board on"), null=True, blank=True)
    noting = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="noted_work_programmes"
    )

    objects = WorkProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "group"]
        verbose_name = _("work programme")
        verbose_name_plural = _("work programmes")
        constraints = [
            models.UniqueConstraint(fields=["group", "year"], name="one_work_programme_per_group_and_year"),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(returning_reason=""),
                name="returning_a_work_programme_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse(
            "workgroups:work-programme-detail", args=[self.group.programme.slug, self.group.code, self.year]
        )


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "ActionQuerySet":
        """An action is seen with its work programme."""
        return self.filter(work_programme__in=WorkProgramme.objects.visible_to(user, programme))


@pghistory.track()
class Action(Versioned):
    """A line of a work programme: it carries out at least one annual target of the budget."""

    work_programme = models.ForeignKey(WorkProgramme, on_delete=models.PROTECT, related_name="actions")
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order"), default=0)
    text = models.TextField(_("action"))
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
    start_month = models.PositiveSmallIntegerField(_("first month"))
    end_month = models.PositiveSmallIntegerField(_("last month"))
    responsible = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="actions")
    participants = models.TextField(_("participants"), blank=True)
    output = models.TextField(_("output"), blank=True)
    planned_euros = models.DecimalField(_("planned, euros"), max_digits=14, decimal_places=2)
    no_cost = models.BooleanField(_("no cost"), default=False)
    cost_centre = models.ForeignKey(
        CostCentre, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    funding_source = models.ForeignKey(
        FundingSource, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )

    objects = ActionQuerySet.as_manager()

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
                condition=exactly_one("measure", "network", "role_statement", "follow_up_principle"),
                name="an_action_carries_out_a_part_of_the_programme",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("reporting:action-detail", args=[self.work_programme.group.programme.slug, self.code])


@pghistory.track()
class ActionTarget(models.Model):
    """An action carries out a target; the link has a trail of its own."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(AnnualTarget, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "target"], name="one_link_per_action_and_target"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.target_id}"
