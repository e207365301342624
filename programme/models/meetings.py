"""Meetings of bodies, the matters they handle and what they decide.

A matter and a decision know nothing of what they concern: each model that can be decided about
holds the link itself.
"""

import datetime

import pghistory
import pgtrigger
from django.db import models
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.models.base import exactly_one
from programme.models.bodies import Body
from programme.models.posts import Post


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def of_year(self, year: int) -> "MeetingQuerySet":
        return self.filter(held_on__year=year)

    def upcoming(self, day: datetime.date) -> "MeetingQuerySet":
        """Meetings on or after a day, the next first."""
        return self.filter(held_on__gte=day).order_by("held_on", "starts_at", "code")

    def to_begin(self, moment: datetime.datetime) -> "MeetingQuerySet":
        """Meetings that have not begun, the next first; one without a time of day until its day is over."""
        local = timezone.localtime(moment)
        return self.upcoming(local.date()).exclude(held_on=local.date(), starts_at__lt=local.time())


@pghistory.track()
class Meeting(models.Model):
    """A meeting of a body, planned or held."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    code = models.CharField(_("code"), max_length=40)
    number = models.CharField(_("number"), max_length=20)
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    agenda_published_on = models.DateField(_("agenda published on"), null=True, blank=True)
    present = models.PositiveIntegerField(_("present"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    chaired_by = models.CharField(_("chair of the meeting"), max_length=200, blank=True)
    kept_by = models.CharField(_("secretary of the meeting"), max_length=200, blank=True)
    date_is_real = models.BooleanField(
        _("date is from a source"), null=True, help_text=_("Sample meetings say whether their date is real.")
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-starts_at", "code"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="one_meeting_per_code"),
            models.UniqueConstraint(
                "body", "number", ExtractYear("held_on"), name="one_meeting_number_per_body_and_year"
            ),
        ]
        indexes = [models.Index(fields=["held_on"], name="meeting_by_day")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("programme:meeting-detail", args=[self.body.programme.slug, self.code])

    @property
    def begins_at(self) -> datetime.datetime:
        """The moment the meeting begins; midnight where its time is not known."""
        time = self.starts_at or datetime.time()
        return clock.at(self.held_on, time.hour, time.minute)

    @property
    def is_planned(self) -> bool:
        """True before the day of the meeting."""
        return self.held_on > clock.today()


TAKE_BODY_AND_YEAR_FROM_MEETING = """
    SELECT meeting.body_id, EXTRACT(YEAR FROM meeting.held_on)
      INTO NEW.body_id, NEW.year
      FROM programme_meeting AS meeting
     WHERE meeting.id = NEW.meeting_id;
    RETURN NEW;
"""


class MatterQuerySet(models.QuerySet["Matter"]):
    def published(self) -> "MatterQuerySet":
        """Matters of meetings that have been held, and of those whose agenda is published."""
        today = clock.today()
        return self.filter(
            models.Q(meeting__held_on__lte=today) | models.Q(meeting__agenda_published_on__lte=today)
        )


@pghistory.track()
class Matter(models.Model):
    """An item of a meeting: under a § that runs through the calendar year, or an item number."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="matters")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="matters", editable=False)
    year = models.PositiveIntegerField(_("year"), editable=False)
    section = models.PositiveIntegerField(_("section (§)"), null=True, blank=True)
    item = models.PositiveIntegerField(_("item"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    proposal = models.TextField(_("proposal for decision"), blank=True)
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    presenter = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="presented_matters"
    )
    preparer = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="prepared_matters"
    )

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "section", "item"]
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "section"], name="one_section_per_body_and_calendar_year"
            ),
            models.UniqueConstraint(fields=["meeting", "item"], name="one_item_number_per_meeting"),
            models.CheckConstraint(
                condition=exactly_one("section", "item"),
                name="matter_has_a_section_or_an_item_number",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="body_and_year_come_from_the_meeting",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=TAKE_BODY_AND_YEAR_FROM_MEETING,
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#{self.number}"

    @property
    def number(self) -> int:
        """The § where there is one, the item number elsewhere; the matter's `id` on its meeting's page."""
        number = self.section if self.section is not None else self.item
        assert number is not None  # noqa: S101  guaranteed by the constraint above
        return number


@pghistory.track()
class Decision(models.Model):
    """What a meeting decided in a matter; the proposal it had stands in the matter."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="decision")
    text = models.TextField(_("decision"), blank=True)

    class Meta:
        ordering = ["-matter__meeting__held_on", "matter__section"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.matter_id}"

    def get_absolute_url(self) -> str:
        return self.matter.get_absolute_url()


@pghistory.track()
class DecisionTemplate(models.Model):
    """A body's own wording for one use; what stands in braces is filled in, see `programme.meetings`."""

    class Use(models.TextChoices):
        """What a wording is for; the values are the words of the authority's own files."""

        INTERIM_REPORT = "osavuosikatsaus", _("interim report")
        WITHOUT_DEVIATIONS = "osavuosikatsaus, ei poikkeamia", _("interim report without deviations")
        WITH_DEVIATIONS = "osavuosikatsaus, poikkeamia", _("interim report with deviations")
        WITH_BUDGET_CHANGE = (
            "osavuosikatsaus, talousarviomuutos",
            _("interim report that asks for a change of the budget"),
        )
        ANNUAL_REPORT = "toimintakertomus", _("annual report")
        BUDGET = "talousarvio", _("budget")
        BUDGET_AMENDMENT = "talousarviomuutos", _("budget amendment")
        CLAIM = "maksatushakemus", _("payment claim")
        WORK_PROGRAMME = "työohjelma", _("work programme")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decision_templates")
    code = models.CharField(_("code"), max_length=40)
    use = models.CharField(_("use"), max_length=40, choices=Use.choices)
    proposal = models.TextField(_("proposal for decision"))
    text = models.TextField(_("decision"))

    class Meta:
        ordering = ["body", "code"]
        verbose_name = _("wording of decisions")
        verbose_name_plural = _("wordings of decisions")
        constraints = [
            models.UniqueConstraint(fields=["body", "use"], name="one_wording_per_body_and_use"),
        ]

    def __str__(self) -> str:
        return self.code
