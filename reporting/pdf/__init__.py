"""A document as one file that can be archived and read by everybody: PDF/A-2a and PDF/UA-1.

The same document gives the same bytes. What the file says of its own time is when the report was frozen.
"""

import datetime
import functools
import hashlib
import logging
import os
from collections.abc import Callable
from typing import Any, NamedTuple

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from programme import hyphenation
from reporting.pdf.characters import spelled_out
from reporting.pdf.checks import PdfError, check
from reporting.pdf.fetcher import StaticFetcher
from reporting.pdf.metadata import VARIANT, archived
from reporting.pdf.pictures import marks, watermark

__all__ = ["PLAN", "REPORT", "PdfError", "RenderedPdf", "render"]

# What is printed, by its template: a period's report, and a group's work programme.
REPORT, PLAN = "reporting/pdf/report.html", "reporting/pdf/work_programme.html"
# A reader of fewer pages leafs through them; a list of contents would only push the matter on.
PAGES_WITH_CONTENTS = 5

STATIC = settings.BASE_DIR / "static"
STYLES = [STATIC / "css" / "tokens.css", STATIC / "css" / "report-print.css"]
TEMPLATES = [settings.BASE_DIR / "templates" / "reporting" / folder for folder in ("report", "charts", "pdf")]

hyphenation.register()
# The tokens are written for browsers too; what the renderer does not know of them is no news.
LOGGER.setLevel(logging.ERROR)
# The fonts cut out of the variable face are stamped with the time of their making: always the same one, or no
# two files would be alike.
os.environ["SOURCE_DATE_EPOCH"] = "0"


class RenderedPdf(NamedTuple):
    """The bytes, and what is known of them."""

    content: bytes
    pages: int
    checks: list[str]
    engine: str
    template_version: str


class Styles(NamedTuple):
    """Style sheets and fonts, read once in a process: half the time of a short report."""

    sheets: list[weasyprint.CSS]
    fonts: FontConfiguration


def render(
    document: dict[str, Any], *, template: str = REPORT, on_stage: Callable[[str], None]
) -> RenderedPdf:
    """Lay out, check and return the PDF of a document.

    `on_stage` is told “drawing”, “laying_out” and “checking”. Raises PdfError where a file would not be fit
    for the archive or for every reader.
    """
    with translation.override(document["language"]):
        on_stage("drawing")
        pictures = {**marks(), "watermark": watermark(document["watermarks"])}
        html, spelled = _html(document, template)
        on_stage("laying_out")
        laid_out = lay_out(html, pictures)
        if template == REPORT and len(laid_out.pages) < PAGES_WITH_CONTENTS:
            html, spelled = _html(document, template, without_contents=True)
            laid_out = lay_out(html, pictures)
    laid_out.metadata = archived(laid_out.metadata)
    passed = [f"written as code points: {', '.join(spelled)}"] if spelled else []

    def finish(_document: weasyprint.Document, pdf: Any) -> None:
        on_stage("checking")
        passed.extend(check(pdf, language=document["language"], title=document["page_title"]))

    content = laid_out.write_pdf(pdf_variant=VARIANT, finisher=finish)
    return RenderedPdf(content, len(laid_out.pages), passed, engine(), template_version())


def engine() -> str:
    return f"WeasyPrint {weasyprint.__version__}"


@functools.cache
def template_version() -> str:
    """Return a fingerprint of everything that decides how a document looks, but for its facts."""
    files = [*STYLES, *sorted(path for folder in TEMPLATES for path in folder.iterdir())]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]


def _html(
    document: dict[str, Any], template: str, *, without_contents: bool = False
) -> tuple[str, list[str]]:
    html = render_to_string(
        template,
        {
            "document": document,
            "created": _whole_seconds(document["frozen_at"]),
            "engine": engine(),
            "template_version": template_version(),
            "without_contents": without_contents,
        },
    )
    # On paper WeasyPrint hyphenates; soft hyphens would stay in the text that is copied and read aloud.
    return spelled_out(html.replace(hyphenation.SOFT_HYPHEN, ""))


def _whole_seconds(moment: str | None) -> str:
    """Return a moment as PDF's metadata know it."""
    return datetime.datetime.fromisoformat(moment).isoformat(timespec="seconds") if moment else ""


def lay_out(html: str, pictures: dict[str, str]) -> weasyprint.Document:
    """Lay pages out. What may not or cannot be read stops it: a report with a hole is no report."""
    styles = _styles()
    try:
        return weasyprint.HTML(
            string=html, base_url=STATIC.as_uri() + "/", url_fetcher=StaticFetcher(STATIC, pictures)
        ).render(stylesheets=styles.sheets, font_config=styles.fonts, presentational_hints=False)
    except FatalURLFetchingError as error:
        raise PdfError([str(error.__cause__ or error)]) from error


@functools.cache
def _styles() -> Styles:
    fonts = FontConfiguration()
    fetcher = StaticFetcher(STATIC, {})
    return Styles([weasyprint.CSS(path, font_config=fonts, url_fetcher=fetcher) for path in STYLES], fonts)
