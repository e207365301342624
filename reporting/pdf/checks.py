"""What a report's PDF must have before it may be stored, read from its objects before they are written."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pydyf

OUR_FONTS = ("Public-Sans", "Source-Serif")


class PdfError(Exception):
    """A PDF is not fit for the archive or for every reader. `faults` say why."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def check(pdf: pydyf.PDF, *, language: str, title: str) -> list[str]:
    """Return what was found good, one sentence each; raise PdfError with all that was not."""
    found: list[str] = []
    faults: list[str] = []

    def expect(is_good: bool, fact: str) -> None:
        (found if is_good else faults).append(fact)

    elements = list(_of_type(pdf, "/StructElem"))
    tags = Counter(str(element["S"]) for element in elements)
    figures = [element for element in elements if element["S"] == "/Figure"]
    nameless = [figure for figure in figures if not _text(figure.get("Alt"))]
    cells = [element for element in elements if element["S"] == "/TD"]
    headless = [cell for cell in cells if not cell["A"].get("Headers")]
    fonts = sorted({_name(font) for font in _of_type(pdf, "/FontDescriptor")})
    foreign = [font for font in fonts if not font.startswith(OUR_FONTS)]
    unembedded = [
        _name(font)
        for font in _of_type(pdf, "/FontDescriptor")
        if not {"FontFile", "FontFile2", "FontFile3"} & set(font)
    ]
    written = _text(pdf.catalog.get("Lang"))
    bookmarks = sum(1 for _outline in _outlines(pdf))

    expect(written == language, f"language: {written or 'none'}")
    expect(
        bool(title) and _text(pdf.info.get("Title")) == title,
        f"title: {_text(pdf.info.get('Title')) or 'none'}",
    )
    expect("ViewerPreferences" in pdf.catalog and "MarkInfo" in pdf.catalog, "tagged, shown by its title")
    expect(tags["/H1"] == 1, f"first-level headings: {tags['/H1']}")
    expect(bookmarks > 1, f"bookmarks: {bookmarks}")
    expect(not nameless, f"figures: {len(figures)}, without words: {len(nameless)}")
    expect(not headless, f"table cells: {len(cells)}, without headers: {len(headless)}")
    expect(not foreign and bool(fonts), f"fonts: {', '.join(foreign or fonts)}")
    expect(not unembedded, f"fonts not embedded: {', '.join(unembedded) or 'none'}")
    if faults:
        raise PdfError(faults)
    return found


def _of_type(pdf: pydyf.PDF, name: str) -> Iterator[pydyf.Dictionary]:
    return (thing for thing in pdf.objects if isinstance(thing, dict) and thing.get("Type") == name)


def _outlines(pdf: pydyf.PDF) -> Iterator[pydyf.Dictionary]:
    return (
        thing for thing in pdf.objects if isinstance(thing, dict) and "Title" in thing and "Dest" in thing
    )


def _name(font: pydyf.Dictionary) -> str:
    """Return a font's name without the slash and the letters that mark its subset."""
    name = font["FontName"]
    return (name.decode() if isinstance(name, bytes) else str(name)).rpartition("+")[2].strip("/,")


def _text(value: Any) -> str:
    return value.string if isinstance(value, pydyf.String) else str(value or "")
