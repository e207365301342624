"""What a preview showed waits in the page itself, signed: nothing is stored that somebody would clear away.

So nobody can confirm what they were not shown, nor what another was shown, nor of another plan.
"""

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programme.models import User

SECONDS_TO_CONFIRM = 60 * 60
# What a form may carry; the portal takes forms of 2.5 MB.
LONGEST_SEALED = 2_000_000


def seal(shown: Any, *, about: int, reader: User, salt: str) -> str:
    """Return what a reader was shown about something. Raises ValidationError where a form cannot carry it."""
    sealed = signing.dumps([about, reader.pk, shown], salt=salt, compress=True)
    if len(sealed) > LONGEST_SEALED:
        raise ValidationError(_("The file changes too much at once. Bring it in by parts."))
    return sealed


def unseal(sealed: str, *, about: int, reader: User, salt: str) -> Any:
    """Return what this reader was shown about it. Raises ValidationError where it is none, or too old."""
    too_old = ValidationError(_("The preview is too old. Bring the file in again."))
    try:
        made_about, made_for, shown = signing.loads(sealed, salt=salt, max_age=SECONDS_TO_CONFIRM)
    except signing.BadSignature as error:
        raise too_old from error
    if (made_about, made_for) != (about, reader.pk):
        raise too_old
    return shown
