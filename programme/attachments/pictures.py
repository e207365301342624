"""Pictures: whole, of a size that a reader's machine can show, and with nothing behind their end."""

import warnings
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_POINTS = 60_000_000
MARKUP = (b"<script", b"<html", b"<svg", b"<?php", b"PK\x03\x04")
# Where another file is hung on: behind the picture, which no program shows.
END = 64 * 1024


def must_be_whole_picture(opened: IO[bytes]) -> None:
    """Raise ValidationError with what is wrong: broken, too large to show, or another file behind it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(opened, formats=FORMATS) as picture:
                width, height = picture.size
                picture.verify()
    except Exception as error:  # a reader of pictures fails in many ways, all of which mean this
        raise ValidationError(_("The picture is broken. Save it again, and add that.")) from error
    if width * height > MOST_POINTS:
        raise ValidationError(_("The picture has too many points to be shown. Save it smaller."))
    opened.seek(0, 2)
    opened.seek(max(opened.tell() - END, 0))
    end = opened.read().lower()
    if any(mark.lower() in end for mark in MARKUP):
        raise ValidationError(_("There is another file behind the picture. Save it again, and add that."))
