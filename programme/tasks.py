"""Jobs of the ground: files are scanned, the ledger comes in. `reporting/tasks.py` has those of other apps.

The work is named, not imported: web processes import this to queue jobs, and the work queues some itself.
"""

from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from programme.attachments.scanner import ScannerAwayError

SCAN_ATTACHMENT = "programme.attachments.scanning.scan_attachment"
SCAN_WHAT_WAS_NOT = "programme.attachments.scanning.scan_what_was_not"
LEDGER_JOBS = "programme.ledger.jobs"
MOST_ATTEMPTS = 5  # at a file of the ledger
# A scanner or a database that goes away is no fault of the file's: it waits until they are back.
WHEN_THEY_ARE_BACK = RetryStrategy(
    wait=30, retry_exceptions={ScannerAwayError, OperationalError, InterfaceError}
)


@app.task(queue="scans", retry=WHEN_THEY_ARE_BACK)
def scan_attachment(attachment_id: int) -> None:
    """Have a file scanned for viruses. Safe to run twice: what is judged stays judged."""
    import_string(SCAN_ATTACHMENT)(attachment_id)


@app.periodic(cron="50 3 * * *")
@app.task(queue="upkeep", queueing_lock="scan_what_was_not")
def scan_what_was_not(timestamp: int) -> None:
    """Queue what came in while there was no scanner, every night."""
    import_string(SCAN_WHAT_WAS_NOT)()


@app.task(queue="ledger", retry=WHEN_THEY_ARE_BACK, pass_context=True)
def look_at_ledger_file(context: JobContext, file_id: int) -> None:
    """Open a file of the accounting system. Safe to run twice, as the two below are."""
    _ledger_work("look", context, file_id)


@app.task(queue="ledger", retry=WHEN_THEY_ARE_BACK, pass_context=True)
def check_ledger_file(context: JobContext, file_id: int) -> None:
    """Check a file of the accounting system by its chosen columns."""
    _ledger_work("check", context, file_id)


@app.task(queue="ledger", retry=WHEN_THEY_ARE_BACK, pass_context=True)
def write_ledger_import(context: JobContext, file_id: int) -> None:
    """Write a confirmed file into the ledger, all of it or nothing."""
    _ledger_work("write_import", context, file_id)


def _ledger_work(name: str, context: JobContext, file_id: int) -> None:
    """Do the work on a file, unless it was begun too often.

    A worker that the file kills cannot tell so, and a database that was away could not keep it: the next one
    begins by giving up. So the strategy of retrying has no end of its own.
    """
    if context.job.attempts >= MOST_ATTEMPTS:
        import_string(f"{LEDGER_JOBS}.give_up")(name, file_id)
    else:
        import_string(f"{LEDGER_JOBS}.{name}")(file_id)
