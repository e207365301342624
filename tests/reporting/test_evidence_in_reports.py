"""Evidence in frozen reports: by value, without bytes, and at no depth more than it may tell."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme import clock
from programme.attachments.secrecy import change_secrecy
from programme.models import Attachment, Audience
from reporting import services
from reporting.datasets import sha256_of
from reporting.depths import at_depth
from reporting.document.evidence import evidence_of
from reporting.facts import collect_facts
from tests.factories import (
    a_pdf,
    ako,
    make_evidence,
    make_follow_up,
    make_report,
    make_task,
    the_period,
    the_target,
)
from tests.personas import client_of, person

pytestmark = pytest.mark.django_db

LINE, GROUND = "VT-2009-MR-2", "JulkL 24 § 1 mom. 20 k"
WORDS = "Pöytäkirja Tallbergin kansiossa"


def facts_of(line=LINE):
    targets = collect_facts(the_period())["targets"]
    [target] = (target for target in targets if target["code"] == line)
    return target


@pytest.fixture
def proven():
    """A target that stands on words, on a decision, on an open file and on a secret one."""
    decision = make_task("WG-MR").decision
    made = {"status": "achieved", "text": "Valmis.", "evidence": WORDS, "decision": decision}
    file = make_evidence(the_target(), state="submitted", name="lausunnot.pdf", **made)
    make_evidence(the_target(), content=a_pdf("2"), name="Virtasen palkkiot.pdf", secrecy_ground=GROUND)
    return file.attachment


def test_what_a_line_stands_on_is_told_by_value(proven):
    evidence = facts_of()["follow_up"]["evidence"]
    assert evidence["words"] == WORDS
    assert (evidence["decision"]["decided_on"], evidence["decision"]["item"]) == ("2009-03-04", 1)
    file, secret = evidence["files"]
    assert file == {
        "media_type": "application/pdf",
        "size": len(a_pdf()),
        "sha256": proven.sha256,
        "secrecy_ground": "",
        "path": f"/ako/targets/{LINE}/follow-up/2009-T2/attachments/{proven.pk}/",
    }
    assert secret["secrecy_ground"] == GROUND
    told = json.dumps(collect_facts(the_period()), ensure_ascii=False)
    assert not [name for name in ("Virtasen", "lausunnot") if name in told]


def test_a_line_that_stands_on_nothing_has_no_key_for_it():
    make_follow_up(the_target())
    assert "evidence" not in facts_of()["follow_up"]


def test_what_is_in_quarantine_or_not_accepted_is_no_evidence(proven):
    Attachment.objects.filter(pk=proven.pk).update(
        scan=Attachment.Scan.QUARANTINED, found="Eicar", scanned_at=clock.now()
    )
    [secret] = facts_of()["follow_up"]["evidence"]["files"]
    assert secret["secrecy_ground"] == GROUND
    make_evidence(the_target("VT-2009-MR-1"), state="submitted")
    assert facts_of("VT-2009-MR-1")["follow_up"] is None


def questions():
    with CaptureQueriesContext(connection) as asked:
        collect_facts(the_period())
    return len(asked)


def test_evidence_costs_two_questions_however_much_there_is():
    make_task("WG-MR")  # what it asks of tasks from decisions it asks once, too
    silent = questions()
    make_evidence(the_target(), decision=make_task("WG-MR").decision)
    little = questions()
    make_evidence(the_target("VT-2009-MR-1"), content=a_pdf("3"), decision=make_task("WG-MR").decision)
    assert (little, questions()) == (silent + 2, silent + 2)


@pytest.mark.parametrize("depth", [Audience.Depth.PUBLIC, Audience.Depth.ASSEMBLY])
def test_the_public_is_told_the_decision_and_nothing_else(proven, depth):
    facts = at_depth(collect_facts(the_period()), depth)
    told = json.dumps(facts, ensure_ascii=False)
    for internal in (WORDS, "lausunnot.pdf", proven.sha256, GROUND, "/attachments/"):
        assert internal not in told
    [target] = (target for target in facts["targets"] if target["code"] == LINE)
    assert target["follow_up"]["evidence"]["decision"]["item"] == 1
    [passage] = evidence_of(target["follow_up"])
    assert passage.text.endswith(" 4.3.2009, asiakohta 1")


def test_a_frozen_report_shows_it_after_the_file_is_secret(proven):
    report = services.freeze_report(make_report(), actor=person("office"))
    dataset = report.dataset
    change_secrecy(
        proven, ako(), actor=person("office"), seen="", ground=GROUND, reason="Sisältää palkkioita."
    )
    page = client_of("office").get("/ako/reports/RAP-2009-T2-SH.html").content.decode()
    assert WORDS in page
    assert f"PDF-tiedosto (SHA-256 {proven.sha256[:16]}…)" in page
    assert f"salassa pidettävä tiedosto, {GROUND}" in page
    assert not [name for name in ("Virtasen", "lausunnot") if name in page]
    dataset.refresh_from_db()
    assert sha256_of(dataset.facts) == dataset.sha256


def test_what_an_older_dataset_named_is_not_told_by_what_is_composed_now(proven):
    follow_up = facts_of()["follow_up"]
    follow_up["evidence"]["files"][0]["name"] = "lausunnot.pdf"
    told = " ".join(passage.text for passage in evidence_of(follow_up))
    assert f"PDF-tiedosto (SHA-256 {proven.sha256[:16]}…)" in told
    assert "lausunnot" not in told
