"""A group or a sub-group is founded on its own page, and works like the others from then on."""

import datetime

import pytest

from priorities.models import StrategicGoal
from programme.models import Body, Programme
from tests.factories import ako, make_target, the_group
from tests.personas import client_of, person
from workgroups.models import WorkingGroup
from workgroups.targets import cells
from workgroups.targets.drafting import create_target

pytestmark = pytest.mark.django_db

NEW = "/ako/workgroups/new/"


def found(persona="office", **typed):
    """Send the form of a new sub-group of the land use group, as a browser does."""
    form = {"name_fi": "Liikenteen jaos", "name_sv": "Sektionen för trafik", "code": "wg-mr-2"}
    return client_of(persona).post(NEW, form | {"parent": the_group().pk} | typed)


def draft_of(group):
    """Draft a target of a group; return its code."""
    goal = StrategicGoal.objects.get(code="P1-G1")
    values = dict.fromkeys(cells.COLUMNS, "") | {
        "name_fi": "Liikenteen malli on valmis.",
        "binding": False,
        "baseline": None,
        "target_value": None,
        "direction": "up",
        "due_on": None,
        "responsible": None,
        "cost_centre": None,
        "own_euros": None,
        "no_cost": True,
    }
    values |= {name: [] for name in cells.SEVERAL} | {"goals": [goal]}
    return create_target(group, 2010, actor=person("office"), values=values).code


def the_new():
    return WorkingGroup.objects.select_related("parent", "priority", "body").get(code="WG-MR-2")


def test_a_sub_group_stands_under_its_group_in_its_priority():
    response = found()
    assert response["Location"] == "/ako/workgroups/WG-MR-2/"
    group = the_new()
    assert (group.parent.code, group.priority, group.body) == ("WG-MR", the_group().priority, None)
    assert not group.is_office_unit
    assert group.order == max(WorkingGroup.objects.values_list("order", flat=True))
    above = client_of("coordinator-mr").get("/ako/workgroups/WG-MR/").content.decode()
    assert 'href="/ako/workgroups/WG-MR-2/"' in above
    assert "Liikenteen jaos" in client_of("office").get("/ako/workgroups/").content.decode()


def test_a_group_that_meets_gets_its_body():
    found(parent="", priority=the_group().priority.pk, meets_from="1.10.2009")
    body = the_new().body
    assert (body.code, body.name_fi, body.valid_from) == (
        "BODY-WG-MR-2",
        "Liikenteen jaos",
        datetime.date(2009, 10, 1),
    )
    assert (body.numbering, body.document, body.decides) == ("item_per_meeting", "memo", False)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"code": "MR-2"}, "code", "WG-"),
        ({"code": "WG-MR"}, "code", "Toisella ryhmällä"),
        ({"parent": ""}, "priority", "Valitse painopiste"),
        ({"name_fi": ""}, "name_fi", "Kirjoita nimi"),
        ({"code": "WG-MR-3", "meets_from": "31.2.2009"}, "meets_from", ""),
    ],
)
def test_what_cannot_be_founded_says_why_at_its_field(typed, field, said):
    response = found(**typed)
    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors[field])
    assert "Sektionen för trafik" in response.content.decode()
    assert not WorkingGroup.objects.filter(name_fi="Liikenteen jaos").exists()
    assert not Body.objects.filter(name_fi="Liikenteen jaos").exists()


def test_two_series_of_codes_do_not_mix():
    found()
    make_target("VT-2010-MR-7", year=2010, state="draft")
    assert [draft_of(the_new()), draft_of(the_group())] == ["VT-2010-MR-2-1", "VT-2010-MR-8"]


def test_the_names_of_what_was_founded_here_are_mended_its_body_with_it():
    found(meets_from="1.10.2009")
    page = client_of("office").get("/ako/workgroups/WG-MR-2/edit/")
    base = page.context["form"]["base"].value()
    response = client_of("admin").post(
        "/ako/workgroups/WG-MR-2/edit/", {"name_fi": "Joukkoliikenteen jaos", "base": base}
    )
    assert response.status_code == 302
    group = the_new()
    assert (group.name_fi, group.body.name_fi) == ("Joukkoliikenteen jaos", "Joukkoliikenteen jaos")


def test_a_name_of_the_programme_document_is_not_edited():
    response = client_of("office").get("/ako/workgroups/WG-MR/edit/")
    assert response.status_code == 403
    assert "ohjelman oma" in response.content.decode()
    assert (
        "/ako/workgroups/WG-MR/edit/"
        not in client_of("office").get("/ako/workgroups/WG-MR/").content.decode()
    )


def test_a_closed_programme_founds_nothing():
    Programme.objects.filter(pk=ako().pk).update(closed_on="2009-09-09")
    assert found().status_code == 403
    assert not WorkingGroup.objects.filter(code="WG-MR-2").exists()


def test_a_group_that_begins_to_meet_later_gets_its_body_then():
    found()
    edit = "/ako/workgroups/WG-MR-2/edit/"
    assert client_of("office").get(edit).context["form"].fields["meets_from"]
    response = client_of("office").post(edit, {"name_fi": "Liikenteen jaos", "meets_from": "1.11.2009"})
    assert response.status_code == 302
    assert (the_new().body.code, the_new().body.name_fi) == ("BODY-WG-MR-2", "Liikenteen jaos")
    assert "meets_from" not in client_of("office").get(edit).context["form"].fields


def test_a_body_whose_code_another_has_is_told_where_the_group_begins_to_meet():
    found()
    Body.objects.create(
        programme=ako(),
        code="BODY-WG-MR-2",
        valid_from="2009-01-01",
        name_fi="Muu",
        numbering="item_per_meeting",
    )
    edit = "/ako/workgroups/WG-MR-2/edit/"
    response = client_of("office").post(edit, {"name_fi": "Uusi nimi", "meets_from": "1.11.2009"})
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"meets_from"})
    assert "BODY-WG-MR-2" in str(response.context["form"].errors["meets_from"])
    assert (the_new().body, the_new().name_fi) == (None, "Liikenteen jaos")


def test_a_groups_page_leads_to_its_round_in_a_meeting_and_to_amendments():
    page = client_of("chair-mr").get("/ako/workgroups/WG-MR/").content.decode()
    assert 'href="/ako/workgroups/WG-MR/meeting/2009-T2/"' in page
    assert 'href="/ako/amendments/"' in page
    assert "/meeting/2009-T2/" not in client_of("member-mr").get("/ako/workgroups/WG-MR/").content.decode()
