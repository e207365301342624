"""The making of a file by a worker, stage by stage."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Making(models.Model):
    """The making of a file, as its reader sees it: the stage it is at, or why it did not work out."""

    class Stage(models.TextChoices):
        QUEUED = "queued", _("waiting for its turn")
        COLLECTING = "collecting", _("collecting the facts")
        DRAWING = "drawing", _("drawing the figures")
        LAYING_OUT = "laying_out", _("laying out the pages")
        CHECKING = "checking", _("checking")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, default=Stage.QUEUED)
    asked_at = models.DateTimeField(_("asked"))
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    error_id = models.CharField(_("error id"), max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def is_under_way(self) -> bool:
        return self.stage not in (self.Stage.DONE, self.Stage.FAILED)

    @property
    def steps(self) -> list[tuple[str, str, str]]:
        """Return the stages of the work with their words, each “done”, “now” or “to come”."""
        labels = {code: label for code, label in self.Stage.choices if code != self.Stage.FAILED}
        codes = list(labels)
        here = codes.index(self.stage) if self.stage in labels else 0
        return [
            (code, str(labels[code]), "done" if place < here else "now" if place == here else "to come")
            for place, code in enumerate(codes)
        ]
