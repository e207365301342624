"""Giving an attachment out, to whom its own address has let in."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from programme.attachments import kinds
from programme.generic import RefusedByState
from programme.models import Attachment

# Whatever a browser makes of the bytes: nothing in them runs, loads, or sees the portal's cookies.
NOTHING_RUNS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def response_of(attachment: Attachment) -> HttpResponse:
    """Give a file as it came in, pictures to be looked at and all else to be saved.

    A PDF is saved too: a browser's own reader of PDF does not open in the sandbox, and without one it would
    run what others have put into the file. Raises RefusedByState where nobody gets it.
    """
    if attachment.scan == Attachment.Scan.QUARANTINED:
        raise RefusedByState(
            _("The virus scanner found something in this file. It is in quarantine, and nobody gets it.")
        )
    if not attachment.is_given_out:
        raise RefusedByState(_("This file is being scanned for viruses. Try again in a moment."))
    is_saved = attachment.media_type not in kinds.SHOWN
    return HttpResponse(
        bytes(attachment.content.content),
        content_type=attachment.media_type,
        headers={
            "Content-Disposition": content_disposition_header(is_saved, attachment.name) or "attachment",
            "Content-Security-Policy": NOTHING_RUNS,
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store" if attachment.is_secret else "private, no-cache",
            "ETag": f'"{attachment.sha256}"',
        },
    )
