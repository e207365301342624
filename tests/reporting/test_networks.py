"""The public pages of networks: their words, what was done, what serves them."""

import pytest

from tests.factories import (
    back_to_draft,
    make_action,
    make_follow_up,
    make_network_told,
    make_target,
    the_action,
    the_network,
)
from tests.personas import client_of

pytestmark = pytest.mark.django_db

LIST, PAGE = "/ako/networks/", "/ako/networks/NET-A1/"


def test_the_list_has_all_networks_in_the_programmes_words():
    response = client_of("anonymous").get(LIST)
    page = response.content.decode()
    codes = [root.row.code for root in response.context["networks"]]
    assert codes == ["NET-LEAD"]
    for code in ("NET-LEAD", "NET-A", "NET-A1", "NET-A2", "NET-B", "NET-B1", "NET-B2"):
        assert page.count(f'id="{code}"') == 1
        assert f'href="/ako/networks/{code}/"' in page
    assert "Aluekeskusohjelman keskeiset verkostot ovat" in page


def test_a_network_is_named_in_the_readers_language():
    client = client_of("anonymous")
    client.cookies["language"] = "sv"
    page = client.get(PAGE).content.decode()
    assert "De stora stadsregionernas nätverkssamarbete</h1>" in page


def test_what_it_is_about_and_what_was_done_is_public_the_latest_year_first():
    make_network_told("NET-A1", 2007, 2008)
    response = client_of("anonymous").get(PAGE)
    page = response.content.decode()
    assert "Turun kaupunkiseutu<br>Oulun kaupunkiseutu" in page
    assert [told.year for told in response.context["years"]] == [2008, 2007]
    assert "/edit/" not in page
    office = client_of("office").get(PAGE)
    assert [told.year for told in office.context["years"]] == [2009, 2008, 2007]
    assert f'href="{PAGE}years/2009/"' in office.content.decode()


def test_targets_of_the_period_have_their_status_and_those_of_other_years_stand_below():
    serving = make_target("VT-2009-KV-91", group="KV", networks=["NET-A1"])
    make_follow_up(serving, status="delayed", reason="Kokous siirtyi.", corrective_action="Uusi kokous.")
    make_target("VT-2010-KV-91", group="KV", year=2010, state="draft", networks=["NET-A1"])
    context = client_of("office").get(PAGE).context
    told = {target["code"]: target["status"] for target in context["targets"]}
    assert told["VT-2009-KV-91"] == "delayed"
    assert set(told) == {"VT-2009-KV-2", "VT-2009-KV-91"}
    assert [(target.year, target.code) for target in context["other_targets"]] == [
        (2008, "VT-2008-KV-2"),
        (2007, "VT-2007-KV-2"),
    ]


def test_the_public_reads_the_statuses_that_were_published():
    told = client_of("anonymous").get(PAGE).context
    assert told["reading"].period.code == "2009-T1"
    assert [target["code"] for target in told["targets"]] == ["VT-2009-KV-2"]


def test_actions_that_carry_it_out_or_serve_it_are_seen_with_their_plan():
    target = make_target("VT-2009-MR-91")
    serving = make_action("TP-2009-MR-91", target=target)
    back_to_draft(group__code="WG-MR", year=2009)
    serving.networks.add(the_network())
    seen = {
        action.code: carries
        for action, carries, _status in client_of("member-mr").get(PAGE).context["actions"]
    }
    assert seen["TP-2009-KV-05"]
    assert seen["TP-2009-MR-91"] is False
    others = {action.code for action, *_rest in client_of("coordinator-hp").get(PAGE).context["actions"]}
    assert "TP-2009-KV-05" in others
    assert "TP-2009-MR-91" not in others
    assert client_of("anonymous").get(PAGE).context["actions"] == []
    assert client_of("elected").get(PAGE).context["actions"] == []


def test_an_action_tells_its_status_of_the_period_that_is_read():
    statuses = {
        action.code: status for action, _carries, status in client_of("office").get(PAGE).context["actions"]
    }
    assert statuses["TP-2009-KV-05"] is not None
    assert {status for code, status in statuses.items() if "2009" not in code} <= {None}


def test_a_heading_leads_to_the_networks_under_it():
    page = client_of("anonymous").get("/ako/networks/NET-A/")
    assert [child.code for child in page.context["children"]] == ["NET-A1", "NET-A2"]


@pytest.mark.parametrize(
    ("persona", "address"),
    [
        ("anonymous", "/ako/"),
        ("anonymous", "/ako/targets/VT-2009-KV-2/"),
        ("office", "/ako/actions/TP-2009-KV-05/"),
    ],
)
def test_pages_that_name_a_network_lead_to_it(persona, address):
    assert f'href="{PAGE}"' in client_of(persona).get(address).content.decode()


def test_an_action_leads_to_the_networks_that_it_serves_besides():
    action = the_action("TP-2009-MR-06")
    back_to_draft(pk=action.work_programme_id)
    action.networks.add(the_network("NET-B1"))
    page = client_of("coordinator-mr").get("/ako/actions/TP-2009-MR-06/").content.decode()
    assert 'href="/ako/networks/NET-B1/"' in page
