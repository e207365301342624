"""Charts as SVG, drawn once for pages and paper: text stays text, and the title tells the whole chart.

Presentation attributes carry the light look, which paper and older browsers use; classes let the screen's
themes follow `parts.css`. WeasyPrint knows a figure's alternative text from its `<title>` alone, so the title
holds every figure that the bars show.
"""

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from programme import text
from programme.statuses import DISTRIBUTION_ORDER, NOT_UPDATED, STATUS_LABELS, Status
from reporting.fact_types import FinanceRow

Counts = Mapping[str, int]
HrefFor = Callable[[str, str], str | None]

# The light values of `tokens.css`: paper has no custom properties inside an SVG picture.
INK = "#15252C"
WHITE = "#FFFFFF"
FILL = {
    Status.ACHIEVED: "#0D5468",
    Status.ON_TRACK: "#2A9D8F",
    Status.PARTLY_ACHIEVED: "#F4B942",
    Status.DELAYED: "#F4B942",
    Status.WILL_NOT_BE_ACHIEVED: "#9B1237",
    Status.NOT_ACHIEVED: "#9B1237",
    Status.NOT_STARTED: "#DCE3E5",
    NOT_UPDATED: WHITE,
}
EDGE = {
    **FILL,
    Status.ON_TRACK: "#12664F",
    Status.PARTLY_ACHIEVED: "#8A5A00",
    Status.DELAYED: "#8A5A00",
    Status.NOT_STARTED: "#6F8189",
    NOT_UPDATED: "#6F8189",
}
NUMBER_INK = {
    code: WHITE if code in (Status.ACHIEVED, Status.WILL_NOT_BE_ACHIEVED, Status.NOT_ACHIEVED) else INK
    for code in FILL
}
# In grey and to a colour-blind eye, done and failed are alike but for the hatching.
HATCHED = (Status.WILL_NOT_BE_ACHIEVED, Status.NOT_ACHIEVED)

WIDE = 640
NARROW = 340
LINE_HEIGHT = 16
CHARACTER_WIDTH = 6.9  # of Public Sans at 13 px, generously
SMALLEST_SEGMENT = 18.0  # room for two digits


class Chart(NamedTuple):
    """One chart in two widths. Both hold the same rows; a page shows the one that fits."""

    sentence: str
    wide: SafeString
    narrow: SafeString


class Segment(NamedTuple):
    status: str
    label: str
    number: int
    x: str
    width: str
    middle: str
    plate: str | None
    fill: str
    edge: str
    ink: str
    href: str | None


class StatusRow(NamedTuple):
    label: str
    lines: list[tuple[str, int]]
    bar_y: int
    number_y: int
    plate_y: int
    segments: list[Segment]
    total: int
    total_x: str


class Bullet(NamedTuple):
    lines: list[tuple[str, int]]
    percent: str
    forecast: str
    forecast_y: int
    bar_y: int
    actual_y: int
    reference_top: int
    reference_bottom: int
    budget_width: str
    actual_width: str
    reference_x: str
    forecast_path: str | None
    is_over: bool


# Distribution of statuses


def status_distribution(
    rows: Sequence[tuple[str, Counts]],
    *,
    title: str,
    uid: str,
    labels: Mapping[str, str] | None = None,
    href_for: HrefFor | None = None,
) -> Chart:
    """Draw how many lines are in which status, a bar for each row.

    `rows` are (label, counts by status code); `labels` are a report's own frozen words for the statuses.
    Where `href_for(row label, status code)` gives an address, the segment is a link to the lines behind it.
    """
    words = labels or {code: str(label) for code, label in STATUS_LABELS.items()}
    sentence = status_sentence(rows, title=title, labels=words)
    wide, narrow = (
        _draw_statuses(rows, sentence=sentence, uid=uid, labels=words, href_for=href_for, narrow=narrow)
        for narrow in (False, True)
    )
    return Chart(sentence, wide, narrow)


