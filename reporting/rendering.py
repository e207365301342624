"""From a frozen report to stored bytes, stage by stage, each stage visible to who waits."""

import hashlib
import uuid
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from reporting import document, pdf
from reporting.depths import at_depth
from reporting.models import Rendering, Rendition, Report

logger = structlog.get_logger(__name__)


def document_of(report: Report, *, language: str) -> dict[str, Any]:
    """Return a frozen report's document: its dataset at its depth, with its own frozen words."""
    assert report.dataset is not None  # noqa: S101  a constraint says so of every frozen report
    return document.build(
        at_depth(report.dataset.facts, report.depth),
        particulars=report.particulars,
        summary=report.summary,
        proposal=report.proposal,
        narrative_language=report.language,
        language=language,
        verify_url=verify_url(report),
    )


def verify_url(report: Report) -> str:
    """Return the absolute address where anybody can verify the report."""
    return settings.ADDRESS + reverse("reporting:report-verify", args=[report.code, report.version])


def make_rendition(rendering_id: int) -> None:
    """Render, check and store. What is stored already stays; a failure is told and kept."""
    rendering = Rendering.objects.select_related(
        "report__dataset", "report__programme", "report__audience"
    ).get(pk=rendering_id)
    report = rendering.report
    if report.renditions.filter(format=rendering.format, language=rendering.language).exists():
        _reach(rendering, Rendering.Stage.DONE)
        return
    rendering.begun_at = timezone.now()
    rendering.save(update_fields=["begun_at"])
    try:
        _reach(rendering, Rendering.Stage.COLLECTING)
        made = pdf.render(
            document_of(report, language=rendering.language),
            on_stage=lambda stage: _reach(rendering, Rendering.Stage(stage)),
        )
        _store(rendering, made)
    except Exception:
        rendering.error_id = uuid.uuid4().hex[:8].upper()
        rendering.save(update_fields=["error_id"])
        _reach(rendering, Rendering.Stage.FAILED)
        logger.exception("rendering_failed", report=str(report), error_id=rendering.error_id)
        raise


def _reach(rendering: Rendering, stage: Rendering.Stage) -> None:
    """Tell the stage. What another worker has finished stays finished."""
    rendering.stage = stage
    if not rendering.is_under_way:
        rendering.ended_at = timezone.now()
    unfinished = Rendering.objects.filter(pk=rendering.pk).exclude(stage=Rendering.Stage.DONE)
    unfinished.update(stage=rendering.stage, ended_at=rendering.ended_at)


@transaction.atomic
def _store(rendering: Rendering, made: pdf.RenderedPdf) -> None:
    """Store the bytes once: of two workers that made them, the second finds them there."""
    Rendition.objects.get_or_create(
        report=rendering.report,
        format=rendering.format,
        language=rendering.language,
        defaults={
            "content": made.content,
            "size": len(made.content),
            "pages": made.pages,
            "sha256": hashlib.sha256(made.content).hexdigest(),
            "engine": made.engine,
            "template_version": made.template_version,
            "checks": made.checks,
            "made_at": timezone.now(),
        },
    )
    _reach(rendering, Rendering.Stage.DONE)
