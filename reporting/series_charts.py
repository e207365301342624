"""A series of an indicator as a line: a point a period, the year's aim dashed, a gap where none is known."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from programme import text
from reporting.charts import Chart

WIDE, NARROW = 640, 340
HEIGHT = 240
TOP, FLOOR = 34, 186  # of the area in which the line moves
SIDE = 30
CHARACTER_WIDTH = 7.2
SPARK_WIDTH, SPARK_HEIGHT = 128, 32
MOST_TICKS_OF_A_NARROW_ONE = 12


class SeriesPoint(NamedTuple):
    """One period: its last day in words, its year and last month, what is told of it, the year's aim."""

    label: str
    year: int
    month: int
    value: Decimal | None
    aim: Decimal | None


class Dot(NamedTuple):
    x: str
    y: str
    label: str  # the first and the last say their value
    label_y: str
    anchor: str


class Tick(NamedTuple):
    x: str
    label: str
    is_gap: bool


class Span(NamedTuple):
    """A year's part of the axis, with its aim."""

    label: str
    middle: str
    left: str
    right: str
    aim_y: str | None
    aim: str
    aim_label_y: str


def series_chart(points: Sequence[SeriesPoint], *, title: str, uid: str) -> Chart:
    """Draw a series in two widths; the sentence tells every value and every aim."""
    sentence = series_sentence(points, title=title)
    wide, narrow = (
        _draw(points, sentence=sentence, uid=f"{uid}-narrow" if narrow else uid, narrow=narrow)
        for narrow in (False, True)
    )
    return Chart(sentence, wide, narrow)


def series_sentence(points: Sequence[SeriesPoint], *, title: str) -> str:
    """Tell the series in words: the chart's name for those who do not see it."""
    nothing = _("no value")
    told = [
        f"{point.label}: {nothing if point.value is None else text.number(point.value)}" for point in points
    ]
    aims = [
        _("Aim of %(year)s: %(value)s") % {"year": year, "value": text.number(aim)}
        for year, aim in aims_of(points).items()
    ]
    return " ".join(f"{part}." for part in (title, "; ".join(told), "; ".join(aims)) if part)


def aims_of(points: Sequence[SeriesPoint]) -> dict[int, Decimal]:
    return {point.year: point.aim for point in points if point.aim is not None}


def _draw(points: Sequence[SeriesPoint], *, sentence: str, uid: str, narrow: bool) -> SafeString:
    width = NARROW if narrow else WIDE
    places = _places(len(points), SIDE, width - SIDE)
    height_of = Scale(points, TOP, FLOOR)
    is_crowded = narrow and len(points) > MOST_TICKS_OF_A_NARROW_ONE
    ticks = [
        Tick(_px(x), "" if is_crowded else str(point.month), point.value is None)
        for x, point in zip(places, points, strict=True)
    ]
    return SafeString(
        render_to_string(
            "reporting/charts/series.svg",
            {
                "uid": uid,
                "width": width,
                "height": HEIGHT,
                "floor": FLOOR + 12,
                "gap_y": FLOOR + 6,
                "tick_y": FLOOR + 28,
                "year_y": FLOOR + 46,
                "sentence": sentence,
                "lines": [_path(run) for run in _runs(points, places, height_of)],
                "dots": _dots(points, places, height_of, width),
                "ticks": ticks,
                "spans": _spans(points, places, height_of),
            },
        )
    )


def sparkline(points: Sequence[SeriesPoint], *, title: str, uid: str) -> SafeString:
    """Draw a series small, for a row of a table: the line, its gaps, its last point."""
    places = _places(len(points), 5, SPARK_WIDTH - 5)
    height_of = Scale(points, 5, SPARK_HEIGHT - 5)
    known = [
        (x, height_of(point.value))
        for x, point in zip(places, points, strict=True)
        if point.value is not None
    ]
    last_aim = points[-1].aim if points else None
    return SafeString(
        render_to_string(
            "reporting/charts/sparkline.svg",
            {
                "uid": uid,
                "width": SPARK_WIDTH,
                "height": SPARK_HEIGHT,
                "sentence": series_sentence(points, title=title),
                "lines": [_path(run) for run in _runs(points, places, height_of)],
                "lone": [
                    (_px(run[0][0]), _px(run[0][1]))
                    for run in _runs(points, places, height_of)
                    if len(run) == 1
                ],
                "last": (_px(known[-1][0]), _px(known[-1][1])) if known else None,
                "aim_y": _px(height_of(last_aim)) if last_aim is not None else None,
            },
        )
    )


def _places(count: int, left: float, right: float) -> list[float]:
    if count == 1:
        return [(left + right) / 2]
    return [left + (right - left) * place / (count - 1) for place in range(count)]


class Scale:
    """Between the lowest and the highest of all values and aims; from zero where that hides nothing."""

    def __init__(self, points: Sequence[SeriesPoint], top: float, floor: float) -> None:
        numbers = [number for point in points for number in (point.value, point.aim) if number is not None]
        self.high, self.low = max(numbers, default=Decimal(1)), min(numbers, default=Decimal(0))
        if 0 <= self.low <= self.high / 2:
            self.low = Decimal(0)
        self.top, self.floor = top, floor

    def __call__(self, number: Decimal) -> float:
        if self.high == self.low:
            return (self.top + self.floor) / 2
        share = float((number - self.low) / (self.high - self.low))
        return self.floor - (self.floor - self.top) * share


def _runs(
    points: Sequence[SeriesPoint], places: Sequence[float], height_of: Scale
) -> list[list[tuple[float, float]]]:
    """Return the stretches without a gap: the line never leaps over what is not known."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, point in zip(places, points, strict=True):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((x, height_of(point.value)))
    return [run for run in runs if run]


def _path(run: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_px(x)} {_px(y)}" for x, y in run)


def _dots(points: Sequence[SeriesPoint], places: Sequence[float], height_of: Scale, width: int) -> list[Dot]:
    known = [place for place, point in enumerate(points) if point.value is not None]
    dots = []
    for place in known:
        value = points[place].value
        assert value is not None  # noqa: S101  chosen above
        label = text.number(value) if place in (known[0], known[-1]) else ""
        half = len(label) * CHARACTER_WIDTH / 2
        x, y = places[place], height_of(value)
        anchor = "start" if x - half < 0 else "end" if x + half > width else "middle"
        dots.append(Dot(_px(x), _px(y), label, _px(y - 11), anchor))
    return dots


def _spans(points: Sequence[SeriesPoint], places: Sequence[float], height_of: Scale) -> list[Span]:
    step = places[1] - places[0] if len(places) > 1 else 2 * SIDE
    spans = []
    for year in dict.fromkeys(point.year for point in points):
        of_year = [place for place, point in zip(places, points, strict=True) if point.year == year]
        left, right = of_year[0] - min(step, 44) * 0.4, of_year[-1] + min(step, 44) * 0.4
        aim = aims_of(points).get(year)
        y = height_of(aim) if aim is not None else None
        spans.append(
            Span(
                str(year),
                _px((left + right) / 2),
                _px(left),
                _px(right),
                None if y is None else _px(y),
                text.number(aim),
                "" if y is None else _px(y - 6),
            )
        )
    return spans


def _px(number: float) -> str:
    """Write a length for SVG, never with a reader's decimal comma."""
    return f"{number:.1f}"
