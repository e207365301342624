"""Files of the accounting system on their way into the ledger: kept as they came, checked by jobs."""

from typing import Any

import pghistory
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme.models.append_only import append_only
from programme.models.attachments import Attachment
from programme.models.base import Versioned
from programme.models.programme import Programme


@pghistory.track()
class LedgerSource(models.Model):
    """An accounting system that files come from, with the columns as they were chosen last."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="ledger_sources")
    name = models.CharField(_("accounting system"), max_length=80)
    # {"headings": {field: heading}, "skips_other_centres": bool, "decimal_mark": str, "is_reversed": bool,
    # "minus": str, "numbers": {field: {as files say: code}}}
    remembered: Any = models.JSONField(_("columns"), default=dict, blank=True)

    class Meta:
        ordering = ["programme", "name"]
        verbose_name = _("source of ledger files")
        verbose_name_plural = _("sources of ledger files")
        constraints = [
            models.UniqueConstraint("programme", Lower("name"), name="one_ledger_source_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class LedgerFileQuerySet(models.QuerySet["LedgerFile"]):
    def unfinished(self) -> "LedgerFileQuerySet":
        """Files that wait for somebody or for a job."""
        return self.exclude(stage__in=[LedgerFile.Stage.IMPORTED, LedgerFile.Stage.DROPPED])


# How far a job is, and what it found, can be had again from the file: the trail keeps what people chose.
@pghistory.track(
    fields=["programme", "source", "attachment", "stage", "mapping", "stated_total", "confirmed_by"],
    model_name="LedgerFileEvent",
)
class LedgerFile(Versioned):
    """A file on its way into the ledger: its bytes, where it stands, and what was found in it.

    `layout` holds the first rows of its sheets, `mapping` the chosen columns, `findings` the check, each by
    value: `programme/ledger/` says their shapes.
    """

    class Stage(models.TextChoices):
        TO_LOOK = "to_look", _("waiting to be opened")
        LOOKING = "looking", _("being opened")
        COLUMNS = "columns", _("columns to be chosen")
        TO_CHECK = "to_check", _("waiting to be checked")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked, not confirmed")
        TO_WRITE = "to_write", _("confirmed, waiting to be written")
        WRITING = "writing", _("being written")
        IMPORTED = "imported", _("imported")
        UNREADABLE = "unreadable", _("cannot be read")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("left out")

    UNDER_WAY = (Stage.TO_LOOK, Stage.LOOKING, Stage.TO_CHECK, Stage.CHECKING, Stage.TO_WRITE, Stage.WRITING)

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="ledger_files")
    source = models.ForeignKey(LedgerSource, on_delete=models.PROTECT, related_name="files")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="ledger_file")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, default=Stage.TO_LOOK)
    rows_done = models.PositiveIntegerField(_("rows read"), default=0)
    rows_total = models.PositiveIntegerField(_("rows of the file"), default=0)
    layout: Any = models.JSONField(_("first rows"), null=True, blank=True)
    mapping: Any = models.JSONField(_("chosen columns"), null=True, blank=True)
    findings: Any = models.JSONField(_("what was found"), null=True, blank=True)
    why_unreadable: Any = models.JSONField(_("why it cannot be read"), null=True, blank=True)
    stated_total = models.DecimalField(
        _("total by the accounting system"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    confirmed_by = models.ForeignKey(
        "programme.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_meanwhile = models.BooleanField(_("the ledger changed since the check"), default=False)
    error_id = models.CharField(_("error id"), max_length=40, blank=True)

    objects = LedgerFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("ledger file")
        verbose_name_plural = _("ledger files")

    def __str__(self) -> str:
        return f"{self.attachment_id}"

    def get_absolute_url(self) -> str:
        return self.address("programme:ledger-file")

    def address(self, name: str) -> str:
        """Return the address of a page about this file, or of an act on it."""
        return reverse(name, args=[self.programme.slug, self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.stage in self.UNDER_WAY


class LedgerCorrection(models.Model):
    """What somebody gave in place of what a file says: in a cell, or for a number wherever it stands.

    The file stays as it came. Without a row, it is for all rows that say the number; where nothing is given,
    what was given before is taken back (`programme/ledger/corrections.py`).
    """

    append_only = True  # the last one of a place counts; the others tell what was tried

    file = models.ForeignKey(LedgerFile, on_delete=models.PROTECT, related_name="corrections")
    sheet = models.PositiveIntegerField(_("place of the sheet"))
    row = models.PositiveIntegerField(_("row"), null=True, blank=True)
    field = models.CharField(_("column"), max_length=20)
    read = models.CharField(_("what was read"), max_length=80, blank=True)
    given = models.CharField(_("what was given"), max_length=80, blank=True)
    given_by = models.ForeignKey("programme.User", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))

    class Meta:
        ordering = ["file", "pk"]
        verbose_name = _("correction of a ledger file")
        verbose_name_plural = _("corrections of ledger files")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(row__isnull=False)
                | (models.Q(field__in=["cost_centre", "account"]) & ~models.Q(read="")),
                name="what_is_given_for_all_rows_is_for_a_number",
            ),
        ]
        triggers = append_only("ledger_corrections_are_append_only")

    def __str__(self) -> str:
        return f"{self.file_id} {self.field} {self.row or ''}"

    @property
    def place(self) -> tuple[int, int | None, str, str]:
        """What it is given for: of two for the same place, the later one counts."""
        return self.sheet, self.row, self.field, self.read
