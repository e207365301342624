"""From what was frozen to stored bytes, stage by stage, each stage visible to who waits.

The worker's alone: it imports the PDF engine, a second and 100 MB that the web process need not carry.
"""

import contextlib
import hashlib
import uuid
from collections.abc import Iterator

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from reporting import pdf
from reporting.documents import document_of
from reporting.models import PlanPrint, Rendering, Rendition
from reporting.models.making import Making
from reporting.prints import document_of_print

logger = structlog.get_logger(__name__)


def make_rendition(rendering_id: int) -> None:
    """Render, check and store a report. What is stored already stays; a failure is told and kept."""
    rendering = Rendering.objects.select_related(
        "report__dataset", "report__programme", "report__audience"
    ).get(pk=rendering_id)
    report = rendering.report
    if report.renditions.filter(format=rendering.format, language=rendering.language).exists():
        _reach(rendering, Rendering.Stage.DONE)
        return
    with _making(rendering, report=str(report)):
        made = pdf.render(
            document_of(report, language=rendering.language),
            on_stage=lambda stage: _reach(rendering, Rendering.Stage(stage)),
        )
        _store(rendering, made)


def make_print(print_id: int) -> None:
    """Render, check and store a work programme. What is made already stays; a failure is told and kept."""
    asked = PlanPrint.objects.select_related("work_programme").defer("pdf").get(pk=print_id)
    if asked.made_at is not None:
        return
    with _making(asked, work_programme=asked.work_programme.code):
        made = pdf.render(
            document_of_print(asked),
            template=pdf.PLAN,
            on_stage=lambda stage: _reach(asked, PlanPrint.Stage(stage)),
        )
        _store_print(asked, made)


@contextlib.contextmanager
def _making(row: Making, **what: str) -> Iterator[None]:
    """Begin the making of a file; where it fails, keep an id by which the log is found.

    But not that the database is away: it could not be told, and the queue begins anew when it is back.
    """
    _reach(row, Making.Stage.COLLECTING, begun_at=timezone.now())
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        error_id = uuid.uuid4().hex[:8].upper()
        _reach(row, Making.Stage.FAILED, error_id=error_id)
        logger.exception("rendering_failed", error_id=error_id, **what)
        raise


def _reach(row: Making, stage: Making.Stage, **more: object) -> None:
    """Tell the stage. What another worker has finished stays finished."""
    row.stage = stage
    ended_at = None if row.is_under_way else timezone.now()
    unfinished = type(row)._default_manager.filter(pk=row.pk).exclude(stage=Making.Stage.DONE)
    unfinished.update(stage=stage, ended_at=ended_at, **more)


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


def _store_print(asked: PlanPrint, made: pdf.RenderedPdf) -> None:
    """Store the bytes once: of two workers that made them, the first one's stay."""
    unmade = PlanPrint.objects.filter(pk=asked.pk, made_at=None)
    unmade.update(
        stage=PlanPrint.Stage.DONE,
        ended_at=timezone.now(),
        pdf=made.content,
        size=len(made.content),
        pages=made.pages,
        sha256=hashlib.sha256(made.content).hexdigest(),
        engine=made.engine,
        template_version=made.template_version,
        checks=made.checks,
        made_at=timezone.now(),
    )
