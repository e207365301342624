"""A body is abolished by its dates alone: another replaces it, and the round goes to that one."""

import datetime

import pytest

from programme.meetings.minutes import sentences_of
from programme.models import (
    Body,
    BodySeat,
    Deadline,
    Decision,
    DecisionTemplate,
    Matter,
    Meeting,
    ReportingPeriod,
)
from reporting import services
from reporting.addressing import addressed
from reporting.models import Report
from tests.factories import ako, make_meeting, make_person
from tests.factories_meetings import make_decision, make_task_of
from tests.personas import client_of, clients_of, make_browser, person
from workgroups.targets.decision import decides_binding

pytestmark = pytest.mark.django_db

OLD, NEW = "BODY-YK", "BODY-SV"
FIRST = datetime.date(2009, 10, 1)
MEETS = datetime.date(2009, 10, 21)
REPORT = "RAP-2009-T2-YK"
NAMES = {"name_fi": "Seutuvaltuusto", "name_sv": "Regionfullmäktige", "name_en": "Regional council"}


def body(code):
    return Body.objects.get(programme=ako(), code=code)


def replace(old=OLD, **typed):
    """Let the office replace a body from 1.10.2009 on, as its page of settings does it."""
    replaced = body(old)
    given = {
        **NAMES,
        "code": NEW,
        "replaces": replaced.pk,
        "valid_from": "1.10.2009",
        "numbering": replaced.numbering,
        "document": replaced.document,
        "decides": "on",
    }
    response = client_of("office").post("/ako/settings/bodies/new/", given | typed)
    assert response.status_code == 302
    return body(NEW)


@pytest.fixture
def successor():
    """The body that replaces the federation meeting, with a meeting called by the secretary."""
    made = replace()
    called = {"body": NEW, "held_on": "21.10.2009", "starts_at": "9.00", "place": "Tampere", "seats": "48"}
    assert client_of("secretary").post("/ako/meetings/new/", called).status_code == 302
    return made


@pytest.fixture
def member(successor):
    """A member of the successor, who has never sat in the body before it."""
    user = make_person("Valtuutettu")
    BodySeat.objects.create(body=successor, user=user, starts_on=datetime.date(2009, 1, 1))
    [client] = clients_of([user])
    return client


def compose():
    client_of("office").post("/ako/reports/compose/2009-T2/AUD-YK/")
    return Report.objects.get(code=REPORT)


def the_meeting():
    return Meeting.objects.get(body__code=NEW)


# --- Dates alone -----------------------------------------------------------------------------------------


def test_the_old_body_ends_on_the_day_before_and_the_new_one_serves_its_audience(successor):
    assert (body(OLD).valid_until, successor.valid_from) == (datetime.date(2009, 9, 30), FIRST)
    assert successor.audience == body(OLD).audience


def test_the_chain_is_the_same_with_the_successor_in_its_place(successor):
    def chain(day):
        bodies = Body.objects.filter(programme=ako(), audience__isnull=False).in_force(day)
        return [one.code for one in bodies.order_by("audience__order")]

    before = chain(datetime.date(2009, 9, 30))
    assert chain(FIRST) == [NEW if code == OLD else code for code in before]


def test_no_meeting_of_the_old_body_is_called_after_its_end(successor):
    called = {"body": OLD, "held_on": "22.10.2009", "starts_at": "9.00"}
    assert client_of("secretary").post("/ako/meetings/new/", called).status_code == 422


# --- The round -------------------------------------------------------------------------------------------


def test_the_report_is_for_the_successors_first_meeting_after_the_round(successor):
    report = compose()
    assert (report.body, report.meeting, report.audience.code) == (successor, the_meeting(), "AUD-YK")


def test_its_proposal_is_in_the_wording_of_the_body_that_was_replaced(successor):
    assert not successor.decision_templates.exists()
    wording = body(OLD).decision_templates.get(use=DecisionTemplate.Use.INTERIM_REPORT)
    assert compose().proposal == wording.proposal.replace("{kausi}", "1.1.–31.8.2009")


def test_a_meeting_that_the_old_body_would_have_held_after_its_end_gets_no_report(successor):
    make_meeting("KOK-YK-2009-77", body=OLD, held_on=datetime.date(2009, 10, 7))
    assert addressed(ReportingPeriod.objects.get(code="2009-T2"), body(OLD).audience) == (
        successor,
        the_meeting(),
    )


