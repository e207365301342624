"""From composing to the frozen report: what is frozen stays, whatever changes afterwards."""

import copy
import hashlib
import json
import re

import pytest
from django.core.exceptions import ValidationError
from procrastinate.contrib.django.models import ProcrastinateJob

from priorities.models import Measure, Priority
from programme import clock
from programme.models import Meeting, Post, User
from reporting import services
from reporting.datasets import canonical_json, freeze_period, is_unchanged, sha256_of
from reporting.depths import at_depth
from reporting.models import Dataset, Rendering, Report
from tests.factories import ako, back_to_draft, make_report, make_target, the_period
from tests.personas import PEOPLE, client_of, clients_by_persona, person
from workgroups.models import Action, FollowUp

pytestmark = pytest.mark.django_db

LIST = "/ako/reports/"
REPORT = "/ako/reports/RAP-2009-T2-SH/"


@pytest.fixture
def office():
    return client_of("office")


@pytest.fixture
def frozen():
    report = make_report(summary="Yhteenveto.", proposal="Merkitään tiedoksi.")
    return services.freeze_report(report, actor=person("office"))


def rendering_jobs():
    return list(
        ProcrastinateJob.objects.filter(task_name="reporting.tasks.render").values_list("args", flat=True)
    )


# --- Composing -------------------------------------------------------------------------------------------


def test_the_office_is_offered_the_boards_report_of_the_open_period(office):
    offered = office.get(LIST).context["to_compose"]
    assert [(period.code, audience.code) for period, audience in offered] == [("2009-T2", "AUD-SH")]
    assert client_of("presenter").get(LIST).context["to_compose"] == []


def test_composing_begins_the_report_for_the_bodys_next_meeting(office):
    response = office.post("/ako/reports/compose/2009-T2/AUD-SH/")
    report = Report.objects.get(code="RAP-2009-T2-SH")
    assert response["Location"] == REPORT
    assert (report.state, report.version, report.depth, report.body.code) == (
        "composed",
        1,
        "board",
        "BODY-SH",
    )
    assert (report.dataset, report.frozen_at, report.particulars) == (None, None, {})
    held_on = report.meeting.held_on
    after_the_round = Meeting.objects.filter(body__code="BODY-SH", held_on__gte="2009-09-11")
    assert held_on == min(after_the_round.values_list("held_on", flat=True))
    assert "{kausi}" not in report.proposal
    assert "1.1.–31.8.2009" in report.proposal


def test_composing_twice_gives_the_same_report(office):
    for _ in range(2):
        office.post("/ako/reports/compose/2009-T2/AUD-SH/")
    assert Report.objects.filter(code="RAP-2009-T2-SH").count() == 1
    assert office.get(LIST).context["to_compose"] == []


def test_the_office_writes_the_reports_own_words_and_sees_them(office):
    make_report()
    typed = {"wording": 1, "summary": "Tämä on yhteenveto.", "proposal": "Tämä on esitys."}
    office.post(f"{REPORT}write/", typed)
    report = Report.objects.get(code="RAP-2009-T2-SH")
    page = office.get(REPORT).content.decode()
    assert (report.summary, report.proposal) == ("Tämä on yhteenveto.", "Tämä on esitys.")
    assert "Tämä on yhteenveto." in page
    assert "Tämä on esitys." in page


# --- Freezing --------------------------------------------------------------------------------------------


def test_of_two_who_write_at_once_neither_loses_words_unseen(office):
    make_report(summary="Alku.", proposal="Merkitään tiedoksi.")
    first = {"wording": 1, "summary": "Ensimmäinen.", "proposal": "Merkitään tiedoksi."}
    second = {"wording": 1, "summary": "Toinen.", "proposal": "Merkitään tiedoksi."}
    assert office.post(f"{REPORT}write/", first).status_code == 302

    conflict = office.post(f"{REPORT}write/", second)
    form = conflict.context["form"]
    assert conflict.status_code == 409
    assert [(yours, saved) for _label, yours, saved in form.differing] == [("Toinen.", "Ensimmäinen.")]
    assert (form["summary"].value(), form["wording"].value()) == ("Toinen.", "2")
    assert Report.objects.get(code="RAP-2009-T2-SH").summary == "Ensimmäinen."

    assert office.post(f"{REPORT}write/", second | {"wording": 2}).status_code == 302
    assert Report.objects.get(code="RAP-2009-T2-SH").summary == "Toinen."


