"""A round of self-evaluation: started by the office, answered by three, closed, looked at by the group."""

import datetime
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from tests.browser.checks import assert_accessible, assert_no_overflow
from tests.browser.conftest import Portal, portal_of
from tests.browser.steps import tab_to
from tests.conftest import connected_to
from tests.factories_evaluations import give_answer, make_evaluation, make_members
from workgroups.models import Evaluation

ROUNDS, NEW = "/ako/evaluations/", "/ako/evaluations/new/"
ROUND, ANSWER = f"{ROUNDS}ARV-2009/", f"{ROUNDS}ARV-2009/answer/WG-MR/"
COMMENT = "Kunnat kaavoittavat nyt yhdessä."


@pytest.fixture(scope="module", autouse=True)
def arranged(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The round of the year before, which three members answered otherwise."""
    with connected_to(portal.database, django_db_blocker):
        before = make_evaluation("ARV-2008", year=2008, opens_on=datetime.date(2008, 11, 1), smallest=3)
        for member in make_members("WG-MR", 3):
            give_answer(before, member, 2)
        Evaluation.objects.update(closes_on=datetime.date(2008, 11, 30))


@pytest.fixture(scope="module")
def later(portal: Portal) -> Iterator[Portal]:
    """The same portal when the round has closed."""
    with portal_of(portal.database, PORTAL_TODAY="2009-09-24") as running:
        yield running


def rate(page: Page, code: str, rating: int) -> None:
    page.locator(f"[name=rating_{code}][value='{rating}']").check()


def send(page: Page) -> None:
    page.locator(".actions--sticky button").first.click()


def test_the_office_starts_a_round_and_mends_what_does_not_fit(portal, page):
    portal.sign_in(page, "office")
    page.goto("/ako/workgroups/")
    page.locator(f"a[href='{ROUNDS}']").click()
    page.locator(f"a[href='{NEW}']").click()
    assert_accessible(page)
    page.locator("[name=opens_on]").fill("9.9.2009")
    page.locator("[name=closes_on]").fill("1.9.2009")
    page.locator("[name=smallest]").fill("3")
    send(page)
    expect(page.locator("[data-focus]")).to_be_focused()
    expect(page.locator("[name=smallest]")).to_have_value("3")
    page.locator("[name=closes_on]").fill("23.9.2009")
    send(page)
    expect(page).to_have_url(f"{portal.base_url}{ROUND}")
    expect(page.locator("main")).to_contain_text("0 / 6 on vastannut")
    assert_accessible(page)
    assert_no_overflow(page)


def test_a_member_answers_by_keyboard_alone(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto("/desk/")
    tab_to(page, f"a.button[href='{ANSWER}']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{ANSWER}")
    for number in (1, 2, 3):
        tab_to(page, f"[name=rating_AKO-R{number}]")
        page.keyboard.press("Space")
        for _press in range(3):
            page.keyboard.press("ArrowDown")
    tab_to(page, "[name=comment]")
    page.keyboard.type("Kiitos.")
    tab_to(page, ".actions--sticky button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{ANSWER}")
    expect(page.locator("main")).to_contain_text("Vastauksesi on nimetön")
    page.goto("/desk/")
    expect(page.locator(f"a[href='{ANSWER}']")).to_have_count(0)


def test_what_is_missing_is_told_and_nothing_typed_is_lost(portal, page):
    portal.sign_in(page, "chair-mr")
    page.goto(ANSWER)
    rate(page, "AKO-R1", 5)
    page.locator("[name='comment_AKO-R1']").fill(COMMENT)
    send(page)
    expect(page.locator("[data-focus]")).to_be_focused()
    expect(page.locator("[data-focus] a")).to_have_count(2)
    assert_accessible(page)
    expect(page.locator("[name=rating_AKO-R1][value='5']")).to_be_checked()
    expect(page.locator("[name='comment_AKO-R1']")).to_have_value(COMMENT)
    page.goto("/desk/")
    page.goto(ANSWER)
    expect(page.locator("[name='comment_AKO-R1']")).to_have_value(COMMENT)
    rate(page, "AKO-R2", 4)
    rate(page, "AKO-R3", 0)
    send(page)
    expect(page.locator("main")).to_contain_text("Vastauksesi on nimetön")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []


def test_a_third_member_answers_without_javascript(portal, browser):
    context = browser.new_context(
        base_url=portal.base_url,
        java_script_enabled=False,
        locale="fi-FI",
        viewport={"width": 390, "height": 900},
    )
    page = context.new_page()
    portal.sign_in(page, "member-mr")
    page.goto(ANSWER)
    for code in ("AKO-R1", "AKO-R2", "AKO-R3"):
        rate(page, code, 4)
    send(page)
    expect(page.locator("main")).to_contain_text("Vastauksesi on nimetön")
    page.goto(ROUND)
    expect(page.locator("main svg")).to_have_count(0)
    context.close()


def test_the_office_knows_how_many_have_answered_and_nothing_else(portal, page):
    portal.sign_in(page, "office")
    page.goto(ROUND)
    expect(page.locator("main")).to_contain_text("3 / 6 on vastannut")
    expect(page.locator("main")).not_to_contain_text(COMMENT)
    expect(page.locator("main svg")).to_have_count(0)


def test_when_it_has_closed_the_group_sees_its_results_beside_the_previous_round(later, page):
    later.sign_in(page, "member-mr")
    page.goto(f"{later.base_url}/ako/workgroups/WG-MR/")
    page.locator(f"a[href='{ROUND}?group=WG-MR']").click()
    first = page.locator("section#AKO-R1")
    expect(first.locator("svg").first.locator("title")).to_contain_text("täysin samaa mieltä 1")
    expect(first).to_contain_text("3 vastausta, keskimmäinen jokseenkin eri mieltä")
    first.locator("summary", has_text="Kommentit").click()
    expect(first).to_contain_text(COMMENT)
    first.locator("summary", has_text="Näytä taulukkona").click()
    expect(first.locator("table tr", has_text="Hyvinvointipalvelutyöryhmä")).to_contain_text(
        "kukaan ei vastannut"
    )
    assert_accessible(page)
    assert_no_overflow(page)


def test_the_office_takes_the_package_with_it(later, page):
    later.sign_in(page, "office")
    page.goto(f"{later.base_url}{ROUNDS}")
    page.locator("[name=period]").select_option("2009-T1")
    with page.expect_download() as download:
        page.locator("form[action$='package.zip'] button").click()
    assert download.value.suggested_filename == "AKO-mid-term-2009-T1.zip"
