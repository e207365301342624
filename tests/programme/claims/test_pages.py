"""Pages of claims: what is typed is kept, what is wrong stands at its field, figures are those of files."""

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from programme.models import Attachment, Body, BodySeat, Grant, Matter, Meeting, PaymentClaim
from programme.saving import as_base, cells_of
from tests.factories import a_pdf, ako, make_meeting
from tests.personas import TOLD, client_of, person
from tests.programme.claims.claims import (
    HELD_ON,
    approved,
    before_the_board,
    decided,
    drafted,
    left_out,
    sent,
    some_entry,
    the_claim,
    the_grant,
    with_document,
)
from tests.programme.claims.test_drafting import booked

pytestmark = pytest.mark.django_db

CLAIMS = "/ako/finance/claims/"
ONE = f"{CLAIMS}MAK-2009-2/"


def get(address, persona="finance"):
    return client_of(persona).get(address).content.decode()


def post(address, typed=None, persona="finance"):
    return client_of(persona).post(address, typed or {})


def words_of(page):
    """Return the text of a page without its marks, spaces made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").replace("\u00ad", "").split())


def test_the_list_tells_each_year_and_the_plan_against_its_use():
    told = words_of(get(f"{CLAIMS}?year=2008"))
    assert "2008 260 000 229 714 229 714 229 714 30 286" in told
    assert "2009 265 000 123 529 – – 141 471" in told
    assert "MAK-2008-2 1.7.–31.12.2008" in told


def test_whoever_sees_a_part_of_the_claims_is_told_no_sums_of_them():
    page = get(f"{CLAIMS}?year=2008", "elected")
    told = words_of(page)
    assert "2008 260 000 – – – –" in told
    assert "2009 265 000 – – – –" in told
    assert "kaikkien hakemusten summia ei kerrota" in told
    assert "kaikkien hakemusten summia ei kerrota" not in get(CLAIMS, "secretary")


def test_a_year_without_a_grant_says_so_and_leads_to_its_form():
    Grant.objects.filter(pk=the_grant(2009).pk).delete()
    assert "Vuodelle 2009 ei ole kirjattu avustuspäätöstä" in get(CLAIMS)
    page = get(f"{CLAIMS}new/")
    assert "/ako/finance/claims/grants/2009/" in page


def test_a_claim_shows_its_figures_and_leads_to_its_entries():
    page = get(f"{CLAIMS}MAK-2008-2/")
    told = words_of(page)
    for row in (
        "− Muut tulot 6 950",
        "− Ei tukikelpoiset 2 180",
        "= Tukikelpoiset nettokustannukset 251 199",
        "Osuus, % 50",
        "alaspäin 125 599",
        "Rahoittajan maksama 125 599",
        "Kuntien osuus 127 780",
        "Ei millään kirjanpidon rivillä Lasku kohdistui ennen rahoituspäätöksen",
        "Lähetetty rahoittajalle 26.2.2009",
    ):
        assert row in told, row
    [entries] = re.findall(r'href="(/ako/finance/2008/entries/\?kind=expense&amp;first=[^"]+)"', page)
    listed = words_of(get(entries.replace("&amp;", "&")))
    assert "260 329,00 €" in listed


def test_a_claim_is_drawn_up_for_the_next_period_of_the_grant():
    page = get(f"{CLAIMS}new/")
    assert '<input type="radio" name="period" value="2009-07-01_2009-12-31"' in page
    answer = post(f"{CLAIMS}new/", {"period": "2009-07-01_2009-12-31", "other_income": "3 650,00"})
    assert (answer.status_code, answer["Location"]) == (302, ONE)
    claim = the_claim()
    assert (str(claim.starts_on), str(claim.ends_on), claim.other_income) == (
        "2009-07-01",
        "2009-12-31",
        3650,
    )


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept():
    typed = {"period": "other", "starts_on": "30.6.2009", "ends_on": "31.8.2009", "other_income": "12,345"}
    answer = post(f"{CLAIMS}new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(f'value="{value}"' in page for value in ("30.6.2009", "31.8.2009", "12,345"))
    answer = post(f"{CLAIMS}new/", typed | {"other_income": "0"})
    assert "MAK-2009-1 hakee jo näistä päivistä: 1.1.–30.6.2009." in answer.content.decode()
    assert not PaymentClaim.objects.filter(code="MAK-2009-2").exists()


def test_a_draft_says_when_the_ledger_has_changed_and_takes_the_figure_anew():
    claim = drafted()
    assert "Ota luku uudelleen" not in get(ONE)
    booked("10")
    assert "Kirjanpidossa on nyt" in get(ONE)
    assert post(f"{ONE}retake/").status_code == 302
    assert the_claim().costs == claim.costs + 10
    assert "Ota luku uudelleen" not in get(ONE)


def test_a_claim_over_what_is_left_of_the_grant_says_so():
    Grant.objects.filter(pk=the_grant().pk).update(granted=Decimal(130000))
    drafted("0")
    assert "avustusta oli jäljellä vain 6 471 €" in words_of(get(ONE))


def test_two_who_change_a_draft_at_once_see_both_texts():
    claim = drafted("1000")
    base = as_base(cells_of(claim, ("starts_on", "ends_on", "other_income")))
    days = {"starts_on": "1.7.2009", "ends_on": "31.8.2009"}
    assert post(f"{ONE}edit/", days | {"other_income": "2000", "base": base}).status_code == 302
    answer = post(f"{ONE}edit/", days | {"other_income": "3000", "base": base}, "office")
    assert answer.status_code == 409
    told = words_of(answer.content.decode())
    assert "3000" in told.replace(" ", "")
    assert the_claim().other_income == 2000


def test_a_line_is_chosen_from_the_ledger_with_its_ground():
    entry = some_entry(drafted())
    page = get(f"{ONE}not-eligible/?words={entry.voucher}")
    new = f"{ONE}not-eligible/new/?entry={entry.pk}"
    assert f'href="{new}"' in page
    assert entry.voucher in get(new)
    answer = post(new, {"amount": "1,50", "ground": ""})
    assert (answer.status_code, "millä perusteella" in answer.content.decode()) == (422, True)
    assert 'value="1,50"' in answer.content.decode()
    assert post(new, {"amount": "1,50", "ground": "Alkoholi"}).status_code == 302
    [line] = the_claim().exclusions.all()
    assert (line.entry, line.amount, line.ground) == (entry, Decimal("1.50"), "Alkoholi")
    assert client_of("finance").get(new).status_code == 404
    zero = post(f"{ONE}not-eligible/{line.pk}/", {"amount": "0", "ground": "Alkoholi"}).content.decode()
    assert "nolla ei ole mitään" in zero


def test_the_board_decides_under_a_section_that_may_be_of_another_matter():
    meeting = make_meeting("KOK-SH-X", held_on=HELD_ON)
    matter = Matter.objects.create(meeting=meeting, section=955, title="JOKU MUU ASIA")
    before_the_board()
    typed = {"meeting": "KOK-SH-X", "number": "955", "text": "Hyväksyttiin."}
    answer = post(f"{ONE}decision/", typed, "secretary")
    assert answer.status_code == 422
    assert "JOKU MUU ASIA" in answer.content.decode()
    assert post(f"{ONE}decision/", typed | {"this_matter": matter.pk}, "secretary").status_code == 302
    assert the_claim().decision.matter == matter


def test_the_boards_own_words_are_offered():
    before_the_board()
    make_meeting("KOK-SH-X", held_on=HELD_ON)
    assert "Seutuhallitus hyväksyi päätösehdotuksen." in get(ONE, "secretary")


def test_a_step_that_is_refused_stands_on_the_claims_page_with_what_was_typed():
    claim = sent()
    typed = {
        "version": claim.version,
        "decided_on": "9.9.2009",
        "decided_amount": "100",
        "decided_reason": "",
    }
    answer = post(f"{ONE}funder/", typed)
    page = answer.content.decode()
    assert (answer.status_code, 'value="100"' in page) == (422, True)
    assert "Kirjoita rahoittajan peruste." in page
    decision = SimpleUploadedFile("paatos.pdf", a_pdf("päätös"))
    assert post(f"{ONE}funder/", typed | {"decided_reason": "Ei.", "papers": decision}).status_code == 302
    assert the_claim().documents.get().attachment.name == "paatos.pdf"
    # Who opened the page before that is not let to write over it.
    assert post(f"{ONE}funder/", typed | {"decided_reason": "Ei."}).status_code == 422


def test_the_history_says_who_did_what():
    claim = drafted()
    post(f"{ONE}hand-on/", {"version": claim.version})
    make_meeting("KOK-SH-X", held_on=HELD_ON)
    post(
        f"{ONE}decision/",
        {"meeting": "KOK-SH-X", "number": "901", "text": "Hyväksyttiin."},
        "secretary",
    )
    post(f"{ONE}send/", {"claimed_on": "9.9.2009"})
    told = words_of(get(ONE, "auditor"))
    maker, secretary = person("finance").name, person("secretary").name
    for step in (
        f"Viety hallituksen käsittelyyn {maker}, ke 9.9.2009",
        f"Hallituksen päätös kirjattu {secretary}, ke 9.9.2009",
        f"Lähetetty rahoittajalle 9.9.2009 {maker}, ke 9.9.2009",
    ):
        assert step in told, step


def test_a_claim_before_the_board_is_seen_by_its_people_once_the_agenda_is_published():
    meeting = make_meeting("KOK-SH-Z", held_on="2009-09-30")
    matter = Matter.objects.create(meeting=meeting, section=66, title="MAKSATUSHAKEMUS")
    claim = before_the_board()
    PaymentClaim.objects.filter(pk=claim.pk).update(matter=matter)
    assert [client_of(persona).get(ONE).status_code for persona in TOLD] == [404, 404]
    Meeting.objects.filter(pk=meeting.pk).update(agenda_published_on="2009-09-09")
    assert client_of("elected").get(ONE).status_code == 200
    assert client_of("municipal").get(ONE).status_code == 404
    BodySeat.objects.filter(user__persona="elected").update(until="2009-09-08")
    assert client_of("elected").get(ONE).status_code == 404


def test_whoever_reads_no_entries_sees_no_vouchers():
    claim = drafted()
    entry = some_entry(claim)
    left_out(claim, "10", entry=entry, ground="Tarjoilua")
    post(f"{ONE}hand-on/", {"version": "2"})
    meeting = make_meeting("KOK-SH-X", held_on=HELD_ON)
    typed = {"meeting": meeting.code, "number": "901", "text": "Hyväksyttiin."}
    assert post(f"{ONE}decision/", typed, "secretary").status_code == 302
    told = get(ONE, "elected")
    assert ("Tarjoilua" in told, entry.voucher in told, "/entries/" in told) == (True, False, False)
    assert entry.voucher in get(ONE)


def test_the_package_holds_the_statement_the_grounds_the_papers_and_their_hashes():
    claim = drafted()
    entry = some_entry(claim)
    left_out(claim, "10", entry=entry, ground="=Tarjoilua")
    document = with_document(claim)
    content = client_of("finance").get(f"{ONE}package.zip").content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: sha256(data).hexdigest() for name, data in files.items()
    }
    assert files["documents/01-liite.pdf"] == bytes(document.attachment.content.content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["MAK-2009-2.xlsx"]))
    costs = book.get_sheet_by_name("Kustannuserittely").to_python()[2:]
    assert Decimal(str(sum(row[7] for row in costs))).quantize(Decimal("0.01")) == claim.costs
    assert [row[8:] for row in costs if row[8]] == [[10, "=Tarjoilua"]]
    lines = files["csv/not-eligible.csv"].decode("utf-8-sig").splitlines()
    [notice] = {line.rpartition(";")[2] for line in lines[1:]}
    assert notice == ako().sample_notice_fi
    assert lines[1].endswith(f";10,00;'=Tarjoilua;{notice}")
    figures = list(csv.DictReader(io.StringIO(files["csv/figures.csv"].decode("utf-8-sig")), delimiter=";"))
    assert [row["value"] for row in figures if not re.fullmatch(r"-?\d+,\d\d|", row["value"])] == []
    assert document.attachment.sha256 in files["csv/documents.csv"].decode()


def test_a_secret_paper_is_in_the_package_of_those_alone_who_get_it():
    claim = sent()
    with_document(claim, "salainen", ground="JulkL 24 § 1 mom. 20 k")
    for persona, is_in in (("finance", True), ("auditor", True), ("secretary", False), ("chair-mr", False)):
        with zipfile.ZipFile(io.BytesIO(client_of(persona).get(f"{ONE}package.zip").content)) as package:
            assert ("documents/01-salainen.pdf" in package.namelist()) is is_in
        assert ("salainen.pdf" in get(ONE, persona)) is is_in


def test_a_paper_in_quarantine_is_given_to_nobody():
    claim = drafted()
    attachment = with_document(claim).attachment
    Attachment.objects.filter(pk=attachment.pk).update(
        scan=Attachment.Scan.QUARANTINED, found="Eicar", scanned_at=attachment.added_at
    )
    assert client_of("finance").get(f"{ONE}attachments/{attachment.pk}/").status_code == 403
    with zipfile.ZipFile(io.BytesIO(client_of("finance").get(f"{ONE}package.zip").content)) as package:
        assert not [name for name in package.namelist() if name.startswith("documents/")]


def test_a_grant_is_recorded_with_what_is_wrong_at_its_field():
    Grant.objects.filter(pk=the_grant().pk).delete()
    typed = {
        "decided_on": "20.4.",
        "granted": "265 000",
        "rate": "50",
        "granter": "Pirkanmaan liitto",
        "starts_on": "1.1.2009",
        "ends_on": "31.12.2009",
        "claim_months": "6, 13",
        "claim_within": "2",
    }
    answer = post(f"{CLAIMS}grants/2009/", typed)
    assert (answer.status_code, "kuukaudet numeroina" in answer.content.decode()) == (422, True)
    backwards = post(f"{CLAIMS}grants/2009/", typed | {"claim_months": "6", "ends_on": "31.12.2008"})
    assert "ennen ensimmäistä" in backwards.content.decode()
    too_early = post(f"{CLAIMS}grants/2009/", typed | {"claim_months": "6"})
    assert list(too_early.context["form"].errors) == ["claim_months"]
    assert "30.6.2009 jälkeen" in words_of(too_early.content.decode())
    assert post(f"{CLAIMS}grants/2009/", typed | {"claim_months": "12, 6"}).status_code == 302
    grant = the_grant()
    assert (str(grant.decided_on), grant.granted, grant.claim_months) == ("2009-04-20", 265000, [6, 12])


def test_a_closed_programme_takes_no_claim():
    decided()
    type(ako()).objects.filter(pk=ako().pk).update(closed_on="2009-09-09")
    for address in (f"{ONE}payment/", f"{ONE}attachments/", f"{CLAIMS}new/"):
        answer = post(address, {"version": "5"})
        assert answer.status_code == 403, address
    assert "Kirjaa maksu" not in get(ONE)


def test_a_draft_that_was_removed_is_gone_and_one_before_the_board_is_not_removed():
    drafted()
    assert post(f"{ONE}remove/")["Location"] == CLAIMS
    assert client_of("finance").get(ONE).status_code == 404
    approved()
    assert post(f"{ONE}remove/").status_code == 403
    assert PaymentClaim.objects.filter(code="MAK-2009-2").exists()


def test_without_a_meeting_the_boards_decision_has_a_reason_and_no_button():
    before_the_board()
    Body.objects.filter(programme=ako()).update(decides=False)
    told = get(ONE, "secretary")
    assert "ei ole kokoontunut" in told
    assert "Kirjaa päätös</button>" not in told
    assert f'action="{ONE}decision/"' in told
