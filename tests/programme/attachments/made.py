"""Files of many kinds, made by the tests themselves: such as people add, and such as are made to harm."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from tests.factories import a_pdf

OPEN_XML = "application/vnd.openxmlformats-officedocument."
MAINS = {
    "docx": f"{OPEN_XML}wordprocessingml.document.main+xml",
    "xlsx": f"{OPEN_XML}spreadsheetml.sheet.main+xml",
    "pptx": f"{OPEN_XML}presentationml.presentation.main+xml",
}
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def a_picture(kind: str = "PNG", size: tuple[int, int] = (3, 2)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "navy").save(made, kind)
    return made.getvalue()


def a_zip(parts: dict[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def an_office_file(kind: str = "docx", main: str = "", **more: bytes) -> bytes:
    """Make an Open XML file; `more` names parts with _ for / and __ for a dot."""
    told = f'<Types><Override PartName="/main.xml" ContentType="{main or MAINS[kind]}"/></Types>'
    extra = {name.replace("__", ".").replace("_", "/"): content for name, content in more.items()}
    return a_zip({"[Content_Types].xml": told.encode(), "main.xml": b"<document/>"} | extra)


def an_open_document(kind: str = "text", **more: bytes) -> bytes:
    extra = {name.replace("__", ".").replace("_", "/"): content for name, content in more.items()}
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return a_zip({"mimetype": mimetype, "content.xml": b"<office/>"} | extra)


def a_locked_archive() -> bytes:
    """Mark every part of an office file as encrypted, in both of the places where an archive says so."""
    content = bytearray(an_office_file())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(signature)
        while found >= 0:
            content[found + place] |= 1
            found = content.find(signature, found + 4)
    return bytes(content)


def a_bomb(largest: int = 201 * 1024 * 1024) -> bytes:
    """Make an office file of 200 kB that unfolds to more than 200 MB."""
    return an_office_file(word_media_x__xml=bytes(largest))


def a_bomb_that_lies() -> bytes:
    """Make a part say that it unpacks to ten bytes where it unpacks to ten million."""
    content = bytearray(an_office_file(word_x__xml=bytes(10_000_000)))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        found = content.rfind(signature) if signature == b"PK\x01\x02" else content.find(b"word/x.xml") - 30
        content[found + place : found + place + 4] = struct.pack("<I", 10)
    return bytes(content)


def a_pdf_that_acts(act: str = "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>") -> bytes:
    return _moved(a_pdf().replace(b"/Type /Catalog", f"/Type /Catalog {act}".encode()))


def a_pdf_with_packed_act() -> bytes:
    """Hide the script in a packed table of objects, as programs that make PDF do with all that is small."""
    packed = zlib.compress(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")
    stream = b"2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + packed
    return _moved(a_pdf().replace(b"1 0 obj", stream + b"\nendstream\nendobj\n1 0 obj"))


def _moved(pdf: bytes) -> bytes:
    """Let the end of a PDF lead to where its table stands now."""
    old, new = str(a_pdf().find(b"xref")).encode(), str(pdf.find(b"xref\n0 1")).encode()
    return pdf.replace(b"startxref\n" + old, b"startxref\n" + new)


def a_huge_picture() -> bytes:
    """Make a PNG whose head promises ten thousand million points."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    packed = [struct.pack(">I", len(c)) + n + c + struct.pack(">I", zlib.crc32(n + c)) for n, c in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)
