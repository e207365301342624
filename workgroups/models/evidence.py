"""Files that show what a follow-up says: of a line, in a period."""

import pghistory
import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme import rules as programme_rules
from programme.models import Attachment, Programme, User
from programme.models.base import exactly_one
from workgroups import rules as group_rules
from workgroups.models.follow_ups import FollowUp, FollowUpDraft

WHAT_IS_ACCEPTED_STAYS = """
    IF EXISTS (
        SELECT 1 FROM workgroups_followup
        WHERE state = 'approved' AND id IN (COALESCE(OLD.follow_up_id, 0), COALESCE(NEW.follow_up_id, 0))
    ) THEN
        RAISE EXCEPTION 'The evidence of an accepted follow-up stays as it was.';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
COUNT_THEM = """
    UPDATE workgroups_followup AS told SET evidence_files = counted.files
    FROM (
        SELECT said.id, count(file.id) AS files
        FROM workgroups_followup AS said
        LEFT JOIN workgroups_evidencefile AS file ON file.follow_up_id = said.id
        WHERE said.id IN (COALESCE(OLD.follow_up_id, 0), COALESCE(NEW.follow_up_id, 0))
        GROUP BY said.id
    ) AS counted
    WHERE told.id = counted.id AND told.evidence_files <> counted.files;
    RETURN NULL;
"""


class EvidenceFileQuerySet(models.QuerySet["EvidenceFile"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "EvidenceFileQuerySet":
        """With the follow-up; secret ones as unfinished work is seen; what is not handed over, its writer."""
        if not isinstance(user, User):
            return self.none()
        seen = models.Q(follow_up__in=FollowUp.objects.visible_to(user, programme))
        if not programme_rules.reads_unfinished_work(user, programme):
            own = models.Q(follow_up__group__in=group_rules.groups_of(user, programme))
            seen &= models.Q(attachment__secrecy_ground="") | own
        typed = models.Q(draft__user=user, draft__period__programme=programme)
        return self.filter(seen | typed)

    def of(self, kind: str, code: str, period: str) -> "EvidenceFileQuerySet":
        """Those of a line in a period, by their codes; `kind` is “target” or “action”."""
        return self.filter(
            models.Q(**{"follow_up__period__code": period, f"follow_up__{kind}__code": code})
            | models.Q(**{"draft__period__code": period, f"draft__{kind}__code": code})
        )


@pghistory.track()
class EvidenceFile(models.Model):
    """A file that shows what a follow-up says; until that is submitted, it belongs to its writer's draft."""

    follow_up = models.ForeignKey(
        FollowUp, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    draft = models.ForeignKey(
        FollowUpDraft, on_delete=models.CASCADE, null=True, blank=True, related_name="files"
    )
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="evidence_files")

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("follow_up", "draft"),
                name="an_evidence_file_is_of_a_follow_up_or_of_a_draft",
            ),
            models.UniqueConstraint(
                fields=["follow_up", "attachment"], name="a_file_is_evidence_of_a_follow_up_once"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="evidence_of_what_is_accepted_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=WHAT_IS_ACCEPTED_STAYS,
            ),
            pgtrigger.Trigger(
                name="evidence_files_are_counted",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=COUNT_THEM,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id}"
