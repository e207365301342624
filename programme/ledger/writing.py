"""Writing an import: all of it in one transaction, one at a time in a programme, as it was confirmed."""

import itertools
from collections.abc import Iterable

from django.db import connection, transaction

from programme import clock
from programme.deadlines.facts import ledger_changed
from programme.ledger.checking import Check, Findings
from programme.ledger.corrections import corrections_of
from programme.ledger.lines import Line, Reader
from programme.ledger.sheets import Sheet
from programme.models import LedgerFile, LedgerImport, Programme

LINES_AT_ONCE = 5000
COLUMNS = "ledger_import_id, voucher, line, booked_on, cost_centre_id, account_id, amount, text, occurrence"
# The first of the two numbers of an advisory lock: which kind of lock it is, here “a programme's ledger”.
LEDGER_LOCK = 19_480_512


class ChangedMeanwhileError(Exception):
    """The ledger or the lists are no longer as they were when the file was checked."""

    def __init__(self, findings: Findings) -> None:
        super().__init__("changed meanwhile")
        self.findings = findings


def lock_ledger(programme: Programme) -> None:
    """Let nobody else write to a programme's ledger until the end of the transaction.

    Not the programme's own row: a long import would keep everybody waiting who locks that.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LEDGER_LOCK, programme.pk])


@transaction.atomic
def write(file: LedgerFile, sheet: Sheet) -> LedgerImport | None:
    """Write the chosen sheet of a confirmed file. None where another worker has done it.

    Raises ChangedMeanwhileError, with nothing written, where something else would come of it than was
    confirmed.
    """
    lock_ledger(file.programme)
    rows = LedgerFile.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("programme", "attachment").get(pk=file.pk)
    if locked.stage not in (LedgerFile.Stage.TO_WRITE, LedgerFile.Stage.WRITING):
        return None
    programme = locked.programme
    made = LedgerImport.objects.create(
        programme=programme,
        file=locked,
        source_name=locked.attachment.name,
        source_sha256=locked.attachment.sha256,
        imported_at=clock.now(),
        imported_by=locked.confirmed_by,
    )
    check = Check(Reader(sheet, locked.mapping, programme, corrections_of(locked)), programme)
    lines = check.new_lines()
    while batch := list(itertools.islice(lines, LINES_AT_ONCE)):
        _copy(made, batch)
    findings = check.found()
    if findings["faults"] or findings["digest"] != locked.findings["digest"]:
        raise ChangedMeanwhileError(findings)
    locked.stage = LedgerFile.Stage.IMPORTED
    locked.changed_meanwhile = False
    locked.save(update_fields=["stage", "changed_meanwhile"])
    ledger_changed(programme, by=locked.confirmed_by)
    return made


def _copy(made: LedgerImport, lines: Iterable[tuple[Line, int]]) -> None:
    """Write lines by PostgreSQL's COPY, several times as fast as inserts; triggers run all the same.

    Raises the errors of django.db, as inserts do: a lost connection is known by them.
    """
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY programme_ledgerentry ({COLUMNS}) FROM STDIN") as copy,
    ):
        for line, occurrence in lines:
            copy.write_row((made.pk, *_columns(line), occurrence))


def _columns(line: Line) -> tuple[object, ...]:
    return line.voucher, line.line, line.day, line.cost_centre, line.account, line.amount, line.text
