"""Changes of a file's secrecy: each with its ground and its reason, none silent."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.attachments import Attachment


@pghistory.track()
class SecrecyChange(models.Model):
    """One change of the ground on which a file is secret; an empty ground is a public file.

    The database refuses to change an attachment's ground where the newest of these does not say so.
    """

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="secrecy_changes")
    before = models.CharField(_("ground before"), max_length=200, blank=True)
    after = models.CharField(_("ground after"), max_length=200, blank=True)
    reason = models.CharField(_("why it was changed"), max_length=400)
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of secrecy")
        verbose_name_plural = _("changes of secrecy")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="a_change_of_secrecy_changes_it"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_change_of_secrecy_has_a_reason"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="a_change_of_secrecy_stays",
                fields=["attachment", "before", "after", "reason", "changed_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id}"
