"""A stored rendition is served as it is stored, to those who may see its report, and never made here."""

import hashlib

import pytest

from reporting.models import Rendering, Rendition, Report
from tests.personas import EVERYBODY, client_of, clients_by_persona

pytestmark = pytest.mark.django_db

CONTENT = b"%PDF-1.7 the bytes as they were handed over"
PDF = "/ako/reports/RAP-2009-T1-SH.pdf"


@pytest.fixture
def stored():
    return Rendition.objects.create(
        report=Report.objects.get(code="RAP-2009-T1-SH"),
        format="pdf",
        language="fi",
        content=CONTENT,
        size=len(CONTENT),
        pages=1,
        sha256=hashlib.sha256(CONTENT).hexdigest(),
        engine="none",
        template_version="0",
        made_at="2009-05-27T12:00:00+03:00",
    )


@pytest.mark.parametrize("address", [PDF, "/ako/reports/RAP-2009-T1-SH/1.pdf"])
def test_the_bytes_are_served_as_stored(stored, address):
    response = client_of("office").get(address)
    assert (response.status_code, response.content, response["Content-Type"]) == (
        200,
        CONTENT,
        "application/pdf",
    )
    assert response["ETag"] == f'"{stored.sha256}"'
    assert response["Content-Disposition"] == 'inline; filename="RAP-2009-T1-SH-1.pdf"'


def test_who_sees_the_report_gets_its_bytes_and_nobody_else(stored):
    statuses = {
        persona: client.get(PDF).status_code for persona, client in clients_by_persona(EVERYBODY).items()
    }
    refused = {"municipal", "anonymous"}
    assert statuses == {persona: 404 if persona in refused else 200 for persona in EVERYBODY}


def test_only_an_exact_version_is_kept_for_ever(stored):
    client = client_of("office")
    assert client.get("/ako/reports/RAP-2009-T1-SH/1.pdf")["Cache-Control"] == (
        "private, max-age=31536000, immutable"
    )
    assert client.get(PDF)["Cache-Control"] == "private, no-cache"


def test_another_language_or_version_that_is_not_stored_is_not_there(stored):
    client = client_of("office")
    for address in ("/ako/reports/RAP-2009-T1-SH.sv.pdf", "/ako/reports/RAP-2009-T1-SH/2.pdf"):
        assert client.get(address).status_code == 404


def test_asking_for_bytes_makes_none(stored):
    renderings = Rendering.objects.count()
    client_of("office").get(PDF)
    client_of("office").get("/ako/reports/RAP-2009-T1-SID.pdf")
    assert (Rendition.objects.count(), Rendering.objects.count()) == (1, renderings)


def test_a_page_that_shows_a_report_never_reads_its_bytes(stored, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as asked:
        client_of("office").get("/ako/reports/RAP-2009-T1-SH/")
    assert [query["sql"] for query in asked.captured_queries if '"content"' in query["sql"]] == []
