"""What the finance officer's desk tells of actuals: files that wait, and how far the ledger reaches."""

import datetime
from dataclasses import dataclass

from django.db.models import F, Max
from django.utils.translation import gettext as _

from programme.models import LedgerEntry, LedgerFile, Programme, User

Stage = LedgerFile.Stage


@dataclass
class WaitingFile:
    """A file on its way, and what its keeper does next with it."""

    file: LedgerFile
    faults: int

    @property
    def act(self) -> str:
        """The obvious act, in words; empty while a job is at work."""
        match self.file.stage:
            case Stage.COLUMNS:
                return _("Choose the columns")
            case Stage.CHECKED:
                return _("Mend the faults") if self.faults else _("Reconcile and confirm")
            case Stage.FAILED:
                return _("Try again")
            case Stage.UNREADABLE:
                return _("See why")
        return ""


@dataclass
class LedgerDesk:
    """Files on their way, and the last day of which the ledger counts anything."""

    files: list[WaitingFile]
    last_day: datetime.date | None


def ledger_desk(user: User, programme: Programme) -> LedgerDesk | None:
    """Return what concerns a person who imports actuals, None for others: two queries or none."""
    if not user.has_perm("programme.import_ledger", programme):
        return None
    files = programme.ledger_files.unfinished().select_related("programme", "attachment")
    files = files.annotate(faults=F("findings__number_of_faults")).defer("layout", "findings", "mapping")
    entries = LedgerEntry.objects.counted().filter(cost_centre__programme=programme)
    return LedgerDesk(
        files=[WaitingFile(file, file.faults or 0) for file in files],  # type: ignore[attr-defined]
        last_day=entries.aggregate(last=Max("booked_on"))["last"],
    )
