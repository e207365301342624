"""Evidence and papers. Each is served under the address of what it belongs to, so that its rule decides."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

NEVER_SILENTLY = """
    IF NOT EXISTS (
        SELECT 1 FROM programme_secrecychange AS told
        WHERE told.id = (SELECT max(id) FROM programme_secrecychange WHERE attachment_id = OLD.id)
          AND told.before = OLD.secrecy_ground AND told.after = NEW.secrecy_ground
    ) THEN
        RAISE EXCEPTION 'The secrecy of a file changes with a reason that is kept.';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Attachment(models.Model):
    """A file: its type found from its content, its size and hash, and the ground if it is secret."""

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", _("not scanned for viruses")
        WAITING = "waiting", _("being scanned for viruses")
        CLEAN = "clean", _("scanned, nothing found")
        QUARANTINED = "quarantined", _("in quarantine")

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
    scan = models.CharField(_("virus scan"), max_length=20, choices=Scan.choices, default=Scan.NOT_SCANNED)
    scanned_at = models.DateTimeField(_("scanned"), null=True, blank=True)
    found = models.CharField(_("what the scanner found"), max_length=200, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="an_attachment_is_not_empty"),
            models.CheckConstraint(
                condition=~models.Q(scan="quarantined") | ~models.Q(found=""),
                name="a_quarantined_attachment_says_what_was_found",
            ),
            models.CheckConstraint(
                condition=~models.Q(scan__in=["clean", "quarantined"]) | models.Q(scanned_at__isnull=False),
                name="a_scanned_attachment_says_when",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="secrecy_never_changes_silently",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__secrecy_ground__df=pgtrigger.F("new__secrecy_ground")),
                func=NEVER_SILENTLY,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_secret(self) -> bool:
        return self.secrecy_ground != ""

    @property
    def is_given_out(self) -> bool:
        """Whether its bytes go to anybody: not from quarantine, and not before the scanner has looked."""
        return self.scan in (self.Scan.NOT_SCANNED, self.Scan.CLEAN)


class AttachmentContent(models.Model):
    """The bytes of an attachment, apart from what lists and the trail tell of it. They never change."""

    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, primary_key=True, related_name="content"
    )
    content = models.BinaryField(_("bytes"))

    class Meta:
        ordering = ["attachment"]
        verbose_name = _("bytes of an attachment")
        verbose_name_plural = _("bytes of attachments")
        triggers = [
            pgtrigger.Protect(name="bytes_of_an_attachment_never_change", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id}"
