"""Pictures made for the paper: status marks cut from the pages' own sprite, and the word under every page."""

import functools
from typing import NamedTuple
from xml.etree import ElementTree

from django.conf import settings
from django.template.loader import render_to_string
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from programme.statuses import NOT_UPDATED, WAITING, Status

SPRITE = settings.BASE_DIR / "static" / "icons" / "marks.svg"
# The sprite's columns; its first row is drawn for a light ground.
COLUMNS = [
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.DELAYED,
    Status.WILL_NOT_BE_ACHIEVED,
    Status.NOT_STARTED,
    Status.PARTLY_ACHIEVED,
    Status.NOT_ACHIEVED,
    NOT_UPDATED,
    WAITING,
]
COLUMN_WIDTH = 20
FACE = settings.BASE_DIR / "static" / "fonts" / "public-sans-latin-wght-normal.woff2"
SVG = "http://www.w3.org/2000/svg"


@functools.cache
def marks() -> dict[str, str]:
    """Return a picture for each status, under the name by which the style sheet asks for it."""
    ElementTree.register_namespace("", SVG)
    drawings = ElementTree.parse(SPRITE).getroot().findall(f"{{{SVG}}}g")  # noqa: S314 -- our own file
    pictures = {}
    for column, status in enumerate(COLUMNS):
        box = f"{column * COLUMN_WIDTH} 0 {COLUMN_WIDTH} {COLUMN_WIDTH}"
        picture = ElementTree.Element(f"{{{SVG}}}svg", {"viewBox": box, "width": "20", "height": "20"})
        picture.append(drawings[column])
        pictures[f"mark-{status}"] = ElementTree.tostring(picture, encoding="unicode")
    return pictures


class Outline(NamedTuple):
    """A word as a path, in font units, with the shift that centres it."""

    path: str
    shift: str
    line: int


def watermark(words: list[str]) -> str:
    """Return the picture under every page: a draft and a sample must never pass for the real thing.

    The words are drawn, not written: as text they would lie among the sentences that are copied or read out.
    """
    size = 30 if len(words) > 1 else 36
    with TTFont(FACE) as font:
        scale = size / font["head"].unitsPerEm
        outlines = [_outline(font, word, 158 + 40 * place) for place, word in enumerate(words)]
    return render_to_string("reporting/pdf/watermark.svg", {"outlines": outlines, "scale": f"{scale:.5f}"})


def _outline(font: TTFont, word: str, line: int) -> Outline:
    glyphs = font.getGlyphSet(location={"wght": 700})
    names = font.getBestCmap()
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
    width = 0.0
    for character in word:
        glyph = glyphs[names[ord(character)]]
        glyph.draw(TransformPen(pen, (1, 0, 0, 1, width, 0)))
        width += glyph.width
    return Outline(pen.getCommands(), f"{-width / 2:.0f}", line)
