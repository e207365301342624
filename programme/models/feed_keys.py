"""Whether a person's calendar feed is served, and by which of its addresses."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class FeedKey(models.Model):
    """How often a person has renewed the secret address of their calendar, and whether it answers.

    The secret itself is stored nowhere: it is signed from these and the portal's key whenever the page shows
    it. Without a row the first address is in force.
    """

    FIRST = 1

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_key")
    number = models.PositiveIntegerField(_("number of the address"), default=FIRST)
    is_active = models.BooleanField(_("the address answers"), default=True)

    class Meta:
        ordering = ["user"]
        verbose_name = _("address of a calendar feed")
        verbose_name_plural = _("addresses of calendar feeds")

    def __str__(self) -> str:
        return f"{self.user_id} {self.number}"
