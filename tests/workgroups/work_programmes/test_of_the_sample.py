"""The sample’s twelve work programmes and eighty actions: all seen, and editable where their state allows."""

import pytest

from tests.factories import back_to_draft
from tests.personas import client_of, clients_by_persona
from workgroups.models import Action, WorkProgramme

pytestmark = pytest.mark.django_db

# Who writes for each group; the office coordinates the unit without body and seats.
WRITER = {"WG-MR": "coordinator-mr", "WG-HP": "coordinator-hp", "WG-EO": "coordinator-eo", "KV": "office"}
READERS = ("coordinator-mr", "coordinator-hp", "coordinator-eo", "office", "auditor", "secretary")


def plans():
    return list(WorkProgramme.objects.select_related("group__programme").order_by("code"))


def edit(plan):
    return plan.address("workgroups:work-programme-edit")


def test_there_are_twelve_of_four_groups_with_eighty_actions():
    found = plans()
    assert len(found) == 12
    assert {plan.group.code for plan in found} == set(WRITER)
    assert Action.objects.count() == 80


def test_every_one_is_seen_with_all_its_actions_by_the_groups_and_officials():
    clients = clients_by_persona(READERS)
    for plan in plans():
        codes = [action.code for action in plan.actions.all()]
        for reader, client in clients.items():
            page = client.get(plan.get_absolute_url())
            assert page.status_code == 200, (reader, plan.code)
            assert [code for code in codes if f"/ako/actions/{code}/" not in page.text] == [], plan.code


def test_every_action_has_a_page():
    client = client_of("office")
    addresses = [
        action.get_absolute_url()
        for action in Action.objects.select_related("work_programme__group__programme")
    ]
    assert {client.get(address).status_code for address in addresses} == {200}


def test_approved_ones_are_edited_by_nobody_and_amended_by_their_writers():
    for plan in plans():
        client = client_of(WRITER[plan.group.code])
        assert client.get(edit(plan)).status_code == 403, plan.code
        row = plan.actions.first()
        assert (
            client.post(f"{row.get_absolute_url()}edit/", {"text": "Hiljaa.", "base": "{}"}).status_code
            == 403
        )
        assert client.get(f"{row.get_absolute_url()}amend/").status_code == 200, plan.code


@pytest.mark.parametrize("group", list(WRITER))
def test_one_in_draft_is_edited_row_by_row_by_its_own_writers(group):
    back_to_draft(group__code=group, year=2009)
    plan = WorkProgramme.objects.select_related("group__programme").get(group__code=group, year=2009)
    clients = clients_by_persona(set(WRITER.values()))
    page = clients[WRITER[group]].get(edit(plan))
    assert page.status_code == 200
    assert [row.action.code for row in page.context["grid"].rows] == [
        action.code for action in plan.actions.order_by("order")
    ]
    for action in plan.actions.all():
        form = clients[WRITER[group]].get(f"{action.get_absolute_url()}edit/")
        assert form.status_code == 200, action.code
    strangers = {name for name in WRITER.values() if name not in (WRITER[group], "office")}
    assert {clients[name].get(edit(plan)).status_code for name in strangers} <= {403, 404}
