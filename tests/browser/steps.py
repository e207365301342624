"""What people do by keyboard and mouse, as several stories tell it."""

from playwright.sync_api import Locator, Page, Response, expect

MOST_TABS = 120


def tab_to(page: Page, selector: str, *, backwards: bool = False) -> int:
    """Press Tab until the focus is on what the selector names; return how many times that took."""
    for pressed in range(1, MOST_TABS + 1):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return pressed
    raise AssertionError(f"{selector} is not reached by {MOST_TABS} presses of Tab on {page.url}")


def choose_status(page: Page, status: str, *, key: str) -> None:
    """Choose a status by its number; the focus stands on one of them."""
    page.keyboard.press(key)
    chosen = page.locator(f"[name=status][value={status}]")
    expect(chosen).to_be_checked()
    expect(chosen).to_be_focused()


def submit_by_keyboard(page: Page) -> Response:
    """Send the form that has the focus by Ctrl+Enter; return the page that it leads to."""
    with page.expect_navigation() as answer:
        page.keyboard.press("Control+Enter")
    return answer.value


def said(page: Page) -> Locator:
    """Return the status mark of a line's own page: what its reader may know of the latest period."""
    return page.locator("section[aria-labelledby=now] [data-status]").first
