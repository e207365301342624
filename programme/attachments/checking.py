"""What is asked of every uploaded file before anything of it is kept."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programme.attachments import kinds, names


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: its name cleaned, its type found from its content."""

    name: str
    media_type: str
    size: int
    sha256: str
    uploaded: Any

    def content(self) -> bytes:
        self.uploaded.seek(0)
        return bytes(self.uploaded.read())


def must_not_be_too_large(size: int) -> None:
    """Raise ValidationError where a file is larger than the portal takes."""
    if size > settings.LARGEST_FILE:
        raise ValidationError(
            _("The file is larger than %(size)s MB.") % {"size": settings.LARGEST_FILE // (1024 * 1024)}
        )


def check(uploaded: Any) -> CheckedFile:
    """Look an uploaded file through. Raises ValidationError with its name and what is wrong with it.

    Its size is asked first: of what is too large nothing is read.
    """
    name = names.cleaned(uploaded.name or "")
    try:
        if not uploaded.size:
            raise ValidationError(_("The file is empty. Choose another."))
        must_not_be_too_large(uploaded.size)
        media_type = kinds.media_type_of(uploaded.file, names.extension_of(name))
    except ValidationError as error:
        raise ValidationError(f"{name or '?'}: {' '.join(error.messages)}") from error
    return CheckedFile(name, media_type, uploaded.size, sha256_of(uploaded), uploaded)


def sha256_of(uploaded: Any) -> str:
    """Return the hash of an uploaded file, read a block at a time."""
    digest = hashlib.sha256()
    for block in uploaded.chunks():
        digest.update(block)
    return digest.hexdigest()
