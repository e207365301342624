"""Texts as a document holds them: what is said, and in which language when that is not the document's own."""

import datetime
from calendar import monthrange
from collections.abc import Mapping
from typing import NamedTuple, cast

from programme import text
from reporting.fact_types import Facts, PeriodFacts, Words

# The last month of each kind of period; the kinds are those of `programme.models.ReportingPeriod`.
LAST_MONTH = {"T1": 4, "T2": 8, "TP": 12}


class Passage(NamedTuple):
    """A text, and its language where it differs from the document's: it must be marked for who listens."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)


def in_words(words: Words | Mapping[str, str] | None) -> Passage:
    """Choose the document's language, or the nearest there is."""
    chosen, language = text.in_language(_mapping(words))
    return told(chosen, language)


def told(words: str | None, language: str) -> Passage:
    """Mark what a person wrote with the language in which it was written."""
    return Passage(words or "", "" if language == text.language_code() else language)


def plain(words: Words | None) -> str:
    return text.in_language(_mapping(words))[0]


def _mapping(words: Words | Mapping[str, str] | None) -> Mapping[str, str | None] | None:
    """Read typed words by a language code that is only known now."""
    return cast("Mapping[str, str | None] | None", words)


def status_words(facts: Facts) -> dict[str, str]:
    """Return the statuses' names as they were when the facts were frozen."""
    return {code: plain(words) for code, words in facts["status_labels"].items()}


def previous_end(period: PeriodFacts) -> datetime.date | None:
    """Return the last day of the period before this one in the same year."""
    code = period["previous"]
    month = LAST_MONTH.get(code.rpartition("-")[2]) if code else None
    if month is None:
        return None
    return datetime.date(period["year"], month, monthrange(period["year"], month)[1])
