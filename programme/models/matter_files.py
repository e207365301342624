"""Papers of a matter before a meeting."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.attachments import Attachment
from programme.models.meetings import Matter


@pghistory.track()
class MatterFile(models.Model):
    """A paper that belongs to a matter of an agenda."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="matter_files")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("paper of a matter")
        verbose_name_plural = _("papers of matters")
        constraints = [
            models.UniqueConstraint(fields=["matter", "attachment"], name="a_paper_is_in_a_matter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id}"
