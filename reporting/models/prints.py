"""Work programmes on paper: what was printed, and the bytes."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.models.making import Making
from workgroups.models import WorkProgramme

KEEP_WHAT_IS_MADE = """
    IF TG_OP = 'DELETE' AND OLD.asked_at < now() - interval '90 days' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - moving <> to_jsonb(OLD) - moving OR OLD.made_at IS NOT NULL THEN
        RAISE EXCEPTION 'What was printed stays as it was.';
    END IF;
    RETURN NEW;
"""
# What the making itself writes; from the moment at which the file is made it writes no more.
MOVING = (
    "text[] := ARRAY['stage', 'asked_at', 'begun_at', 'ended_at', 'error_id', 'pdf', 'size', 'pages',"
    " 'sha256', 'engine', 'template_version', 'checks', 'made_at']"
)


class PlanPrint(Making):
    """A work programme as it stood, in one language, as a PDF: made once, for whoever asks first.

    It is a copy for use, not a record: after 90 days it goes, and whoever asks again gets a new one.
    `content` is its text by value (see `reporting.prints`), and `content_sha256` tells whether the plan
    still says the same.
    """

    work_programme = models.ForeignKey(WorkProgramme, on_delete=models.PROTECT, related_name="prints")
    language = models.CharField(_("language"), max_length=2)
    content = models.JSONField(_("content"))
    content_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    pdf = models.BinaryField(_("bytes"), default=b"")
    size = models.PositiveBigIntegerField(_("size, bytes"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    engine = models.CharField(_("engine"), max_length=80, blank=True)
    template_version = models.CharField(_("version of the template"), max_length=40, blank=True)
    checks = models.JSONField(_("checks passed"), default=list, blank=True)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)

    class Meta:
        ordering = ["work_programme", "-asked_at"]
        verbose_name = _("print of a work programme")
        verbose_name_plural = _("prints of work programmes")
        constraints = [
            models.UniqueConstraint(
                fields=["work_programme", "language", "content_sha256"],
                name="one_print_per_content_and_language",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="what_is_printed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                declare=[("moving", MOVING)],
                func=KEEP_WHAT_IS_MADE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_programme_id} {self.language} {self.stage}"
