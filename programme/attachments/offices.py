"""Documents, spreadsheets and presentations: ZIP archives of parts, looked through before they are kept."""

import re
import zipfile
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programme.attachments import archives

MOST_PARTS = 2000
LARGEST_CONTENT = 200 * 1024 * 1024
MIMETYPE = "mimetype"
CONTENT_TYPES = "[Content_Types].xml"
# The main part of each kind in [Content_Types].xml, after what all of them begin with. ECMA-376.
OPEN_XML = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    f"{OPEN_XML}wordprocessingml.document.main+xml": f"{OPEN_XML}wordprocessingml.document",
    f"{OPEN_XML}spreadsheetml.sheet.main+xml": f"{OPEN_XML}spreadsheetml.sheet",
    f"{OPEN_XML}presentationml.presentation.main+xml": f"{OPEN_XML}presentationml.presentation",
}
# What an office program runs: macros, controls, wrapped programs. Open XML and OpenDocument.
RUNS = re.compile(
    r"vbaProject|vbaData|activeX|oleObject|macrosheets|(^|/)Basic/|(^|/)Scripts/", re.IGNORECASE
)
EMBEDDED_DOCUMENTS = (".docx", ".xlsx", ".pptx")
PROGRAMS_AND_ARCHIVES = (
    b"MZ",
    b"\x7fELF",
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
)
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External")
# Over the net; a document's template on its writer's own disk is fetched by nobody else.
OVER_THE_NET = re.compile(
    rb"Target\s*=\s*[\"']\s*(?:(?:https?|ftp|mhtml|ms-\w+):|[\\/]{2}|file:/{2}[^/]|file:/{4})", re.I
)
HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")


def media_type_of(opened: IO[bytes]) -> str:
    """Return what kind of office file an archive is; empty where it is none.

    Raises ValidationError where it would run something, fetch something, or unfold to too much.
    """
    try:
        with zipfile.ZipFile(opened) as archive:
            return _looked_through(archive)
    except archives.TooMuchError as error:
        raise ValidationError(
            _("There is more in the file than its size lets think. Save it as a PDF and add that.")
        ) from error
    except (*archives.UNREADABLE, archives.StrangeError) as error:
        raise ValidationError(
            _("The file is broken or protected by a password. Open it, save it without one and add it again.")
        ) from error


def _looked_through(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    archives.measure(parts, most=MOST_PARTS, largest=LARGEST_CONTENT)
    if archives.has_doubles(parts):
        raise archives.StrangeError
    media_type = _kind_of(archive, {part.filename for part in parts})
    if media_type:
        for part in parts:
            _look_at(archive, part)
    return media_type


def _kind_of(archive: zipfile.ZipFile, names: set[str]) -> str:
    if MIMETYPE in names:
        return archive.read(MIMETYPE)[:100].decode("ascii", "replace").strip()
    if CONTENT_TYPES not in names:
        return ""
    told = archive.read(CONTENT_TYPES).decode("utf-8", "replace")
    if "macroEnabled" in told:
        raise ValidationError(_runs_something())
    return next((media_type for main, media_type in MAIN_PARTS.items() if f'"{main}"' in told), "")


def _look_at(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if RUNS.search(part.filename):
        raise ValidationError(_runs_something())
    # To unpack all of it shows that it is whole; only the parts that link are kept in memory meanwhile.
    links = bytearray()
    for number, block in enumerate(archives.blocks(archive, part)):
        is_document = part.filename.lower().endswith(EMBEDDED_DOCUMENTS)
        if number == 0 and block.startswith(PROGRAMS_AND_ARCHIVES) and not is_document:
            raise ValidationError(_runs_something())
        if part.filename.endswith(".rels"):
            links += block
    for link in RELATIONSHIP.findall(bytes(links)):
        if EXTERNAL.search(link) and OVER_THE_NET.search(link) and not HYPERLINK.search(link):
            raise ValidationError(
                _("The file fetches parts of itself from elsewhere. Save it with all it needs.")
            )


def _runs_something() -> str:
    return _("The file holds macros or another file within it. Save it without them, or as a PDF.")