def status_sentence(
    rows: Sequence[tuple[str, Counts]], *, title: str, labels: Mapping[str, str] | None = None
) -> str:
    """Tell the distribution in words: the chart's name for those who do not see it."""
    words = labels or STATUS_LABELS
    told = [
        f"{label}: "
        + (", ".join(f"{words[code]} {counts[code]}" for code in present([(label, counts)])) or _("no lines"))
        for label, counts in rows
    ]
    return f"{title}. {'; '.join(told)}." if told else f"{title}."


def present(rows: Iterable[tuple[str, Counts]]) -> list[str]:
    """Return the statuses that occur, in their fixed order: the legend and the table's columns."""
    found = {code for _label, counts in rows for code, count in counts.items() if count}
    return [str(code) for code in DISTRIBUTION_ORDER if code in found]


def _draw_statuses(
    rows: Sequence[tuple[str, Counts]],
    *,
    sentence: str,
    uid: str,
    labels: Mapping[str, str],
    href_for: HrefFor | None,
    narrow: bool,
) -> SafeString:
    width = NARROW if narrow else WIDE
    label_width = 0 if narrow else 290
    longest = max((sum(counts.values()) for _label, counts in rows), default=0)
    area = width - label_width - 32
    drawn, y = [], 0
    for label, counts in rows:
        lines = _lines(label, width if narrow else label_width)
        total = sum(counts.values())
        if narrow:
            bar_y = y + len(lines) * LINE_HEIGHT + 4
            height = bar_y - y + 24 + 14
            first_line = y + 13
        else:
            height = max(30, len(lines) * LINE_HEIGHT + 8)
            bar_y = y + (height - 24) // 2
            first_line = y + (height - len(lines) * LINE_HEIGHT) // 2 + 12
        segments, end = _segments(
            label,
            counts,
            labels,
            start=label_width,
            length=area * total / longest if longest else 0,
            href_for=href_for,
        )
        drawn.append(
            StatusRow(
                label,
                [(line, first_line + place * LINE_HEIGHT) for place, line in enumerate(lines)],
                bar_y,
                bar_y + 17,
                bar_y + 3,
                segments,
                total,
                _px(end + 6),
            )
        )
        y += height
    return SafeString(
        render_to_string(
            "reporting/charts/status_distribution.svg",
            {
                "uid": f"{uid}-narrow" if narrow else uid,
                "width": width,
                "height": max(y, 1),
                "sentence": sentence,
                "rows": drawn,
                "is_linked": href_for is not None,
                "failed": FILL[Status.NOT_ACHIEVED],
            },
        )
    )


def _segments(
    row_label: str,
    counts: Counts,
    labels: Mapping[str, str],
    *,
    start: float,
    length: float,
    href_for: HrefFor | None,
) -> tuple[list[Segment], float]:
    codes = present([(row_label, counts)])
    widths = _widths([counts[code] for code in codes], length)
    segments, x = [], start
    for code, width in zip(codes, widths, strict=True):
        middle = x + width / 2
        segments.append(
            Segment(
                code,
                labels[code],
                counts[code],
                _px(x + 1),
                _px(width - 2),
                _px(middle),
                _px(middle - 8) if code in HATCHED else None,
                FILL[code],
                EDGE[code],
                NUMBER_INK[code],
                href_for(row_label, code) if href_for else None,
            )
        )
        x += width
    return segments, x


def _widths(counts: Sequence[int], length: float) -> list[float]:
    """Share a bar's length by count, yet leave every segment room for its number."""
    length = max(length, SMALLEST_SEGMENT * len(counts))
    small: set[int] = set()
    while True:
        shared = length - SMALLEST_SEGMENT * len(small)
        rest = sum(count for place, count in enumerate(counts) if place not in small)
        widths = [
            SMALLEST_SEGMENT if place in small else shared * count / rest
            for place, count in enumerate(counts)
        ]
        too_small = {place for place, width in enumerate(widths) if width < SMALLEST_SEGMENT - 1e-6} - small
        if not too_small:
            return widths
        small |= too_small


# Finance


def finance_bullets(
    rows: Sequence[FinanceRow], *, title: str, uid: str, language: str | None = None
) -> Chart:
    """Draw actuals inside the amended budget, with the expected use as a dashed line and the forecast below.

    All bars share one scale, so that cost centres can be compared.
    """
    sentence = finance_sentence(rows, title=title, language=language)
    wide, narrow = (
        _draw_bullets(rows, sentence=sentence, uid=uid, language=language, narrow=narrow)
        for narrow in (False, True)
    )
    return Chart(sentence, wide, narrow)


