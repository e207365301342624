"""Hyphenation of Finnish: at the borders of compounds first, between syllables second.

No hyphenator that is packaged knows Finnish, and patterns alone split compounds wrongly. The same dictionary
serves the pages (soft hyphens) and WeasyPrint, which asks Pyphen for `fi`.
"""

import functools
import itertools
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pyphen

DATA = Path(__file__).parent / "data" / "hyphenation"
PATTERNS = DATA / "hyph_fi.dic"
COMPOUNDS = DATA / "compounds.txt"

SOFT_HYPHEN = "\u00ad"
# A shorter word never needs a break, and every soft hyphen weighs two bytes in the page.
SHORTEST_WORD = 10
SHORTEST_PIECE = 3
LONG_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_WORD},}}")

# Pyphen takes the largest value at each place: odd breaks, even forbids.
BREAK = 9
FORBID = 8


class FinnishDictionary(pyphen.HyphDict):
    """Syllable patterns, overruled by the borders of known compounds."""

    def __init__(self, patterns: Path, compounds: Path) -> None:
        super().__init__(patterns)
        self.borders = dict(_border_pattern(stem) for stem in _stems(compounds))
        self.patterns |= self.borders
        self.maxlen = max(len(key) for key in self.patterns)

    @functools.lru_cache(maxsize=4096)  # noqa: B019 -- one dictionary lives as long as the process
    def border_positions(self, word: str) -> tuple[int, ...]:
        """Return where the word's known compound borders are."""
        lowered = word.lower()
        places = set()
        for start in range(len(lowered)):
            for end in range(start + 2, min(start + self.maxlen, len(lowered)) + 1):
                pattern = self.borders.get(lowered[start:end])
                if pattern:
                    offset, values = pattern
                    places |= {start + offset + index for index, value in enumerate(values) if value == BREAK}
        return tuple(sorted(places))


def _stems(compounds: Path) -> Iterable[str]:
    lines = (line.strip() for line in compounds.read_text("utf-8").splitlines())
    return (line for line in lines if line and not line.startswith("#"))


def _border_pattern(stem: str) -> tuple[str, tuple[int, tuple[int, ...]]]:
    """Turn `yhteis|työ` into a pattern that breaks at the bar and nowhere next to it."""
    values = [0] * (len(stem.replace("|", "")) + 1)
    place = 0
    for piece in stem.split("|")[:-1]:
        place += len(piece)
        values[place - 1 : place + 2] = [FORBID, BREAK, FORBID]
    return stem.replace("|", ""), (0, tuple(values))


@functools.cache
def dictionary() -> FinnishDictionary:
    return FinnishDictionary(PATTERNS, COMPOUNDS)


def register() -> None:
    """Make Pyphen, and with it WeasyPrint, hyphenate `lang="fi"`."""
    pyphen.LANGUAGES["fi"] = PATTERNS
    pyphen.LANGUAGES_LOWERCASE["fi"] = "fi"
    pyphen.hdcache[PATTERNS] = dictionary()


def hyphenate(text: str, soft: bool = True) -> str:
    """Put hyphens into the long words of a Finnish text: soft ones, or visible ones for proofreading."""
    return _hyphenated(text, lambda word: dictionary().positions(word), soft)


def hyphenate_heading(text: str, soft: bool = True) -> str:
    """Put hyphens at compound borders only: a heading broken inside a word reads badly."""
    return _hyphenated(text, lambda word: dictionary().border_positions(word), soft)


def _hyphenated(text: str, positions: Callable[[str], Iterable[int]], soft: bool) -> str:
    mark = SOFT_HYPHEN if soft else "-"

    def broken(match: re.Match[str]) -> str:
        word = match.group()
        last = len(word) - SHORTEST_PIECE
        places = [0, *(place for place in positions(word) if SHORTEST_PIECE <= place <= last), len(word)]
        return mark.join(word[start:end] for start, end in itertools.pairwise(places))

    return LONG_WORD.sub(broken, text)
