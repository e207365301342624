"""Working groups and who belongs to them."""

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget, Indicator, Measure, Priority
from priorities.models.decided import kept_with_its_target
from programme import rules as programme_rules
from programme.models import Body, CostCentre, Municipality, Programme, User
from programme.models.base import (
    InForceQuerySet,
    Sourced,
    ends_after_it_begins,
    one_term_at_a_time,
    translated,
)
from workgroups import rules as group_rules


@pghistory.track()
class WorkingGroup(Sourced):
    """A regional working group; or the unit without body and seats that the programme office coordinates."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="working_groups")
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order"), default=0)
    name = translated(_("name"))
    body = models.OneToOneField(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="working_group"
    )
    priority = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="working_groups"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="sub_groups"
    )
    coordination_measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cost_centre = models.ForeignKey(
        CostCentre, on_delete=models.PROTECT, null=True, blank=True, related_name="working_groups"
    )

    typical_titles = models.CharField(_("typical titles of its members"), max_length=300, blank=True)
    also_present = models.CharField(_("also present in its meetings"), max_length=300, blank=True)

    class Meta:
        ordering = ["programme", "order", "code"]
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_working_group_per_code"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("workgroups:group-detail", args=[self.programme.slug, self.code])

    @property
    def is_office_unit(self) -> bool:
        """True where the programme office coordinates and the presenting officer accepts."""
        return self.priority_id is None and self.parent_id is None

    @property
    def is_of_the_document(self) -> bool:
        """True where the programme document names it: its name is the programme's own."""
        return bool(self.seed_lines or self.basis)


def answered_for(groups: list[int], *, and_office: bool, path: str = "group") -> models.Q:
    """Return the condition that a row's group, at this path, is one of these, or the office's own unit."""
    found = models.Q(**{f"{path}__in": groups})
    if and_office:
        found |= models.Q(**{f"{path}__priority__isnull": True, f"{path}__parent__isnull": True})
    return found


@pghistory.track()
class Membership(models.Model):
    """A seat in a group: of a municipality, of a person, or both, from a day until a day."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")
        VICE_CHAIR = "vice_chair", _("vice chair")
        MEMBER = "member", _("member")
        DEPUTY = "deputy", _("deputy")
        COORDINATOR = "coordinator", _("coordinator")
        EXPERT = "expert", _("expert")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="group_memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    title = models.CharField(_("title"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["group", "role", "municipality"]
        verbose_name = _("membership of a group")
        verbose_name_plural = _("memberships of groups")
        constraints = [
            ends_after_it_begins("a_membership_ends_after_it_begins"),
            one_term_at_a_time("group", "role", name="one_membership_per_person_role_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.role}"


@pghistory.track()
class TargetOwnership(models.Model):
    """A group owns an annual target: it draws it up, answers for it and follows it up."""

    target = models.OneToOneField(AnnualTarget, on_delete=models.CASCADE, related_name="ownership")
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="target_ownerships")

    class Meta:
        ordering = ["target"]
        verbose_name = _("ownership of a target")
        verbose_name_plural = _("ownerships of targets")
        triggers = kept_with_its_target("the_owner_of_a_decided_target_stays")

    def __str__(self) -> str:
        return f"{self.target_id} {self.group_id}"


def targets_visible_to(
    user: User | AnonymousUser,
    programme: Programme,
    *,
    among: models.QuerySet[AnnualTarget] | None = None,
) -> models.QuerySet[AnnualTarget]:
    """Return the annual targets that a person may see: of those that stand, unless others are told.

    Decided ones are public; drafts and proposals are their group's, the office's and the auditor's.
    """
    of_programme = (AnnualTarget.objects.all() if among is None else among).filter(programme=programme)
    if programme_rules.reads_unfinished_work(user, programme):
        undecided = models.Q(ownership__isnull=False)
    else:
        undecided = models.Q(ownership__group__in=group_rules.groups_of(user, programme))
    return of_programme.filter(models.Q(state__in=AnnualTarget.SEEN_BY_ALL) | undecided)


@pghistory.track()
class IndicatorOwnership(models.Model):
    """A group answers for an indicator."""

    indicator = models.OneToOneField(Indicator, on_delete=models.CASCADE, related_name="ownership")
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="indicator_ownerships")

    class Meta:
        ordering = ["indicator"]
        verbose_name = _("ownership of an indicator")
        verbose_name_plural = _("ownerships of indicators")

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.group_id}"
