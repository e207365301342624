"""Files as evidence of a follow-up: added with the form, kept, taken away, shown, given out and held back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction

from programme import clock
from programme.models import Attachment
from programme.trail import trail_of
from tests.factories import (
    a_pdf,
    make_evidence,
    make_follow_up,
    make_target,
    make_task,
    the_action,
    the_period,
    the_target,
)
from tests.personas import ANONYMOUS, EVERYBODY, client_of, clients_by_persona, person
from tests.programme.attachments import made
from workgroups.drafts import purge_drafts
from workgroups.models import EvidenceFile, FollowUp, FollowUpDraft

pytestmark = pytest.mark.django_db

LINE = "/ako/targets/VT-2009-MR-2/"
FORM = f"{LINE}follow-up/2009-T2/"
ACHIEVED = {"status": "achieved", "text": "Valmis.", "version": "0"}
GROUND = "JulkL 24 § 1 mom. 20 k"
BAD = b"<!DOCTYPE html><script>alert(1)</script>"


@pytest.fixture
def coordinator():
    return client_of("coordinator-mr")


def pdf(name="todiste.pdf", text=""):
    return SimpleUploadedFile(name, a_pdf(text))


def said():
    return FollowUp.objects.get(target=the_target(), period=the_period())


def names(**of):
    files = EvidenceFile.objects.filter(**of) if of else said().files.all()
    return [file.attachment.name for file in files.select_related("attachment")]


def address_of(file, form=FORM):
    return f"{form}attachments/{file.attachment_id}/"


# --- With the form ---------------------------------------------------------------------------------------


def test_what_is_achieved_is_shown_by_a_file_alone(coordinator):
    response = coordinator.post(FORM, ACHIEVED | {"attachments": [pdf()]})
    [file] = said().files.select_related("attachment")
    assert (response.status_code, said().evidence, said().evidence_files) == (302, "", 1)
    attachment = file.attachment
    assert (attachment.name, attachment.media_type, attachment.size, attachment.added_by) == (
        "todiste.pdf",
        "application/pdf",
        len(a_pdf()),
        person("coordinator-mr"),
    )
    assert bytes(attachment.content.content) == a_pdf()
    assert clock.day_of(attachment.added_at).isoformat() == "2009-09-09"


def test_what_is_achieved_is_shown_by_words_alone(coordinator):
    assert coordinator.post(FORM, ACHIEVED | {"evidence": "https://example.fi/a"}).status_code == 302
    assert '<a href="https://example.fi/a"' in coordinator.get(LINE).content.decode()


def test_what_is_achieved_is_shown_by_a_decision_alone(coordinator):
    decision = make_task().decision
    make_follow_up(the_target(), state="returned", decision=decision)
    assert coordinator.post(FORM, ACHIEVED | {"version": "1"}).status_code == 302
    assert (said().status, said().decision) == ("achieved", decision)


def test_what_is_achieved_without_any_of_them_is_refused(coordinator):
    response = coordinator.post(FORM, ACHIEVED)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"evidence"}


def test_a_file_of_an_action_stands_with_it(coordinator):
    form = "/ako/actions/TP-2009-MR-06/follow-up/2009-T2/"
    assert coordinator.post(form, ACHIEVED | {"attachments": [pdf()]}).status_code == 302
    [file] = EvidenceFile.objects.filter(follow_up__action=the_action())
    assert coordinator.get(address_of(file, form)).content == a_pdf()
    assert coordinator.get(address_of(file)).status_code == 404  # another line's address


def test_a_wrong_file_is_told_and_all_else_is_kept(coordinator):
    sent = ACHIEVED | {
        "evidence": "Pöytäkirja",
        "attachments": [pdf("hyvä.pdf"), SimpleUploadedFile("p.pdf", BAD)],
    }
    response = coordinator.post(FORM, sent, headers={"accept-language": "fi"})
    page = response.content.decode()
    assert response.status_code == 422
    assert [str(error)[:7] for error in response.context["evidence"].errors["attachments"]] == ["p.pdf: "]
    assert ("Pöytäkirja" in page, "Valmis." in page, "hyvä.pdf" in page) == (True, True, True)
    assert not FollowUp.objects.filter(target=the_target(), period=the_period()).exists()
    assert names(draft__user=person("coordinator-mr")) == ["hyvä.pdf"]


def test_the_summary_of_what_to_mend_names_each_wrong_file_and_leads_to_the_field(coordinator):
    files = [SimpleUploadedFile(f"{n}.pdf", BAD) for n in "abcde"]
    sent = ACHIEVED | {"evidence": "Pöytäkirja", "attachments": files}
    page = coordinator.post(FORM, sent, headers={"accept-language": "fi"}).text
    summary = page.partition("data-focus")[2].partition("</div>")[0]
    assert "Tarkista 5 kohtaa" in summary
    assert [f"{n}.pdf: " in summary for n in "abcde"] == [True] * 5
    assert summary.count('href="#id_attachments"') == 5
    assert 'id="id_attachments"' in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("raportti.pdf", BAD),
        ("kuva.svg", b"<svg><script>alert(1)</script></svg>"),
        ("pommi.docx", made.a_bomb()),
        ("tyhja.pdf", b""),
        ("suuri.pdf", b"%PDF-1.4" + bytes(20 * 1024 * 1024)),
    ],
)
def test_nothing_of_a_harmful_file_is_kept(coordinator, name, content):
    response = coordinator.post(FORM, ACHIEVED | {"attachments": [SimpleUploadedFile(name, content)]})
    assert (response.status_code, Attachment.objects.count()) == (422, 0)
    assert name in str(response.context["evidence"].errors["attachments"])


def test_a_ground_for_secrecy_that_names_no_section_is_refused_and_its_file_is_not_kept_without(coordinator):
    sent = ACHIEVED | {"attachments": [pdf()], "secrecy_ground": "salainen"}
    response = coordinator.post(FORM, sent)
    assert response.status_code == 422
    assert set(response.context["evidence"].errors) == {"secrecy_ground"}
    assert not response.context["form"].errors
    assert not Attachment.objects.exists()


def test_a_file_survives_that_the_rest_of_the_form_is_refused(coordinator):
    response = coordinator.post(
        FORM, {"status": "achieved", "text": "", "version": "0", "attachments": [pdf()]}
    )
    assert (response.status_code, "todiste.pdf" in response.content.decode()) == (422, True)
    drafted = FollowUpDraft.objects.get().stamp
    assert coordinator.post(FORM, ACHIEVED | {"drafted": drafted}).status_code == 302
    assert (names(), said().evidence_files, FollowUpDraft.objects.count()) == (["todiste.pdf"], 1, 0)


def test_a_file_is_kept_with_the_draft_by_its_button_and_is_its_writers_alone(coordinator):
    response = coordinator.post(f"{FORM}draft/", {"version": "0", "text": "Kesken", "attachments": [pdf()]})
    assert response.status_code == 302
    [file] = EvidenceFile.objects.all()
    assert "todiste.pdf" in coordinator.get(FORM).content.decode()
    answered = {
        persona: client.get(address_of(file)).status_code
        for persona, client in clients_by_persona(EVERYBODY).items()
    }
    assert {persona for persona, status in answered.items() if status == 200} == {"coordinator-mr"}
    assert {status for persona, status in answered.items() if persona != ANONYMOUS} == {200, 404}


def test_a_wrong_file_with_a_draft_is_told(coordinator):
    sent = {"version": "0", "text": "Kesken", "attachments": [SimpleUploadedFile("p.pdf", BAD)]}
    page = coordinator.post(f"{FORM}draft/", sent, follow=True).content.decode()
    assert ("p.pdf" in page, Attachment.objects.count()) == (True, 0)


def test_a_conflict_keeps_the_file(coordinator):
    make_follow_up(the_target(), state="submitted")
    response = coordinator.post(FORM, ACHIEVED | {"attachments": [pdf()]})
    assert (response.status_code, "todiste.pdf" in response.content.decode()) == (409, True)
    assert coordinator.post(FORM, ACHIEVED | {"version": "1"}).status_code == 302
    assert names() == ["todiste.pdf"]


def test_two_presses_and_the_same_file_twice_add_it_once(coordinator):
    for _press in range(2):
        sent = ACHIEVED | {"attachments": [pdf(), pdf("sama.pdf")]}
        assert coordinator.post(FORM, sent).status_code == 302
    assert (names(), said().version) == (["todiste.pdf"], 1)


def test_the_same_file_with_a_ground_for_secrecy_does_not_stay_public_silently(coordinator):
    file = make_evidence(the_target(), state="returned")
    sent = ACHIEVED | {"version": "1", "attachments": [pdf()], "secrecy_ground": GROUND}
    response = coordinator.post(FORM, sent)
    assert response.status_code == 422
    assert "todiste.pdf" in str(response.context["evidence"].errors["secrecy_ground"])
    assert f"{address_of(file)}secrecy/" in response.content.decode()
    assert said().state == FollowUp.State.RETURNED
    assert coordinator.post(FORM, sent | {"attachments": [pdf()], "removed": [file.pk]}).status_code == 302
    assert [file.attachment.secrecy_ground for file in said().files.all()] == [GROUND]


def test_the_same_file_of_a_draft_is_told_when_it_comes_with_a_ground(coordinator):
    draft = {"version": "0", "text": "Kesken"}
    coordinator.post(f"{FORM}draft/", draft | {"attachments": [pdf()]})
    drafted = FollowUpDraft.objects.get().stamp
    sent = draft | {"drafted": drafted, "attachments": [pdf()], "secrecy_ground": GROUND}
    page = coordinator.post(f"{FORM}draft/", sent, follow=True).content.decode()
    assert "todiste.pdf on jo lisätty ilman tätä perustetta" in page


def test_no_more_than_ten_files_are_taken(coordinator):
    files = [pdf(f"{number}.pdf", str(number)) for number in range(11)]
    response = coordinator.post(FORM, ACHIEVED | {"attachments": files})
    assert response.status_code == 422
    assert EvidenceFile.objects.count() == 10
    assert not FollowUp.objects.filter(target=the_target(), period=the_period()).exists()


# --- Taken away ------------------------------------------------------------------------------------------


def test_a_file_is_taken_away_with_its_bytes_and_the_trail_knows_it(coordinator):
    file = make_evidence(the_target(), state="returned")
    sent = ACHIEVED | {"version": "1", "evidence": "Pöytäkirja", "removed": [file.pk]}
    assert coordinator.post(FORM, sent).status_code == 302
    assert (names(), said().evidence_files, Attachment.objects.count()) == ([], 0, 0)
    events = trail_of(Attachment).filter(pgh_obj_id=file.attachment_id).order_by("pgh_id")
    assert [(event.pgh_label, event.name, event.size) for event in events] == [
        ("insert", "todiste.pdf", len(a_pdf())),
        ("delete", "todiste.pdf", len(a_pdf())),
    ]


def test_one_file_gives_way_to_another_of_what_is_achieved(coordinator):
    file = make_evidence(the_target(), state="submitted")
    sent = ACHIEVED | {"version": "1", "removed": [file.pk], "attachments": [pdf("uusi.pdf", "uusi")]}
    assert coordinator.post(FORM, sent).status_code == 302
    assert (names(), said().evidence_files) == (["uusi.pdf"], 1)


def test_the_last_evidence_of_what_is_achieved_is_not_taken_away(coordinator):
    file = make_evidence(the_target(), state="submitted")
    response = coordinator.post(FORM, ACHIEVED | {"version": "1", "removed": [file.pk]})
    assert (response.status_code, names()) == (422, ["todiste.pdf"])


def test_nobody_takes_away_the_files_of_another_line(coordinator):
    other = make_evidence(the_action(), state="submitted")
    sent = ACHIEVED | {"evidence": "Pöytäkirja", "removed": [other.pk]}
    assert coordinator.post(FORM, sent).status_code == 302
    assert EvidenceFile.objects.filter(pk=other.pk).exists()


def test_what_is_confirmed_unchanged_stands_on_the_same_file(coordinator):
    line = make_target()
    before = make_evidence(line, state="submitted")
    FollowUp.objects.filter(pk=before.follow_up_id).update(
        period=the_period("2009-T1"), state="approved", accepted_at=clock.now()
    )
    assert coordinator.post(f"/ako/targets/{line.code}/follow-up/2009-T2/confirm/").status_code == 302
    now = EvidenceFile.objects.get(follow_up__period=the_period(), follow_up__target=line)
    assert (now.attachment_id, now.follow_up.evidence_files) == (before.attachment_id, 1)


def test_files_of_drafts_go_with_them(coordinator):
    coordinator.post(f"{FORM}draft/", {"version": "0", "text": "Kesken", "attachments": [pdf()]})
    FollowUpDraft.objects.update(period=the_period("2008-TP"))
    assert purge_drafts() == 1
    assert (EvidenceFile.objects.count(), Attachment.objects.count()) == (0, 0)


# --- In the database -------------------------------------------------------------------------------------


def test_the_database_counts_the_files():
    file = make_evidence(the_target(), state="submitted")
    make_evidence(the_target(), state="submitted", content=a_pdf("toinen"))
    assert said().evidence_files == 2
    file.delete()
    assert said().evidence_files == 1


def test_the_database_refuses_what_is_achieved_without_evidence():
    file = make_evidence(the_target(), state="submitted")
    FollowUp.objects.filter(pk=file.follow_up_id).update(status="achieved")
    with pytest.raises(IntegrityError, match="achievement_has_evidence"), transaction.atomic():
        EvidenceFile.objects.all().delete()


def test_the_evidence_of_what_is_accepted_stays():
    file = make_evidence(the_target())
    for act in (file.delete, lambda: EvidenceFile.objects.create(**another(file))):
        with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
            act()


def another(file):
    attachment = Attachment.objects.get(pk=file.attachment_id)
    attachment.pk = None
    attachment.save()
    return {"follow_up": file.follow_up, "attachment": attachment}


# --- Shown and given out ---------------------------------------------------------------------------------


def test_a_file_stands_on_the_lines_page_and_among_what_is_to_accept(coordinator):
    file = make_evidence(the_target(), state="submitted")
    for client, page in ((coordinator, LINE), (client_of("chair-mr"), "/approvals/")):
        assert f'<a href="{address_of(file)}">todiste.pdf</a>' in client.get(page).content.decode()


def test_a_file_is_saved_and_never_run(coordinator):
    file = make_evidence(the_target(), name="Päätös 5.pdf")
    answer = coordinator.get(address_of(file))
    assert answer.content == a_pdf()
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''P%C3%A4%C3%A4t%C3%B6s%205.pdf"


HEADERS = {
    "Content-Type": "application/pdf",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    ),
    "Cache-Control": "private, no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [
        ("kuva.png", made.a_picture(), "inline"),
        ("kuva.jpg", made.a_picture("JPEG"), "inline"),
        ("muistio.docx", made.an_office_file(), "attachment"),
        ("muistio.txt", b"Hei", "attachment"),
        ("luvut.csv", b"a;b", "attachment"),
    ],
)
def test_pictures_are_looked_at_and_all_else_is_saved(coordinator, name, content, disposition):
    answer = coordinator.get(address_of(make_evidence(the_target(), name=name, content=content)))
    assert answer["Content-Disposition"] == f'{disposition}; filename="{name}"'
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_secret_file_is_seen_by_those_who_see_unfinished_work_and_by_nobody_else():
    file = make_evidence(the_target(), name="Merkkisana-Uikku.pdf", secrecy_ground=GROUND)
    pages = (LINE, address_of(file), "/ako/dashboard/", "/desk/", "/ako/targets/")
    found = {
        persona
        for persona, client in clients_by_persona(EVERYBODY).items()
        for page in pages
        if "Merkkisana-Uikku" in (answer := client.get(page)).content.decode("latin-1")
        or "Merkkisana-Uikku" in answer.get("Content-Disposition", "")
    }
    assert found == {"coordinator-mr", "chair-mr", "member-mr", "office", "presenter", "auditor"}
    answer = client_of("office").get(address_of(file))
    assert answer["Cache-Control"] == "private, no-store"
    assert GROUND in client_of("office").get(LINE).content.decode()


def test_secrecy_is_told_with_the_files(coordinator):
    coordinator.post(FORM, ACHIEVED | {"attachments": [pdf()], "secrecy_ground": f" {GROUND} "})
    assert Attachment.objects.get().secrecy_ground == GROUND


@pytest.mark.parametrize("page", [LINE, FORM])
def test_what_is_in_quarantine_is_shown_as_such_and_not_given_out(coordinator, page):
    file = make_evidence(the_target(), state="submitted")
    Attachment.objects.update(scan="quarantined", found="Eicar-Test-Signature", scanned_at=clock.now())
    shown = coordinator.get(page).content.decode()
    assert ("Eicar-Test-Signature" in shown, f'href="{address_of(file)}"' in shown) == (True, False)
    assert coordinator.get(address_of(file)).status_code == 403


def test_what_waits_for_the_scanner_is_not_given_out_yet(coordinator, settings):
    settings.SCANNER = "tcp:127.0.0.1:9"
    file = make_evidence(the_target(), state="submitted")
    assert coordinator.get(address_of(file)).status_code == 403
    assert f'href="{address_of(file)}"' not in coordinator.get(LINE).content.decode()
