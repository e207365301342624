"""The menu marks the item to which a page belongs, whatever its address begins with."""

import pytest

from tests.factories import make_amendment, the_target
from tests.personas import client_of

pytestmark = pytest.mark.django_db

PHASING = "/ako/finance/2009/phasing/"
OFFICE_PAGES = {
    "/desk/": "Oma työ",
    "/ako/": "Ohjelma",
    "/ako/targets/": "Ohjelma",
    "/ako/targets/VT-2009-MR-2/": "Ohjelma",
    "/ako/targets/VT-2009-MR-2/amend/": "Ohjelma",
    "/ako/plan/2010/": "Ohjelma",
    "/ako/networks/NET-A1/": "Ohjelma",
    "/ako/strategy/": "Ohjelma",
    "/ako/dashboard/": "Tilannekuva",
    "/ako/workgroups/WG-MR/": "Työryhmät",
    "/ako/actions/TP-2009-MR-06/": "Työryhmät",
    "/ako/amendments/": "Työryhmät",
    "/ako/finance/2009/": "Talous",
    "/ako/finance/import/": "Talous",
    "/ako/meetings/KOK-SH-2009-05/": "Kokoukset",
    "/ako/bodies/BODY-SH/": "Kokoukset",
    "/ako/reports/": "Raportit",
    "/clock/": "Vuosikello",
    "/ako/settings/": "Hallinta",
    "/ako/settings/accounts/": "Hallinta",
    "/account/": None,
}


def test_each_page_marks_its_own_item_and_no_other():
    client = client_of("office")
    marked = {
        address: [item.label for item in client.get(address).context["navigation"] if item.is_current]
        for address in OFFICE_PAGES
    }
    assert marked == {address: [item] if item else [] for address, item in OFFICE_PAGES.items()}


def test_an_amendment_belongs_to_the_groups():
    amendment = make_amendment(the_target())
    menu = client_of("coordinator-mr").get(amendment.get_absolute_url()).context["navigation"]
    assert [item.label for item in menu if item.is_current] == ["Työryhmät"]


def test_the_pages_of_money_stand_beside_each_other_for_those_who_may_open_them():
    def rooms(persona: str) -> list[str]:
        page = client_of(persona).get("/ako/finance/2009/").content.decode()
        return [room for room in (PHASING, "/ako/finance/import/") if f'<li><a href="{room}"' in page]

    assert rooms("finance") == [PHASING, "/ako/finance/import/"]
    assert rooms("coordinator-mr") == [PHASING]
    assert rooms("anonymous") == []


def test_of_rooms_under_each_other_only_the_nearest_is_marked():
    page = client_of("finance").get(PHASING).content.decode()
    assert f'<li><a href="{PHASING}" aria-current="page"' in page
    assert '<li><a href="/ako/finance/2009/">' in page
