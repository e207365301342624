"""Two texts of one cell, and a session that ends over it: what was saved is overwritten only by choice."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from tests.browser.conftest import Portal
from tests.conftest import connected_to
from tests.factories import make_plan
from workgroups.models import Action

EDIT = "/ako/workgroups/WG-MR/2010/edit/"
THEIRS, OWN = "Toimiston sanat", "Koordinaattorin sanat"


@pytest.fixture(scope="module", autouse=True)
def arranged(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A plan in which each test has a row of its own."""
    with connected_to(portal.database, django_db_blocker):
        make_plan(rows=6)


def cell(page: Page, row: int, name: str = "output"):
    return page.locator(f"tr#TP-2010-MR-{row:02} [data-cell={name}]")


def write(page: Page, row: int, words: str, *, key: str = "Enter") -> None:
    cell(page, row).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    page.keyboard.press(key)


def output_of(in_portal, row: int) -> str:
    with in_portal():
        return Action.objects.get(code=f"TP-2010-MR-{row:02}").output


@pytest.fixture
def contested(portal, page, new_context):
    """Return a way to two texts of one cell: the office's is saved, the coordinator's is shown beside it."""

    def make(row: int) -> None:
        portal.sign_in(page, "coordinator-mr")
        page.goto(EDIT)
        other = new_context(base_url=portal.base_url).new_page()
        portal.sign_in(other, "office")
        other.goto(EDIT)
        write(other, row, THEIRS)
        expect(cell(other, row)).to_have_attribute("data-value", THEIRS)
        page.bring_to_front()
        write(page, row, OWN, key="Tab")
        both_are_shown(page, row)

    return make


def both_are_shown(page: Page, row: int) -> None:
    for words in (THEIRS, OWN):
        expect(cell(page, row).locator("[data-two-texts]")).to_contain_text(words)


def only_theirs_is_left(page: Page, row: int) -> None:
    expect(cell(page, row).locator(".cell__text")).to_have_text(THEIRS)
    expect(cell(page, row).locator("[data-two-texts], textarea")).to_have_count(0)


@pytest.mark.parametrize(("row", "way"), [(1, "Escape"), (2, "button")])
def test_the_saved_text_is_kept_by_choice_and_ones_own_does_not_come_back(
    page, contested, in_portal, row, way
):
    contested(row)
    if way == "Escape":
        cell(page, row).click()
        expect(cell(page, row).locator("textarea")).to_have_value(OWN)
        page.keyboard.press("Escape")
    else:
        cell(page, row).locator("[data-settle]").press("Enter")
    only_theirs_is_left(page, row)
    page.reload()
    only_theirs_is_left(page, row)
    assert output_of(in_portal, row) == THEIRS


def test_a_page_opened_anew_shows_both_texts_and_passing_by_chooses_none(page, contested, in_portal):
    contested(3)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    both_are_shown(page, 3)
    expect(cell(page, 3)).to_have_attribute("data-value", THEIRS)
    cell(page, 3).click()
    cell(page, 4).click()
    page.keyboard.press("Escape")
    both_are_shown(page, 3)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert output_of(in_portal, 3) == THEIRS
    # What is typed over both is still told beside the saved text after another opening.
    cell(page, 3).click()
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.reload()
    both_are_shown(page, 3)
    cell(page, 3).click()
    page.keyboard.press("Enter")
    expect(cell(page, 3)).to_have_attribute("data-value", f"{OWN}!")


def test_after_a_new_sign_in_elsewhere_the_cell_is_saved_as_promised(portal, page, context, in_portal):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    context.clear_cookies(name="sessionid")
    write(page, 5, "Istunnon yli")
    failure = page.locator("#failure")
    expect(failure).to_contain_text("Istuntosi on päättynyt")

    elsewhere = context.new_page()
    portal.sign_in_anew(elsewhere, "office")
    page.bring_to_front()
    cell(page, 5).click()
    page.keyboard.press("Enter")
    expect(failure).to_contain_text("on kirjautunut joku muu")
    assert output_of(in_portal, 5) != "Istunnon yli"

    portal.sign_in_anew(elsewhere, "coordinator-mr")
    page.bring_to_front()
    cell(page, 5).click()
    page.keyboard.press("Enter")
    expect(cell(page, 5)).to_have_attribute("data-value", "Istunnon yli")
    expect(failure).to_be_empty()
    # The other forms of the page work again too.
    page.locator("form[action$='/add/'] button").click()
    page.wait_for_url(lambda address: "/add/" in address)
