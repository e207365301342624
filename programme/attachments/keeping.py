"""Keeping the bytes of a file that was looked through, and letting go of them.

They live in the database: a file and what it belongs to are kept or not kept together, every machine of the
portal has it at once, and one backup holds both.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from programme import clock, tasks
from programme.attachments.checking import CheckedFile
from programme.models import Attachment, AttachmentContent, User


@transaction.atomic
def keep(checked: CheckedFile, *, actor: User, secrecy_ground: str = "") -> Attachment:
    """Keep a file; where there is a virus scanner, have it looked through before anybody gets it."""
    attachment = Attachment.objects.create(
        name=checked.name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
        secrecy_ground=secrecy_ground.strip(),
        added_at=clock.now(),
        added_by=actor,
        scan=Attachment.Scan.WAITING if settings.SCANNER else Attachment.Scan.NOT_SCANNED,
    )
    AttachmentContent.objects.create(attachment=attachment, content=checked.content())
    if settings.SCANNER:
        tasks.scan_attachment.defer(attachment_id=attachment.pk)
    return attachment


def let_go(attachments: Iterable[int]) -> None:
    """Remove files, by id, to which nothing leads any more; the trail keeps their names and hashes."""
    for attachment in Attachment.objects.filter(pk__in=list(attachments)):
        try:
            with transaction.atomic():
                attachment.delete()
        except ProtectedError:
            continue
