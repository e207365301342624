"""The proof of conformance must be able to fail."""

import pytest
import weasyprint

from tests import verapdf

PAGE = "<html lang=fi><title>Raportti</title><h1>Raportti</h1><p>Ähtäri"


def make_pdf(variant: str | None, **options: bool) -> bytes:
    pdf = weasyprint.HTML(string=PAGE).write_pdf(pdf_variant=variant, **options)
    assert isinstance(pdf, bytes)
    return pdf


def test_conforming_pdf_passes():
    assert verapdf.validate(make_pdf("pdf/ua-1"), flavours=["ua1"]) == []


def test_pdf_from_a_file_is_read(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(make_pdf("pdf/a-2b"))
    assert verapdf.validate(path, flavours=["2b"]) == []


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_plain_pdf_fails(flavour):
    failures = verapdf.validate(make_pdf(None), flavours=[flavour])
    assert failures
    assert all(failure.startswith(f"{flavour} ") for failure in failures)


def test_accessible_pdf_is_not_yet_archivable():
    assert verapdf.validate(make_pdf("pdf/ua-1"))
    assert not [failure for failure in verapdf.validate(make_pdf("pdf/ua-1")) if failure.startswith("ua1")]


def test_what_is_no_pdf_fails():
    failures = verapdf.validate(b"<html>not a PDF</html>")
    assert [failure.split(":")[0] for failure in failures] == ["ua1", "2a"]
