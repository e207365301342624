"""Jobs of the ground: files are scanned, the ledger comes in. `reporting/tasks.py` has those of other apps.

The work is named, not imported: web processes import this to queue jobs, and the work queues some itself.
"""

from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from programme.attachments.scanner import ScannerAwayError

SCAN_ATTACHMENT = "programme.attachments.scanning.scan_attachment"
SCAN_WHAT_WAS_NOT = "programme.attachments.scanning.scan_what_was_not"
LEDGER_JOBS = "programme.ledger.jobs"
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


@app.task(queue="ledger", retry=WHEN_THEY_ARE_BACK)
def look_at_ledger_file(file_id: int) -> None:
    """Open a file of the accounting system. Safe to run twice, as the two below are."""
    import_string(f"{LEDGER_JOBS}.look")(file_id)


@app.task(queue="ledger", retry=WHEN_THEY_ARE_BACK)
def check_ledger_file(file_id: int) -> None:
    """Check a file of the accounting system by its chosen columns."""
    import_string(f"{LEDGER_JOBS}.check")(file_id)


@app.task(queue="ledger", retry=WHEN_THEY_ARE_BACK)
def write_ledger_import(file_id: int) -> None:
    """Write a confirmed file into the ledger, all of it or nothing."""
    import_string(f"{LEDGER_JOBS}.write_import")(file_id)
