"""On the narrowest screen no figure of a claim goes under the edge of its table."""

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django import DjangoDbBlocker
from pytest_playwright import CreateContextCallback

from tests.browser.conftest import Portal, listen, window
from tests.conftest import connected_to
from tests.programme.claims.claims import drafted
from tests.reporting.money.entries import book

# How far each figure, the first text of its cell, reaches over the right edge of what is seen of its table.
HIDDEN = """cells => cells.map(cell => {
    const wrap = cell.closest('.table-wrap').getBoundingClientRect();
    const text = document.createRange();
    text.selectNode(document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode());
    return text.getBoundingClientRect().right - wrap.right;
})"""


@pytest.fixture(scope="module", autouse=True)
def arranged(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A claim of more than a million, with cents."""
    with connected_to(portal.database, django_db_blocker):
        book("1234567.55")
        drafted()


@pytest.fixture
def context(new_context: CreateContextCallback, portal: Portal, complaints: list[str]) -> BrowserContext:
    return listen(new_context(base_url=portal.base_url, viewport=window(320)), complaints)


def test_every_figure_of_a_claim_is_whole_at_320_pixels(portal: Portal, page: Page) -> None:
    portal.sign_in(page, "finance")
    page.goto("/ako/finance/claims/MAK-2009-2/")
    figures = page.locator(".table--figures td.number")
    assert figures.count() >= 7
    assert figures.first.inner_text().startswith("1\u00a02")
    assert [over for over in figures.evaluate_all(HIDDEN) if over > 0] == []
