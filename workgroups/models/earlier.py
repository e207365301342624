"""Work programmes made elsewhere: which body approved them, and from which file they came."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.models import Body, Meeting
from programme.models.append_only import append_only
from workgroups.models.work_programmes import WorkProgramme


class PlanSource(models.Model):
    """From which file a work programme made elsewhere came, and where it was approved, as far as known.

    The portal makes no decision of it: the day and the item stand in the plan, body and meeting here. Who
    brought it in stands here by name: deleting an account must not touch what was told.
    """

    append_only = True  # the portal's database role may add and read, nothing else

    work_programme = models.OneToOneField(WorkProgramme, on_delete=models.PROTECT, related_name="source")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    brought_in_at = models.DateTimeField(_("brought in"))
    brought_in_by = models.CharField(_("brought in by"), max_length=200)

    class Meta:
        ordering = ["work_programme"]
        verbose_name = _("source of a work programme")
        verbose_name_plural = _("sources of work programmes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(meeting__isnull=True) | models.Q(body__isnull=False),
                name="the_meeting_of_a_source_has_its_body",
            ),
        ]
        triggers = append_only("sources_of_plans_are_append_only")

    def __str__(self) -> str:
        return f"{self.work_programme_id}"

    @property
    def where(self) -> str:
        """Which body approved it, and in which of its meetings; empty where that is not known."""
        if self.body is None:
            return ""
        name = text.words_of(self.body, "name")[0]
        return f"{name} {self.meeting.number}" if self.meeting else name
