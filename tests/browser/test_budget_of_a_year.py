"""A budget without JavaScript: drawn up, mended, proposed, decided, locked, and amended. Each test a step."""

import datetime
import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker
from pytest_playwright import CreateContextCallback

from tests.browser.conftest import Portal, listen, window
from tests.conftest import connected_to
from tests.factories import make_meeting
from tests.programme.budget.steps import BUDGET, CELL, EDIT, PLAN_CELL
from tests.workgroups.budget_amendments.steps import FEES, NEW, SPACES

FEDERATION = "KOK-YK-2009-90"


@pytest.fixture(scope="module", autouse=True)
def arranged(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The federation meeting meets on the sample's day: what is proposed then can be decided then."""
    with connected_to(portal.database, django_db_blocker):
        make_meeting(FEDERATION, body="BODY-YK", held_on=datetime.date(2009, 9, 9))


@pytest.fixture
def context(new_context: CreateContextCallback, portal: Portal, complaints: list[str]) -> BrowserContext:
    context = new_context(base_url=portal.base_url, viewport=window(1366), java_script_enabled=False)
    return listen(context, complaints)


def cell(page: Page, name: str):
    return page.locator(f"[name='{name}']")


def digits_of(text: str) -> str:
    return re.sub(r"[^\d,–]", "", text)


def test_the_finance_officer_draws_it_up_and_mends_what_could_not_be_read(portal: Portal, page: Page) -> None:
    portal.sign_in(page, "finance")
    page.goto("/ako/finance/2009/")
    page.get_by_role("link", name="Talousarvio", exact=True).click()
    page.get_by_role("button", name="Aloita edellisen vuoden riveistä").click()
    expect(page).to_have_url(f"{portal.base_url}{EDIT}")
    cell(page, CELL).fill("48 000,25")
    cell(page, PLAN_CELL).fill("noin 50 000")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("[data-focus] a")).to_have_count(1)
    expect(cell(page, PLAN_CELL)).to_have_value("noin 50 000")
    cell(page, PLAN_CELL).fill("50 000")
    page.get_by_role("button", name="Tallenna").click()
    whole = page.locator("section[aria-labelledby=whole] tbody tr")
    assert [digits_of(text) for text in whole.nth(0).locator("td").all_inner_texts()] == [
        "531000,25",
        "50000",
        "–",
    ]


def test_it_is_proposed_and_the_secretary_enters_the_decision(portal: Portal, page: Page) -> None:
    portal.sign_in(page, "finance")
    page.goto(BUDGET)
    page.get_by_role("button", name="Ehdota").click()
    expect(page.locator(".lead")).to_contain_text("Esitetty 9.9.2009")
    page.context.clear_cookies()
    portal.sign_in(page, "secretary")
    page.goto("/ako/plan/2010/")
    page.locator("[name=meeting]").select_option(FEDERATION)
    page.locator("[name=number]").fill("990")
    page.locator("[name=text]").fill("Talousarvio hyväksyttiin.")
    page.get_by_role("button", name="Kirjaa päätös").click()
    expect(page.locator(".note--success")).to_contain_text("TA-2010")


def test_everybody_reads_it_locked_with_its_decision(page: Page) -> None:
    page.goto(BUDGET)
    expect(page.locator(".lead")).to_contain_text("Lukittu 9.9.2009")
    page.locator(".lead a").click()
    expect(page.locator("[id='990']")).to_contain_text("Talousarvio 2010")


def test_an_amendment_of_accounts_is_proposed_and_the_presenting_officer_decides(
    portal: Portal, page: Page
) -> None:
    portal.sign_in(page, "finance")
    page.goto(NEW)
    for name, change in ((FEES, -1000), (SPACES, 1000)):
        stands = int(digits_of(cell(page, name).input_value()))
        cell(page, name).fill(str(stands + change))
    page.locator("[name=amendment_reason]").fill("Kilpailutus lykkääntyi.")
    page.get_by_role("button", name="Ehdota").click()
    code = page.locator("h1").inner_text().split()[-1]
    page.context.clear_cookies()
    portal.sign_in(page, "presenter")
    page.goto("/desk/")
    page.get_by_role("link", name=code).click()
    page.locator("[name=outcome][value=accepted]").check()
    page.get_by_role("button", name="Kirjaa päätös").click()
    page.goto("/ako/budget/2009/?on=2009-09-08")
    expect(page.locator(f"section[aria-labelledby='{code}'] .tag")).to_be_visible()
    page.locator("[name=on]").fill("9.9.2009")
    page.get_by_role("button", name="Näytä").click()
    expect(page.locator("section").filter(has=page.locator("[name=on]"))).to_contain_text(code)
