"""Bringing in a report made elsewhere, and withdrawing one that was brought in wrongly."""

from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.attachments.checking import must_not_be_too_large
from programme.attachments.pdfs import must_be_pdf
from programme.codes import next_number
from programme.models import Meeting, Post, Programme, User
from programme.signatures import signature_of
from reporting.models import EarlierReport, EarlierReportWithdrawal, Report


@transaction.atomic
def bring_in(programme: Programme, *, actor: User, content: bytes, values: dict[str, Any]) -> EarlierReport:
    """Keep a report as it was handed over; its meeting is found by body and day.

    Raises ValidationError where it is no whole PDF, or the same file was brought in before.
    """
    programme.must_not_be_closed()
    must_not_be_too_large(len(content))
    must_be_pdf(content)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    digest = sha256(content).hexdigest()
    same = EarlierReport.objects.standing().filter(programme=programme, sha256=digest).first()
    if same is not None:
        raise ValidationError(
            {
                "file": _("This file was brought in already: %(report)s.")
                % {"report": f"{same.code} {same.title}"}
            }
        )
    held = Meeting.objects.filter(body=values["body"], held_on=values["presented_on"])
    return EarlierReport.objects.create(
        programme=programme,
        code=_next_code(programme, values["presented_on"].year),
        meeting=held.first(),
        content=content,
        size=len(content),
        sha256=digest,
        brought_in_at=clock.now(),
        brought_in_by=signature_of(actor, programme, Post.Power.PROGRAMME_OFFICE),
        **values,
    )


@transaction.atomic
def withdraw(report: EarlierReport, *, actor: User, reason: str) -> None:
    """Say that a report was brought in wrongly. Raises ValidationError where that has been said."""
    report.programme.must_not_be_closed()
    Programme.objects.select_for_update(no_key=True).get(pk=report.programme_id)
    if EarlierReportWithdrawal.objects.filter(report=report).exists():
        raise ValidationError(_("This report has been withdrawn already."))
    EarlierReportWithdrawal.objects.create(
        report=report,
        reason=reason,
        withdrawn_at=clock.now(),
        withdrawn_by=signature_of(actor, report.programme, Post.Power.PROGRAMME_OFFICE),
    )


def told_before(report: Report) -> EarlierReport | None:
    """Return the report made elsewhere that a report's body was told last, if nothing since."""
    if report.body is None:
        return None
    newest = EarlierReport.objects.standing().for_lists().filter(body=report.body).first()
    if newest is None:
        return None
    later = Report.objects.frozen().filter(body=report.body, presented_on__gte=newest.presented_on)
    return None if later.exists() else newest


def _next_code(programme: Programme, year: int) -> str:
    series = f"AIK-{year}-"
    known = EarlierReport.objects.filter(programme=programme).values_list("code", flat=True)
    return f"{series}{next_number(series, known)}"