def test_before_freezing_the_page_says_which_lines_will_print_as_not_updated(office):
    make_report()
    page = office.get(f"{REPORT}freeze/")
    silent = page.context["facts"]["coverage"]["not_updated"]
    assert len(silent) == 19
    assert [code for code in silent if f"<li>{code}</li>" not in page.content.decode()] == []
    assert not Report.objects.get(code="RAP-2009-T2-SH").is_frozen


def test_freezing_is_allowed_while_the_round_is_open_and_closes_nothing(office):
    make_report()
    assert the_period().is_open
    assert office.post(f"{REPORT}freeze/")["Location"] == REPORT
    report = Report.objects.get(code="RAP-2009-T2-SH")
    assert (report.state, report.dataset.period, report.dataset.version) == ("frozen", the_period(), 1)
    assert clock.day_of(report.frozen_at).isoformat() == "2009-09-09"
    assert the_period().is_open


def test_the_hash_is_of_the_canonical_json(frozen):
    facts = json.loads(json.dumps(frozen.dataset.facts))
    spelled = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert frozen.dataset.sha256 == hashlib.sha256(spelled).hexdigest()
    assert frozen.particulars["dataset_sha256"] == frozen.dataset.sha256
    assert frozen.particulars["depth_sha256"] == sha256_of(at_depth(facts, "board"))
    assert frozen.particulars["frozen_by"] == str(person("office"))


def test_the_json_that_is_served_has_the_hash_that_is_printed(frozen):
    served = client_of("office").get("/ako/reports/RAP-2009-T2-SH.json").content
    assert hashlib.sha256(served).hexdigest() == frozen.particulars["depth_sha256"]
    public = Report.objects.get(code="RAP-2009-T1-SID")
    served = client_of("anonymous").get("/ako/reports/RAP-2009-T1-SID.json").content
    assert hashlib.sha256(served).hexdigest() == public.particulars["depth_sha256"]
    assert public.particulars["depth_sha256"] != public.dataset.sha256


def test_a_frozen_report_is_not_frozen_again(office, frozen):
    assert office.get(f"{REPORT}freeze/").status_code == 403
    assert office.post(f"{REPORT}freeze/").status_code == 403
    with pytest.raises(ValidationError):
        services.freeze_report(frozen, actor=person("office"))
    with pytest.raises(ValidationError):
        services.write_narrative(
            frozen, wording=frozen.wording, summary="Uusi.", proposal="Uusi.", language="fi"
        )
    assert Dataset.objects.filter(period=the_period()).count() == 1


def test_the_same_facts_are_frozen_once_and_changed_facts_as_a_new_version(frozen):
    other = services.compose_report(the_period(), ako().audiences.get(code="AUD-TVK"))
    again = services.freeze_report(other, actor=person("office"))
    assert again.dataset == frozen.dataset
    make_target()
    third = services.compose_report(the_period(), ako().audiences.get(code="AUD-YK"))
    later = services.freeze_report(third, actor=person("office")).dataset
    assert (later.version, later.reason != "") == (2, True)
    assert frozen.dataset.facts != later.facts


def test_facts_with_a_floating_point_number_are_not_frozen():
    for wrong in (0.1, {"a": [1.5]}, float("nan")):
        with pytest.raises(ValueError, match=r"floating-point|not JSON compliant"):
            canonical_json(wrong)
    assert canonical_json({"b": "ä", "a": [1, None, True]}) == '{"a":[1,null,true],"b":"ä"}'.encode()


def test_every_stored_dataset_has_the_hash_it_was_frozen_with():
    assert [dataset.pk for dataset in Dataset.objects.all() if not is_unchanged(dataset)] == []
    dataset = Dataset.objects.first()
    dataset.facts["period"]["year"] += 1
    assert not is_unchanged(dataset)


def told_by(client):
    """Return what a frozen report tells in each format, without the frame of its page."""
    page = client.get("/ako/reports/RAP-2009-T2-SH.html").content.decode()
    return re.search(r"<article class=\"report\".*</article>", page, re.DOTALL)[0], client.get(
        "/ako/reports/RAP-2009-T2-SH.json"
    ).content


