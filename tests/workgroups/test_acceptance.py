"""Acceptance: the chair counts what was said, or gives it back with a reason."""

import re
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from programme import clock
from programme.models import ReportingPeriod
from reporting.dashboard import dashboard_of
from reporting.facts import collect_facts
from tests.factories import make_follow_up, the_action, the_period, the_target
from tests.personas import client_of, person
from workgroups import services
from workgroups.models import FollowUp, Membership, WorkingGroup

LINE = "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/"
READ = {"version": "1"}


@pytest.fixture
def submitted(db):
    return make_follow_up(the_target(), state="submitted", submitted_by=person("coordinator-mr"))


@pytest.mark.django_db
def test_the_chair_sees_what_differs_from_before_by_group_and_line():
    before = FollowUp.objects.get(target=the_target(), period__code="2009-T1")
    FollowUp.objects.filter(pk=before.pk).update(text="Sisällys on sovittu.", status="on_track")
    for line in (the_action("TP-2009-MR-06"), the_action("TP-2009-MR-02"), the_target()):
        make_follow_up(line, state="submitted", submitted_by=person("coordinator-mr"))
    FollowUp.objects.filter(target=the_target(), period__code="2009-T2").update(
        text="Sisällys on sovittu. Arviot puuttuvat.",
        status="delayed",
        reason="Kunnat.",
        corrective_action="Pyydetään.",
    )
    page = client_of("chair-mr").get("/approvals/")
    targets, actions = page.context["blocks"]
    assert (targets.is_target, [row.follow_up.line.code for row in targets.rows]) == (True, ["VT-2009-MR-2"])
    assert [row.follow_up.line.code for row in actions.rows] == ["TP-2009-MR-02", "TP-2009-MR-06"]
    [row] = targets.rows
    assert (row.previous_status, row.follow_up.status) == ("on_track", "delayed")
    assert [(piece.kind, piece.text) for piece in row.changed_words] == [
        ("same", "Sisällys on sovittu."),
        ("added", "Arviot puuttuvat."),
    ]
    assert "Arviot puuttuvat.</ins>" in page.content.decode()


def messages_of(response):
    return [message.level_tag for message in response.context["messages"]]


def test_the_chair_finds_what_waits_on_the_desk_and_among_approvals(submitted):
    chair = client_of("chair-mr")
    assert list(chair.get("/approvals/").context["waiting"]) == [submitted]
    assert chair.get("/desk/").context["desk"].waiting == [submitted]
    assert list(client_of("chair-hp").get("/approvals/").context["waiting"]) == []


def test_what_is_accepted_is_counted(submitted):
    before = dashboard_of(collect_facts(the_period()))
    client_of("chair-mr").post(f"{LINE}accept/", READ)
    submitted.refresh_from_db()
    after = dashboard_of(collect_facts(the_period()))
    assert (submitted.state, submitted.accepted_by, submitted.version) == ("approved", person("chair-mr"), 2)
    assert clock.day_of(submitted.accepted_at).isoformat() == "2009-09-09"
    assert (before.lines_updated, before.updated, before.waiting) == (21, 6, 1)
    assert (after.lines_updated, after.updated, after.waiting) == (22, 7, 0)


def test_what_is_accepted_no_longer_changes_in_the_round(submitted):
    client_of("chair-mr").post(f"{LINE}accept/", READ)
    coordinator = client_of("coordinator-mr")
    assert coordinator.get(LINE).status_code == 403
    assert coordinator.post(LINE, {"status": "on_track", "text": "Uusi.", "version": "2"}).status_code == 403
    with pytest.raises(ValidationError):
        services.submit_follow_up(
            the_target(),
            the_period(),
            actor=person("coordinator-mr"),
            version=2,
            values={"status": "on_track", "text": "Uusi."},
        )
    submitted.refresh_from_db()
    assert submitted.text == "Etenee suunnitellusti."


def test_nobody_accepts_their_own_words(submitted):
    FollowUp.objects.filter(pk=submitted.pk).update(submitted_by=person("chair-mr"))
    chair = client_of("chair-mr")
    assert list(chair.get("/approvals/").context["waiting"]) == []
    assert chair.post(f"{LINE}accept/", READ).status_code == 403
    assert chair.post(f"{LINE}return/", READ | {"reason": "Oma."}).status_code == 403
    submitted.refresh_from_db()
    assert submitted.state == "submitted"
    with pytest.raises(ValidationError):
        services.accept_follow_up(submitted, actor=person("chair-mr"), version=1)


def test_a_coordinator_who_is_chair_too_writes_but_does_not_accept(db):
    group = WorkingGroup.objects.get(code="WG-MR")
    Membership.objects.create(
        group=group, user=person("coordinator-mr"), role="vice_chair", starts_on="2009-01-01"
    )
    both = client_of("coordinator-mr")
    both.post(LINE, {"status": "on_track", "text": "Etenee.", "version": "0"})
    assert both.post(f"{LINE}accept/", READ).status_code == 403


def test_a_vice_chair_accepts(submitted):
    group = WorkingGroup.objects.get(code="WG-MR")
    Membership.objects.create(
        group=group, user=person("member-mr"), role="vice_chair", starts_on="2009-01-01"
    )
    client_of("member-mr").post(f"{LINE}accept/", READ)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.accepted_by) == ("approved", person("member-mr"))


def test_the_presenting_officer_accepts_for_the_offices_own_unit(db):
    target = the_target("VT-2009-KV-1")
    said = make_follow_up(target, state="submitted", submitted_by=person("office"))
    assert list(client_of("presenter").get("/approvals/").context["waiting"]) == [said]
    address = "/ako/targets/VT-2009-KV-1/follow-up/2009-T2/accept/"
    assert client_of("office").post(address, READ).status_code == 403
    client_of("presenter").post(address, READ)
    said.refresh_from_db()
    assert (said.state, said.accepted_by) == ("approved", person("presenter"))


