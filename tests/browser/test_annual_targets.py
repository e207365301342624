"""A year's targets, from the first draft to the lock: one story, each test its next step."""

import datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from tests.browser.conftest import Portal
from tests.browser.steps import tab_to
from tests.conftest import connected_to
from tests.factories import make_meeting

TODAY = "KOK-SH-2009-90"
PLAN, CODE = "/ako/plan/2010/", "VT-2010-MR-1"
TARGET = f"/ako/targets/{CODE}/"
VAGUE = "Rakennesuunnitelman toteuttamista edistetään kunnissa."
MENDED = "Rakennesuunnitelma on hyväksytty kahdeksassa kunnassa."


@pytest.fixture(scope="module", autouse=True)
def arranged(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The board meets on the sample's day: what is proposed then can be decided then."""
    with connected_to(portal.database, django_db_blocker):
        make_meeting(TODAY, held_on=datetime.date(2009, 9, 9))


def remarks(page: Page) -> list[str | None]:
    return [remark.get_attribute("data-remark") for remark in page.locator("[data-remark]").all()]


def write(page: Page, name: str, words: str) -> None:
    """Go to a field by Tab and write over what it holds."""
    tab_to(page, f"[name={name}]")
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def test_a_coordinator_drafts_a_target_by_keyboard(portal, page):
    portal.sign_in(page, "coordinator-mr")
    tab_to(page, f"a[href='{PLAN}']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{PLAN}")
    tab_to(page, f"a[href='{PLAN}new/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{PLAN}new/")
    write(page, "name_fi", VAGUE)
    tab_to(page, "[name=goals]")
    page.keyboard.press("Space")
    tab_to(page, ".actions--sticky button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{TARGET}")
    expect(page.locator("h1")).to_have_text(VAGUE)
    assert remarks(page) == ["unverifiable", "no_indicator", "no_baseline", "no_owner", "no_euros"]


def test_the_goal_check_is_mended_beside_the_fields(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(TARGET)
    tab_to(page, f"a[href='{TARGET}edit/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{TARGET}edit/")
    assert len(remarks(page)) == 5
    write(page, "name_fi", MENDED)
    write(page, "indicator_fi", "Suunnitelman hyväksyneet kunnat")
    write(page, "unit", "kpl")
    write(page, "baseline", "0")
    write(page, "target_value", "8")
    tab_to(page, "[name=responsible]")
    page.keyboard.press("ArrowDown")
    write(page, "own_euros", "34 000")
    tab_to(page, ".actions--sticky button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{TARGET}")
    assert remarks(page) == []
    expect(page.locator("dl.facts").first).to_contain_text("34\u00a0000\u00a0€")


def test_two_who_write_at_once_both_see_both_texts(portal, page, new_context):
    portal.sign_in(page, "coordinator-mr")
    page.goto(f"{TARGET}edit/")
    other = new_context(base_url=portal.base_url).new_page()
    portal.sign_in(other, "office")
    other.goto(f"{TARGET}edit/")
    other.locator("[name=target_value]").fill("7")
    other.locator(".actions--sticky button").click()
    other.wait_for_url(f"**{TARGET}")

    page.locator("[name=target_value]").fill("6")
    page.locator(".actions--sticky button").click()
    expect(page.locator("[data-focus]")).to_be_focused()
    assert page.locator("[data-focus] td").all_inner_texts() == ["6", "7"]
    expect(page.locator("[name=target_value]")).to_have_value("6")
    page.locator("[name=target_value]").fill("8")
    page.locator(".actions--sticky button").click()
    expect(page).to_have_url(f"{portal.base_url}{TARGET}")
    expect(page.locator("dl.facts").first).to_contain_text("0 / 8 kpl")


def test_the_coordinator_proposes_it(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(TARGET)
    tab_to(page, f"form[action='{TARGET}propose/'] button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{PLAN}#{CODE}")
    expect(page.locator(f"tr#{CODE}")).to_contain_text("Ehdotettu")


@pytest.mark.parametrize(
    ("persona", "status"), [("office", 200), ("auditor", 200), ("coordinator-hp", 404), ("secretary", 404)]
)
def test_only_the_group_and_the_office_see_it_before_the_decision(portal, page, persona, status):
    portal.sign_in(page, persona)
    answer = page.goto(TARGET)
    assert answer.status == status
    page.goto(PLAN)
    expect(page.locator(f"tr#{CODE}")).to_have_count(1 if status == 200 else 0)
    assert (MENDED in page.content()) is (status == 200)


def test_the_secretary_enters_the_decision(portal, page):
    portal.sign_in(page, "secretary")
    page.goto(PLAN)
    assert MENDED not in page.content()
    tab_to(page, "[name=meeting]")
    page.locator("[name=meeting]").select_option(TODAY)
    write(page, "number", "999")
    write(page, "text", "Seutuhallitus hyväksyi vuoden 2010 tavoitteet.")
    tab_to(page, f"form[action='{PLAN}decide/'] button")
    page.keyboard.press("Enter")
    expect(page.locator(f"tr#{CODE}")).to_contain_text("Päätetty")
    expect(page.locator(f"form[action='{PLAN}decide/']")).to_have_count(0)


def test_the_target_is_public_under_its_section(page):
    page.goto(TARGET)
    expect(page.locator("h1")).to_have_text(MENDED)
    section = page.locator("section[aria-labelledby=decisions] a")
    expect(section).to_contain_text("999")
    section.click()
    expect(page.locator("main")).to_contain_text("Seutuhallitus hyväksyi vuoden 2010 tavoitteet.")


@pytest.mark.parametrize("persona", ["coordinator-mr", "office", "admin"])
def test_nobody_changes_it_any_more_and_the_refusal_names_the_way(portal: Portal, page, persona):
    portal.sign_in(page, persona)
    answer = page.goto(f"{TARGET}edit/")
    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("muutosesityksellä")
