"""The way to a page, step by step; the last step is the page itself and leads nowhere."""

from typing import Any, NamedTuple

from programme import text


class Step(NamedTuple):
    """One step of the way: its name, its address, and the name's language where it is not the reader's."""

    label: str
    address: str | None = None
    language: str = ""


def step_to(row: Any, name: str = "name", *, number: str = "", is_here: bool = False) -> Step:
    """Return the step to a row's own page, by its name in the reader's language or in the one there is."""
    label, language = text.words_of(row, name)
    return Step(
        f"{number} {label}".strip(),
        None if is_here else row.get_absolute_url(),
        "" if language == text.language_code() else language,
    )
