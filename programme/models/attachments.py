"""Evidence and papers. Each is served under the address of what it belongs to, so that its rule decides."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class Attachment(models.Model):
    """A file: its type found from its content, its size and hash, and the ground if it is secret."""

    file = models.FileField(_("file"), upload_to="attachments/%Y/")
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type by content"), max_length=100)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    secrecy_ground = models.CharField(
        _("ground for secrecy"),
        max_length=200,
        blank=True,
        help_text=_("Section and item of the act on the openness of government activities; empty: public."),
    )
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["added_at"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name
