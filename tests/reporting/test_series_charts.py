"""A series says the same in its sentence, in its drawing and in its table; a gap is never zero."""

import re
from collections import Counter
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from programme import text
from reporting.series_charts import NARROW, WIDE, SeriesPoint, series_chart, sparkline
from tests.personas import client_of

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = (4, 8, 12)

numbers = st.none() | st.decimals(-(10**6), 10**6, places=2)
values = st.lists(numbers, min_size=1, max_size=15)
aims = st.lists(numbers, min_size=5, max_size=5)


def points_of(found, of_years):
    return [
        SeriesPoint(f"P{place}", 2007 + place // 3, MONTHS[place % 3], value, of_years[place // 3])
        for place, value in enumerate(found)
    ]


def drawn(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing


def texts(root, name):
    return [found.text for found in root.iter(f"{SVG}text") if name in found.get("class", "").split()]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@given(values, aims)
def test_sentence_and_drawing_tell_every_value_once_and_gaps_as_gaps(found, of_years):
    points = points_of(found, of_years)
    chart = series_chart(points, title="Title", uid="u")
    known = [value for value in found if value is not None]
    told = dict(re.findall(r"(P\d+): ([^;]+?)(?=[;]|\. |\.$)", chart.sentence))
    assert told == {
        point.label: "no value" if point.value is None else text.number(point.value) for point in points
    }
    for svg in (chart.wide, chart.narrow):
        root = drawn(svg)
        assert root.findtext(f"{SVG}title") == chart.sentence
        assert len(list(root.iter(f"{SVG}circle"))) == len(known)
        assert len(texts(root, "gap")) == len(found) - len(known)
        ends = [known[0], known[-1]] if len(known) > 1 else known
        assert texts(root, "point-label") == [text.number(value) for value in ends]
        of_drawn_years = {point.year: point.aim for point in points if point.aim is not None}
        assert Counter(texts(root, "aim-label")) == Counter(
            text.number(aim) for aim in of_drawn_years.values()
        )


@given(values, aims)
def test_the_line_never_leaps_over_a_gap(found, of_years):
    root = drawn(series_chart(points_of(found, of_years), title="T", uid="u").wide)
    corners = [len(re.findall(r"[ML]", path.get("d", ""))) for path in root.iter(f"{SVG}path")]
    runs = [len(run) for run in "".join("x" if v is not None else " " for v in found).split()]
    assert corners == runs


@given(values, aims)
def test_everything_stays_inside_the_picture(found, of_years):
    chart = series_chart(points_of(found, of_years), title="T", uid="u")
    for svg, width in ((chart.wide, WIDE), (chart.narrow, NARROW)):
        root = drawn(svg)
        height = float(root.get("viewBox", "").split()[-1])
        for circle in root.iter(f"{SVG}circle"):
            assert 4 <= float(circle.get("cx", "")) <= width - 4
            assert 4 <= float(circle.get("cy", "")) <= height - 4
        for line in root.iter(f"{SVG}line"):
            assert 0 <= float(line.get("x1", "")) <= float(line.get("x2", "")) <= width


@given(values, aims)
def test_a_higher_value_stands_higher(found, of_years):
    root = drawn(series_chart(points_of(found, of_years), title="T", uid="u").wide)
    heights = [float(circle.get("cy", "")) for circle in root.iter(f"{SVG}circle")]
    known = [value for value in found if value is not None]
    for (one, y), (other, other_y) in zip(
        zip(known, heights, strict=True), zip(known[1:], heights[1:], strict=False), strict=False
    ):
        assert (one < other and y >= other_y) or (one > other and y <= other_y) or one == other


@given(values, aims)
def test_a_sparkline_says_the_same_sentence(found, of_years):
    points = points_of(found, of_years)
    root = drawn(sparkline(points, title="Title", uid="u"))
    assert root.findtext(f"{SVG}title") == series_chart(points, title="Title", uid="v").sentence


def test_a_series_without_points_is_drawn():
    drawn(series_chart([], title="T", uid="u").wide)
    drawn(sparkline([], title="T", uid="u"))


def test_no_digit_grouping_and_no_decimal_comma_breaks_a_drawing():
    with translation.override("fi"):
        chart = series_chart(points_of([Decimal("1234.5"), None, Decimal(3)], [None] * 5), title="T", uid="u")
    assert "style=" not in chart.wide
    assert drawn(chart.wide).get("viewBox") == "0 0 640 240"
    assert "1\u00a0234,5" in chart.sentence


def test_colours_are_those_of_the_tokens():
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text().upper()
    light = tokens[: tokens.index("@SUPPORTS")]
    chart = series_chart(points_of([Decimal(1), None, Decimal(2)], [Decimal(2)] * 5), title="T", uid="u")
    colours = set(re.findall(r"#[0-9A-F]{6}", chart.wide + sparkline([], title="T", uid="u")))
    assert colours
    for colour in colours:
        assert colour in light


@pytest.mark.django_db
@pytest.mark.parametrize("persona", ["anonymous", "coordinator-eo"])
def test_the_table_of_the_page_holds_what_the_chart_says(persona):
    page = client_of(persona).get("/ako/indicators/IND-EO-2/").content.decode()
    table = page[page.index('aria-labelledby="values"') :]
    rows = re.findall(r'<tr id="[^"]+">.*?</tr>', table, re.DOTALL)
    cells = [re.findall(r"<span>([^<]*)</span>", row)[0] for row in rows]
    sentence = re.search(r'<title id="series-title">(.*?)</title>', page, re.DOTALL)[1]
    said = re.findall(r"\d\d?\.\d\d?\.\d{4}: ([\d,]+|ei arvoa)", sentence)
    assert [cell if cell != "–" else "ei arvoa" for cell in cells] == said[::-1]
    assert said.count("ei arvoa") == 3
