"""Versions of work programmes: what was handed on, whole and by value."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.append_only import append_only
from workgroups.models.work_programmes import WorkProgramme


class WorkProgrammeVersion(models.Model):
    """A work programme as it was at one step of its way. What is here is never changed.

    `rows` are plain values (see `workgroups.work_programmes.versions`): a renamed post, a removed row or a
    closed account leaves them alone.
    """

    append_only = True  # the portal's database role may add and read, nothing else

    class Occasion(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        APPROVED = "approved", _("approved")
        STANDING = "standing", _("as it stood before its first amendment")
        AMENDED = "amended", _("amended")

    work_programme = models.ForeignKey(WorkProgramme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion.choices)
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=200)
    rows = models.JSONField(_("rows"))

    class Meta:
        ordering = ["work_programme", "number"]
        verbose_name = _("version of a work programme")
        verbose_name_plural = _("versions of work programmes")
        constraints = [
            models.UniqueConstraint(
                fields=["work_programme", "number"], name="one_version_per_work_programme_and_number"
            ),
        ]
        triggers = append_only("versions_are_append_only")

    def __str__(self) -> str:
        return f"{self.work_programme_id} {self.number}"