def test_the_deadlines_of_the_round_are_counted_back_from_the_successors_meeting(successor):
    of_successor = Deadline.objects.filter(period__code="2009-T2", meeting=the_meeting())
    assert of_successor.exists()
    assert all(deadline.due_on <= MEETS for deadline in of_successor)
    assert not Deadline.objects.filter(
        period__code="2009-T2", meeting__body__code=OLD, done_on__isnull=True
    ).exists()


def test_a_report_that_was_begun_for_the_old_body_goes_to_the_successor_when_it_is_frozen():
    begun = compose()
    assert (begun.body.code, begun.meeting.body.code) == (OLD, OLD)
    replace()
    make_meeting("KOK-SV-2009-01", body=NEW, held_on=MEETS)
    frozen = services.freeze_report(begun, actor=person("office"))
    assert (frozen.body.code, frozen.meeting) == (NEW, the_meeting())
    assert frozen.particulars["body"]["fi"] == NAMES["name_fi"]
    assert frozen.particulars["meeting_on"] == "2009-10-21"


def test_where_nothing_replaces_it_the_report_has_no_body_and_no_meeting():
    Body.objects.filter(code=OLD).update(valid_until=datetime.date(2009, 9, 8))
    report = compose()
    assert (report.body, report.meeting, report.depth) == (None, None, "assembly")
    assert client_of("office").get(f"/ako/reports/{REPORT}/").status_code == 200


def test_agenda_report_and_minutes_go_to_the_successor_and_its_members(successor, member, settings):
    frozen = services.freeze_report(compose(), actor=person("office"))
    meeting, secretary = the_meeting(), client_of("secretary")
    assert member.get(frozen.get_absolute_url()).status_code == 404
    secretary.post(f"{meeting.get_absolute_url()}matters/new/", {"title": "Osavuosikatsaus"})
    secretary.post(f"{meeting.get_absolute_url()}publish/")
    settings.TODAY = FIRST
    assert member.get(frozen.get_absolute_url()).status_code == 200
    assert client_of("municipal").get(frozen.get_absolute_url()).status_code == 200
    assert client_of("elected").get(frozen.get_absolute_url()).status_code == 404
    papers = member.get(successor.get_absolute_url()).context
    assert ([one.code for one in papers["handed"]], papers["next"].meeting) == ([REPORT], meeting)
    assert meeting in member.get("/desk/").context["desk"].meetings

    settings.TODAY = MEETS
    assert sentences_of(successor) == sentences_of(body(OLD)) != []
    matter = Matter.objects.get(meeting=meeting)
    minutes = {
        f"matter-{matter.pk}-text": "Merkittiin tiedoksi.",
        f"matter-{matter.pk}-seen": "",
        "present": "40",
    }
    assert secretary.post(f"{meeting.get_absolute_url()}minutes/", minutes).status_code == 302
    assert Decision.objects.get(matter=matter).text == "Merkittiin tiedoksi."
    assert (matter.section, matter.year) == (1, 2009)
    page = make_browser().get(successor.get_absolute_url()).text
    assert "Osavuosikatsaus" in page


def test_the_successor_may_decide_what_the_abolished_body_might(successor):
    board = make_meeting("KOK-SH-2009-77", held_on=MEETS)
    assert (decides_binding(the_meeting()), decides_binding(board)) == (True, False)


def test_the_old_bodys_tasks_go_on_in_the_reports_to_the_successor(successor, settings):
    task = make_task_of(make_decision("KOK-YK-2009-77", body=OLD))
    settings.TODAY = FIRST
    frozen = services.freeze_report(compose(), actor=person("office"))
    page = client_of("office").get(f"/ako/reports/{frozen.code}.html").text
    assert (task.text in page, 'id="implementation"' in page) == (True, True)


def test_what_the_old_body_held_and_decided_stays_its_own(successor):
    held = Meeting.objects.filter(body__code=OLD, held_on__lt="2009-09-09")
    reports = Report.objects.filter(body__code=OLD)
    assert (held.count(), reports.count()) != (0, 0)
    page = make_browser().get(f"/ako/bodies/{OLD}/").text
    assert f"/ako/bodies/{NEW}/" in page
