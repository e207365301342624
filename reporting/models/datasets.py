"""Frozen facts. What is here is never changed: the database itself refuses, whoever asks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models import ReportingPeriod
from programme.models.append_only import append_only


class Dataset(models.Model):
    """All facts of one period by value; a correction is a new version that says why.

    `facts` are plain JSON values (see `reporting.fact_types`); `sha256` is of their canonical JSON. People
    and posts stand in it by name, not by key: deleting an account must not touch what was told.
    """

    append_only = True  # the portal's database role may add and read, nothing else

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="datasets")
    version = models.PositiveIntegerField(_("version"))
    reason = models.TextField(_("reason for a new version"), blank=True)
    facts = models.JSONField(_("facts"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.CharField(_("frozen by"), max_length=200)

    class Meta:
        ordering = ["period", "version"]
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        constraints = [
            models.UniqueConstraint(fields=["period", "version"], name="one_dataset_per_period_and_version"),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(reason=""),
                name="a_new_version_of_a_dataset_has_a_reason",
            ),
        ]
        triggers = append_only("datasets_are_append_only")

    def __str__(self) -> str:
        return f"{self.period_id} {self.version}"
