"""The same rows along the months and as euros."""

from decimal import Decimal

import pytest
from django.utils import translation

from tests.factories import make_plan
from tests.personas import client_of
from workgroups.models import Action
from workgroups.work_programmes.layouts import euros_of, timeline_of
from workgroups.work_programmes.milestones import milestones_in

PLAN = "/ako/workgroups/WG-MR/2009/"


def test_a_milestone_begins_with_its_month():
    dated, undated = milestones_in(
        "11 hyväksytty\n3. luonnos valmis\n\nilman kuukautta\n13 ei kuukausi\n2009 raportti", 2009
    )
    assert [(milestone.month, milestone.text) for milestone in dated] == [
        (3, "luonnos valmis"),
        (11, "hyväksytty"),
    ]
    assert undated == ["ilman kuukautta", "13 ei kuukausi", "2009 raportti"]


def test_an_action_goes_on_from_its_first_month_to_its_last():
    whole, without = Action(start_month=3, end_month=5, milestones="4 valmis"), Action(start_month=3)
    months = timeline_of([whole], 2009)[0].months
    assert [month.number for month in months if month.goes_on] == [3, 4, 5]
    assert [(month.number, month.milestones[0].text) for month in months if month.milestones] == [
        (4, "valmis")
    ]
    assert not any(month.goes_on for month in timeline_of([without], 2009)[0].months)


@pytest.mark.parametrize(
    ("start", "end", "lacking"),
    [(None, 8, "alku puuttuu"), (8, None, "loppu puuttuu"), (None, None, "kuukaudet puuttuvat"), (8, 9, "")],
)
def test_months_that_nobody_gave_are_not_drawn_but_told(start, end, lacking):
    [row] = timeline_of([Action(start_month=start, end_month=end)], 2010)
    assert any(month.goes_on for month in row.months) is (not lacking)
    with translation.override("fi"):
        assert str(row.lacking) == lacking


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("3/2010 sopimus on tehty", (3, "sopimus on tehty")),
        ("Sopimus 3/2010", (3, "Sopimus")),
        ("1/2010 muistio", (1, "muistio")),
        ("muistio (1/2010)", (1, "muistio")),
        ("toukokuu: kysely", (5, "kysely")),
        ("toukokuussa kysely", (5, "kysely")),
        ("Kysely toukokuussa", (5, "Kysely")),
        ("15.3. luonnos", (3, "15.3. luonnos")),
        ("15.3.2010 luonnos", (3, "15.3.2010 luonnos")),
        ("maj: enkät", (5, "enkät")),
        ("enkät i maj", (5, "enkät")),
        ("May: a survey", (5, "a survey")),
        ("12) kokous", (12, "kokous")),
        ("Sopimus 3/2011", None),
        ("3/2011 sopimus", None),
        ("may be late", None),
        ("Kuukausikokous", None),
    ],
)
def test_a_month_is_read_as_people_write_it(line, read):
    dated, undated = milestones_in(line, 2010)
    assert (dated, undated) == (([read], []) if read else ([], [line]))


@pytest.mark.django_db
def test_the_timeline_marks_today_and_the_statuses_of_the_last_round():
    reader = client_of("member-mr")
    context = reader.get(f"{PLAN}months/").context
    assert (context["this_month"], context["period"].code) == (9, "2009-T2")
    assert {row.status for row in context["rows"]} == {"not_updated"}
    earlier = reader.get("/ako/workgroups/WG-MR/2008/months/")
    assert earlier.context["this_month"] is None
    assert "välietappi" not in earlier.text
    make_plan()
    Action.objects.filter(work_programme__year=2010).update(milestones="4 valmis")
    assert "välietappi" in client_of("coordinator-mr").get("/ako/workgroups/WG-MR/2010/months/").text


def test_missing_euros_are_missing_and_not_zero():
    [row] = euros_of([Action(planned_euros=Decimal(100)), Action(), Action(planned_euros=Decimal(0))])
    assert (row.planned, row.unknown) == (100, 1)


@pytest.mark.django_db
def test_the_layouts_show_the_same_actions():
    codes = {
        action.code
        for action in Action.objects.filter(work_programme__group__code="WG-MR", work_programme__year=2009)
    }
    reader = client_of("member-mr")
    months = reader.get(f"{PLAN}months/")
    euros = reader.get(f"{PLAN}euros/")
    assert {row.action.code for row in months.context["rows"]} == codes
    assert {action.code for row in euros.context["rows"] for action in row.actions} == codes
    totals = euros.context["totals"]
    assert totals.planned == sum(row.planned for row in euros.context["rows"])


@pytest.mark.django_db
def test_a_draft_is_seen_in_no_layout_by_others():
    make_plan()
    for layout in ("", "months/", "euros/"):
        address = f"/ako/workgroups/WG-MR/2010/{layout}"
        assert client_of("member-mr").get(address).status_code == 200
        assert client_of("coordinator-hp").get(address).status_code == 404
