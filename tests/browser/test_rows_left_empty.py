"""A row of the grid that is left as it was added is gone when one comes back; a written one stays."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from tests.browser.conftest import Portal
from tests.conftest import connected_to
from tests.factories import make_plan

EDIT = "/ako/workgroups/WG-MR/2010/edit/"


@pytest.fixture(scope="module", autouse=True)
def arranged(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with connected_to(portal.database, django_db_blocker):
        make_plan()


def test_a_row_that_was_added_and_left_is_dropped_and_a_written_one_stays(portal: Portal, page: Page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    rows = page.locator("[data-grid] tbody tr")
    page.keyboard.press("n")
    expect(rows).to_have_count(2)
    page.keyboard.type("Uusi toimi")
    page.keyboard.press("Enter")
    expect(page.locator("tr#TP-2010-MR-02 [data-cell=text]")).to_have_attribute("data-value", "Uusi toimi")
    page.keyboard.press("n")
    expect(rows).to_have_count(3)
    page.goto("/desk/")
    # What a page sends when it is left nobody waits for.
    for _moment in range(40):
        page.goto(EDIT)
        if rows.count() == 2:
            break
        page.wait_for_timeout(250)
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text("Uusi toimi")
