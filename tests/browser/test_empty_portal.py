"""The first day of a portal: nobody and nothing is there yet."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_accessible, assert_no_overflow
from tests.browser.conftest import Portal, portal_on


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    with portal_on(os.environ["PORTAL_TEST_SCHEMA"], PORTAL_SAMPLE="no", PORTAL_TODAY="") as running:
        yield running


def test_an_empty_portal_asks_for_its_administrator_accessibly(look):
    look.goto("/")
    expect(look).to_have_url(re.compile("/account/first/$"))
    assert_accessible(look)
    assert_no_overflow(look)
    look.locator("main form button").click()
    expect(look.locator("[data-focus]")).to_be_focused()
    assert_accessible(look)


def test_the_first_administrator_is_made_once(page):
    page.goto("/account/first/")
    assert page.locator("[value^=coordinator]").count() == 0
    page.locator("[name=email]").fill("hallinta@example.test")
    page.locator("[name=name]").fill("Päivi Pääkäyttäjä")
    for field in page.locator("[type=password]").all():
        field.fill("kolme vihreää venettä rannassa")
    page.locator("main form button").click()
    expect(page.locator("details.menu summary")).to_contain_text("Päivi Pääkäyttäjä")
    assert_accessible(page)

    for path in ("/desk/", "/account/", "/style/"):
        assert page.goto(path).status == 200
        assert_accessible(page)
        assert_no_overflow(page)
    assert page.goto("/account/first/").status == 404
    assert page.goto("/account/login/").status == 200
