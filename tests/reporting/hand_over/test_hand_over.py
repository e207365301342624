"""A held meeting is handed over: case numbers, papers by matter, metadata that makes nothing up."""

import hashlib
import io
import json
import zipfile
from xml.etree import ElementTree

import pytest

from programme.models import Attachment, Matter, Programme
from reporting.models import Rendition, Report
from tests.factories import a_pdf, ako, make_earlier_report
from tests.factories_meetings import make_decision, make_matter, make_paper
from tests.personas import client_of

pytestmark = pytest.mark.django_db

MEETING = "/ako/meetings/KOK-SH-2009-77/"
PAGE, PACKAGE = f"{MEETING}hand-over/", f"{MEETING}hand-over.zip"
GROUND = "JulkL 24 § 1 mom. 20 k"


@pytest.fixture
def matter() -> Matter:
    matter = make_decision().matter
    Matter.objects.filter(pk=matter.pk).update(proposal="Ehdotetaan.", case_number="TRE:1/02/2009")
    matter.refresh_from_db()
    return matter


def package():
    response = client_of("secretary").get(PACKAGE)
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    return zipfile.ZipFile(io.BytesIO(response.content))


def metadata():
    return ElementTree.fromstring(package().read("metadata.xml"))  # noqa: S314  the portal made it


def told(place):
    return metadata().findtext(place)


def numbered(matter, number, seen):
    return {f"matter-{matter.pk}-number": number, f"matter-{matter.pk}-seen": seen}


def test_the_package_has_every_paper_with_its_hash_and_metadata(matter):
    public, secret = make_paper(matter), make_paper(matter, name="salainen.pdf", secrecy_ground=GROUND)
    report = Report.objects.frozen().filter(body__code="BODY-SH").order_by("pk").last()
    Report.objects.filter(pk=report.pk).update(matter=matter)
    content = a_pdf("report")
    Rendition.objects.create(
        report=report,
        format=Rendition.Format.PDF,
        language="fi",
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        pages=1,
        engine="none",
        template_version="0",
        made_at="2009-09-02T12:00:00+03:00",
    )
    found = package()
    name = f"{report.code}-{report.version}.fi.pdf"
    papers = [f"0900/{name}", f"0900/{public.pk}-liite.pdf", f"0900/{secret.pk}-salainen.pdf"]
    assert found.namelist() == [*papers, "metadata.xml", "manifest.json"]
    assert found.read(papers[0]) == content
    hashes = {file["name"]: file["sha256"] for file in json.loads(found.read("manifest.json"))["files"]}
    assert hashes == {
        one: hashlib.sha256(found.read(one)).hexdigest() for one in found.namelist() if one in hashes
    }
    assert set(hashes) == {*papers, "metadata.xml"}
    documents = metadata().findall("Asia/Toimenpide/Asiakirja")
    assert [document.findtext("Tiedosto/Polku") for document in documents] == papers
    assert [document.findtext("Tiedosto/TiivisteSHA256") for document in documents] == [
        hashes[paper] for paper in papers
    ]
    assert [document.findtext("Julkisuusluokka") for document in documents] == [
        "Julkinen",
        "Julkinen",
        "Salassa pidettävä",
    ]
    assert documents[2].findtext("Salassapitoperuste") == GROUND
    assert documents[0].findtext("Vahvistus").startswith(report.particulars["frozen_by"])


def test_metadata_tell_the_case_and_the_action(matter):
    Programme.objects.filter(pk=ako().pk).update(function_class="14 06 00", retention_period="10 vuotta")
    assert told("Asia/Asiatunnus") == "TRE:1/02/2009"
    assert told("Asia/Tehtavaluokka") == "14 06 00"
    assert told("Asia/Sailytysaika") == "10 vuotta"
    assert told("Asia/Toimenpide/Pykala") == "900"
    assert told("Asia/Toimenpide/Paatosehdotus") == "Ehdotetaan."
    assert told("Asia/Toimenpide/Paatos") == matter.decision.text
    assert told("Kokous/Tunnus") == "KOK-SH-2009-77"
    assert told("Aineisto") == "esimerkki"


