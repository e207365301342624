"""ZIP archives are measured before they are read: a small file can unfold to more than any memory."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

BLOCK = 256 * 1024
# What reading an archive of others can end in.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError)
ENCRYPTED = 0x1


class TooMuchError(Exception):
    """An archive holds more than may be unpacked."""


class StrangeError(Exception):
    """An archive is packed in a way in which no office program packs."""


def measure(parts: list[zipfile.ZipInfo], *, most: int, largest: int) -> None:
    """Count what the parts say they unpack to. A part is never read beyond what it says.

    Raises TooMuchError where there is more than may be, StrangeError where it is packed strangely or locked.
    """
    if len(parts) > most or sum(part.file_size for part in parts) > largest:
        raise TooMuchError
    if not {part.compress_type for part in parts} <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise StrangeError
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise StrangeError


def blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Give the content of a part, a block at a time; fails where it is not the whole that it says it is."""
    with archive.open(part) as opened:
        yield from _blocks_of(opened)


def _blocks_of(opened: IO[bytes]) -> Iterator[bytes]:
    while block := opened.read(BLOCK):
        yield block


def has_doubles(parts: Iterable[zipfile.ZipInfo]) -> bool:
    """Return whether two parts have one name: readers differ in which of them they show."""
    names = [part.filename.casefold() for part in parts]
    return len(set(names)) < len(names)
