"""Milestones as people type them, one a line: in which month of the plan's year each is reached."""

import re
from typing import NamedTuple

from programme.text import MONTHS

_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_OF_YEAR = rf"{_MONTH}\s?/\s?(?P<year>\d{{4}})"
_AFTER = r"\s*[.:,;)–-]?\s+"
# In Finnish a month has many endings (toukokuu, toukokuussa); in the others a word may be one by chance
# (May, mars), so that it needs its mark or its preposition.
_STEMS = [name.removesuffix("kuuta") for name in MONTHS["fi"]]
_FINNISH = rf"(?P<stem>{'|'.join(_STEMS)})kuu\w{{0,4}}"
_NAMES = [*MONTHS["sv"], *MONTHS["en"]]
_OTHER = rf"(?P<name>{'|'.join(_NAMES)})"
# What is cut away says the month; a day of the month stays in the text.
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^{_OF_YEAR}{_AFTER}(?P<text>\S.*)$",  # 3/2010 luonnos
        rf"^(?P<text>.*\S)\s*[,:(]?\s+\(?{_OF_YEAR}\)?\.?$",  # luonnos 3/2010
        rf"^(?P<text>(?:3[01]|[12]\d|0?[1-9])\.{_MONTH}\.(?P<year>\d{{4}})?\s+\S.*)$",  # 1.3. luonnos
        rf"^{_MONTH}\s*[.:)]?\s+(?P<text>\S.*)$",  # 3 luonnos, 3. luonnos, 3: luonnos
        rf"^{_FINNISH}{_AFTER}(?P<text>\S.*)$",  # maaliskuu: luonnos
        rf"^(?P<text>.*\S)\s+{_FINNISH}\.?$",  # luonnos maaliskuussa
        rf"^(?:in?\s+)?{_OTHER}\s*[.:,;)–-]\s+(?P<text>\S.*)$",  # mars: utkast
        rf"^(?P<text>.*\S)\s+in?\s+{_OTHER}\.?$",  # utkast i mars
    )
]


class Milestone(NamedTuple):
    month: int
    text: str


def milestones_in(text: str, year: int) -> tuple[list[Milestone], list[str]]:
    """Read milestones of a year's plan; return those with a month in its order, and the lines without one.

    What is of another year has no month in this one.
    """
    dated, undated = [], []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        found = next((match for form in _FORMS if (match := form.match(line))), None)
        said = found.groupdict() if found else {}
        if found is None or (said.get("year") and int(said["year"]) != year):
            undated.append(line)
        else:
            dated.append(Milestone(_month_in(said), said["text"].rstrip(",:")))
    return sorted(dated, key=lambda milestone: milestone.month), undated


def _month_in(said: dict[str, str | None]) -> int:
    if number := said.get("month"):
        return int(number)
    if stem := said.get("stem"):
        return _STEMS.index(stem.lower()) + 1
    names = [name.lower() for name in _NAMES]
    return names.index((said.get("name") or "").lower()) % 12 + 1
