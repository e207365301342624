"""A row that was added and left empty is dropped, and never one with anything in it."""

import json

import pytest

from tests.factories import make_plan
from tests.personas import client_of, person
from workgroups.models import Action
from workgroups.work_programmes import approval, drafting

pytestmark = pytest.mark.django_db

PLAN = "/ako/workgroups/WG-MR/2010/"


@pytest.fixture
def plan():
    return make_plan()


def add(**typed):
    base = json.dumps({"text": "", "planned_euros": "", "cost_centre": "KP-2110"})
    sent = {"text": "", "planned_euros": "", "cost_centre": "KP-2110", "base": base} | typed
    return client_of("coordinator-mr").post(f"{PLAN}add/", sent, follow=True)


def test_without_javascript_a_row_is_added_once_something_stands_in_it(plan):
    coordinator = client_of("coordinator-mr")
    page = coordinator.post(f"{PLAN}add/", follow=True)
    assert page.redirect_chain == [(f"{PLAN}add/", 302)]
    assert json.loads(page.context["base"]) == drafting.new_cells(plan)
    assert Action.with_removed.filter(work_programme=plan).count() == 1
    page = add(text="Uusi toimi")
    assert page.redirect_chain == [(f"{PLAN}edit/#TP-2010-MR-02", 302)]
    assert [row.text for row in plan.actions.order_by("order")][1:] == ["Uusi toimi"]


def test_without_javascript_nothing_written_adds_nothing(plan):
    page = add()
    assert "Mitään ei kirjoitettu" in str(next(iter(page.context["messages"])))
    assert Action.with_removed.filter(work_programme=plan).count() == 1


def test_what_cannot_be_read_of_a_new_row_is_kept_and_shown_on_its_page(plan):
    page = add(text="Uusi toimi", planned_euros="paljon")
    added = plan.actions.get(text="Uusi toimi")
    assert (page.status_code, page.context["action"], added.unreadable) == (
        422,
        added,
        {"planned_euros": "paljon"},
    )


def test_a_row_left_empty_is_dropped_when_the_plan_is_submitted(plan):
    drafting.add_action(plan, actor=person("coordinator-mr"))
    approval.submit_work_programme(plan, actor=person("coordinator-mr"))
    assert [row.code for row in plan.actions.all()] == ["TP-2010-MR-01"]


def test_a_row_with_anything_in_it_is_not_dropped_but_asked_to_be_filled_in(plan):
    row = drafting.add_action(plan, actor=person("coordinator-mr"))
    sent = {"output": "Raportti", "base": '{"output": ""}'}
    client_of("coordinator-mr").post(row.address("workgroups:action-edit"), sent)
    drafting.add_action(plan, actor=person("coordinator-mr"))
    page = client_of("coordinator-mr").post(f"{PLAN}submit/", follow=True)
    assert [hole.action for hole in page.context["lacking"]] == [row]
    assert plan.actions.count() == 3


def test_a_plan_with_nothing_but_rows_left_empty_has_no_rows(plan):
    drafting.remove_action(plan.actions.get(), actor=person("coordinator-mr"))
    drafting.add_action(plan, actor=person("coordinator-mr"))
    page = client_of("coordinator-mr").post(f"{PLAN}submit/", follow=True)
    assert "ei ole vielä rivejä" in page.text
