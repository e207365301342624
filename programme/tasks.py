"""Jobs of the ground: having files scanned. `reporting/tasks.py` has those of all other apps.

The work is named, not imported: web processes import this to queue jobs, and the work queues some itself.
"""

from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from programme.attachments.scanner import ScannerAwayError

SCAN_ATTACHMENT = "programme.attachments.scanning.scan_attachment"
SCAN_WHAT_WAS_NOT = "programme.attachments.scanning.scan_what_was_not"
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