def finance_sentence(rows: Sequence[FinanceRow], *, title: str, language: str | None = None) -> str:
    told = [
        _(
            "%(name)s: %(percent)s of the amended budget of %(amended)s used, expected %(expected)s,"
            " forecast %(forecast)s"
        )
        % {
            "name": text.words_of(row["name"], language=language)[0],
            "percent": text.percent(row["actual_percent"]),
            "amended": text.euros(row["amended"]),
            "expected": text.percent(row["expected_percent"]),
            "forecast": text.euros(row["forecast"]),
        }
        for row in rows
    ]
    return f"{title}. {'; '.join(told)}." if told else f"{title}."


def _draw_bullets(
    rows: Sequence[FinanceRow], *, sentence: str, uid: str, language: str | None, narrow: bool
) -> SafeString:
    width = NARROW if narrow else WIDE
    largest = max(
        (Decimal(value or 0) for row in rows for value in (row["amended"], row["actual"], row["forecast"])),
        default=Decimal(0),
    )
    scale = float(Decimal(width - 12) / largest) if largest > 0 else 0.0
    drawn, y = [], 0
    for row in rows:
        lines = _lines(text.words_of(row["name"], language=language)[0], width - (70 if narrow else 260))
        bar_y = y + (len(lines) + (1 if narrow else 0)) * LINE_HEIGHT + 6
        amended = max(0.0, float(row["amended"]) * scale)
        actual = max(0.0, float(row["actual"] or 0) * scale)
        expected = amended * float(row["expected_percent"]) / 100
        is_over = row["forecast"] is not None and Decimal(row["forecast"]) > Decimal(row["amended"])
        drawn.append(
            Bullet(
                [(line, y + 13 + place * LINE_HEIGHT) for place, line in enumerate(lines)],
                text.percent(row["actual_percent"]),
                _("forecast %(euros)s") % {"euros": text.euros(row["forecast"])}
                if row["forecast"] is not None
                else _("no forecast"),
                bar_y - 10,
                bar_y,
                bar_y + 6,
                bar_y - 3,
                bar_y + 25,
                _px(amended),
                _px(actual),
                _px(expected),
                _triangle(float(row["forecast"]) * scale, bar_y + 23)
                if row["forecast"] is not None
                else None,
                is_over,
            )
        )
        y = bar_y + 22 + 18
    return SafeString(
        render_to_string(
            "reporting/charts/finance_bullets.svg",
            {
                "uid": f"{uid}-narrow" if narrow else uid,
                "width": width,
                "height": max(y, 1),
                "sentence": sentence,
                "rows": drawn,
                "narrow": narrow,
                "forecast_x": WIDE - 80,
            },
        )
    )


def _triangle(x: float, top: int) -> str:
    """Return the forecast's mark: a triangle that points at its place on the bar from below."""
    return f"M{_px(max(6.0, x))} {top}l6 9h-12z"


# QR


class QrCode(NamedTuple):
    size: int
    path: str


def qr_code(address: str) -> QrCode:
    """Return a QR code as one SVG path on a grid of `size` modules, quiet zone included."""
    quiet = 2
    matrix = segno.make(address, error="m", micro=False).matrix
    runs = []
    for y, line in enumerate(matrix):
        x = 0
        while x < len(line):
            start = x
            while x < len(line) and line[x]:
                x += 1
            if x > start:
                runs.append(f"M{start + quiet} {y + quiet}h{x - start}v1h-{x - start}z")
            x += 1
    return QrCode(len(matrix) + 2 * quiet, "".join(runs))


# Text and numbers inside a picture


def _lines(label: str, width: float) -> list[str]:
    """Break a label by words: SVG does not."""
    return textwrap.wrap(label, max(12, int(width / CHARACTER_WIDTH)), break_long_words=False) or [""]


def _px(value: float) -> str:
    """Write a length for SVG, never with a reader's decimal comma."""
    return f"{value:.1f}"
