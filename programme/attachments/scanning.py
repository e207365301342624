"""What becomes of a file once the scanner has looked: it is given out, or stays in quarantine."""

import structlog
from django.conf import settings

from programme import clock, tasks
from programme.attachments import scanner
from programme.models import Attachment

logger = structlog.get_logger(__name__)


def scan_attachment(attachment_id: int) -> None:
    """Have a file scanned and keep the judgement. Safe to run twice: what is judged stays judged.

    Raises ScannerAwayError where there is no judgement; the file waits on.
    """
    unjudged = Attachment.objects.exclude(scan__in=(Attachment.Scan.CLEAN, Attachment.Scan.QUARANTINED))
    attachment = unjudged.filter(pk=attachment_id).select_related("content").first()
    if attachment is None:
        return
    judgement = scanner.scan(bytes(attachment.content.content))
    state = Attachment.Scan.CLEAN if judgement.is_clean else Attachment.Scan.QUARANTINED
    unjudged.filter(pk=attachment_id).update(scan=state, found=judgement.found, scanned_at=clock.now())
    if not judgement.is_clean:
        logger.warning("attachment_quarantined", attachment=attachment_id, found=judgement.found)


def scan_what_was_not() -> int:
    """Queue the files that came in while there was no scanner, or that lost their turn; return how many."""
    if not settings.SCANNER:
        return 0
    waiting = Attachment.objects.filter(scan__in=(Attachment.Scan.NOT_SCANNED, Attachment.Scan.WAITING))
    ids = list(waiting.values_list("pk", flat=True))
    for attachment_id in ids:
        tasks.scan_attachment.defer(attachment_id=attachment_id)
    return len(ids)
