"""Charts say the same in their sentence, in their bars and in their table."""

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from programme.statuses import DISTRIBUTION_ORDER, STATUS_LABELS
from reporting import charts
from tests.reporting.facts_example import finance_row, words

SVG = "{http://www.w3.org/2000/svg}"
CODES = [str(code) for code in DISTRIBUTION_ORDER]

counts = st.dictionaries(st.sampled_from(CODES), st.integers(0, 60), max_size=len(CODES))
labels = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), min_size=1, max_size=60
)
distributions = st.lists(st.tuples(labels, counts), max_size=5, unique_by=lambda row: row[0])


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing


def bar_numbers(root: ElementTree.Element) -> Counter[str]:
    """Return what stands in the bars: numbers by status."""
    numbers: Counter[str] = Counter()
    for text in root.iter(f"{SVG}text"):
        status = text.get("class", "").removeprefix("label--")
        if status in CODES:
            numbers[status] += int(text.text or 0)
    return numbers


def told_numbers(sentence: str) -> Counter[str]:
    """Return what the sentence tells: numbers by status."""
    numbers: Counter[str] = Counter()
    for code in CODES:
        for number in re.findall(rf"\b{STATUS_LABELS[code]} (\d+)", sentence):
            numbers[code] += int(number)
    return numbers


@given(st.lists(counts, max_size=5))
def test_sentence_bars_and_table_agree(many_counts):
    rows = [(f"Row {place}", found) for place, found in enumerate(many_counts)]
    chart = charts.status_distribution(rows, title="Title", uid="u")
    expected = Counter({code: sum(row[1].get(code, 0) for row in rows) for code in CODES})
    assert +told_numbers(chart.sentence) == +expected
    for svg in (chart.wide, chart.narrow):
        root = drawn(svg)
        assert root.findtext(f"{SVG}title") == chart.sentence
        assert +bar_numbers(root) == +expected
        totals = [int(text.text or 0) for text in root.iter(f"{SVG}text") if (text.text or "").isdigit()]
        assert sum(totals) == 2 * expected.total()
    assert charts.present(rows) == [code for code in CODES if expected[code]]


@given(distributions)
def test_any_label_is_drawn_as_text(rows):
    chart = charts.status_distribution(rows, title="Title", uid="u")
    for svg in (chart.wide, chart.narrow):
        drawn(svg)


@given(st.lists(st.integers(1, 500), min_size=1, max_size=8), st.floats(0, 600))
def test_every_segment_has_room_for_its_number(numbers, length):
    widths = charts._widths(numbers, length)
    assert min(widths) >= charts.SMALLEST_SEGMENT - 1e-6
    assert sum(widths) == pytest.approx(max(length, charts.SMALLEST_SEGMENT * len(numbers)))


def test_failed_statuses_are_hatched():
    chart = charts.status_distribution(
        [("Row", {"will_not_be_achieved": 1, "on_track": 2})], title="T", uid="u"
    )
    fills = {rect.get("class"): rect.get("fill") for rect in drawn(chart.wide).iter(f"{SVG}rect")}
    assert fills["fill--will_not_be_achieved"] == "url(#u-hatch)"
    assert fills["fill--on_track"] == "#2A9D8F"


def test_segments_link_to_their_lines_with_names():
    chart = charts.status_distribution(
        [("Row", {"delayed": 2})],
        title="T",
        uid="u",
        href_for=lambda row, status: f"?row={row}&status={status}",
    )
    root = drawn(chart.wide)
    link = root.find(f".//{SVG}a")
    assert link is not None
    assert (link.get("href"), link.get("aria-label")) == ("?row=Row&status=delayed", "Row: Delayed 2")
    assert root.get("role") == "group"


def test_no_style_attribute_and_no_digit_grouping_breaks_a_drawing():
    with translation.override("fi"):
        chart = charts.finance_bullets([finance_row()], title="T", uid="u")
    assert "style=" not in chart.wide
    assert drawn(chart.wide).get("viewBox") == "0 0 640 62"


@given(
    st.lists(
        st.tuples(st.integers(-1000, 10**7), st.integers(-1000, 10**7), st.none() | st.integers(0, 10**7)),
        max_size=5,
    )
)
def test_bullets_stay_inside_the_picture(rows):
    chart = charts.finance_bullets(
        [
            finance_row(
                f"C-{place}",
                amended=f"{amended}.00",
                actual=f"{actual}.00",
                forecast=None if forecast is None else f"{forecast}.00",
            )
            for place, (amended, actual, forecast) in enumerate(rows)
        ],
        title="T",
        uid="u",
    )
    for svg, width in ((chart.wide, charts.WIDE), (chart.narrow, charts.NARROW)):
        for rect in drawn(svg).iter(f"{SVG}rect"):
            assert 0 <= float(rect.get("width", 0)) <= width


def test_bullets_tell_every_figure():
    with translation.override("fi"):
        chart = charts.finance_bullets(
            [finance_row(name=words("Rakenne")), finance_row(name=words("Palvelut"), forecast=None)],
            title="Talous",
            uid="u",
        )
    for figure in ("Rakenne", "60,8\u00a0%", "180\u00a0000\u00a0€", "187\u00a0000\u00a0€", "66,7\u00a0%"):
        assert figure in chart.sentence
    assert chart.wide.count('class="forecast"') == 1


def test_colours_are_those_of_the_tokens():
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text().upper()
    light = tokens[: tokens.index("@SUPPORTS")]
    for colour in {*charts.FILL.values(), *charts.EDGE.values(), charts.INK}:
        assert colour in light


def test_qr_code_is_square_and_quiet_around():
    code = charts.qr_code("https://portal.example/verify/R/1/")
    rows = [int(row) for row in re.findall(r"M\d+ (\d+)h", code.path)]
    assert min(rows) == 2
    assert max(rows) == code.size - 3
