"""What the finance officer's desk tells of actuals: files that wait, and how far the ledger reaches."""

import datetime
from dataclasses import dataclass

from django.db.models import Max

from programme.models import LedgerEntry, LedgerFile, Programme, User


@dataclass
class LedgerDesk:
    """Files on their way, and the last day of which the ledger counts anything."""

    files: list[LedgerFile]
    last_day: datetime.date | None


def ledger_desk(user: User, programme: Programme) -> LedgerDesk | None:
    """Return what concerns a person who imports actuals, None for others: two queries or none."""
    if not user.has_perm("programme.import_ledger", programme):
        return None
    files = programme.ledger_files.unfinished().select_related("programme", "attachment")
    entries = LedgerEntry.objects.counted().filter(cost_centre__programme=programme)
    return LedgerDesk(
        files=list(files.defer("layout", "findings", "mapping")),
        last_day=entries.aggregate(last=Max("booked_on"))["last"],
    )
