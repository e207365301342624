"""Words on their way to the portal: typing them, losing what carries them, looking where they are kept."""

from playwright.sync_api import Locator, Page

from tests.browser.conftest import Portal
from tests.browser.pages import follow_up_address
from workgroups.models import FollowUp, FollowUpDraft

WORDS = "Kustannusarviot puuttuvat viidestä"
KEPT = "[data-draft-state] [data-saved-at]"
BEFORE_THE_SERVER = 700  # milliseconds: the browser has kept the text, the server has not been told


def draft_of(code: str) -> str | None:
    return FollowUpDraft.objects.filter(action__code=code).values_list("typed__text", flat=True).first()


def said_of(code: str) -> str:
    return FollowUp.objects.get(action__code=code, period__code="2009-T2").text


def open_form(portal: Portal, page: Page, code: str) -> None:
    if not page.url.startswith(portal.base_url):
        portal.sign_in(page, "coordinator-mr")
    page.goto(f"{portal.base_url}{follow_up_address(code)}")


def text(page: Page) -> Locator:
    return page.locator("[name=text]")


def cut_off_and_closed(page: Page, words: str, field: str = "text") -> None:
    """Type where nothing reaches the server, then close the page.

    An offline context is not enough: what a closing page sends is kept alive, and by then it is online again.
    """
    page.evaluate("() => { globalThis.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.locator(f"[name={field}]").press_sequentially(words)
    page.wait_for_timeout(BEFORE_THE_SERVER)
    page.close()


def kept_in_the_browser(page: Page) -> object:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length")
