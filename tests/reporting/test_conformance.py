"""The stored PDF of the sample's newest told report: it conforms, and nothing that comes later changes it."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from django.test import Client

from priorities.models import Measure
from programme.models import User
from reporting import pdf, rendering
from reporting.models import Rendering, Rendition
from tests.personas import client_of
from tests.verapdf import validate

pytestmark = pytest.mark.django_db

CODE = "RAP-2009-T1-SH"
ADDRESSES = [f"/ako/reports/{CODE}.pdf", f"/ako/reports/{CODE}/1.pdf"]


@pytest.fixture
def queued() -> Rendering:
    return Rendering.objects.get(report__code=CODE)


@pytest.fixture
def stored(queued: Rendering) -> Rendition:
    """The PDF, made as the worker makes it."""
    rendering.make_rendition(queued.pk)
    return Rendition.objects.get(report__code=CODE)


@pytest.fixture
def changed_template(stored: Rendition, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """One style sheet more than when the PDF was made."""
    style = tmp_path / "changed.css"
    style.write_text("body { color: red }")
    monkeypatch.setattr(pdf, "STYLES", [*pdf.STYLES, style])
    pdf.template_version.cache_clear()
    yield
    pdf.template_version.cache_clear()


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_stored_bytes_conform_to_accessibility_and_archive(stored):
    assert validate(bytes(stored.content)) == []


def test_the_stored_row_tells_the_truth_of_its_bytes(stored, queued):
    content = bytes(stored.content)
    with pikepdf.open(io.BytesIO(content)) as opened:
        pages = len(opened.pages)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.size, stored.pages) == (len(content), pages)
    assert stored.template_version == pdf.template_version()
    queued.refresh_from_db()
    assert queued.stage == Rendering.Stage.DONE


@pytest.mark.usefixtures("changed_template")
def test_the_stored_bytes_are_served_whatever_changes_later(stored, queued):
    content, sha256 = bytes(stored.content), stored.sha256
    Measure.objects.filter(code="P1-M1").update(text_fi="Aivan toinen toimenpide")
    User.objects.get(persona="office").delete()
    assert pdf.template_version() != stored.template_version

    rendering.make_rendition(queued.pk)

    reader = client_of("auditor")
    assert [reader.get(address).content for address in ADDRESSES] == [content, content]
    assert {reader.get(address)["ETag"] for address in ADDRESSES} == {f'"{sha256}"'}
    assert sha256 in page_of(reader, f"/ako/reports/{CODE}/")
    assert sha256 in page_of(Client(), f"/verify/{CODE}/1/")
    assert Rendition.objects.filter(report__code=CODE).count() == 1
