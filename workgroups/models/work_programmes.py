"""Work programmes: a group's plan for a year, action by action."""

import datetime
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget, Measure
from programme import clock
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
from programme.models.base import Versioned, filled, person, signed
from workgroups import rules as group_rules
from workgroups.models.approved import (
    kept_once_approved,
    kept_when_approved,
    kept_with_its_action,
    whole_when_handed_on,
)
from workgroups.models.groups import WorkingGroup

# The columns of which one says what part of the programme an action carries out.
PARTS = ("measure", "network", "role_statement", "follow_up_principle")
NOT_WAITING = _("This work programme does not wait for acceptance.")


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
    EDITABLE = (State.DRAFT, State.RETURNED)

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="work_programmes")
    code = models.CharField(_("code"), max_length=40)
    year = models.PositiveIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = person()
    submitted_for = person()
    judged_by = person()  # who returned it last, or approved it
    judged_for = person()
    returning_reason = models.TextField(_("reason for returning"), blank=True)
    approved_on = models.DateField(_("approved by the group on"), null=True, blank=True)
    approval = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="approved_work_programmes"
    )
    # A plan of a year gone by, approved on paper: by whom and when it says itself, without a meeting here.
    made_elsewhere = models.BooleanField(_("made elsewhere"), default=False)
    approved_number = models.PositiveIntegerField(_("item of the approval"), null=True, blank=True)
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
        triggers = [*whole_when_handed_on(), *kept_once_approved()]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("workgroups:work-programme-detail")

    def address(self, name: str) -> str:
        """Return the address of a page about this plan, or of an act on it."""
        return reverse(name, args=[self.group.programme.slug, self.group.code, self.year])

    @property
    def is_editable(self) -> bool:
        """True while its writers may change its rows."""
        return self.state in self.EDITABLE

    @property
    def was_handed_on(self) -> bool:
        """True once it has been submitted here, also where it was returned: its group's chair decides."""
        return self.submitted_at is not None

    @property
    def was_handed_on_later(self) -> bool:
        """True where its group had approved it, on paper, before the day on which it was handed on here."""
        if self.submitted_at is None or self.approved_on is None:
            return False
        return self.approved_on < clock.day_of(self.submitted_at)

    def must_be_editable(self) -> None:
        """Raise ValidationError where the rows of this plan no longer change by typing."""
        if self.is_editable:
            return
        if self.state == self.State.SUBMITTED:
            raise ValidationError(
                _("This work programme has been submitted: its rows change if it is taken back or returned.")
            )
        raise ValidationError(
            _("This work programme has been approved: its rows change by an amendment only. Propose one.")
        )

    @property
    def writers(self) -> set[int]:
        """Who handed it on, and the one they stood in for."""
        return {pk for pk in (self.submitted_by_id, self.submitted_for_id) if pk is not None}

    @property
    def submitter(self) -> str:
        return signed(self.submitted_by, self.submitted_for)

    @property
    def judge(self) -> str:
        """Who returned or approved it."""
        return signed(self.judged_by, self.judged_for)

    def submit(self, *, by: User, in_place_of: User | None = None) -> None:
        """Hand the plan to the chair. The caller saves. Raises ValidationError where it is not a draft."""
        self.must_be_editable()
        self.state = self.State.SUBMITTED
        self.returning_reason = ""
        self.submitted_by, self.submitted_for = by, in_place_of
        self.judged_by = self.judged_for = None
        self.submitted_at = clock.now()

    def take_back(self) -> None:
        """Make a submitted plan a draft again. The caller saves.

        Raises ValidationError when it does not wait.
        """
        if self.state != self.State.SUBMITTED:
            raise ValidationError(NOT_WAITING)
        self.state = self.State.DRAFT

    def give_back(self, *, by: User, reason: str, in_place_of: User | None = None) -> None:
        """Return the plan to its writers with a reason. The caller saves.

        Raises ValidationError when it does not wait, without a reason, or when it is one's own.
        """
        self._must_wait_for(by, in_place_of)
        if not reason.strip():
            raise ValidationError(_("Write what should be mended: the writer sees it."))
        self.state = self.State.RETURNED
        self.returning_reason = reason
        self.judged_by, self.judged_for = by, in_place_of

    def approve(
        self, *, by: User, on: datetime.date, approval: Decision | None, in_place_of: User | None = None
    ) -> None:
        """Approve the plan in the group's meeting. The caller saves.

        Raises ValidationError when it does not wait, or when it is one's own submission, be it through a
        substitute.
        """
        self._must_wait_for(by, in_place_of)
        self.state = self.State.APPROVED
        self.judged_by, self.judged_for = by, in_place_of
        self.approved_on = on
        self.approval = approval

    def approve_elsewhere(self, *, on: datetime.date, number: int | None) -> None:
        """Record that the plan of a year gone by was approved on paper. The caller saves.

        Raises ValidationError where it is no draft, its year is not over, it was handed on here, or it cannot
        have been approved on that day: a plan is approved in its own year or in the year before.
        """
        self.must_be_editable()
        if self.year >= clock.today().year:
            raise ValidationError(_("Only a plan of a year gone by was approved elsewhere."))
        if self.was_handed_on:
            raise ValidationError(
                _("This work programme was submitted here: the chair of its group approves it.")
            )
        if on > clock.today():
            raise ValidationError(_("This day is still to come."))
        if on.year not in (self.year - 1, self.year):
            raise ValidationError(_("A work programme is approved in its own year or in the year before."))
        self.state = self.State.APPROVED
        self.made_elsewhere = True
        self.approved_on = on
        self.approved_number = number

    def note(self, *, on: datetime.date, noting: Decision) -> None:
        """Have the board note the approved plan. The caller saves.

        Raises ValidationError when it is not approved, or was not yet on that day.
        """
        if self.state != self.State.APPROVED:
            raise ValidationError(_("Only an approved work programme is noted, and only once."))
        if self.approved_on and on < self.approved_on:
            raise ValidationError(_("The board cannot note it before the group has approved it."))
        self.state = self.State.NOTED
        self.noted_on = on
        self.noting = noting

    def _must_wait_for(self, by: User, in_place_of: User | None) -> None:
        if self.state != self.State.SUBMITTED:
            raise ValidationError(NOT_WAITING)
        if self.writers & {by.pk, in_place_of.pk if in_place_of else None}:
            raise ValidationError(_("Nobody accepts their own work programme. Ask another who may."))


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
