"""The group's own report: written by its coordinator, judged by its chair, closing the group's round."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from programme.models import ReportingPeriod, User
from reporting.dashboard import dashboard_of
from reporting.facts import collect_facts
from tests.factories import make_follow_up, make_group_report, the_action, the_group, the_period, the_target
from tests.personas import client_of, person
from workgroups import group_reports, services
from workgroups.models import FollowUp, FollowUpDraft, GroupReport, Membership

PAGE = "/ako/workgroups/WG-MR/report/2009-T2/"
LINE = "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/"
TOLD = {"done": "Sopimukset valmistuivat.", "hinders": "", "asked": "Linjaus.", "version": "0"}
READ = {"version": "1"}


def the_report():
    return GroupReport.objects.get(group=the_group())


def close_the_round(*, reopened=False):
    ReportingPeriod.objects.filter(code="2009-T2").update(
        closes_at="2009-09-08T16:00:00+03:00",
        reopened_until="2009-09-30T16:00:00+03:00" if reopened else None,
        reopening_reason="Kunnan lausunto myöhästyi." if reopened else "",
        reopened_by=person("office") if reopened else None,
    )


@pytest.mark.django_db
class TestWriting:
    def test_it_is_submitted_though_lines_are_silent_and_they_stand_as_not_updated(self):
        coordinator = client_of("coordinator-mr")
        assert len(coordinator.get(PAGE).context["silent"]) == 11
        assert coordinator.post(PAGE, TOLD).status_code == 302
        report = the_report()
        assert (report.state, report.version, report.submitter) == (
            "submitted",
            1,
            str(person("coordinator-mr")),
        )
        assert dashboard_of(collect_facts(the_period())).lines_updated == 21

    def test_what_was_confirmed_unchanged_is_told_beside_its_line(self):
        make_follow_up(the_target(), status="on_track", confirmed_unchanged=True)
        make_follow_up(the_action(), status="on_track")
        said = client_of("coordinator-mr").get(PAGE).text.partition('id="said"')[2]
        told = {row.partition("</a>")[0].rpartition(">")[2]: row for row in said.split("<li>")[1:3]}
        assert ["vahvistettu ennalleen" in row for row in told.values()] == [True, False]

    def test_what_was_done_is_demanded_and_what_was_typed_is_kept(self):
        coordinator = client_of("coordinator-mr")
        response = coordinator.post(PAGE, TOLD | {"done": " "})
        assert response.status_code == 422
        assert response.context["form"]["asked"].value() == "Linjaus."
        assert FollowUpDraft.objects.get().typed["asked"] == "Linjaus."
        assert not GroupReport.objects.exists()

    def test_a_draft_is_its_writers_alone_and_goes_when_it_is_submitted(self):
        coordinator = client_of("coordinator-mr")
        saved = coordinator.post(f"{PAGE}draft/", TOLD, headers={"HX-Request": "true"})
        assert "data-saved-at" in saved.content.decode()
        assert coordinator.get(PAGE).context["form"]["done"].value() == TOLD["done"]
        assert "Sopimukset" not in client_of("chair-mr").get(PAGE).content.decode()
        assert "Sopimukset" not in client_of("office").get(PAGE).content.decode()
        assert [row.is_report for row in coordinator.get("/desk/").context["desk"].drafts] == [True]
        coordinator.post(PAGE, TOLD | {"drafted": FollowUpDraft.objects.get().stamp})
        assert not FollowUpDraft.objects.exists()

    def test_an_older_page_of_the_same_writer_takes_nothing_from_a_newer_one(self):
        coordinator = client_of("coordinator-mr")
        coordinator.post(f"{PAGE}draft/", TOLD)
        older = TOLD | {"done": "Vanha sivu."}
        answer = coordinator.post(f"{PAGE}draft/", older, headers={"HX-Request": "true"})
        assert (answer.status_code, answer.json()["typed"]["done"]) == (409, TOLD["done"])
        page = coordinator.post(f"{PAGE}draft/", older)
        assert (page.status_code, page.context["form"]["done"].value()) == (409, "Vanha sivu.")
        assert TOLD["done"] in page.content.decode()
        coordinator.post(f"{PAGE}draft/", {"discard": "yes"})
        assert not FollowUpDraft.objects.exists()

    def test_the_same_words_sent_twice_are_stored_once(self):
        coordinator = client_of("coordinator-mr")
        assert [coordinator.post(PAGE, TOLD).status_code for _ in range(2)] == [302, 302]
        assert the_report().version == 1

    def test_two_writers_meet_both_texts(self):
        make_group_report()
        response = client_of("coordinator-mr").post(PAGE, TOLD)
        page = response.content.decode()
        assert response.status_code == 409
        assert "Sopimukset valmistuivat." in page
        assert "Maankäyttösopimukset valmistuivat." in page
        assert the_report().done == "Maankäyttösopimukset valmistuivat."

    def test_a_closed_round_takes_nothing_and_keeps_the_words(self):
        close_the_round()
        response = client_of("coordinator-mr").post(PAGE, TOLD)
        assert response.status_code == 403
        assert "Sopimukset valmistuivat." in response.content.decode()
        assert FollowUpDraft.objects.get().typed["done"] == "Sopimukset valmistuivat."


@pytest.mark.django_db
class TestJudging:
    def test_the_chair_finds_it_and_accepts_it_with_both_names_kept(self):
        report = make_group_report()
        chair = client_of("chair-mr")
        approvals = chair.get("/approvals/").context
        assert (list(approvals["reports"]), approvals["number"]) == ([report], 1)
        assert chair.get("/desk/").context["desk"].reports_waiting == [report]
        assert list(client_of("chair-hp").get("/approvals/").context["reports"]) == []
        chair.post(f"{PAGE}accept/", READ)
        report = the_report()
        assert (report.state, report.submitted_by, report.accepted_by, report.version) == (
            "approved",
            person("coordinator-mr"),
            person("chair-mr"),
            2,
        )
        page = client_of("coordinator-hp").get(PAGE).content.decode()
        assert str(person("coordinator-mr")) in page
        assert str(person("chair-mr")) in page

    def test_a_return_needs_its_reason_and_stands_on_the_writers_desk(self):
        make_group_report()
        chair = client_of("chair-mr")
        assert chair.post(f"{PAGE}return/", READ | {"reason": " "}).status_code == 422
        chair.post(f"{PAGE}return/", READ | {"reason": "Kerro pyynnöt."})
        desk = client_of("coordinator-mr").get("/desk/")
        assert [row.report.state for row in desk.context["desk"].reports] == ["returned"]
        assert "Kerro pyynnöt." in desk.content.decode()
        client_of("coordinator-mr").post(PAGE, TOLD | {"version": str(the_report().version)})
        assert (the_report().state, the_report().returning_reason) == ("submitted", "")

    def test_what_was_written_anew_while_it_was_read_is_not_judged_unseen(self):
        make_group_report(version=2)
        chair = client_of("chair-mr")
        chair.post(f"{PAGE}accept/", READ)
        answer = chair.post(f"{PAGE}return/", READ | {"reason": "Lisää pyynnöt."})
        assert (answer.status_code, "Lisää pyynnöt." in answer.content.decode()) == (409, True)
        assert the_report().state == "submitted"
        assert chair.post(f"{PAGE}accept/").status_code == 400

    def test_it_is_not_accepted_while_lines_wait_for_the_chair(self):
        make_group_report()
        make_follow_up(the_target(), state="submitted", submitted_by=person("coordinator-mr"))
        chair = client_of("chair-mr")
        chair.post(f"{PAGE}accept/", READ)
        assert the_report().state == "submitted"
        chair.post(f"{LINE}accept/", READ)
        chair.post(f"{PAGE}accept/", READ)
        assert the_report().state == "approved"

    def test_nobody_accepts_their_own_report(self):
        make_group_report(submitted_by=person("chair-mr"))
        chair = client_of("chair-mr")
        assert list(chair.get("/approvals/").context["reports"]) == []
        assert chair.post(f"{PAGE}accept/", READ).status_code == 403
        with pytest.raises(ValidationError):
            group_reports.accept_group_report(the_report(), actor=person("chair-mr"), version=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupReport.objects.update(
                state="approved", accepted_by=person("chair-mr"), accepted_at="2009-09-09T12:00:00+03:00"
            )

    def test_others_see_none_of_it_before_it_is_accepted(self):
        make_group_report()
        for persona in ("coordinator-hp", "chair-eo", "secretary", "finance", "admin", "elected"):
            assert client_of(persona).get(PAGE).status_code == 404
            assert (
                "Maankäyttösopimukset"
                not in client_of(persona).get("/ako/workgroups/WG-MR/").content.decode()
            )

    def test_other_groups_read_the_accepted_words_and_none_of_the_lines(self):
        make_group_report(state="approved")
        make_follow_up(the_target(), state="returned", text="Vain ryhmälle.")
        response = client_of("coordinator-hp").get(PAGE)
        assert response.context["lines"] == []
        assert "Maankäyttösopimukset valmistuivat." in response.content.decode()


@pytest.mark.django_db
class TestTheGroupsRoundIsClosed:
    def test_a_silent_line_takes_no_words_and_a_returned_one_is_mended(self):
        returned = make_follow_up(
            the_action(), state="returned", submitted_by=person("coordinator-mr"), version=2
        )
        make_group_report(state="approved")
        coordinator = client_of("coordinator-mr")
        answer = {"status": "on_track", "text": "Etenee.", "version": "0"}
        assert coordinator.get(LINE).status_code == 403
        assert coordinator.post(LINE, answer).status_code == 403
        assert coordinator.post(f"{LINE}confirm/").status_code == 403
        with pytest.raises(ValidationError):
            services.submit_follow_up(
                the_target(), the_period(), actor=person("coordinator-mr"), version=0, values={}
            )
        mended = "/ako/actions/TP-2009-MR-06/follow-up/2009-T2/"
        assert coordinator.post(mended, answer | {"version": "2"}).status_code == 302
        returned.refresh_from_db()
        assert returned.state == "submitted"

    def test_the_desk_asks_no_more_of_it_and_leads_nowhere_that_refuses(self):
        make_follow_up(the_action(), state="returned", submitted_by=person("coordinator-mr"), version=2)
        make_group_report(state="approved")
        coordinator = client_of("coordinator-mr")
        page = coordinator.get("/desk/")
        desk = page.context["desk"]
        assert (len(desk.to_answer), len(desk.left_silent), len(desk.returned)) == (0, 10, 1)
        assert "10 riviä jää merkinnälle ”ei päivitetty”" in page.content.decode()
        assert coordinator.get("/desk/round/2009-T2/")["Location"] == "/desk/"
        mended = "/ako/actions/TP-2009-MR-06/follow-up/2009-T2/"
        answer = {"status": "on_track", "text": "Etenee.", "version": "2"}
        assert coordinator.post(mended, answer)["Location"] == "/desk/"

    def test_meeting_mode_takes_no_words_for_a_silent_line(self):
        make_group_report(state="approved")
        meeting = "/ako/workgroups/WG-MR/meeting/2009-T2/?line=VT-2009-MR-2"
        assert client_of("coordinator-mr").get(meeting).context["form"] is None

    def test_another_groups_round_goes_on(self):
        make_group_report("WG-HP", state="approved")
        assert client_of("coordinator-mr").get(LINE).status_code == 200

    def test_the_chair_opens_it_again_by_returning_the_report(self):
        make_group_report(state="approved")
        client_of("chair-mr").post(f"{PAGE}return/", READ | {"reason": "Yksi rivi unohtui."})
        assert the_report().state == "returned"
        assert client_of("coordinator-mr").get(LINE).status_code == 200

    def test_a_round_that_is_opened_again_is_open_for_the_group_too(self):
        make_group_report(state="approved", accepted_at="2009-09-07T12:00:00+03:00")
        close_the_round(reopened=True)
        assert client_of("coordinator-mr").get(LINE).status_code == 200


@pytest.mark.django_db
class TestManyAtOnce:
    def chosen(self, *follow_ups):
        return {"line": [f"{row.pk}:{row.version}" for row in follow_ups]}

    def test_the_chosen_lines_are_accepted_and_the_others_wait(self):
        one, two, three = (
            make_follow_up(line, state="submitted", submitted_by=person("coordinator-mr"))
            for line in (the_target(), the_target("VT-2009-MR-1"), the_action())
        )
        client_of("chair-mr").post("/approvals/accept/", self.chosen(one, three))
        states = dict(FollowUp.objects.filter(pk__in=[one.pk, two.pk, three.pk]).values_list("pk", "state"))
        assert states == {one.pk: "approved", two.pk: "submitted", three.pk: "approved"}

    def test_what_was_mended_after_the_page_was_opened_is_not_accepted_unread(self):
        said = make_follow_up(the_target(), state="submitted", submitted_by=person("coordinator-mr"))
        seen = self.chosen(said)
        FollowUp.objects.filter(pk=said.pk).update(version=said.version + 1, text="Toisin.")
        client_of("chair-mr").post("/approvals/accept/", seen)
        said.refresh_from_db()
        assert said.state == "submitted"

    def test_one_accepts_neither_another_groups_lines_nor_ones_own(self):
        other = make_follow_up(the_target(), state="submitted", submitted_by=person("chair-mr"))
        client_of("chair-mr").post("/approvals/accept/", self.chosen(other))
        client_of("chair-hp").post("/approvals/accept/", self.chosen(other))
        other.refresh_from_db()
        assert other.state == "submitted"

    @pytest.mark.parametrize("line", ["", "x", "1", "1:x", "-1:1", f"{2**64}:1"])
    def test_a_torn_form_is_refused_in_words(self, line):
        assert client_of("chair-mr").post("/approvals/accept/", {"line": [line]}).status_code == 400

    def test_to_choose_nothing_is_told(self):
        response = client_of("chair-mr").post("/approvals/accept/", follow=True)
        assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_of_two_acceptances_at_the_same_moment_one_is_refused(committed_database):
    Membership.objects.create(
        group=the_group(), user=person("member-mr"), role="vice_chair", starts_on="2009-01-01"
    )
    report, together, outcomes = make_group_report(), threading.Barrier(2), []

    def accept(persona):
        try:
            actor = person(persona)
            together.wait()
            group_reports.accept_group_report(report, actor=actor, version=1)
            outcomes.append("accepted")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[who]) for who in ("chair-mr", "member-mr")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(outcomes), the_report().version) == (["accepted", "refused"], 2)


def test_no_line_comes_in_while_the_report_is_accepted(committed_database):
    report, together, outcomes = make_group_report(), threading.Barrier(2), {}

    def do(name, act, persona):
        try:
            actor = person(persona)
            together.wait()
            act(actor)
            outcomes[name] = True
        except ValidationError:
            outcomes[name] = False
        finally:
            connection.close()

    def submit(actor: User):
        values = {"status": "on_track", "text": "Etenee."}
        services.submit_follow_up(the_target(), the_period(), actor=actor, version=0, values=values)

    def accept(actor: User):
        group_reports.accept_group_report(report, actor=actor, version=1)

    threads = [
        threading.Thread(target=do, args=["submitted", submit, "coordinator-mr"]),
        threading.Thread(target=do, args=["accepted", accept, "chair-mr"]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes["submitted"] != outcomes["accepted"]


@pytest.mark.django_db
class TestLate:
    def test_what_is_submitted_in_a_round_opened_again_is_marked_late(self):
        close_the_round(reopened=True)
        client_of("coordinator-mr").post(LINE, {"status": "on_track", "text": "Etenee.", "version": "0"})
        said = FollowUp.objects.get(target=the_target(), period=the_period())
        assert said.is_late
        for persona, address in (
            ("chair-mr", "/approvals/"),
            ("coordinator-mr", "/desk/"),
            ("coordinator-mr", PAGE),
            ("member-mr", "/ako/targets/VT-2009-MR-2/"),
        ):
            assert "tag--late" in client_of(persona).get(address).content.decode(), address

    def test_what_came_in_time_is_not(self):
        make_follow_up(the_target(), state="submitted", submitted_by=person("coordinator-mr"))
        assert "tag--late" not in client_of("chair-mr").get("/approvals/").content.decode()

    def test_everybody_who_reads_the_open_period_sees_why_it_is_open_again(self):
        close_the_round(reopened=True)
        for persona, address in (
            ("coordinator-mr", "/desk/"),
            ("coordinator-mr", LINE),
            ("coordinator-mr", PAGE),
            ("coordinator-hp", "/ako/dashboard/"),
            ("auditor", "/ako/dashboard/"),
        ):
            page = client_of(persona).get(address).content.decode()
            assert "Kunnan lausunto myöhästyi." in page, address
            assert str(person("office")) in page, address
