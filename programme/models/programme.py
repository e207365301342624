"""The programme itself and the programme's own words."""

from decimal import Decimal

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.models.base import Sourced, translated


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def default(self) -> "Programme | None":
        """Return the programme that the portal opens with, or None in an empty portal."""
        return self.order_by("-is_default", "starts_on", "pk").first()


@pghistory.track()
class Programme(models.Model):
    """A programme that a city region carries out; several follow each other in one portal."""

    slug = models.SlugField(_("slug"), unique=True)
    code = models.CharField(_("code"), max_length=40, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    name = translated(_("name"))
    owner = translated(_("owner"))
    core_message = translated(_("core message"), required=False)
    starts_on = models.DateField(_("planned start"))
    ends_on = models.DateField(_("planned end"))
    effective_end = models.DateField(_("effective end"), null=True, blank=True)
    successor = models.CharField(_("successor"), max_length=80, blank=True)
    closed_on = models.DateField(
        _("closed on"),
        null=True,
        blank=True,
        help_text=_("From this day the programme is read-only. The office sets it after the final report."),
    )
    is_default = models.BooleanField(_("opens first"), default=False)
    deviation_euros = models.DecimalField(
        _("deviation to explain, euros"), max_digits=12, decimal_places=2, default=Decimal("5000")
    )
    deviation_percent = models.DecimalField(
        _("deviation to explain, per cent"), max_digits=5, decimal_places=2, default=Decimal("5")
    )
    sample_notice = translated(_("notice of sample data"), max_length=600, required=False)
    sample_watermark = translated(_("watermark of sample data"), max_length=40, required=False)
    document_code = models.CharField(_("code of the programme document"), max_length=80, blank=True)
    # How the authority's case management files what is handed over to it.
    function_class = models.CharField(_("class of function"), max_length=60, blank=True)
    retention_period = models.CharField(_("retention period"), max_length=120, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    sample_notice_fi: str  # made by translated()

    class Meta:
        ordering = ["starts_on", "code"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_programme"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="programme_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("reporting:thread", args=[self.slug])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None and self.closed_on <= clock.today()

    def must_not_be_closed(self) -> None:
        """Raise ValidationError from the day on which the programme is read-only."""
        if self.is_closed:
            raise ValidationError(_("The programme is closed and no longer changes."))

    @property
    def is_sample(self) -> bool:
        return self.sample_notice_fi != ""


@pghistory.track()
class ProgrammeText(Sourced):
    """A passage of the programme document that is no goal or measure: heading, lead, section, step."""

    class Kind(models.TextChoices):
        SECTION = "section", _("section")
        HEADING = "heading", _("heading")
        LEAD = "lead", _("lead")
        CHAIN = "chain", _("step of the steering chain")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="texts")
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    order = models.PositiveIntegerField(_("order"), default=0)
    text = translated(_("text"), max_length=600)

    class Meta:
        ordering = ["programme", "kind", "order", "code"]
        verbose_name = _("passage of the programme document")
        verbose_name_plural = _("passages of the programme document")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_programme_text_per_code"),
        ]

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class RoleStatement(Sourced):
    """One of the ways in which the programme says it builds the region."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="role_statements")
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order"), default=0)
    text = translated(_("text"), max_length=600)

    class Meta:
        ordering = ["programme", "order", "code"]
        verbose_name = _("role statement")
        verbose_name_plural = _("role statements")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_role_statement_per_code"),
        ]

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class FollowUpPrinciple(Sourced):
    """One of the programme's own principles of how it is followed up."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="follow_up_principles")
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order"), default=0)
    text = translated(_("text"), max_length=600)
    rule = models.CharField(_("rule that follows from it"), max_length=300, blank=True)
    produces = models.CharField(_("what it produces"), max_length=40, blank=True)

    class Meta:
        ordering = ["programme", "order", "code"]
        verbose_name = _("follow-up principle")
        verbose_name_plural = _("follow-up principles")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_follow_up_principle_per_code"),
        ]

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class Audience(Sourced):
    """Whom the programme reports to. Which body serves an audience, and when, is data (see Body)."""

    class Depth(models.TextChoices):
        EXECUTIVE = "executive", _("executive committee")
        BOARD = "board", _("board")
        ASSEMBLY = "assembly", _("federation meeting")
        PUBLIC = "public", _("stakeholders")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="audiences")
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order in the reporting chain"))
    name = translated(_("name"))
    depth = models.CharField(_("depth of its report"), max_length=20, choices=Depth.choices)

    class Meta:
        ordering = ["programme", "order"]
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_audience_per_code"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def report_suffix(self) -> str:
        """The audience's part of a report's code: `SH` of `AUD-SH` in `RAP-2009-T1-SH`."""
        return self.code.removeprefix("AUD-")
