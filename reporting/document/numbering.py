"""Numbers of sections, tables and figures, given in the order in which a reader meets them."""

from typing import NamedTuple

from reporting.document.words import Passage


class Numbered(NamedTuple):
    """A table's or figure's number and title."""

    number: int
    title: str


class Section(NamedTuple):
    """A part of the document: its anchor, the number before its title (if any), its title."""

    anchor: str
    number: str
    title: Passage

    @property
    def heading(self) -> str:
        """The whole heading, for the running head and the contents."""
        return f"{self.number} {self.title.text}".strip()


class Numbering:
    """Counts while a document is put together."""

    def __init__(self) -> None:
        self.tables = 0
        self.figures = 0
        self.sections: list[Section] = []

    def table(self, title: str) -> Numbered:
        self.tables += 1
        return Numbered(self.tables, title)

    def figure(self, title: str) -> Numbered:
        self.figures += 1
        return Numbered(self.figures, title)

    def section(self, anchor: str, title: Passage | str, number: str = "") -> Section:
        made = Section(anchor, number, title if isinstance(title, Passage) else Passage(title, ""))
        self.sections.append(made)
        return made
