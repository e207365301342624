"""A group's own report of a period: what was done, what hinders, what is asked of whom."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme.models import ReportingPeriod
from workgroups.models.groups import WorkingGroup
from workgroups.models.judged import Judged, JudgedQuerySet


@pghistory.track()
class GroupReport(Judged):
    """What a group says of its period in its own words. Once accepted it closes the group's round.

    Until it is submitted it is its writer's draft (`FollowUpDraft`), seen by nobody else.
    """

    LONGEST = 2000

    NOT_WAITING = _("This report is no longer waiting for acceptance.")
    ONES_OWN = _("Nobody accepts their own report. Ask another who may.")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="reports")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="group_reports")
    done = models.TextField(_("what was done"), max_length=LONGEST)
    hinders = models.TextField(_("what hinders"), blank=True, max_length=LONGEST)
    asked = models.TextField(_("what is asked of whom"), blank=True, max_length=LONGEST)
    language = models.CharField(_("language of the texts"), max_length=2, default="fi")

    objects = JudgedQuerySet.as_manager()

    class Meta:
        ordering = ["period", "group"]
        verbose_name = _("report of a group")
        verbose_name_plural = _("reports of groups")
        constraints = [
            models.UniqueConstraint(fields=["group", "period"], name="one_report_per_group_and_period"),
            models.CheckConstraint(condition=~models.Q(done=""), name="a_group_report_says_what_was_done"),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(returning_reason=""),
                name="returning_a_group_report_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(accepted_at__isnull=False),
                name="an_approved_group_report_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | models.Q(accepted_by__isnull=True)
                | models.Q(submitted_by__isnull=True)
                | ~models.Q(accepted_by=models.F("submitted_by")),
                name="nobody_accepts_their_own_group_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.period_id}"

    def get_absolute_url(self) -> str:
        return reverse(
            "workgroups:group-report", args=[self.group.programme.slug, self.group.code, self.period.code]
        )

    @property
    def is_late(self) -> bool:
        """Whether it was submitted after the round's original closing, in a round opened again."""
        return self.submitted_at >= self.period.closes_at
