"""Characters that our fonts cannot print, written so that nothing is lost.

A missing glyph breaks PDF/UA, and a font from the machine would be neither ours nor the same tomorrow. What a
person typed stays told: an arrow prints as [U+2192].
"""

import functools

from django.conf import settings
from fontTools.ttLib import TTFont

FONTS = settings.BASE_DIR / "static" / "fonts"
FAMILIES = ("public-sans", "source-serif-4")
WHITE_SPACE = frozenset("\n\t\r")


@functools.cache
def printable() -> frozenset[str]:
    """Return what every one of our families can print: a text may stand in any of them."""
    families = []
    for family in FAMILIES:
        characters: set[str] = set()
        for path in FONTS.glob(f"{family}-*.woff2"):
            with TTFont(path) as font:
                characters |= {chr(code) for code in font.getBestCmap()}
        families.append(characters)
    return frozenset.intersection(*map(frozenset, families)) | WHITE_SPACE


def spelled_out(html: str) -> tuple[str, list[str]]:
    """Return the text with unprintable characters as their code points, and those code points."""
    unprintable = sorted(set(html) - printable())
    codes = {character: f"U+{ord(character):04X}" for character in unprintable}
    spelled = html.translate({ord(character): f"[{code}]" for character, code in codes.items()})
    return spelled, list(codes.values())
