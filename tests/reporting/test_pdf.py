"""The PDF: always the same bytes, fit for archive and every reader, reading nothing but our static files."""

import hashlib
import io
import subprocess
import sys

import pikepdf
import pypdfium2
import pytest

from reporting import pdf
from reporting.depths import at_depth
from reporting.pdf.characters import spelled_out
from reporting.pdf.fetcher import StaticFetcher
from tests.reporting.facts_example import (
    example_document,
    example_facts,
    example_particulars,
    follow_up,
    target,
    words,
)
from tests.verapdf import validate

WATERMARK = (0xF5, 0xEC, 0xE8)


@pytest.fixture(scope="module")
def stages() -> list[str]:
    return []


@pytest.fixture(scope="module")
def rendered(stages) -> pdf.RenderedPdf:
    return pdf.render(example_document(), on_stage=stages.append)


@pytest.fixture(scope="module")
def opened(rendered):
    with pikepdf.open(io.BytesIO(rendered.content)) as file:
        yield file


def silent(_stage: str) -> None:
    pass


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file)


def structure(node) -> list:
    """Return every element of the structure tree."""
    if isinstance(node, pikepdf.Array):
        return [element for child in node for element in structure(child)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    inner = structure(node["/K"]) if "/K" in node else []
    return [node, *inner] if "/S" in node else inner


def test_the_stages_are_told_in_order(rendered, stages):
    assert stages == ["drawing", "laying_out", "checking"]


def test_it_conforms_to_the_archive_and_to_accessibility(rendered):
    assert validate(rendered.content) == []


def test_a_sample_draft_with_silence_conforms_too():
    sample = {"notice": words("All of it is invented."), "watermark": words("SAMPLE")}
    facts = example_facts(programme={**example_facts()["programme"], "sample": sample}, actions=[])
    content = pdf.render(
        example_document(facts=facts, particulars=None, language="sv"), on_stage=silent
    ).content
    assert validate(content) == []


def test_the_same_document_gives_the_same_bytes(rendered):
    assert pdf.render(example_document(), on_stage=silent).content == rendered.content


def test_another_process_gives_the_same_bytes(rendered):
    program = (
        "import hashlib, django; django.setup();"
        "from reporting import pdf; from tests.reporting.facts_example import example_document;"
        "content = pdf.render(example_document(), on_stage=lambda stage: None).content;"
        "print(hashlib.sha256(content).hexdigest())"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.split()[-1] == hashlib.sha256(rendered.content).hexdigest()


def test_the_file_knows_its_language_title_author_and_day(opened):
    assert str(opened.Root.Lang) == "fi"
    assert str(opened.docinfo["/Title"]).endswith("Example programme")
    assert str(opened.docinfo["/Author"]) == "Example authority"
    assert str(opened.docinfo["/CreationDate"]) == "D:20090910160000+03'00"


def test_a_draft_has_no_day():
    content = pdf.render(example_document(particulars=None), on_stage=silent).content
    with pikepdf.open(io.BytesIO(content)) as file:
        assert "/CreationDate" not in file.docinfo


def test_bookmarks_are_the_sections(opened):
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert "1 Priority 1" in titles
    assert len(titles) == 9


def test_every_figure_has_words_and_every_cell_its_headers(opened):
    elements = structure(opened.Root.StructTreeRoot.K)
    figures = [element for element in elements if element["/S"] == "/Figure"]
    cells = [element for element in elements if element["/S"] == "/TD"]
    assert len(figures) == 3
    assert all(str(figure["/Alt"]).strip() for figure in figures)
    assert cells
    assert all(len(cell["/A"]["/Headers"]) for cell in cells)
    assert [element["/S"] for element in elements].count("/H1") == 1


def test_only_our_fonts_are_in_it_and_they_are_embedded(opened):
    names = set()
    for page in opened.pages:
        for font in page.resources["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            names.add(str(descriptor["/FontName"]).rpartition("+")[2])
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
    assert all(name.startswith(("Public-Sans", "Source-Serif")) for name in names)


def test_text_can_be_copied_without_soft_hyphens():
    long = words(
        "Maankäyttö- ja rakennetyöryhmän kaupunkiseutusuunnitelmaluonnosten asiantuntijapalveluselvitys"
    )
    content = pdf.render(
        example_document(facts=example_facts(targets=[target("T-1", name=long)])), on_stage=silent
    ).content
    assert "\u00ad" not in text_of(content)


def test_a_character_that_our_fonts_lack_is_spelled_out():
    said = follow_up(text="Eteenpäin → 😀")
    made = pdf.render(
        example_document(facts=example_facts(targets=[target("T-1", follow_up=said)])), on_stage=silent
    )
    assert "written as code points: U+2192, U+1F600" in made.checks
    assert "[U+2192]" in text_of(made.content)


def test_ordinary_finnish_and_swedish_need_no_spelling():
    assert spelled_out("ÅÄÖ åäö šž ”–−€§%½ 1\u00a0000 é")[1] == []


def test_every_page_of_a_draft_says_so_and_carries_the_watermark_as_a_picture():
    draft = pdf.render(example_document(particulars=None, language="en"), on_stage=silent)
    with pypdfium2.PdfDocument(draft.content) as file:
        for page in file:
            assert page.get_textpage().get_text_range().count("DRAFT") == 1
            colours = page.render(scale=0.3).to_pil().convert("RGB").getcolors(1_000_000)
            assert {colour: count for count, colour in colours}[WATERMARK] > 100


def test_contents_are_left_out_of_a_short_report():
    facts = example_facts(actions=[], indicators=[], targets=[target()])
    made = pdf.render(example_document(facts=facts, language="en"), on_stage=silent)
    assert made.pages < pdf.PAGES_WITH_CONTENTS
    assert "Contents" not in text_of(made.content)


def test_a_title_of_markup_stays_text():
    facts = example_facts(
        programme={**example_facts()["programme"], "name": words("</title><img src=x> & co")}
    )
    content = pdf.render(example_document(facts=facts), on_stage=silent).content
    with pikepdf.open(io.BytesIO(content)) as file:
        assert str(file.docinfo["/Title"]).endswith("</title><img src=x> & co")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "https://example.com/x.png", "data:image/png;base64,AA", "ftp://example.com/x"],
)
def test_the_renderer_reads_nothing_but_our_static_files(address):
    fetcher = StaticFetcher(pdf.STATIC, {})
    with pytest.raises(ValueError, match="A report reads n"):
        fetcher.fetch(address)


def test_the_renderer_does_not_leave_the_folder_by_dots():
    fetcher = StaticFetcher(pdf.STATIC, {})
    with pytest.raises(ValueError, match="nothing outside"):
        fetcher.fetch(f"{pdf.STATIC.as_uri()}/css/../../manage.py")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "https://example.com/x.png", "made:nothing"])
