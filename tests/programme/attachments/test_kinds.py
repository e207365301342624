"""Files of many kinds, some of them made to harm: each gets the right answer."""

import io

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from programme.attachments import names
from programme.attachments.checking import check
from tests.factories import a_pdf
from tests.programme.attachments import made

OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

TAKEN = {
    "raportti.pdf": (a_pdf(), "application/pdf"),
    "RAPORTTI.PDF": (a_pdf(), "application/pdf"),
    "kuva.png": (made.a_picture(), "image/png"),
    "kuva.jpg": (made.a_picture("JPEG"), "image/jpeg"),
    "kuva.jpeg": (made.a_picture("JPEG"), "image/jpeg"),
    "kuva.webp": (made.a_picture("WEBP"), "image/webp"),
    "muistio.docx": (made.an_office_file("docx"), f"{made.OPEN_XML}wordprocessingml.document"),
    "luvut.xlsx": (made.an_office_file("xlsx"), f"{made.OPEN_XML}spreadsheetml.sheet"),
    "esitys.pptx": (made.an_office_file("pptx"), f"{made.OPEN_XML}presentationml.presentation"),
    "muistio.odt": (made.an_open_document("text"), f"{OPEN_DOCUMENT}text"),
    "luvut.ods": (made.an_open_document("spreadsheet"), f"{OPEN_DOCUMENT}spreadsheet"),
    "esitys.odp": (made.an_open_document("presentation"), f"{OPEN_DOCUMENT}presentation"),
    "muistio.txt": ("Päätös on tehty: 3 < 5 ja 7 > 2.".encode(), "text/plain"),
    "vanha.txt": ("Päätös on tehty.".encode("cp1252"), "text/plain"),
    "luvut.csv": (b"kunta;muutos\nAskola;-12,5\nPorvoo;+3 %\n", "text/csv"),
    "kaavio.docx": (
        made.an_office_file(word_embeddings_luvut__xlsx=made.an_office_file("xlsx")),
        f"{made.OPEN_XML}wordprocessingml.document",
    ),
    "linkki.docx": (
        made.an_office_file(
            word__rels_x__rels=b'<Relationship Type="http://x/hyperlink" TargetMode="External" Target="http://a.fi"/>'
        ),
        f"{made.OPEN_XML}wordprocessingml.document",
    ),
}
TAKEN["pohja.docx"] = (
    made.an_office_file(
        word__rels_x__rels=b'<Relationship Type="http://x/attachedTemplate" TargetMode="External" Target="file:///C:\\p.dotx"/>'
    ),
    f"{made.OPEN_XML}wordprocessingml.document",
)
KIND, CONTENT, EMPTY, LARGE, RUNS, MUCH, BROKEN, PAGE = (
    "of this kind",
    "not what its name says",
    "is empty",
    "larger than",
    "holds macros",
    "than its size lets think",
    "broken or protected",
    "a web page",
)
REFUSED = {
    "a web page named as a PDF": ("raportti.pdf", b"<!DOCTYPE html><script>alert(1)</script>", CONTENT),
    "a web page": ("sivu.html", b"<html></html>", KIND),
    "a web page named as text": ("sivu.txt", b"hei\n<ScRiPt src=//x.fi></script>", PAGE),
    "a web page in a table": ("sivu.csv", b"a;b\n1;<iframe src=//x.fi>", PAGE),
    "a drawing with a script": ("kuva.svg", b"<svg><script>alert(1)</script></svg>", KIND),
    "a drawing with a script named as a picture": (
        "kuva.png",
        b"<svg><script>alert(1)</script></svg>",
        CONTENT,
    ),
    "nothing": ("tyhja.pdf", b"", EMPTY),
    "a PDF cut short": ("raportti.pdf", a_pdf()[:40], "its end is missing"),
    "a PDF behind a web page": ("raportti.pdf", b"<html>" + a_pdf(), CONTENT),
    "a PDF with a script": ("raportti.pdf", made.a_pdf_that_acts(), "holds a script"),
    "a PDF with a hidden script": (
        "raportti.pdf",
        made.a_pdf_that_acts("/OpenAction << /S /J#61vaScript >>"),
        "holds a script",
    ),
    "a PDF with a packed script": ("raportti.pdf", made.a_pdf_with_packed_act(), "holds a script"),
    "a PDF that starts a program": ("a.pdf", made.a_pdf_that_acts("/AA << /S /Launch >>"), "holds a script"),
    "a PDF with a file in it": ("a.pdf", made.a_pdf_that_acts("/EmbeddedFiles 9 0 R"), "holds a script"),
    "a locked PDF": ("a.pdf", a_pdf().replace(b"/Root", b"/Encrypt 2 0 R /Root"), "by a password"),
    "a PDF named as a picture": ("kuva.png", a_pdf(), CONTENT),
    "a picture named as a PDF": ("kuva.pdf", made.a_picture(), CONTENT),
    "a JPEG named as a PNG": ("kuva.png", made.a_picture("JPEG"), CONTENT),
    "a picture cut short": ("kuva.png", made.a_picture()[:-20], "picture is broken"),
    "a picture of a size that nobody can show": ("kuva.png", made.a_huge_picture(), "picture is broken"),
    "a picture with a web page behind it": (
        "kuva.jpg",
        made.a_picture("JPEG") + b"<SCRIPT>",
        "behind the picture",
    ),
    "a picture with an archive behind it": (
        "kuva.png",
        made.a_picture() + made.a_zip({"a.exe": b"MZ"}),
        "behind the picture",
    ),
    "a program": ("ohjelma.exe", b"MZ\x90\x00", KIND),
    "a program named as a PDF": ("raportti.pdf", b"MZ\x90\x00\x03", CONTENT),
    "a program of Linux named as text": ("raportti.txt", b"\x7fELF\x02\x01\x01\x00", CONTENT),
    "a program with two endings": ("raportti.pdf.exe", a_pdf(), KIND),
    "a script": ("aja.bat", b"del *.*", KIND),
    "an archive": ("paketti.zip", made.a_zip({"a.txt": b"a"}), KIND),
    "an archive named as a document": ("muistio.docx", made.a_zip({"a.txt": b"a"}), CONTENT),
    "a document named as a spreadsheet": ("luvut.xlsx", made.an_office_file("docx"), CONTENT),
    "an old document": ("muistio.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", KIND),
    "an old document named as a new one": ("muistio.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", CONTENT),
    "a bomb": ("pommi.docx", made.a_bomb(), MUCH),
    "a bomb that lies": ("pommi.docx", made.a_bomb_that_lies(), BROKEN),
    "an archive of too many parts": (
        "pommi.docx",
        made.a_zip({"[Content_Types].xml": b"", **{f"word/{number}.xml": b"" for number in range(2001)}}),
        MUCH,
    ),
    "a document with macros": ("muistio.docx", made.an_office_file(word_vbaProject__bin=b"x"), RUNS),
    "a document that says it has macros": (
        "muistio.docx",
        made.an_office_file(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
        RUNS,
    ),
    "an open document with macros": ("muistio.odt", made.an_open_document(Basic_Standard_x__xml=b"x"), RUNS),
    "a document with a program in it": ("m.docx", made.an_office_file(word_media_a__bin=b"MZ\x90"), RUNS),
    "a document with an archive in it": (
        "m.docx",
        made.an_office_file(word_media_a__bin=made.a_zip({"a": b"a"})),
        RUNS,
    ),
    "a document that fetches its template": (
        "m.docx",
        made.an_office_file(
            word__rels_x__rels=b'<Relationship Type="http://x/attachedTemplate" TargetMode="External" Target="http://a"/>'
        ),
        "from elsewhere",
    ),
    "a document that fetches its template from another machine": (
        "m.docx",
        made.an_office_file(
            word__rels_x__rels=b'<Relationship Type="http://x/attachedTemplate" TargetMode="External" Target="file://a/b"/>'
        ),
        "from elsewhere",
    ),
    "a locked document": ("muistio.docx", made.a_locked_archive(), BROKEN),
    "a broken document": ("muistio.docx", made.an_office_file()[:-30], BROKEN),
    "a table of formulas": ("luvut.csv", b"a;b\n=cmd|' /C calc'!A0;1\n", "holds formulas"),
    "a table with a formula behind a sign": ("luvut.csv", b"a,b\n1,+SUM(A1)\n", "holds formulas"),
    "a name without an ending": ("raportti", a_pdf(), KIND),
    "a name that is but an ending": (".pdf", a_pdf(), KIND),
    "a name that turns round": ("raportti\u202efdp.exe", a_pdf(), KIND),
}


def answer(name: str, content: bytes) -> str:
    """Return the type that a file is taken as, or why it is refused."""
    with translation.override("en"):
        try:
            return check(SimpleUploadedFile(name, content)).media_type
        except ValidationError as error:
            return " ".join(error.messages)


@pytest.mark.parametrize("name", TAKEN)
def test_what_people_add_is_taken_as_what_it_is(name):
    content, media_type = TAKEN[name]
    assert answer(name, content) == media_type


@pytest.mark.parametrize("case", REFUSED)
def test_what_may_harm_is_refused_and_told_why(case):
    name, content, why = REFUSED[case]
    assert why in answer(name, content)


def test_the_largest_file_is_taken_and_a_byte_more_is_not():
    filled = a_pdf("x" * (settings.LARGEST_FILE - len(a_pdf()) - 7))
    largest = filled + b"\n" * (settings.LARGEST_FILE - len(filled))
    assert answer("a.pdf", largest) == "application/pdf"
    assert "larger than 20 MB" in answer("a.pdf", largest + b"\n")


def test_of_what_is_too_large_nothing_is_read():
    uploaded = SimpleUploadedFile("a.pdf", b"")
    uploaded.size = 300 * 1024 * 1024
    uploaded.file = io.TextIOWrapper(io.BytesIO())  # reading bytes from it would fail
    with pytest.raises(ValidationError, match="20"):
        check(uploaded)


def test_a_file_is_told_by_its_name_size_and_hash():
    checked = check(SimpleUploadedFile("Päätös 5.pdf", a_pdf()))
    assert (checked.name, checked.size, len(checked.sha256)) == ("Päätös 5.pdf", len(a_pdf()), 64)
    assert checked.content() == a_pdf()


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Pa\u0308a\u0308to\u0308s.pdf", "Päätös.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\raportti.pdf", "raportti.pdf"),
        ("..raportti.pdf ", "raportti.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie_ b.pdf"),
        ("raportti\u202efdp.exe", "raportti fdp.exe"),
        ("a\x00.pdf", "a .pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere_hides_nothing_and_is_not_too_long(name, cleaned):
    assert names.cleaned(name) == cleaned
