"""A decision on its way, without JavaScript: a task given, done, verified; the next report begins with it."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker
from pytest_playwright import CreateContextCallback

from programme.models import Post
from tests.browser.conftest import Portal, listen, window
from tests.conftest import connected_to
from tests.factories import make_report
from tests.factories_meetings import make_decision, make_matter

WORDS = "Pyydetään kunnilta puuttuvat tiedot."
MEETING, BODY = "/ako/meetings/KOK-SH-2009-77/", "/ako/bodies/BODY-SH/"
REPORT = "/ako/reports/RAP-2009-T2-SH/"


@pytest.fixture(scope="module", autouse=True)
def responsible(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> str:
    """A decision of the board, an agenda of its next meeting and a report that the office has begun.

    Gives the key of the post that is to do what was decided.
    """
    with connected_to(portal.database, django_db_blocker):
        make_decision()
        make_matter()
        make_report()
        return str(Post.objects.get(programme__slug="ako", code="ROLE-KO-MR").pk)


@pytest.fixture
def context(new_context: CreateContextCallback, portal: Portal, complaints: list[str]) -> BrowserContext:
    context = new_context(base_url=portal.base_url, viewport=window(390), java_script_enabled=False)
    return listen(context, complaints)


def task_link(page: Page, part: str):
    return page.locator(f"section[aria-labelledby='{part}'] a", has_text=WORDS).first


def test_the_secretary_gives_a_task_from_the_minutes(portal, page, responsible):
    portal.sign_in(page, "secretary")
    page.goto(f"{MEETING}minutes/")
    page.locator("fieldset[id='900'] a[href$='/tasks/new/']").click()
    page.locator("main form button").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    page.locator("[name=text]").fill(WORDS)
    page.locator("[name=responsible]").select_option(responsible)
    page.locator("[name=due_on]").fill("1.10.2009")
    page.locator("main form button").click()
    expect(page).to_have_url(f"{portal.base_url}{MEETING}")
    expect(task_link(page, "matters")).to_be_visible()


def test_the_responsible_finds_it_on_the_desk_and_says_that_it_is_done(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto("/desk/")
    task_link(page, "tasks").click()
    page.locator("form[action$='/progress/'] [name=text]").fill("Kolme kuntaa on vastannut.")
    page.locator("form[action$='/progress/'] button").click()
    page.locator("form[action$='/done/'] button").click()
    expect(page.locator("section[aria-labelledby='notes'] li")).to_have_count(2)
    expect(page.locator("form[action$='/verify/']")).to_have_count(0)


def test_somebody_else_verifies_it(portal, page):
    portal.sign_in(page, "presenter")
    page.goto("/desk/")
    task_link(page, "tasks-to-verify").click()
    page.locator("form[action$='/verify/'] button").click()
    expect(page.locator(".page-head .badge--achieved")).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)


def test_the_next_report_to_the_board_begins_with_it(portal, page):
    portal.sign_in(page, "office")
    page.goto(REPORT)
    chapter = page.locator("#implementation")
    expect(chapter).to_contain_text(WORDS)
    expect(chapter).to_contain_text("todettu tehdyksi 9.9.2009")
    expect(chapter).to_contain_text("Kolme kuntaa on vastannut.")


def test_an_elected_member_reads_what_became_of_it_and_asks_about_what_is_coming(portal, page):
    portal.sign_in(page, "elected")
    page.goto("/desk/")
    page.locator(f"main a[href='{BODY}']").click()
    page.locator("nav.choices a[href*='tasks=done']").click()
    expect(task_link(page, "decided")).to_be_visible()
    page.locator("section[aria-labelledby='next'] a[href$='/ask/']").click()
    page.locator("[name=text]").fill("Mistä rahat tulevat?")
    page.locator("main form button").click()
    expect(page.locator("section[aria-labelledby='questions'] li")).to_have_count(1)


def test_the_preparer_answers(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto("/desk/")
    page.locator("section[aria-labelledby='questions'] a").first.click()
    page.locator("[name=text]").fill("Budjetista.")
    page.locator("main form button").click()
    expect(page.locator("section[aria-labelledby='answer']")).to_contain_text("Budjetista.")
