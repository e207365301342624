"""Reports to audiences, and the bytes in which they were handed over."""

import pghistory
import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme import rules as programme_rules
from programme.models import (
    Audience,
    Body,
    Matter,
    Meeting,
    Programme,
    ReportingPeriod,
    User,
)
from programme.models.append_only import append_only
from reporting.models.datasets import Dataset
from reporting.models.making import Making
from reporting.models.own_body import of_own_body
from workgroups import rules as group_rules

# Columns of a frozen report that may still move; the dates once, the state forward.
MAY_MOVE = "'state', 'approved_at', 'presented_on', 'published_on', 'meeting_id', 'matter_id'"

KEEP_WHAT_IS_FROZEN = """
    IF OLD.state = 'composed' THEN
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving
       OR array_position(states, NEW.state::text) < array_position(states, OLD.state::text)
       OR (OLD.approved_at IS NOT NULL AND NEW.approved_at IS DISTINCT FROM OLD.approved_at)
       OR (OLD.presented_on IS NOT NULL AND NEW.presented_on IS DISTINCT FROM OLD.presented_on)
       OR (OLD.published_on IS NOT NULL AND NEW.published_on IS DISTINCT FROM OLD.published_on) THEN
        RAISE EXCEPTION 'Report % is frozen: what was told stays.', OLD.code;
    END IF;
    RETURN NEW;
"""


class ReportQuerySet(models.QuerySet["Report"]):
    def frozen(self) -> "ReportQuerySet":
        return self.exclude(state=Report.State.COMPOSED)

    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "ReportQuerySet":
        """Officials and groups see frozen ones; elected members their body's; the public, published ones.

        One that is still being composed is its office's, the presenting officer's and the auditor's.

        A body's own people see a frozen report once it stands on a published agenda of theirs.
        """
        of_programme = self.filter(programme=programme)
        if programme_rules.reads_unfinished_work(user, programme):
            return of_programme
        if group_rules.reads_approved_work(user, programme):
            return of_programme.frozen()
        published = models.Q(state=Report.State.PUBLISHED)
        if not user.is_authenticated:
            return of_programme.filter(published)
        today = clock.today()
        own_audience = of_own_body(user, programme, depth="depth")
        on_published_agenda = models.Q(meeting__agenda_published_on__lte=today) | models.Q(
            presented_on__lte=today
        )
        return of_programme.filter(
            published | (own_audience & on_published_agenda & ~models.Q(state=Report.State.COMPOSED))
        )


@pghistory.track()
class Report(models.Model):
    """What one audience is told of one period: figures from the dataset alone, and a narrative of its own.

    `particulars` freeze, by value, what the document says of itself: body, meeting, §, presenter, preparer.
    """

    class State(models.TextChoices):
        COMPOSED = "composed", _("being composed")
        FROZEN = "frozen", _("frozen")
        APPROVED = "approved", _("approved")
        PRESENTED = "presented", _("presented")
        PUBLISHED = "published", _("published")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="reports")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="reports")
    code = models.CharField(_("code"), max_length=60)
    version = models.PositiveIntegerField(_("version"), default=1)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    depth = models.CharField(_("depth"), max_length=20, choices=Audience.Depth.choices)
    summary = models.TextField(_("summary"), blank=True)
    proposal = models.TextField(_("proposal for decision"), blank=True)
    # Counts the savings of the words above: of two who write at once, neither loses a text unseen.
    wording = models.PositiveIntegerField(_("version of its own words"), default=1, editable=False)
    language = models.CharField(_("language of the narrative"), max_length=2, default="fi")
    particulars = models.JSONField(_("particulars of the document"), default=dict, blank=True)
    dataset = models.ForeignKey(
        Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.COMPOSED)
    composed_at = models.DateTimeField(_("composed"))
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    presented_on = models.DateField(_("presented on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period__ends_on", "audience__order", "-version"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code", "version"], name="one_report_per_code_and_version"
            ),
            models.CheckConstraint(
                condition=models.Q(state="composed")
                | models.Q(dataset__isnull=False, frozen_at__isnull=False),
                name="a_frozen_report_has_its_dataset",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="what_is_frozen_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[
                    (
                        "moving",
                        f"text[] := ARRAY[{MAY_MOVE}]",
                    ),
                    ("states", "text[] := ARRAY['composed','frozen','approved','presented','published']"),
                ],
                func=KEEP_WHAT_IS_FROZEN,
            ),
            pgtrigger.Protect(
                name="frozen_reports_are_not_removed",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["frozen", "approved", "presented", "published"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:report-detail", args=[self.programme.slug, self.code])

    @property
    def is_frozen(self) -> bool:
        return self.state != self.State.COMPOSED


class Rendition(models.Model):
    """One report in one format and language: bytes made once, stored, and served as stored for ever."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"

    append_only = True  # the portal's database role may add and read, nothing else

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="renditions")
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    language = models.CharField(_("language"), max_length=2)
    content = models.BinaryField(_("bytes"))
    size = models.PositiveBigIntegerField(_("size, bytes"))
    pages = models.PositiveIntegerField(_("pages"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    engine = models.CharField(_("engine"), max_length=80)
    template_version = models.CharField(_("version of the template"), max_length=40)
    checks = models.JSONField(_("checks passed"), default=list)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ["report", "format", "language"]
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "format", "language"], name="one_rendition_per_format_and_language"
            ),
        ]
        triggers = append_only("renditions_are_append_only")

    def __str__(self) -> str:
        return f"{self.report_id} {self.format} {self.language}"


class Rendering(Making):
    """The making of a report's rendition, as its reader sees it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="renderings")
    format = models.CharField(_("format"), max_length=10, choices=Rendition.Format.choices)
    language = models.CharField(_("language"), max_length=2)

    class Meta:
        ordering = ["report", "format", "language"]
        verbose_name = _("rendering")
        verbose_name_plural = _("renderings")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "format", "language"], name="one_rendering_per_format_and_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.stage}"
