"""Reports made elsewhere: brought in as they were handed over, kept for ever, withdrawn and never changed."""

import datetime
import hashlib
import io

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from programme.models import Body, Matter, Programme, ReportingPeriod
from reporting.earlier.bringing_in import withdraw
from reporting.models import EarlierReport, EarlierReportWithdrawal
from tests.factories import a_pdf, ako, make_earlier_report, make_report
from tests.personas import client_of, clients_by_persona, make_browser, person

pytestmark = pytest.mark.django_db

NEW = "/ako/reports/earlier/new/"
PDF = a_pdf()


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


def test_a_section_of_another_meeting_of_the_year_is_refused_with_that_day():
    matter = Matter.objects.filter(
        meeting__body__code="BODY-SH", meeting__held_on__year=2008, section__isnull=False
    ).first()
    held_on = matter.meeting.held_on
    other = held_on + datetime.timedelta(days=1)
    response = bring_in(number=str(matter.section), presented_on=other.strftime("%d.%m.%Y"))
    assert response.status_code == 422
    [said] = response.context["form"].errors["number"]
    assert f"{held_on.day}.{held_on.month}.2008" in said
    assert not EarlierReport.objects.exists()
    assert bring_in(number=str(matter.section), presented_on=held_on.strftime("%d.%m.%Y")).status_code == 302


def test_its_meeting_is_found_by_body_and_day():
    meeting = Body.objects.get(code="BODY-SH").meetings.filter(held_on__year=2008).first()
    bring_in(presented_on=f"{meeting.held_on.day}.{meeting.held_on.month}.2008", number="")
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
        (PDF[:-20], "katsaus.pdf"),
        (b"%PDF-1.4\nstartxref\n3\n%%EOF", "katsaus.pdf"),
        (b"%PDF-1.4\nxref\n0 1\ntrailer <<>>\nstartxref\n9\n%%EOF", "katsaus.pdf"),
        (b"", "katsaus.pdf"),
        (b"PK\x03\x04", "katsaus.pdf"),
        (b"%PDF-" + b"0" * settings.LARGEST_FILE + b"%%EOF", "katsaus.pdf"),
    ],
    ids=[
        "a page",
        "cut off",
        "cut at its end",
        "no table",
        "no catalogue",
        "empty",
        "an archive",
        "too large",
    ],
)
def test_what_is_no_whole_pdf_is_refused_and_what_was_typed_stays(content, name):
    refused = bring_in(content, name=name)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["file"])
    assert "Osavuosikatsaus 1.1.–30.4.2008" in refused.text
    assert not EarlierReport.objects.exists()


def saved(**how):
    """Return a PDF of another program."""
    made, kept = pikepdf.Pdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(kept, **how)
    return kept.getvalue()


@pytest.mark.parametrize(
    "how",
    [{}, {"linearize": True}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}],
    ids=["plain", "for the web", "its table packed"],
)
def test_a_whole_pdf_of_another_program_is_taken_whatever_its_name_says(how):
    assert bring_in(saved(**how), name="skannattu").status_code == 302


def test_a_pdf_that_asks_for_a_password_is_refused():
    refused = bring_in(saved(encryption=pikepdf.Encryption(owner="omistaja", user="lukija")))
    assert list(refused.context["form"].errors) == ["file"]
    assert "suojattu salasanalla" in refused.text


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


def test_the_file_of_a_withdrawn_one_is_had_only_by_those_who_judge_it():
    report = make_earlier_report()
    withdraw(report, actor=person("office"), reason="Väärä tiedosto.")
    pages = clients_by_persona(["office", "presenter", "auditor", "coordinator-mr", "elected", "admin"])
    had = {
        who: client.get(f"{report.get_absolute_url()[:-1]}.pdf").status_code for who, client in pages.items()
    }
    assert had == dict.fromkeys(("office", "presenter", "auditor"), 200) | dict.fromkeys(
        ("coordinator-mr", "elected", "admin"), 404
    )
    assert ".pdf" in pages["auditor"].get(report.get_absolute_url()).text
    page = pages["elected"].get(report.get_absolute_url()).text
    assert "Väärä tiedosto." in page
    assert "AIK-2008-1.pdf" not in page


@pytest.mark.parametrize("by", ["coordinator-mr", "secretary", "presenter", "auditor", "admin"])
def test_the_office_alone_brings_in_and_withdraws(by):
    bring_in()
    assert bring_in(a_pdf("toinen"), by=by).status_code == 403
    answer = client_of(by).post("/ako/reports/earlier/AIK-2008-1/withdraw/", {"reason": "Syy."})
    assert answer.status_code == 403


def test_a_bodys_own_people_see_what_was_presented_to_it_and_the_public_nothing():
    bring_in()
    bring_in(a_pdf("toinen"), body=Body.objects.get(code="BODY-YK").pk)
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
    assert bring_in(a_pdf("toinen")).status_code == 403


def test_it_stands_among_the_papers_of_its_meeting_and_its_body():
    meeting = Body.objects.get(code="BODY-SH").meetings.filter(held_on__year=2008).first()
    report = make_earlier_report(presented_on=meeting.held_on)
    for address in (meeting.get_absolute_url(), meeting.body.get_absolute_url()):
        assert report.get_absolute_url() in client_of("elected").get(address).text
        assert report.get_absolute_url() not in client_of("municipal").get(address).text
        assert report.get_absolute_url() not in make_browser().get(address).text


def test_the_lists_filters_are_its_filters_too():
    make_earlier_report()
    make_earlier_report(a_pdf("2007"), presented_on=datetime.date(2007, 5, 28))
    period = ReportingPeriod.objects.get(programme=ako(), code="2007-TP")
    make_earlier_report(a_pdf("2007 TP"), presented_on=datetime.date(2008, 3, 26), period=period)

    def listed(filters):
        page = client_of("office").get(f"/ako/reports/?{filters}")
        return {report.code for report in page.context["earlier"]}

    assert listed("year=2008") == {"AIK-2008-1"}
    assert listed("year=2007&state=presented") == {"AIK-2007-1", "AIK-2008-2"}
    assert listed("state=published") == set()


def test_whoever_composes_for_its_body_is_led_to_what_the_body_was_told_last():
    make_report()
    address = "/ako/reports/RAP-2009-T2-SH/"
    make_earlier_report()
    assert client_of("office").get(address).context["told_before"] is None  # the portal has told since
    newest = make_earlier_report(a_pdf("2.9."), presented_on=datetime.date(2009, 9, 2))
    gone = make_earlier_report(a_pdf("3.9."), presented_on=datetime.date(2009, 9, 3))
    withdraw(gone, actor=person("office"), reason="Väärä päivä.")
    page = client_of("office").get(address)
    assert page.context["told_before"] == newest
    assert newest.get_absolute_url() in page.text
