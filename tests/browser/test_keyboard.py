"""Everything by keyboard: in a sensible order, always seen, whole rounds without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import window
from tests.browser.pages import follow_up_address
from tests.browser.steps import choose_status, tab_to

FOCUS = """() => {
    const element = document.activeElement;
    const shown = element.matches("[name=status]") ? element.closest("label") : element;
    const style = getComputedStyle(shown);
    const box = shown.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return {
        name: element.outerHTML.slice(0, 100),
        ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        covered: !(shown.contains(top) || top?.contains(shown)),
        outside: box.bottom < 0 || box.top > innerHeight,
        ended: element === document.body,
    };
}"""
MASTHEAD = [
    "a.skip",
    "a.brand",
    "[name=language][value=fi]",
    "[name=language][value=sv]",
    "[name=language][value=en]",
    "details.menu > summary",
    ".navigation li:nth-child(1) a",
    ".navigation li:nth-child(7) a",
]
STATUSES = ["on_track", "delayed", "will_not_be_achieved", "achieved", "not_started"]


def test_the_first_stop_leads_past_the_menu(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto("/desk/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_the_masthead_is_walked_in_the_order_in_which_it_is_seen(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto("/desk/")
    stops = [tab_to(page, selector) for selector in MASTHEAD]
    assert stops == [1, 1, 1, 1, 1, 1, 1, 6]


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize(
    ("persona", "path"),
    [
        ("coordinator-mr", "/desk/"),
        ("coordinator-mr", follow_up_address("VT-2009-MR-2")),
        ("auditor", "/ako/dashboard/?period=2009-T2"),
        ("auditor", "/ako/reports/"),
    ],
)
def test_the_focus_is_always_seen(portal, page, persona, path, width):
    portal.sign_in(page, persona)
    page.set_viewport_size(window(width))
    page.goto(path)
    # From the top, also where a page begins in its form.
    tab_to(page, "a.skip")
    unseen, stops = [], 0
    while stops < 150:
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["ended"]:
            break
        stops += 1
        if focus["ring"] < 2 or focus["covered"] or focus["outside"]:
            unseen.append(focus)
    assert unseen == []
    assert stops > 15


def test_the_language_is_changed_and_the_page_stays(portal, page):
    page.goto("/ako/dashboard/?period=2009-T1")
    tab_to(page, "[name=language][value=sv]")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page).to_have_url(f"{portal.base_url}/ako/dashboard/?period=2009-T1")


def test_the_menu_of_the_account_opens_closes_and_signs_out(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto("/ako/")
    menu = page.locator("details.menu")
    tab_to(page, "details.menu > summary")
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    tab_to(page, ".menu__panel a")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()

    page.keyboard.press("Space")
    tab_to(page, ".menu__panel button")
    page.keyboard.press("Enter")
    expect(page.locator("a.masthead__link")).to_be_visible()


def scrolled(page: Page) -> int:
    return int(page.evaluate("() => document.activeElement.scrollLeft"))


def test_a_wide_table_is_scrolled_on_a_phone(page):
    page.set_viewport_size(window(390))
    page.goto("/ako/budget/2009/")
    tab_to(page, ".table-wrap[role=region]")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label').length > 3")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    assert scrolled(page) > 0


def test_zero_leads_to_no_change_and_stores_nothing(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(follow_up_address("VT-2009-MR-2"))
    page.keyboard.press("0")
    expect(page.locator("[data-no-change]")).to_be_focused()
    expect(page).to_have_url(f"{portal.base_url}{follow_up_address('VT-2009-MR-2')}")


def test_the_keys_from_one_to_five_choose_the_status(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(follow_up_address("VT-2009-MR-2"))
    expect(page.locator("[name=status]:focus")).to_have_count(1)
    for key, status in enumerate(STATUSES, start=1):
        choose_status(page, status, key=str(key))
    page.keyboard.press("9")
    expect(page.locator("[name=status][value=not_started]")).to_be_checked()
    assert tab_to(page, "[name=text]") == 1
    page.keyboard.type("12345")
    expect(page.locator("[name=text]")).to_have_value("12345")
    expect(page.locator("[name=status][value=not_started]")).to_be_checked()


def test_what_a_deviation_demands_appears_with_it(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(follow_up_address("VT-2009-MR-2"))
    expect(page.locator("[name=status]:focus")).to_have_count(1)
    choose_status(page, "on_track", key="1")
    expect(page.locator("[name=reason]")).to_be_hidden()
    choose_status(page, "delayed", key="2")
    expect(page.locator("[name=reason]")).to_be_visible()
    choose_status(page, "achieved", key="4")
    expect(page.locator("[name=reason]")).to_be_hidden()
    expect(page.locator("[name=evidence]")).to_be_visible()


def test_an_estimate_that_has_passed_is_told_while_it_is_typed(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(follow_up_address("VT-2009-MR-2"))
    choose_status(page, "delayed", key="2")
    tab_to(page, "[name=new_due_on]")
    page.keyboard.type("1.9.2009")
    told = page.locator("[data-doubts]")
    expect(told).to_contain_text("1.9.2009 on mennyt")
    page.locator("[name=new_due_on]").fill("31.3.2010")
    expect(told).to_be_empty()
