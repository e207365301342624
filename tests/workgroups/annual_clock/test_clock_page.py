"""The page of the annual clock: strip and list of a year, one's own alone, and what is done where."""

import datetime

import pytest

from programme.models import Deadline, ReportingPeriod
from tests.factories import make_person
from tests.personas import client_of, clients_of, person
from tests.programme.deadlines.clock_rows import GROUP, deadline

pytestmark = pytest.mark.django_db


def shown(persona="coordinator-mr", query=""):
    return client_of(persona).get(f"/clock/{query}").context["year"]


def codes(year, kind="deadline"):
    return [entry.deadline.step.code for entry in year.entries if entry.kind == kind]


def test_the_list_has_the_years_meetings_deadlines_and_rounds_in_order():
    year = shown("office")
    days = [entry.day for entry in year.entries]
    assert days == sorted(days)
    assert {day.year for day in days} == {2009}
    assert len(year.meetings) == 42
    assert len(year.late) == 3


def test_the_rounds_days_are_the_rounds_own():
    ReportingPeriod.objects.filter(code="2009-T2").update(ledger_cut_off="2009-08-28")
    days = {
        entry.kind: entry.day.isoformat()
        for entry in shown().entries
        if entry.period is not None and entry.period.code == "2009-T2"
    }
    assert days == {"opens": "2009-09-01", "closes": "2009-09-11", "cut_off": "2009-08-28"}


def test_one_may_look_at_ones_own_alone():
    mine = shown("coordinator-mr", "?mine=yes")
    assert {entry.meeting.body.code for entry in mine.meetings} == {"BODY-WG-MR"}
    assert set(codes(mine)) == {"GROUP-TEXT", "BUDGET-TARGETS"}
    assert {entry.deadline.body.code for entry in mine.deadlines} == {"BODY-WG-MR"}
    chain = shown("presenter", "?mine=yes")
    assert {entry.meeting.body.audience_id for entry in chain.meetings}.isdisjoint({None})
    assert set(codes(chain)) == {"UNIT-APPROVAL", "SH-APPROVAL", "YK-APPROVAL"}
    assert {entry.meeting.body.code for entry in shown("elected", "?mine=yes").entries} == {"BODY-SH"}


def test_a_person_without_a_place_has_nothing_of_their_own():
    [client] = clients_of([make_person("Vieras")])
    page = client.get("/clock/?mine=yes")
    assert page.context["year"].entries == []
    assert "Tänä vuonna mikään ei ole sinun." in page.content.decode()


@pytest.mark.parametrize("written", ["", "abc", "99999", "0", "²"])
def test_a_year_that_is_none_shows_this_one(written):
    assert shown(query=f"?year={written}").years.shown == 2009


def test_the_years_end_one_before_and_one_after_the_programme():
    assert shown(query="?year=2006").years == (2006, None, 2007)
    assert shown(query="?year=2011").years == (2011, 2010, None)


def test_a_deadline_leads_to_where_it_is_done_those_who_may_go_there():
    def place(persona, code, body=None):
        wanted = deadline(code, body=body).pk
        return next(row.place for row in shown(persona).deadlines if row.deadline.pk == wanted)

    group = "/ako/workgroups/WG-MR/report/2009-T2/"
    assert place("coordinator-mr", "GROUP-TEXT", "BODY-WG-MR") == group
    assert place("coordinator-hp", "GROUP-TEXT", "BODY-WG-MR") == ""
    assert place("office", "UNIT-TEXT") == "/ako/workgroups/KV/report/2009-T2/"
    assert place("finance", "LEDGER") == "/ako/finance/import/"
    assert place("elected", "LEDGER") == ""
    assert place("secretary", "SH-AGENDA") == "/ako/meetings/KOK-SH-2009-08/"


def test_only_whoever_does_a_step_or_the_office_is_offered_to_mark_it():
    def offered(persona):
        return {row.deadline.step.code for row in shown(persona).deadlines if row.may_mark}

    assert offered("presenter") == {"SH-APPROVAL", "YK-APPROVAL"}
    assert offered("secretary") == {"TVK-PAPERS"}
    assert offered("coordinator-mr") == {"BUDGET-TARGETS"}
    assert offered("auditor") == set()
    assert offered("office") >= {"SH-APPROVAL", "TVK-PAPERS", "BUDGET-TARGETS"}


GROUPS_STEPS = {"GROUP-TEXT", "GROUP-APPROVAL", "BUDGET-TARGETS", "UNIT-TEXT", "UNIT-APPROVAL"}


def test_how_a_group_stands_is_told_to_the_group_and_the_officials_alone():
    """Model, “Who sees what, by the state it is in”: what a group submitted is not for everybody."""
    writer = person("coordinator-hp")
    Deadline.objects.filter(body__code="BODY-WG-HP").update(done_on="2009-09-08", done_by=writer)

    def hidden(persona):
        return {
            (row.deadline.step.code, row.deadline.body.code if row.deadline.body else "")
            for row in shown(persona).deadlines
            if not row.state
        }

    for persona in ("office", "presenter", "secretary", "finance", "auditor"):
        assert hidden(persona) == set()
    for persona in ("elected", "municipal"):
        assert {code for code, _body in hidden(persona)} == GROUPS_STEPS
    other = hidden("coordinator-mr")
    assert "BODY-WG-HP" in {body for _code, body in other}
    assert "BODY-WG-MR" not in {body for _code, body in other}
    done = f"{writer}"
    page = client_of("elected").get("/clock/").content.decode()
    assert done not in page
    assert 'class="clock-others"' in page
    assert done in client_of("office").get("/clock/").content.decode()


def test_a_meetings_page_does_not_tell_others_how_a_group_stands():
    def states(persona):
        page = client_of(persona).get(f"/ako/meetings/{GROUP}/")
        return [state for _deadline, state in page.context["deadlines"]]

    assert states("elected") == ["", ""]
    assert states("coordinator-hp") == ["", ""]
    assert all(states("coordinator-mr"))
    assert all(states("secretary"))


def test_the_strip_has_each_mark_within_its_month_and_lane():
    strip = client_of("office").get("/clock/").context["strip"]
    for lane in strip.lanes:
        assert all(lane.y < mark.y < lane.y + lane.height for mark in lane.marks)
        for mark in lane.marks:
            _number, left, middle = strip.months[mark.entry.day.month - 1]
            assert left <= mark.x <= 2 * middle - left
    assert strip.today_x is not None
    assert client_of("office").get("/clock/?year=2008").context["strip"].today_x is None


def test_marks_of_one_lane_do_not_lie_on_each_other():
    strip = client_of("office").get("/clock/").context["strip"]
    for lane in strip.lanes:
        places = [(mark.x, mark.y) for mark in lane.marks]
        assert len(places) == len(set(places))


def test_the_desk_shows_ones_own_late_and_next_deadlines():
    own = client_of("chair-eo").get("/desk/").context["desk"].deadlines
    assert [(row.step.code, row.state) for row in own] == [("GROUP-APPROVAL", "late")]
    own = client_of("presenter").get("/desk/").context["desk"].deadlines
    assert [row.due_on for row in own] == [datetime.date(2009, 9, 11), datetime.date(2009, 9, 22)]


def test_a_meetings_page_shows_its_deadlines_to_the_signed_in():
    address = "/ako/meetings/KOK-SH-2009-08/"
    assert len(client_of("elected").get(address).context["deadlines"]) == 3
    assert client_of("anonymous").get(address).context["deadlines"] == []
