"""Codes that people read aloud and minutes cite: a series and a number, MUU-2009-3."""

from collections.abc import Iterable


def next_number(series: str, known: Iterable[str]) -> int:
    """Return the number after the highest of a series; codes of other series count for nothing."""
    ends = (code.removeprefix(series) for code in known if code.startswith(series))
    return max((int(end) for end in ends if end.isdecimal()), default=0) + 1
