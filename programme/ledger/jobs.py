"""What workers do with a file: look at it, check it, write it. Each may be repeated."""

import contextlib
import uuid
from collections.abc import Iterator

import structlog
from django.db import InterfaceError, OperationalError

from programme.ledger.checking import Check, Findings
from programme.ledger.corrections import corrections_of
from programme.ledger.faults import UnreadableError
from programme.ledger.layouts import layout_of
from programme.ledger.lines import Reader
from programme.ledger.opening import open_table
from programme.ledger.sheets import Sheet
from programme.ledger.writing import ChangedMeanwhileError, write
from programme.models import LedgerFile

logger = structlog.get_logger(__name__)

Stage = LedgerFile.Stage
# By the work: the stages of a file that waits for it, and of one that is in it.
STAGES = {
    "look": (Stage.TO_LOOK, Stage.LOOKING),
    "check": (Stage.TO_CHECK, Stage.CHECKING),
    "write_import": (Stage.TO_WRITE, Stage.WRITING),
}


def look(file_id: int) -> None:
    """Open a file and show its beginning, so that its columns can be chosen."""
    file = _begun(file_id, *STAGES["look"])
    if file is None:
        return
    with _working_on(file):
        layout = layout_of(open_table(_content(file)))
        _reach(file, Stage.COLUMNS, layout=layout)


def check(file_id: int) -> None:
    """Check a file by the columns that were chosen; nothing is written."""
    file = _begun(file_id, *STAGES["check"])
    if file is None:
        return
    with _working_on(file):
        sheet = _sheet(file)
        _reach(file, Stage.CHECKING, rows_total=sheet.height, rows_done=0)
        checking = Check(
            Reader(sheet, file.mapping, file.programme, corrections_of(file)),
            file.programme,
            on_rows=lambda rows: _reach(file, Stage.CHECKING, rows_done=rows),
        )
        _reach(file, Stage.CHECKED, findings=checking.findings(), changed_meanwhile=False)


def write_import(file_id: int) -> None:
    """Write a confirmed file; where the ledger has changed since the check, show what would come of it."""
    file = _begun(file_id, *STAGES["write_import"])
    if file is None:
        return
    with _working_on(file):
        try:
            write(file, _sheet(file))
        except ChangedMeanwhileError as error:
            _show_again(file, error.findings)


def give_up(work: str, file_id: int) -> None:
    """Tell that a file failed whose job began again and again and never came to its end."""
    file = LedgerFile.objects.filter(pk=file_id, stage__in=STAGES[work]).first()
    if file is not None:
        logger.error("ledger_file_given_up", error_id=_fail(file), file=file.pk)


def _show_again(file: LedgerFile, findings: Findings) -> None:
    """Ask for another confirmation; a form that was opened before the change is stale."""
    _reach(
        file,
        Stage.CHECKED,
        findings=findings,
        changed_meanwhile=True,
        confirmed_by=None,
        version=file.version + 1,
    )


def _begun(file_id: int, waiting: str, working: str) -> LedgerFile | None:
    """Take a file up; None where it is past this stage: a job that is run twice does its work once."""
    rows = LedgerFile.objects.select_related("programme", "attachment__content")
    file = rows.filter(pk=file_id, stage__in=(waiting, working)).first()
    if file is None:
        return None
    _reach(file, working)
    return file


def _content(file: LedgerFile) -> bytes:
    return bytes(file.attachment.content.content)


def _sheet(file: LedgerFile) -> Sheet:
    """Return the sheet that was chosen, alone: the others of a workbook take no memory."""
    name = file.layout["sheets"][file.mapping["sheet"]]["name"]
    return open_table(_content(file), only=name).sheets[0]


@contextlib.contextmanager
def _working_on(file: LedgerFile) -> Iterator[None]:
    """Keep why a file cannot be read; of another failure, an id by which the log is found.

    But not that the database is away: it could not be told, and the queue begins anew when it is back.
    """
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except UnreadableError as error:
        _reach(file, Stage.UNREADABLE, why_unreadable={"code": error.code, **error.more})
    except Exception:
        logger.exception("ledger_file_failed", error_id=_fail(file), file=file.pk)
        raise


def _fail(file: LedgerFile) -> str:
    error_id = uuid.uuid4().hex[:8].upper()
    _reach(file, Stage.FAILED, error_id=error_id)
    return error_id


def _reach(file: LedgerFile, stage: str, **more: object) -> None:
    """Tell the stage, unless somebody has taken the file on meanwhile, which gives it a new version."""
    unfinished = LedgerFile.objects.filter(pk=file.pk, version=file.version, stage__in=LedgerFile.UNDER_WAY)
    unfinished.update(stage=stage, **more)