# --- Returning -------------------------------------------------------------------------------------------


def test_a_return_needs_its_reason_and_shows_on_the_writers_desk(submitted):
    chair = client_of("chair-mr")
    assert chair.post(f"{LINE}return/", READ | {"reason": "  "}).status_code == 422
    assert chair.post(f"{LINE}return/", READ | {"reason": "Lisää arvioitu valmistuminen."}).status_code == 302
    submitted.refresh_from_db()
    assert (submitted.state, submitted.returning_reason, submitted.accepted_at) == (
        "returned",
        "Lisää arvioitu valmistuminen.",
        None,
    )
    desk = client_of("coordinator-mr").get("/desk/")
    assert [line.line.code for line in desk.context["desk"].returned] == ["VT-2009-MR-2"]
    assert "Lisää arvioitu valmistuminen." in desk.content.decode()


def test_what_was_returned_is_mended_and_waits_again(submitted):
    services.return_follow_up(submitted, actor=person("chair-mr"), version=1, reason="Lisää mittari.")
    coordinator = client_of("coordinator-mr")
    version = coordinator.get(LINE).context["form"]["version"].value()
    coordinator.post(LINE, {"status": "on_track", "text": "Mittari on 3.", "version": version})
    submitted.refresh_from_db()
    assert (submitted.state, submitted.returning_reason, submitted.text) == ("submitted", "", "Mittari on 3.")
    assert list(client_of("chair-mr").get("/approvals/").context["waiting"]) == [submitted]


def test_what_is_returned_is_not_counted(submitted):
    services.return_follow_up(submitted, actor=person("chair-mr"), version=1, reason="Lisää mittari.")
    dashboard = dashboard_of(collect_facts(the_period()))
    assert (dashboard.lines_updated, dashboard.waiting) == (21, 0)


# --- Written anew meanwhile -------------------------------------------------------------------------------


def write_anew(text="Myöhästyy kahdella kuukaudella."):
    services.submit_follow_up(
        the_target(),
        the_period(),
        actor=person("coordinator-mr"),
        version=1,
        values={"status": "on_track", "text": text},
    )


def test_what_was_written_anew_while_it_was_read_is_not_accepted_unseen(submitted):
    write_anew()
    answer = client_of("chair-mr").post(f"{LINE}accept/", READ, follow=True)
    submitted.refresh_from_db()
    assert (submitted.state, messages_of(answer)) == ("submitted", ["error"])
    assert "Myöhästyy kahdella kuukaudella." in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    client_of("chair-mr").post(f"{LINE}accept/", {"version": version})
    submitted.refresh_from_db()
    assert submitted.state == "approved"


def test_nor_returned_and_the_reason_is_kept(submitted):
    write_anew()
    answer = client_of("chair-mr").post(f"{LINE}return/", READ | {"reason": "Lisää mittari."})
    submitted.refresh_from_db()
    assert (answer.status_code, submitted.state) == (409, "submitted")
    assert "Myöhästyy kahdella kuukaudella." in answer.text
    assert "Lisää mittari." in answer.text
    assert 'name="version" value="2"' in answer.text


@pytest.mark.parametrize("version", ["", "x", "-1", "²"])
def test_a_judgement_says_what_was_read(submitted, version):
    assert client_of("chair-mr").post(f"{LINE}accept/", {"version": version}).status_code == 400


# --- The same button twice -------------------------------------------------------------------------------


def test_the_second_acceptance_is_refused_with_a_sentence(submitted):
    chair = client_of("chair-mr")
    assert messages_of(chair.post(f"{LINE}accept/", READ, follow=True)) == ["success"]
    assert messages_of(chair.post(f"{LINE}accept/", READ, follow=True)) == ["error"]
    submitted.refresh_from_db()
    assert submitted.version == 2


def test_of_two_at_the_same_moment_one_accepts(committed_database):
    said = make_follow_up(the_target(), state="submitted", submitted_by=person("coordinator-mr"))
    chair = person("chair-mr")
    together, outcomes = threading.Barrier(2), []

    def accept():
        try:
            together.wait()
            services.accept_follow_up(said, actor=chair, version=1)
            outcomes.append("accepted")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said.refresh_from_db()
    assert (sorted(outcomes), said.version) == (["accepted", "refused"], 2)


def test_of_two_first_updates_at_the_same_moment_one_meets_the_conflict(committed_database):
    target, period, writer = the_target(), the_period(), person("coordinator-mr")
    together, outcomes = threading.Barrier(2), []

    def submit(text):
        try:
            together.wait()
            values = {"status": "on_track", "text": text}
            services.submit_follow_up(target, period, actor=writer, version=0, values=values)
            outcomes.append(text)
        except services.StaleVersionError as conflict:
            outcomes.append(f"saw {conflict.stored.text}")
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=[text]) for text in ("Yksi", "Kaksi")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = FollowUp.objects.get(target=target, period=period).text
    assert sorted(outcomes) == sorted([kept, f"saw {kept}"])


def test_acceptance_waits_for_no_open_round(submitted):
    """The chair may accept after the round has closed: what was said in time is not lost."""
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-09-08T16:00:00+03:00")
    client_of("chair-mr").post(f"{LINE}accept/", READ)
    submitted.refresh_from_db()
    assert submitted.state == "approved"


def test_an_action_is_accepted_as_a_target_is(db):
    said = make_follow_up(the_action(), state="submitted", submitted_by=person("coordinator-mr"))
    client_of("chair-mr").post("/ako/actions/TP-2009-MR-06/follow-up/2009-T2/accept/", READ)
    said.refresh_from_db()
    assert said.state == "approved"
