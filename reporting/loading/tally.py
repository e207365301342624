"""Counts what was loaded of what a file holds, so that nothing is dropped silently."""

from dataclasses import dataclass, field


@dataclass
class Tally:
    """Per kind: how many were loaded, how many the file holds; and what does not become rows, with why."""

    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)
    not_rows: dict[str, str] = field(default_factory=dict)

    def count(self, kind: str, loaded: int, of: int | None = None) -> None:
        """Add to a kind; without `of`, everything was loaded."""
        before, before_of = self.kinds.get(kind, (0, 0))
        self.kinds[kind] = (before + loaded, before_of + (loaded if of is None else of))

    def leave_out(self, what: str, why: str) -> None:
        self.not_rows[what] = why

    def lines(self) -> list[str]:
        """Return the account, a line a kind."""
        width = max((len(kind) for kind in self.kinds), default=0)
        lines = [f"  {kind:<{width}}  {_counted(*numbers)}" for kind, numbers in self.kinds.items()]
        if self.not_rows:
            lines.append("Not rows of the database:")
            lines += [f"  {what}: {why}" for what, why in self.not_rows.items()]
        return lines


def _counted(loaded: int, of: int) -> str:
    if loaded == of:
        return f"{loaded}"
    return f"{loaded} of {of}, {of - loaded} not known yet"
