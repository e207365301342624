"""The main job without JavaScript: everything is a link or a form. One story, each test its next step."""

import hashlib

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_playwright import CreateContextCallback

from tests.browser.conftest import Portal, listen, window
from tests.browser.pages import follow_up_address
from tests.browser.steps import said

SENT, CONFIRMED = "VT-2009-MR-2", "VT-2009-MR-1"
REPORT = "/ako/reports/RAP-2009-T2-SH/"
LOOKS_AT_PROGRESS = 90


@pytest.fixture
def context(new_context: CreateContextCallback, portal: Portal, complaints: list[str]) -> BrowserContext:
    context = new_context(base_url=portal.base_url, viewport=window(1366), java_script_enabled=False)
    return listen(context, complaints)


def test_a_coordinator_updates_and_lands_on_the_next_line(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(follow_up_address(SENT))
    page.locator("[name=status][value=delayed]").check()
    page.locator("[name=text]").fill("Kustannusarviot puuttuvat.")
    page.locator("[data-follow-up] button").first.click()
    expect(page.locator("[data-focus] a")).to_have_count(2)
    expect(page.locator("[name=text]")).to_have_value("Kustannusarviot puuttuvat.")

    page.locator("[name=reason]").fill("Viisi kuntaa ei ole vastannut.")
    page.locator("[name=corrective_action]").fill("Arviot pyydetään kunnanjohtajilta.")
    page.locator("[data-follow-up] button").first.click()
    expect(page).to_have_url(f"{portal.base_url}{follow_up_address('TP-2009-MR-05')}")


def test_a_coordinator_confirms_and_saves_a_draft(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.locator(f"[popovertarget='confirm-{CONFIRMED}']").click()
    page.locator(f"form[action='{follow_up_address(CONFIRMED)}confirm/'] button").click()
    expect(page.locator("section[aria-labelledby='done'] li")).to_have_count(2)
    page.goto(follow_up_address("VT-2009-MR-3"))
    page.locator("[name=text]").fill("Kesken")
    page.locator("[data-follow-up] [formaction$='/draft/']").click()
    page.goto(follow_up_address("VT-2009-MR-3"))
    expect(page.locator("[name=text]")).to_have_value("Kesken")


def test_a_chair_accepts_and_returns(portal, page):
    portal.sign_in(page, "chair-mr")
    page.goto("/approvals/")
    page.locator(f"li#{CONFIRMED} summary").click()
    page.locator(f"li#{CONFIRMED} [name=reason]").fill("Lisää mittarin arvo.")
    page.locator(f"li#{CONFIRMED} details button").click()
    page.locator(f"li#{SENT} form button").first.click()
    expect(page.locator("ul.lines > li")).to_have_count(0)
    page.goto(f"/ako/targets/{SENT}/")
    expect(said(page)).to_have_attribute("data-status", "delayed")


def test_targets_are_filtered(page):
    page.goto("/ako/targets/")
    page.locator("[name=priority]").select_option("P1")
    page.locator("form.filter button").click()
    codes = [row.get_attribute("id") for row in page.locator("main tbody tr").all()]
    assert codes == ["VT-2009-MR-1", "VT-2009-MR-2", "VT-2009-MR-3"]


def test_another_period_is_chosen(portal, page):
    portal.sign_in(page, "auditor")
    page.goto("/ako/dashboard/")
    page.locator("form.period-choice [name=period]").select_option("2008-TP")
    page.locator("form.period-choice button").click()
    expect(page.locator("h1")).to_contain_text("1.1.–31.12.2008")


def test_the_language_changes_and_the_page_stays(portal, page):
    page.goto("/ako/targets/?period=2009-T1&status=on_track")
    for language in ("sv", "en", "fi"):
        page.locator(f"form.languages [value={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page).to_have_url(f"{portal.base_url}/ako/targets/?period=2009-T1&status=on_track")


def wait_for_pdf(page: Page) -> None:
    """Look again until the PDF is there, as somebody does whose page does not ask for itself."""
    for _look in range(LOOKS_AT_PROGRESS):
        if page.locator("a[href$='.pdf']").count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"No PDF after {LOOKS_AT_PROGRESS} looks at {page.url}")


def test_the_office_composes_freezes_waits_and_downloads(portal, page):
    portal.sign_in(page, "office")
    page.goto("/ako/reports/")
    page.locator("form[action*='/reports/compose/'] button").first.click()
    expect(page).to_have_url(f"{portal.base_url}{REPORT}")
    page.locator("[name=summary]").fill("Ohjelma etenee pääosin suunnitellusti.")
    page.locator("form:has([name=summary]) button").first.click()
    expect(page.locator("article.report")).to_contain_text("Ohjelma etenee pääosin suunnitellusti.")

    page.locator(f"a[href='{REPORT}freeze/']").click()
    page.locator("main form button").click()
    page.goto(f"{REPORT}progress/")
    wait_for_pdf(page)
    pdf = page.request.get(page.locator("a[href$='.pdf']").get_attribute("href")).body()
    expect(page.locator("code.hash")).to_have_text(hashlib.sha256(pdf).hexdigest())
