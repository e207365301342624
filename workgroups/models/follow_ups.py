"""Follow-up: what a person says about a line in a period, and who accepted it."""

from dataclasses import dataclass

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget, Indicator
from programme.models import Decision, Municipality, Origin, Post, ReportingPeriod
from programme.models.base import exactly_one
from programme.statuses import DEVIATING, Status
from workgroups.models.actions import Action
from workgroups.models.drafts import Draft
from workgroups.models.groups import WorkingGroup
from workgroups.models.judged import Judged, JudgedQuerySet


@pghistory.track()
class FollowUp(Judged):
    """What was said about a target or an action in a period. Each earlier wording stays in the history."""

    target = models.ForeignKey(
        AnnualTarget, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="follow_ups")
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="follow_ups")
    status = models.CharField(_("status"), max_length=30, choices=Status.choices)
    text = models.TextField(_("situation"), blank=True, max_length=400)
    language = models.CharField(_("language of the texts"), max_length=2, default="fi")
    reason = models.TextField(_("reason"), blank=True, max_length=400)
    effect = models.TextField(_("effect"), blank=True, max_length=400)
    corrective_action = models.TextField(_("corrective action"), blank=True, max_length=400)
    new_responsible = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    new_due_on = models.DateField(_("new estimate of completion"), null=True, blank=True)
    decision_needed = models.CharField(_("decision needed"), max_length=200, blank=True)
    indicator_value = models.DecimalField(
        _("value of the indicator"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    forecast = models.DecimalField(
        _("forecast, euros"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    evidence = models.CharField(_("evidence"), max_length=400, blank=True)
    # Counted by the database: see EvidenceFile.
    evidence_files = models.PositiveSmallIntegerField(_("files as evidence"), default=0)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    confirmed_unchanged = models.BooleanField(_("confirmed unchanged"), default=False)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.PORTAL)

    objects = JudgedQuerySet.as_manager()

    class Meta:
        ordering = ["period", "group", "target", "action"]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("target", "action"), name="a_follow_up_is_of_one_line"
            ),
            models.UniqueConstraint(fields=["target", "period"], name="one_follow_up_per_target_and_period"),
            models.UniqueConstraint(fields=["action", "period"], name="one_follow_up_per_action_and_period"),
            models.CheckConstraint(
                condition=~models.Q(origin=Origin.PORTAL)
                | ~models.Q(status__in=DEVIATING)
                | (~models.Q(text="") & ~models.Q(reason="") & ~models.Q(corrective_action="")),
                name="a_deviation_has_text_reason_and_corrective_action",
            ),
            models.CheckConstraint(
                condition=~models.Q(origin=Origin.PORTAL)
                | ~models.Q(status=Status.ACHIEVED)
                | models.Q(confirmed_unchanged=True)
                | ~models.Q(evidence="")
                | models.Q(evidence_files__gt=0)
                | models.Q(decision__isnull=False),
                name="an_achievement_has_evidence_or_a_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_unchanged=False) | ~models.Q(status__in=DEVIATING),
                name="a_deviation_is_never_confirmed_unchanged",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(returning_reason=""),
                name="returning_a_follow_up_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(accepted_at__isnull=False),
                name="an_approved_follow_up_says_when",
            ),
        ]
        indexes = [models.Index(fields=["period", "state"], name="follow_ups_of_a_period")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.target_id or self.action_id}"

    @property
    def line(self) -> AnnualTarget | Action:
        """The target or the action that is followed up."""
        line = self.target or self.action
        assert line is not None  # noqa: S101  guaranteed by the constraint above
        return line

    @property
    def is_late(self) -> bool:
        """Whether it was submitted after the round's original closing, in a round opened again."""
        return self.origin == Origin.PORTAL and self.submitted_at >= self.period.closes_at


@dataclass(frozen=True)
class Measured:
    """What a value is of: an indicator, in the whole region or in one municipality."""

    indicator: Indicator
    municipality: Municipality | None = None

    @property
    def code(self) -> str:
        place = [self.municipality.code] if self.municipality else []
        return ":".join([self.indicator.code, *place])


class FollowUpDraft(Draft):
    """What somebody has typed in a round: of a line, in a group's report, or of a value of an indicator."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follow_up_drafts"
    )
    period = models.ForeignKey(ReportingPeriod, on_delete=models.CASCADE, related_name="follow_up_drafts")
    target = models.ForeignKey(
        AnnualTarget, on_delete=models.CASCADE, null=True, blank=True, related_name="follow_up_drafts"
    )
    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, null=True, blank=True, related_name="follow_up_drafts"
    )
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="report_drafts"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, null=True, blank=True, related_name="value_drafts"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, null=True, blank=True, related_name="value_drafts"
    )

    class Meta:
        ordering = ["-saved_at"]
        verbose_name = _("draft of a follow-up")
        verbose_name_plural = _("drafts of follow-ups")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("target", "action", "group", "indicator"),
                name="a_draft_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=True) | models.Q(indicator__isnull=False),
                name="only_a_value_is_of_a_municipality",
            ),
            models.UniqueConstraint(
                fields=["user", "period", "target", "action", "group", "indicator", "municipality"],
                nulls_distinct=False,
                name="one_draft_per_person_thing_and_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.target_id or self.action_id or self.group_id or self.indicator_id}"

    @property
    def line(self) -> AnnualTarget | Action | WorkingGroup | Measured:
        """What somebody is writing of: a target, an action, the group whose report it is, or a value."""
        measured = Measured(self.indicator, self.municipality) if self.indicator else None
        line = self.target or self.action or self.group or measured
        assert line is not None  # noqa: S101  guaranteed by the constraint above
        return line
