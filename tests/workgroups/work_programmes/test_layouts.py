"""The same rows along the months and as euros."""

from decimal import Decimal

import pytest

from tests.factories import make_plan
from tests.personas import client_of
from workgroups.models import Action
from workgroups.work_programmes.layouts import euros_of, milestones_in, timeline_of

PLAN = "/ako/workgroups/WG-MR/2009/"


def test_a_milestone_begins_with_its_month():
    dated, undated = milestones_in(
        "11 hyväksytty\n3. luonnos valmis\n\nilman kuukautta\n13 ei kuukausi\n2009 raportti"
    )
    assert [(milestone.month, milestone.text) for milestone in dated] == [
        (3, "luonnos valmis"),
        (11, "hyväksytty"),
    ]
    assert undated == ["ilman kuukautta", "13 ei kuukausi", "2009 raportti"]


def test_an_action_goes_on_from_its_first_month_to_its_last():
    whole, without = Action(start_month=3, end_month=5, milestones="4 valmis"), Action(start_month=3)
    months = timeline_of([whole])[0].months
    assert [month.number for month in months if month.goes_on] == [3, 4, 5]
    assert [(month.number, month.milestones[0].text) for month in months if month.milestones] == [
        (4, "valmis")
    ]
    assert not any(month.goes_on for month in timeline_of([without])[0].months)


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
