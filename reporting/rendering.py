"""From a frozen report to stored bytes, stage by stage, each stage visible to who waits.

The worker's alone: it imports the PDF engine, a second and 100 MB that the web process need not carry.
"""

import hashlib
import uuid

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from reporting import pdf
from reporting.documents import document_of
from reporting.models import Rendering, Rendition

logger = structlog.get_logger(__name__)


def make_rendition(rendering_id: int) -> None:
    """Render, check and store. What is stored already stays; a failure is told and kept.

    But not that the database is away: it could not be told, and the queue begins anew when it is back.
    """
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
    except (OperationalError, InterfaceError):
        raise
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
