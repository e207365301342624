"""The kinds of files that may come in. What a file is, its content says; its name must say the same."""

from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programme.attachments import offices, pdfs, pictures, texts

PDF, TEXT, TABLE = "application/pdf", "text/plain", "text/csv"
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/webp": b"RIFF"}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
ENDINGS = {
    PDF: (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    f"{offices.OPEN_XML}wordprocessingml.document": (".docx",),
    f"{offices.OPEN_XML}spreadsheetml.sheet": (".xlsx",),
    f"{offices.OPEN_XML}presentationml.presentation": (".pptx",),
    f"{OPEN_DOCUMENT}text": (".odt",),
    f"{OPEN_DOCUMENT}spreadsheet": (".ods",),
    f"{OPEN_DOCUMENT}presentation": (".odp",),
    TEXT: (".txt",),
    TABLE: (".csv",),
}
ALLOWED_ENDINGS = tuple(ending for endings in ENDINGS.values() for ending in endings)
# These alone a browser shows on the portal's own page: it draws them and runs nothing.
SHOWN = frozenset(PICTURES)


def short_name(media_type: str) -> str:
    """Return what people call a kind of file that may come in, as “PDF”."""
    return ENDINGS[media_type][0].removeprefix(".").upper()


def media_type_of(opened: IO[bytes], ending: str) -> str:
    """Return the type of a file by its content, which its ending must tell too.

    Raises ValidationError with what is wrong, in words for whoever chose the file.
    """
    if ending not in ALLOWED_ENDINGS:
        raise ValidationError(
            _(
                "Files of this kind are not taken. Add a PDF, a picture, an office file without macros, or "
                "text."
            )
        )
    media_type = _told_by_content(opened, ending)
    if ending not in ENDINGS.get(media_type, ()):
        raise ValidationError(
            _(
                "The content of the file is not what its name says (%(ending)s). Save it anew from the "
                "program that made it, or as a PDF."
            )
            % {"ending": ending}
        )
    _look_through(opened, media_type)
    return media_type


def _told_by_content(opened: IO[bytes], ending: str) -> str:
    opened.seek(0)
    head = opened.read(16)
    if head.startswith(b"%PDF-"):
        return PDF
    for media_type, signature in PICTURES.items():
        if head.startswith(signature) and (media_type != "image/webp" or head[8:12] == b"WEBP"):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        return offices.media_type_of(opened)
    if not texts.is_text(opened):
        return ""
    return TABLE if ending == ".csv" else TEXT


def _look_through(opened: IO[bytes], media_type: str) -> None:
    opened.seek(0)
    if media_type == PDF:
        content = opened.read()
        pdfs.must_be_pdf(content)
        pdfs.must_be_still(content)
    elif media_type in PICTURES:
        pictures.must_be_whole_picture(opened)
    elif media_type in (TEXT, TABLE):
        texts.must_be_mere_text(opened, is_table=media_type == TABLE)
