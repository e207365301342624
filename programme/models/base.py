"""What models share: words in three languages, a version for those who edit at the same time, the source."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models.lookups import Exact
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField


def translated(label: Any, *, max_length: int = 400, required: bool = True) -> TranslatedField:
    """Return a Finnish, a Swedish and an English column; Finnish is the one that may be demanded."""
    field: models.CharField = models.CharField(label, max_length=max_length, blank=True)
    return TranslatedField(field, {"fi": {"blank": not required}})


def filled(*fields: str) -> models.Func:
    """Return how many of these columns have a value, for a check constraint."""
    return models.Func(*fields, function="NUM_NONNULLS", output_field=models.IntegerField())


def exactly_one(*fields: str) -> Exact:
    """Return a condition for a check constraint: exactly one of these columns has a value."""
    return Exact(filled(*fields), 1)


def person() -> Any:
    """Return a column of who did something: the row stays when its person is gone."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )


def signed(by: Any, in_place_of: Any) -> str:
    """Return who did something: their name, with that of the person they stood in for."""
    if by is None:
        return "–"
    if in_place_of is None:
        return str(by)
    return gettext("%(absent)s, substituted by %(substitute)s") % {"absent": in_place_of, "substitute": by}


class Days(models.Func):
    """PostgreSQL's range of days, the last one included; without a last day it goes on."""

    function = "DATERANGE"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = DateRangeField()


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Return the constraint of a term: its last day, where it has one, is not before its first."""
    return models.CheckConstraint(
        condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("starts_on")), name=name
    )


def one_term_at_a_time(*fields: str, name: str) -> ExclusionConstraint:
    """Return the constraint that a person is not twice in the same place on the same day.

    A municipality may have several seats that nobody has been named to: those are not one person's.
    """
    return ExclusionConstraint(
        name=name,
        expressions=[
            (Days("starts_on", "until"), RangeOperators.OVERLAPS),
            *((field, RangeOperators.EQUAL) for field in (*fields, "user")),
        ],
        condition=models.Q(user__isnull=False),
    )


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
