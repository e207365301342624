"""The colours of the tokens, recomputed in both themes: text at least 4.5:1, edges and focus at least 3:1."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "static" / "css"
SOURCE = (STYLES / "tokens.css").read_text("utf-8")
PLAIN = dict(re.findall(r"^  --([\w-]+): (#[0-9A-F]{6}|var\(--[\w-]+\));$", SOURCE, re.MULTILINE))
BOTH = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SOURCE)
}

TEXT = [
    *((ink, paper) for ink in ("text", "text-2", "text-3") for paper in ("bg", "surface", "surface-2")),
    *((ink, paper) for ink in ("lake", "lake-hover") for paper in ("bg", "surface", "surface-2")),
    ("lake", "lake-soft"),
    ("text", "lake-soft"),
    ("text-2", "surface-3"),
    ("on-lake", "lake"),
    ("on-lake", "lake-hover"),
    ("brick", "surface"),
    ("brick", "brick-soft"),
    ("achieved", "achieved-soft"),
    ("on-track", "on-track-soft"),
    ("delayed", "delayed-soft"),
    ("failed", "failed-soft"),
    ("failed", "surface"),
    ("on-failed", "failed-fill"),
    ("idle", "idle-soft"),
    ("idle", "surface"),
    *(("text", paper) for paper in ("on-track-soft", "delayed-soft", "failed-soft")),
    *(("lake", paper) for paper in ("on-track-soft", "delayed-soft", "failed-soft")),
]
EDGES = [
    *((edge, paper) for edge in ("line-strong", "focus") for paper in ("bg", "surface")),
    ("focus", "surface-2"),
    ("achieved-fill", "surface"),
    ("on-track-fill", "surface"),
    ("delayed-edge", "surface"),
    ("failed-fill", "surface"),
    ("idle-edge", "surface"),
    ("priority-1", "surface"),
    ("priority-2", "surface"),
    ("priority-3", "surface"),
]


def colour(name, theme):
    if name in BOTH:
        return BOTH[name][theme]
    value = PLAIN[name]
    return colour(value[6:-1], theme) if value.startswith("var(") else value


def luminance(hexadecimal):
    channels = [int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), TEXT)
def test_text_can_be_read(ink, paper, theme):
    assert contrast(colour(ink, theme), colour(paper, theme)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "paper"), EDGES)
def test_edges_can_be_seen(edge, paper, theme):
    assert contrast(colour(edge, theme), colour(paper, theme)) >= 3


@pytest.mark.parametrize("name", list(BOTH))
def test_the_light_theme_is_the_same_where_light_dark_is_unknown(name):
    assert PLAIN[name] == BOTH[name]["light"]


def test_every_colour_has_a_dark_side():
    assert [name for name, value in PLAIN.items() if value.startswith("#") and name not in BOTH] == []


@pytest.mark.parametrize("name", ["base", "layout", "parts"])
def test_sheets_name_no_colour_and_no_unknown_token(name):
    sheet = (STYLES / f"{name}.css").read_text("utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;,) ])", sheet) == []
    defined = set(re.findall(r"^ +--([\w-]+):", SOURCE, re.MULTILINE))
    assert set(re.findall(r"var\(--([\w-]+)\)", sheet)) - defined == set()
