"""The organs that meet: as data with dates, so that one can be renamed, replaced or abolished."""

import datetime

import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme.models.base import InForceQuerySet, ends_after_it_begins, one_term_at_a_time, translated
from programme.models.municipalities import Municipality
from programme.models.programme import Audience, Programme


class BodyQuerySet(models.QuerySet["Body"]):
    def in_force(self, day: datetime.date) -> "BodyQuerySet":
        """Only the bodies that exist on a day."""
        return self.filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day), valid_from__lte=day
        )


@pghistory.track()
class Body(models.Model):
    """An organ that meets: the chain from executive committee to federation meeting, and the groups."""

    class Numbering(models.TextChoices):
        SECTION_PER_YEAR = "section_per_year", _("§ per calendar year")
        ITEM_PER_MEETING = "item_per_meeting", _("item number per meeting")

    class Document(models.TextChoices):
        MINUTES = "minutes", _("minutes")
        MEMO = "memo", _("memo")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bodies")
    code = models.CharField(_("code"), max_length=40)
    name = translated(_("name"))
    audience = models.ForeignKey(
        Audience,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("audience it serves"),
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    decides = models.BooleanField(_("decides"), default=False)
    numbering = models.CharField(_("numbering of matters"), max_length=20, choices=Numbering.choices)
    document = models.CharField(_("document of a meeting"), max_length=20, choices=Document.choices)
    basis = models.CharField(_("basis"), max_length=300, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["programme", models.F("audience__order").asc(nulls_last=True), "code"]
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_body_per_code"),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="body_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def number_column(self) -> str:
        """The column of its matters' numbers: a § of the calendar year, elsewhere an item of the meeting."""
        return "section" if self.numbering == self.Numbering.SECTION_PER_YEAR else "item"

    def exists_on(self, day: datetime.date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def get_absolute_url(self) -> str:
        return reverse("programme:body-detail", args=[self.programme.slug, self.code])


@pghistory.track()
class BodySeat(models.Model):
    """A seat in a body, held by a person or by a municipality's representative whom nobody has named."""

    class Position(models.TextChoices):
        CHAIR = "chair", _("chair")
        VICE_CHAIR = "vice_chair", _("vice chair")
        MEMBER = "member", _("member")
        DEPUTY = "deputy", _("deputy")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="body_seats"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="body_seats"
    )
    position = models.CharField(
        _("position"), max_length=20, choices=Position.choices, default=Position.MEMBER
    )
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["body", "position", "municipality"]
        verbose_name = _("seat in a body")
        verbose_name_plural = _("seats in bodies")
        constraints = [
            ends_after_it_begins("a_seat_ends_after_it_begins"),
            one_term_at_a_time("body", "position", name="one_seat_per_person_position_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.position}"
