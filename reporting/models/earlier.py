"""Reports that were presented before the portal made them: their bytes as they were handed over."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import rules as programme_rules
from programme.models import Body, Meeting, Programme, ReportingPeriod, User
from programme.models.append_only import append_only
from reporting.models.own_body import of_own_body
from workgroups import rules as group_rules


class EarlierReportQuerySet(models.QuerySet["EarlierReport"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "EarlierReportQuerySet":
        """Officials and groups see all; a body's own people, what was presented to it; the public, none.

        Whether such a paper may be published, nobody has judged here: it was made elsewhere.
        """
        of_programme = self.filter(programme=programme)
        if programme_rules.reads_unfinished_work(user, programme) or group_rules.reads_approved_work(
            user, programme
        ):
            return of_programme
        if not user.is_authenticated:
            return self.none()
        return of_programme.filter(of_own_body(user, programme, depth="body__audience__depth"))

    def with_file_for(self, user: User | AnonymousUser, programme: Programme) -> "EarlierReportQuerySet":
        """Those whose file a person may have: a withdrawn one may be anything, so only who judged it."""
        seen = self.visible_to(user, programme)
        return seen if programme_rules.reads_unfinished_work(user, programme) else seen.standing()

    def standing(self) -> "EarlierReportQuerySet":
        """Those that have not been withdrawn."""
        return self.filter(withdrawal__isnull=True)

    def of_year(self, year: Any) -> "EarlierReportQuerySet":
        """Those that tell of a year; of which that is not known, those that were presented in it."""
        return self.filter(
            models.Q(period__year=year) | models.Q(period__isnull=True, presented_on__year=year)
        )

    def for_lists(self) -> "EarlierReportQuerySet":
        """With what lists show of them, and without the files themselves."""
        return self.select_related("programme", "body__programme", "withdrawal").defer("content")


class EarlierReport(models.Model):
    """A report made elsewhere: when it was presented, to whom, under which §, and its bytes with their hash.

    What was brought in stays; a wrong one is withdrawn with a reason, and says so.
    """

    append_only = True  # the portal's database role may add and read, nothing else

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="earlier_reports")
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, default="fi")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="earlier_reports")
    presented_on = models.DateField(_("presented on"))
    number = models.PositiveIntegerField(_("section (§) or item"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="earlier_reports"
    )
    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, null=True, blank=True, related_name="earlier_reports"
    )
    file_name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("bytes"))
    size = models.PositiveBigIntegerField(_("size, bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    brought_in_at = models.DateTimeField(_("brought in"))
    brought_in_by = models.CharField(_("brought in by"), max_length=200)

    objects = EarlierReportQuerySet.as_manager()

    class Meta:
        ordering = ["-presented_on", "code"]
        verbose_name = _("report made elsewhere")
        verbose_name_plural = _("reports made elsewhere")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_earlier_report_per_code"),
        ]
        triggers = append_only("earlier_reports_are_append_only")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("reporting:earlier-report-detail")

    def address(self, name: str) -> str:
        """Return the address of a page about this report, or of an act on it."""
        return reverse(name, args=[self.programme.slug, self.code])

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class EarlierReportWithdrawal(models.Model):
    """That a report made elsewhere was brought in wrongly, and why. The report itself stays readable."""

    append_only = True

    report = models.OneToOneField(EarlierReport, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("reason"))
    withdrawn_at = models.DateTimeField(_("withdrawn"))
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=200)

    class Meta:
        ordering = ["-withdrawn_at"]
        verbose_name = _("withdrawal of a report made elsewhere")
        verbose_name_plural = _("withdrawals of reports made elsewhere")
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_withdrawal_has_a_reason"),
        ]
        triggers = append_only("withdrawals_are_append_only")

    def __str__(self) -> str:
        return f"{self.report_id}"
