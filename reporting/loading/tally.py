"""Counts what was loaded of what a file holds, so that nothing is dropped silently."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Per kind: how many were loaded, how many the file holds; and what does not become rows, with why."""

    loaded: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    not_rows: dict[str, str] = field(default_factory=dict)

    def count(self, kind: str, loaded: int, *, of: int | None = None) -> None:
        """Add to a kind what was loaded and what the file holds; without `of`, everything was loaded."""
        self.loaded[kind] += loaded
        self.held[kind] += loaded if of is None else of

    def leave_out(self, what: str, why: str) -> None:
        self.not_rows[what] = why

    def lines(self) -> list[str]:
        """Return the account, a line a kind."""
        width = max((len(kind) for kind in self.loaded), default=0)
        lines = [f"  {kind:<{width}}  {self._counted(kind)}" for kind in self.loaded]
        if self.not_rows:
            lines.append("Not rows of the database:")
            lines += [f"  {what}: {why}" for what, why in self.not_rows.items()]
        return lines

    def _counted(self, kind: str) -> str:
        loaded, held = self.loaded[kind], self.held[kind]
        return f"{loaded}" if loaded == held else f"{loaded} of {held}, {held - loaded} not known yet"
