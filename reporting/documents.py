"""A report's document: its facts at its depth and its own words, alike on the page, its HTML twin and in PDF.

The web process knows no more of a PDF than this; the engine that makes one is the worker's (`rendering`).
"""

from typing import Any

from django.conf import settings
from django.urls import reverse

from reporting import document
from reporting.depths import at_depth
from reporting.models import Report


def document_of(report: Report, *, language: str) -> dict[str, Any]:
    """Return a frozen report's document: its dataset at its depth, with its own frozen words."""
    assert report.dataset is not None  # noqa: S101  a constraint says so of every frozen report
    return document.build(
        at_depth(report.dataset.facts, report.depth, audience=report.audience.code),
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