def test_what_may_not_be_read_stops_the_rendering(address):
    with pytest.raises(pdf.PdfError):
        pdf.lay_out(f'<!doctype html><html lang="fi"><img alt="x" src="{address}"></html>', {})


def test_a_file_with_faults_is_not_handed_over():
    document = {**example_document(particulars=example_particulars()), "page_title": ""}
    with pytest.raises(pdf.PdfError, match="title: none"):
        pdf.render(document, on_stage=silent)


def test_the_template_version_is_a_short_fingerprint(rendered):
    assert len(rendered.template_version) == 12
    assert rendered.engine.startswith("WeasyPrint ")


@pytest.mark.parametrize("depth", ["board", "executive"])
def test_the_words_of_groups_and_what_was_late_print_and_conform(depth):
    said = {
        "group": "G-1",
        "done": "Two agreements.\r\nOne plan.",
        "hinders": "",
        "asked": "A decision of the board.",
        "language": "en",
        "accepted_on": "2009-09-08",
        "late": True,
    }
    targets = [target("T-1", follow_up=follow_up(late=True))]
    facts = at_depth(example_facts(targets=targets, group_reports=[said]), depth)
    rendered = pdf.render(example_document(facts=facts, language="en"), on_stage=silent)
    printed = text_of(rendered.content)
    assert "A decision of the board." in printed
    assert ("Two agreements." in printed) == (depth == "board")
    assert printed.count("late") >= 2
    assert validate(rendered.content) == []
