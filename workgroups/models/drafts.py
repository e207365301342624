"""What drafts share: what was typed, the version it began from, and the moment it was kept."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from programme import clock


class Draft(models.Model):
    """What somebody has typed and not submitted: private, outside the trail, kept until it is submitted."""

    typed = models.JSONField(_("what was typed"))
    base_version = models.PositiveIntegerField(_("version it began from"), default=0)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        abstract = True

    @property
    def stamp(self) -> str:
        """The moment of saving, written alike whether it was just set or has been read."""
        return self.saved_at.astimezone(datetime.UTC).isoformat()

    @property
    def age(self) -> int:
        """How many seconds ago it was saved: a browser's clock may be another."""
        return int((clock.now() - self.saved_at).total_seconds())
