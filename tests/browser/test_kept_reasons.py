"""Reasons for returning and comments are kept while they are typed, until the server has taken them."""

import pytest
from playwright.sync_api import expect

from tests.browser.kept_words import kept_in_the_browser
from tests.factories import make_follow_up, the_action, the_target
from tests.personas import person

FIRST, SECOND = "VT-2009-MR-2", "TP-2009-MR-06"


@pytest.fixture
def waiting(in_portal):
    with in_portal():
        for line in (the_target(FIRST), the_action(SECOND)):
            make_follow_up(line, state="submitted", submitted_by=person("coordinator-mr"))


def test_reasons_of_two_lines_are_kept_and_the_one_that_was_sent_goes(portal, page, waiting):
    portal.sign_in(page, "chair-mr")
    page.goto("/approvals/")
    for code in (FIRST, SECOND):
        page.locator(f"#{code} details summary").click()
        page.locator(f"#reason-{code}").press_sequentially(f"Syy {code}")
    page.reload()
    expect(page.locator(f"#reason-{FIRST}")).to_be_visible()
    expect(page.locator(f"#reason-{FIRST}")).to_have_value(f"Syy {FIRST}")

    page.locator(f"#reason-{FIRST}").press("Control+Enter")
    expect(page.locator(f"#{FIRST}")).to_have_count(0)
    expect(page.locator(".messages")).to_be_focused()
    expect(page.locator(f"#reason-{SECOND}")).to_have_value(f"Syy {SECOND}")
    assert kept_in_the_browser(page) == 1
    page.locator(f"#{SECOND} [data-accept]").click()
    expect(page.locator(f"#{SECOND}")).to_have_count(0)
    assert kept_in_the_browser(page) == 0


def test_a_comment_is_kept_until_it_is_added(portal, page):
    portal.sign_in(page, "chair-mr")
    page.goto(f"/ako/targets/{FIRST}/")
    page.locator("#comments ~ details.more summary").last.click()
    page.locator("#comment-text").press_sequentially("Katsotaan kokouksessa")
    page.reload()
    expect(page.locator("#comment-text")).to_be_visible()
    expect(page.locator("#comment-text")).to_have_value("Katsotaan kokouksessa")
    page.get_by_role("button", name="Lisää kommentti").click()
    expect(page.locator("section[aria-labelledby=comments] li").first).to_contain_text(
        "Katsotaan kokouksessa"
    )
    assert kept_in_the_browser(page) == 0
