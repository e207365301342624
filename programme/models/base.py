"""What models share: words in three languages, a version for those who edit at the same time, the source."""

import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField


def translated(label: Any, *, max_length: int = 400, required: bool = True) -> TranslatedField:
    """Return a Finnish, a Swedish and an English column; Finnish is the one that may be demanded."""
    field: models.CharField = models.CharField(label, max_length=max_length, blank=True)
    return TranslatedField(field, {"fi": {"blank": not required}})


def exactly_one(*fields: str) -> Exact:
    """Return a condition for a check constraint: exactly one of these columns has a value."""
    filled = models.Func(*fields, function="NUM_NONNULLS", output_field=models.IntegerField())
    return Exact(filled, 1)


class InForceQuerySet(models.QuerySet[Any]):
    """Rows with a first day and perhaps a last one: posts held, seats, memberships."""

    def on(self, day: datetime.date) -> Self:
        """Only those in force on a day."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gte=day), starts_on__lte=day)


class Versioned(models.Model):
    """A row that two people may edit at once: a save with a stale version is refused, never silent."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True


class Sourced(models.Model):
    """A row that comes from the programme document: the lines it stands on, or why it is ours."""

    seed_lines = ArrayField(
        models.PositiveIntegerField(),
        default=list,
        blank=True,
        verbose_name=_("lines of the programme document"),
    )
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        abstract = True
