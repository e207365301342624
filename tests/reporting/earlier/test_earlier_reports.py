"""Reports made elsewhere: brought in as they were handed over, kept for ever, withdrawn and never changed."""

import datetime
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from programme.models import Body, Programme
from reporting.earlier import bringing_in
from reporting.models import EarlierReport, EarlierReportWithdrawal
from tests.factories import ako
from tests.personas import client_of, clients_by_persona, make_browser, person

pytestmark = pytest.mark.django_db

NEW = "/ako/reports/earlier/new/"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def the_report():
    return EarlierReport.objects.get()


def bring_in(content=PDF, *, by="office", name="katsaus.pdf", **typed):
    given = {
        "title": "Osavuosikatsaus 1.1.–30.4.2008",
        "body": Body.objects.get(code="BODY-SH").pk,
        "presented_on": "28.5.2008",
        "number": "41",
        "period": "",
        "language": "fi",
        "file": SimpleUploadedFile(name, content, content_type="application/pdf"),
    }
    return client_of(by).post(NEW, given | typed)


def test_a_report_comes_in_with_its_body_day_section_and_hash():
    assert bring_in().url == "/ako/reports/earlier/AIK-2008-1/"
    report = the_report()
    assert bytes(report.content) == PDF
    assert (report.sha256, report.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert (report.body.code, report.number) == ("BODY-SH", 41)
    assert report.presented_on == datetime.date(2008, 5, 28)
    assert report.brought_in_by == str(person("office"))
    page = client_of("office").get(report.get_absolute_url()).text
    for shown in (report.sha256, "tehty muualla", "28.5.2008", "41", "katsaus.pdf"):
        assert shown in page


def test_its_meeting_is_found_by_body_and_day():
    meeting = Body.objects.get(code="BODY-SH").meetings.filter(held_on__year=2008).first()
    bring_in(presented_on=f"{meeting.held_on.day}.{meeting.held_on.month}.2008")
    assert the_report().meeting == meeting
    assert meeting.get_absolute_url() in client_of("office").get(the_report().get_absolute_url()).text


def test_the_file_is_given_as_it_came_in_and_is_not_opened_in_the_portal():
    bring_in()
    answer = client_of("auditor").get("/ako/reports/earlier/AIK-2008-1.pdf")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="AIK-2008-1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_it_stands_among_the_reports():
    bring_in()
    page = client_of("coordinator-hp").get("/ako/reports/").text
    assert 'id="AIK-2008-1"' in page
    assert "tehty muualla" in page


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html>%PDF-1.4 %%EOF</html>", "katsaus.pdf"),
        (b"%PDF-1.4\nkatkennut", "katsaus.pdf"),
        (b"", "katsaus.pdf"),
        (b"PK\x03\x04", "katsaus.pdf"),
        (b"%PDF-" + b"0" * bringing_in.LARGEST + b"%%EOF", "katsaus.pdf"),
    ],
    ids=["a page", "cut off", "empty", "an archive", "too large"],
)
def test_what_is_no_whole_pdf_is_refused_and_what_was_typed_stays(content, name):
    refused = bring_in(content, name=name)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["file"])
    assert "Osavuosikatsaus 1.1.–30.4.2008" in refused.text
    assert not EarlierReport.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"body": ""}, "body"),
        ({"presented_on": ""}, "presented_on"),
        ({"presented_on": "10.9.2009"}, "presented_on"),
        ({"number": "nolla"}, "number"),
    ],
    ids=["no title", "no body", "no day", "a day to come", "no number"],
)
def test_what_is_missing_is_told_at_its_field(typed, field):
    refused = bring_in(**typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])


def test_the_same_file_comes_in_once_and_the_refusal_names_it():
    bring_in()
    refused = bring_in(title="Sama uudestaan")
    assert refused.status_code == 422
    assert "AIK-2008-1 Osavuosikatsaus" in refused.text
    assert EarlierReport.objects.count() == 1


def test_a_withdrawn_one_says_so_and_its_file_can_come_in_again():
    bring_in(number="40")
    address = the_report().get_absolute_url()
    assert client_of("office").post(f"{address}withdraw/", {"reason": ""}).status_code == 422
    client_of("office").post(f"{address}withdraw/", {"reason": "Väärä pykälä."})
    page = client_of("office").get(address).text
    assert "Väärä pykälä." in page
    assert "/withdraw/" not in page
    assert bring_in().url == "/ako/reports/earlier/AIK-2008-2/"
    again = client_of("office").post(f"{address}withdraw/", {"reason": "Toisen kerran."})
    assert again.status_code == 422
    assert EarlierReportWithdrawal.objects.count() == 1


@pytest.mark.parametrize("by", ["coordinator-mr", "secretary", "presenter", "auditor", "admin"])
def test_the_office_alone_brings_in_and_withdraws(by):
    bring_in()
    assert bring_in(b"%PDF-1.7 toinen %%EOF", by=by).status_code == 403
    answer = client_of(by).post("/ako/reports/earlier/AIK-2008-1/withdraw/", {"reason": "Syy."})
    assert answer.status_code == 403


def test_a_bodys_own_people_see_what_was_presented_to_it_and_the_public_nothing():
    bring_in()
    bring_in(b"%PDF-1.7 toinen %%EOF", body=Body.objects.get(code="BODY-YK").pk)
    board, assembly = "/ako/reports/earlier/AIK-2008-1/", "/ako/reports/earlier/AIK-2008-2/"
    seen = {
        persona: (client.get(board).status_code, client.get(assembly).status_code)
        for persona, client in clients_by_persona(["elected", "municipal", "member-mr", "admin"]).items()
    }
    assert seen == {
        "elected": (200, 404),
        "municipal": (404, 200),
        "member-mr": (200, 200),
        "admin": (200, 200),
    }
    assert make_browser().get(board).status_code == 302
    assert "AIK-2008" not in make_browser().get("/ako/reports/").text


def test_what_came_in_never_changes():
    bring_in()
    report = the_report()
    client_of("office").post(f"{report.get_absolute_url()}withdraw/", {"reason": "Syy."})
    ways = [
        lambda: EarlierReport.objects.update(title="Toinen"),
        lambda: EarlierReportWithdrawal.objects.update(reason="Toinen"),
        lambda: EarlierReportWithdrawal.objects.all().delete(),
        lambda: EarlierReport.objects.all().delete(),
    ]
    for way in ways:
        with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
            way()


def test_a_closed_programme_takes_nothing_in():
    bring_in()
    Programme.objects.filter(pk=ako().pk).update(closed_on="2009-09-01")
    assert bring_in(b"%PDF-1.7 toinen %%EOF").status_code == 403
