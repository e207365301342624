"""The office keeps a group's members: one comes, a mistake is told, one goes."""

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible
from tests.browser.conftest import Portal
from tests.browser.steps import tab_to

PAGE = "/ako/workgroups/WG-EO/"
NEW = f"{PAGE}members/new/"
TITLE = "Elinkeinojohtaja, Nokia"


def save(page: Page) -> None:
    tab_to(page, ".actions--sticky button")
    page.keyboard.press("Enter")


def test_the_office_adds_a_member_by_keyboard_and_is_told_what_is_missing(portal: Portal, page: Page) -> None:
    portal.sign_in(page, "office")
    page.goto(PAGE)
    tab_to(page, f"a[href='{NEW}']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{NEW}")
    page.locator("[name=role]").select_option("expert")
    save(page)
    expect(page.locator("[data-focus]")).to_be_focused()
    assert_accessible(page)
    tab_to(page, "[name=title]")
    page.keyboard.type(TITLE)
    save(page)
    expect(page).to_have_url(f"{portal.base_url}{PAGE}")
    expect(page.locator("tr", has_text=TITLE)).to_have_count(1)


def test_a_membership_ends_and_stays_among_the_former_ones(portal: Portal, page: Page) -> None:
    portal.sign_in(page, "office")
    page.goto(PAGE)
    page.locator("tr", has_text=TITLE).get_by_role("link").click()
    assert_accessible(page)
    tab_to(page, "[name=starts_on]")
    page.keyboard.press("Control+A")
    page.keyboard.type("1.1.2009")
    tab_to(page, "[name=until]")
    page.keyboard.type("8.9.2009")
    save(page)
    expect(page).to_have_url(f"{portal.base_url}{PAGE}")
    former = page.locator("details", has_text=TITLE)
    expect(former.locator("tr", has_text=TITLE)).to_be_hidden()
    former.locator("summary").click()
    expect(former.locator("tr", has_text=TITLE)).to_be_visible()