def test_what_is_frozen_stays_whatever_changes_afterwards(office, frozen):
    kept = copy.deepcopy((frozen.dataset.facts, frozen.dataset.sha256, frozen.particulars))
    told = told_by(office)
    Measure.objects.filter(code="P1-M2").update(text_fi="Toinen toimenpide")
    Priority.objects.filter(code="P1").update(name_fi="Toinen painopiste")
    Post.objects.update(name_fi="Toinen toimi")
    make_target("VT-2009-MR-92")
    back_to_draft()
    Action.objects.update(text="Toinen toimenpide")
    FollowUp.objects.filter(period=the_period()).update(text="Toiset sanat.", status="not_started")
    User.objects.get(persona="coordinator-hp").delete()
    User.objects.get(persona="chair-hp").delete()
    User.objects.filter(persona="office").update(name="Joku muu")
    again = Report.objects.get(pk=frozen.pk)
    assert (again.dataset.facts, again.dataset.sha256, again.particulars) == kept
    assert is_unchanged(again.dataset)
    assert told_by(office) == told


def test_no_address_of_a_person_is_frozen(frozen):
    spelled = canonical_json(frozen.dataset.facts).decode()
    assert [user.email for user in User.objects.all() if user.email in spelled] == []


# --- The job ---------------------------------------------------------------------------------------------


def test_freezing_queues_the_pdf_once_in_the_same_transaction(frozen):
    rendering = Rendering.objects.get(report=frozen)
    assert (rendering.stage, rendering.language, rendering.format) == ("queued", "fi", "pdf")
    assert rendering_jobs().count({"rendering_id": rendering.pk}) == 1


def test_pressing_twice_queues_once(office, frozen):
    for _ in range(2):
        office.post(f"{REPORT}render/")
    assert rendering_jobs().count({"rendering_id": Rendering.objects.get(report=frozen).pk}) == 1


def test_a_failed_rendering_is_queued_again(office, frozen):
    rendering = Rendering.objects.get(report=frozen)
    rendering.stage, rendering.error_id = Rendering.Stage.FAILED, "1A2B3C4D"
    rendering.save()
    assert "1A2B3C4D" in office.get(f"{REPORT}progress/").content.decode()
    office.post(f"{REPORT}render/")
    rendering.refresh_from_db()
    assert (rendering.stage, rendering.error_id) == ("queued", "")
    assert rendering_jobs().count({"rendering_id": rendering.pk}) == 2


def test_a_refused_freeze_queues_nothing(frozen):
    before = len(rendering_jobs())
    with pytest.raises(ValidationError):
        services.freeze_report(frozen, actor=person("office"))
    assert len(rendering_jobs()) == before


def test_the_told_reports_of_the_board_are_queued_newest_first():
    jobs = ProcrastinateJob.objects.filter(task_name="reporting.tasks.render").order_by("pk")
    codes = [Rendering.objects.get(pk=job.args["rendering_id"]).report.code for job in jobs]
    assert codes[:2] == ["RAP-2009-T1-SH", "RAP-2008-TP-SH"]
    assert len(codes) == len(set(codes))


# --- Who may ---------------------------------------------------------------------------------------------


def test_nobody_but_the_office_composes_or_freezes_and_its_presenter_alone_words_too():
    make_report()
    others = clients_by_persona([persona for persona in PEOPLE if persona != "office"])
    for persona, client in others.items():
        answers = [
            client.post(address).status_code
            for address in ("/ako/reports/compose/2009-T2/AUD-YK/", f"{REPORT}freeze/", f"{REPORT}write/")
        ]
        assert set(answers[:2]) <= {403, 404}
        assert answers[2] in ({422} if persona == "presenter" else {403, 404})
    assert Report.objects.filter(period=the_period()).count() == 1
    assert not Report.objects.get(code="RAP-2009-T2-SH").is_frozen


# --- Verifying -------------------------------------------------------------------------------------------


def test_anybody_may_verify_a_frozen_report_and_reads_it_only_if_published(frozen):
    anonymous = client_of("anonymous")
    page = anonymous.get("/verify/RAP-2009-T2-SH/1/")
    shown = page.content.decode()
    assert frozen.dataset.sha256 in shown
    [answer] = page.context["answers"]
    assert (answer["is_readable"], frozen.summary in shown) == (False, False)
    assert REPORT not in shown
    [published] = anonymous.get("/verify/RAP-2009-T1-SID/1/").context["answers"]
    assert published["is_readable"] is True


def test_a_composed_report_cannot_be_verified():
    make_report()
    assert client_of("office").get("/verify/RAP-2009-T2-SH/1/").status_code == 404


def test_a_second_freeze_of_a_period_returns_the_same_dataset():
    period = the_period("2009-T1")
    [dataset] = period.datasets.all()
    assert freeze_period(period, frozen_at=dataset.frozen_at, frozen_by="Kokeilija", reason="Koe") == dataset
