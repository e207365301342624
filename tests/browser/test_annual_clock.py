"""The annual clock without JavaScript: a meeting moves with its deadlines, one is marked, the feed tells."""

import datetime

import icalendar
import pytest
from playwright.sync_api import BrowserContext, expect
from pytest_playwright import CreateContextCallback

from tests.browser.checks import assert_no_overflow
from tests.browser.conftest import Portal, listen, window

MEETING = "/ako/meetings/KOK-SH-2009-08/"
MOVING = ".note--warning"


@pytest.fixture
def context(new_context: CreateContextCallback, portal: Portal, complaints: list[str]) -> BrowserContext:
    context = new_context(base_url=portal.base_url, viewport=window(390), java_script_enabled=False)
    return listen(context, complaints)


def test_a_secretary_sees_the_moves_first_and_then_moves_the_meeting(portal, page):
    portal.sign_in(page, "secretary")
    page.goto(MEETING)
    page.locator(f"a[href='{MEETING}edit/']").click()
    page.locator("[name=held_on]").fill("7.10.2009")
    page.locator("form.card button").first.click()
    expect(page.locator(f"{MOVING} li")).to_have_count(3)
    expect(page.locator(MOVING)).to_contain_text("ke 23.9.2009 → ke 30.9.2009")
    page.locator("form.card button").first.click()
    expect(page).to_have_url(f"{portal.base_url}{MEETING}")
    expect(page.locator("section[aria-labelledby=deadlines]")).to_contain_text("ke 30.9.2009")


def test_the_presenting_officer_marks_a_step_and_reads_it_in_the_feed(portal, page):
    portal.sign_in(page, "presenter")
    page.locator("nav.navigation a[href='/clock/']").click()
    page.locator("a[href$='mine=yes']").first.click()
    row = page.locator("tr:has-text('seutuhallitukselle')").filter(has_text="29.9.2009")
    row.locator("button").click()
    expect(row).to_contain_text("tehty 9.9.2009")
    feed = page.request.get(page.locator(".clock-feed__address code").inner_text())
    events = {
        str(event["uid"]).partition("@")[0]: event
        for event in icalendar.Calendar.from_ical(feed.text()).events
    }
    approval = events["ako-2009-T2-SH-APPROVAL"]
    assert approval["dtstart"].dt == datetime.date(2009, 9, 29)
    assert str(approval["summary"]).startswith("Tehty: ")


def test_the_year_fits_a_narrow_screen_and_a_sheet_of_paper(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.set_viewport_size(window(320))
    page.goto("/clock/")
    assert_no_overflow(page)
    page.emulate_media(media="print")
    expect(page.locator(".clock-list")).to_be_visible()
    expect(page.locator(".clock-feed")).to_be_hidden()
    expect(page.locator(".clock-list form").first).to_be_hidden()
