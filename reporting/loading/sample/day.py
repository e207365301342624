"""The day whose knowledge is loaded."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Day:
    """The day on which something is known; without a date everything is."""

    date: datetime.date | None = None

    def has_come(self, day: datetime.date) -> bool:
        return self.date is None or day <= self.date

    def is_after(self, day: datetime.date) -> bool:
        return self.date is None or day < self.date

    def __str__(self) -> str:
        return "everything" if self.date is None else self.date.isoformat()
