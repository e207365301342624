"""The pages of working groups: who sits in them, who is missing, how their work stands."""

import datetime

import pytest
from django.db.models import F

from programme import clock
from programme.models import ReportingPeriod
from tests.factories import back_to_draft, make_follow_up, make_membership, make_target, make_task, the_group
from tests.personas import COORDINATORS, client_of
from workgroups.group_page import targets_now
from workgroups.models import Membership, WorkingGroup

pytestmark = pytest.mark.django_db

LIST, PAGE = "/ako/workgroups/", "/ako/workgroups/WG-MR/"


def test_the_page_tells_seats_by_municipality_with_their_terms():
    places = client_of("member-mr").get(PAGE).context["places"]
    assert len(places.seats) == 10
    leading = [(seat.municipality.code, seat.role) for seat in places.seats if seat.role != "member"]
    assert leading == [("KUN-418", "vice_chair"), ("KUN-837", "chair"), ("KUN-980", "vice_chair")]
    assert [membership.role for membership in places.beside] == ["deputy", "coordinator"]
    assert {seat.starts_on for seat in places.seats} == {datetime.date(2007, 1, 1)}


def test_former_members_are_folded_and_named():
    make_membership(until=datetime.date(2009, 9, 8), title="Entinen kaavoittaja")
    page = client_of("member-mr").get(PAGE).content.decode()
    _current, _opens, folded = page.partition("<details")
    assert "Entinen kaavoittaja" in folded


@pytest.mark.parametrize(
    ("persona", "sees", "keeps"),
    [
        ("coordinator-mr", True, False),
        ("office", True, True),
        ("admin", True, True),
        ("coordinator-hp", False, False),
        ("chair-mr", False, False),
        ("member-mr", False, False),
        ("auditor", False, False),
    ],
)
def test_coordinators_and_office_see_who_is_missing_and_the_office_keeps(persona, sees, keeps):
    response = client_of(persona).get(PAGE)
    page = response.content.decode()
    assert ('id="missing"' in page, "members/new/" in page) == (sees, keeps)
    assert bool(response.context["gaps"]) == sees


def test_who_is_missing_names_municipalities_without_seat_or_person():
    group = the_group()
    group.memberships.filter(municipality__code="KUN-922").update(until="2009-09-08")
    gaps = {gap.municipality.code: gap for gap in client_of("office").get(PAGE).context["gaps"]}
    assert len(gaps) == 8
    assert (gaps["KUN-922"].seats, gaps["KUN-837"].seats, gaps["KUN-837"].unnamed) == (0, 3, 2)


@pytest.mark.parametrize("persona", ["anonymous", "elected", "municipal"])
def test_the_public_sees_no_members_and_no_work(persona):
    make_task()
    make_membership(title="Merkkisana-Kuikka")
    response = client_of(persona).get(PAGE)
    page = response.content.decode()
    assert response.status_code == 200
    assert [name for name in ("places", "gaps", "tasks", "targets", "held") if name in response.context] == []
    assert "Merkkisana-Kuikka" not in page
    assert client_of(persona).get(LIST).context["rows"] == []


def test_targets_are_counted_by_status_and_lead_to_the_same_number_of_rows():
    late = make_target("VT-2009-MR-91")
    make_follow_up(late, status="delayed", reason="Lausunnot puuttuvat.", corrective_action="Pyydetään ne.")
    client = client_of("coordinator-mr")
    now = client.get(PAGE).context["targets"]
    assert (now.year, now.period.code) == (2009, "2009-T2")
    for status, number in [("", now.number), *now.counts]:
        listed = client.get(f"/ako/targets/?period=2009-T2&group=WG-MR&status={status}")
        assert len(listed.context["targets"]) == number


def test_before_any_round_nothing_is_updated():
    later = datetime.timedelta(days=3650)
    ReportingPeriod.objects.update(opens_at=F("opens_at") + later, closes_at=F("closes_at") + later)
    now = targets_now(the_group())
    assert (now.period, [status for status, _number in now.counts]) == (None, ["not_updated"])


def test_meetings_and_tasks_stand_on_the_page():
    open_task = make_task()
    done = make_task(verified_on=datetime.date(2009, 4, 1))
    context = client_of("member-mr").get(PAGE).context
    assert (list(context["tasks"]), list(context["tasks_done"])) == ([open_task], [done])
    today = clock.today()
    assert all(meeting.held_on < today for meeting in context["held"])
    assert all(meeting.held_on >= today for meeting in context["coming"])
    assert context["held"][0].body == the_group().body


def test_a_sub_group_and_its_parent_know_each_other():
    parent = the_group()
    sub_group = WorkingGroup.objects.create(
        programme=parent.programme, code="WG-MR-A", order=9, name_fi="Liikennejaosto", parent=parent
    )
    assert list(client_of("member-mr").get(PAGE).context["sub_groups"]) == [sub_group]
    page = client_of("member-mr").get(sub_group.get_absolute_url())
    assert [step.address for step in page.context["breadcrumbs"]] == [LIST, PAGE, None]
    assert f'href="{PAGE}"' in page.content.decode()


def test_the_unit_of_the_office_has_no_seats_to_miss():
    response = client_of("office").get("/ako/workgroups/KV/")
    assert (response.status_code, response.context["gaps"], response.context["sees_gaps"]) == (200, [], False)


@pytest.mark.parametrize("persona", COORDINATORS)
def test_the_list_tells_chair_members_and_this_years_work_programme(persona):
    back_to_draft(group__code="WG-HP", year=2009)
    rows = {row.group.code: row for row in client_of(persona).get(LIST).context["rows"]}
    assert rows["WG-MR"].chair.municipality.code == "KUN-837"
    assert [rows[code].members for code in ("WG-MR", "WG-HP", "KV")] == [10, 19, 0]
    assert rows["WG-MR"].work_programme.year == 2009
    assert (rows["WG-HP"].work_programme is None) == (persona != "coordinator-hp")


def test_a_seat_that_has_ended_is_not_counted():
    Membership.objects.filter(group__code="WG-MR", role="chair").update(until="2009-09-08")
    rows = {row.group.code: row for row in client_of("office").get(LIST).context["rows"]}
    assert (rows["WG-MR"].chair, rows["WG-MR"].members) == (None, 9)
