"""Papers of the matters of an agenda: added by its keeper, read with the matter, secret ones by its body."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programme.models import Attachment, Decision, MatterFile
from tests.factories import a_pdf
from tests.factories_meetings import make_matter, make_paper
from tests.personas import EVERYBODY, client_of, clients_by_persona, make_browser, person

pytestmark = pytest.mark.django_db

MEETING = "/ako/meetings/KOK-SH-2009-78/"
PAPERS = f"{MEETING}matters/910/papers/"
BODY = "/ako/bodies/BODY-SH/"
SECRET = "JulkL 24 § 1 mom. 20 k"


def sent(*names, **typed):
    files = [SimpleUploadedFile(name, a_pdf(name)) for name in names]
    return {"papers": files, "secrecy_ground": ""} | typed


def who_gets(paper, papers=PAPERS):
    address = f"{papers}{paper.attachment_id}/"
    statuses = {
        persona: client.get(address).status_code for persona, client in clients_by_persona(EVERYBODY).items()
    }
    assert set(statuses.values()) <= {200, 404}
    return {persona for persona, status in statuses.items() if status == 200}


def test_the_keeper_adds_papers_and_the_bodys_people_find_them_with_the_matter():
    make_matter()
    response = client_of("secretary").post(PAPERS, sent("liite1.pdf", "liite2.pdf"))
    assert response["Location"] == PAPERS
    for address in (MEETING, BODY):
        page = client_of("elected").get(address).text
        assert ("liite1.pdf" in page, "liite2.pdf" in page) == (True, True)
    assert PAPERS in client_of("secretary").get(MEETING).text


def test_the_same_file_is_kept_once():
    make_matter()
    client_of("secretary").post(PAPERS, sent("liite1.pdf"))
    client_of("secretary").post(PAPERS, sent("liite1.pdf"))
    assert MatterFile.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"), [("liite.exe", b"MZ"), ("tyhja.pdf", b""), ("kuva.png", b"no picture")]
)
def test_what_is_not_in_order_is_not_kept(name, content):
    make_matter()
    response = client_of("secretary").post(PAPERS, {"papers": [SimpleUploadedFile(name, content)]})
    assert (response.status_code, MatterFile.objects.count()) == (422, 0)
    assert client_of("secretary").post(PAPERS, {}).status_code == 422


def test_a_public_paper_is_everybodys_once_the_agenda_is_published():
    assert who_gets(make_paper()) == set(EVERYBODY)


def test_before_that_it_is_the_officials_and_who_keeps_the_meeting():
    paper = make_paper(make_matter(agenda_published_on=None))
    assert who_gets(paper) == {"office", "presenter", "auditor", "secretary", "finance", "admin"}
    assert "liite.pdf" not in make_browser().get(MEETING).text


def test_a_secret_paper_is_its_bodys_its_keepers_and_theirs_who_read_unfinished_work():
    paper = make_paper(secrecy_ground=SECRET)
    assert who_gets(paper) == {"elected", "secretary", "office", "presenter", "auditor"}
    assert "liite.pdf" in client_of("elected").get(BODY).text
    assert "liite.pdf" not in make_browser().get(BODY).text
    assert "liite.pdf" not in client_of("chair-mr").get(MEETING).text


def test_a_secret_paper_of_a_groups_meeting_is_its_members_and_no_other_groups():
    paper = make_paper(make_matter("KOK-WG-MR-2009-78", body="BODY-WG-MR"), secrecy_ground=SECRET)
    of_group = {"chair-mr", "member-mr", "coordinator-mr"}
    others = {"secretary", "office", "presenter", "auditor"}
    assert who_gets(paper, "/ako/meetings/KOK-WG-MR-2009-78/matters/910/papers/") == of_group | others
    assert "liite.pdf" in client_of("member-mr").get("/ako/meetings/KOK-WG-MR-2009-78/").text


def test_a_secret_paper_of_a_groups_meeting_is_not_its_former_members():
    paper = make_paper(make_matter("KOK-WG-MR-2009-78", body="BODY-WG-MR"), secrecy_ground=SECRET)
    person("member-mr").memberships.update(until="2009-09-08")
    address = f"/ako/meetings/KOK-WG-MR-2009-78/matters/910/papers/{paper.attachment_id}/"
    assert client_of("member-mr").get(address).status_code == 404


def test_a_paper_is_removed_with_its_bytes_until_the_matter_is_decided():
    paper = make_paper()
    other = make_paper(paper.matter, name="toinen.pdf", content=a_pdf("toinen"))
    secretary = client_of("secretary")
    assert secretary.post(f"{PAPERS}{paper.attachment_id}/remove/")["Location"] == PAPERS
    assert not Attachment.objects.filter(pk=paper.attachment_id).exists()
    Decision.objects.create(matter=other.matter, text="Päätettiin.")
    assert secretary.post(f"{PAPERS}{other.attachment_id}/remove/").status_code == 403
    assert secretary.post(PAPERS, sent("uusi.pdf")).status_code == 403
    assert list(MatterFile.objects.all()) == [other]


def test_a_matter_with_papers_stays_on_the_agenda():
    paper = make_paper()
    client_of("secretary").post(f"{MEETING}matters/910/remove/")
    assert MatterFile.objects.filter(pk=paper.pk).exists()