def test_what_is_not_known_is_left_out_and_the_page_says_so(matter):
    assert told("Asia/Tehtavaluokka") is None
    assert told("Asia/Sailytysaika") is None
    page = client_of("secretary").get(PAGE).content.decode()
    assert "Tehtäväluokka ja säilytysaika eivät ole tiedossa" in page
    Programme.objects.filter(pk=ako().pk).update(function_class="14 06 00", retention_period="10 vuotta")
    assert "eivät ole tiedossa" not in client_of("secretary").get(PAGE).content.decode()


@pytest.mark.parametrize(
    "scan",
    [
        {"scan": "quarantined", "found": "Eicar", "scanned_at": "2009-09-02T12:00:00+03:00"},
        {"scan": "waiting"},
    ],
    ids=["quarantined", "waiting"],
)
def test_a_file_that_is_given_to_nobody_stays_where_it_is_and_is_told(matter, scan):
    paper = make_paper(matter)
    Attachment.objects.filter(pk=paper.attachment_id).update(**scan)
    assert package().namelist() == ["metadata.xml", "manifest.json"]
    assert "1 tiedosto on karanteenissa tai" in client_of("secretary").get(PAGE).content.decode()


def test_a_report_made_elsewhere_goes_with_its_matter(matter):
    earlier = make_earlier_report(presented_on=matter.meeting.held_on, number=900)
    assert f"0900/{earlier.code}-{earlier.file_name}" in package().namelist()


def test_a_report_of_no_known_matter_goes_with_the_meeting_and_is_told(matter):
    earlier = make_earlier_report(presented_on=matter.meeting.held_on, number=None)
    assert f"kokous/{earlier.code}-{earlier.file_name}" in package().namelist()
    assert told("Kokous/Asiakirja/Nimeke") == earlier.title
    assert earlier.title in client_of("secretary").get(PAGE).content.decode()


def test_what_xml_has_no_place_for_is_left_out(matter):
    Matter.objects.filter(pk=matter.pk).update(proposal="Ehdotetaan\x0b\x01 näin.")
    assert told("Asia/Toimenpide/Paatosehdotus") == "Ehdotetaan näin."


def test_the_day_on_which_a_file_came_is_the_day_in_finland(matter):
    paper = make_paper(matter)
    Attachment.objects.filter(pk=paper.attachment_id).update(added_at="2009-09-07T22:30:00+00:00")
    assert told("Asia/Toimenpide/Asiakirja/Saapumispaiva") == "2009-09-08"
    assert told("Asia/Toimenpide/Asiakirja/Laatimispaiva") is None


def test_case_numbers_are_saved_and_stand_on_the_page(matter):
    secretary = client_of("secretary")
    answer = secretary.post(PAGE, numbered(matter, "TRE:2/02/2009", "TRE:1/02/2009"))
    assert answer["Location"] == PAGE
    assert Matter.objects.get(pk=matter.pk).case_number == "TRE:2/02/2009"
    assert "TRE:2/02/2009" in secretary.get(PAGE).content.decode()
    assert PAGE in secretary.get(MEETING).content.decode()


def test_of_two_who_number_the_second_sees_both(matter):
    answer = client_of("secretary").post(PAGE, numbered(matter, "B", "A"))
    assert answer.status_code == 409
    assert 'value="B"' in answer.content.decode()
    assert "TRE:1/02/2009" in answer.content.decode()
    assert Matter.objects.get(pk=matter.pk).case_number == "TRE:1/02/2009"
    again = numbered(matter, "B", "TRE:1/02/2009")
    assert client_of("secretary").post(PAGE, again).status_code == 302


def test_a_number_that_is_too_long_is_told_at_its_field(matter):
    answer = client_of("secretary").post(PAGE, numbered(matter, "x" * 61, "TRE:1/02/2009"))
    assert answer.status_code == 422
    assert "x" * 61 in answer.content.decode()


def test_before_the_meeting_nothing_is_handed_over():
    make_matter("KOK-SH-2009-77")
    assert [client_of("secretary").get(address).status_code for address in (PAGE, PACKAGE)] == [403, 403]
    assert PAGE not in client_of("secretary").get(MEETING).content.decode()
