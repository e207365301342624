"""Comments on targets and actions: the group's own talk, seen by nobody else than those who prepare."""

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget
from programme import rules as programme_rules
from programme.models import Comment, Programme, User
from programme.models.base import exactly_one
from workgroups import rules as group_rules
from workgroups.models.actions import Action
from workgroups.models.groups import WorkingGroup


class LineCommentQuerySet(models.QuerySet["LineComment"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "LineCommentQuerySet":
        """Comments are seen as unfinished work is: by the group, the office and those who read with it."""
        of_programme = self.filter(group__programme=programme)
        if programme_rules.reads_unfinished_work(user, programme):
            return of_programme
        return of_programme.filter(group__in=group_rules.groups_of(user, programme))


@pghistory.track()
class LineComment(models.Model):
    """What a comment concerns, and whom it asks to look."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="line")
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="comments")
    target = models.ForeignKey(
        AnnualTarget, on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    mentions: "models.ManyToManyField[User, Any]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="mentioned_in", verbose_name=_("mentions")
    )

    objects = LineCommentQuerySet.as_manager()

    class Meta:
        ordering = ["comment__written_at", "pk"]
        verbose_name = _("comment on a line")
        verbose_name_plural = _("comments on lines")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("target", "action"), name="a_comment_is_on_one_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id or self.action_id} {self.comment_id}"

    @property
    def concerns(self) -> AnnualTarget | Action:
        """The target or the action that is commented on."""
        line = self.target or self.action
        assert line is not None  # noqa: S101  guaranteed by the constraint above
        return line
