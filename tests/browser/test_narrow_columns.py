"""On a narrow screen words stay in their columns, and a code on its line."""

import pytest

from tests.browser.conftest import window

# Codes that stand on two lines.
BROKEN = r"""() => {
    const words = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const broken = [];
    while (words.nextNode()) {
        for (const { 0: code, index } of words.currentNode.data.matchAll(/\b(VT|TP)-\d{4}-[A-Z]+-\d+/g)) {
            const range = document.createRange();
            range.setStart(words.currentNode, index);
            range.setEnd(words.currentNode, index + code.length);
            if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(code);
        }
    }
    return broken;
}"""

# Statuses that reach over the edge of the cell that they stand in.
RUNNING_OUT = """() => [...document.querySelectorAll(".months .badge")].filter((badge) =>
    badge.getBoundingClientRect().right > badge.closest("th").getBoundingClientRect().right
).map((badge) => badge.textContent)"""


@pytest.mark.parametrize("width", [390, 320])
def test_a_status_stays_in_its_column_beside_the_months(portal, page, width):
    portal.sign_in(page, "coordinator-mr")
    page.set_viewport_size(window(width))
    page.goto("/ako/workgroups/WG-MR/2009/months/")
    assert page.locator(".months .badge").count() > 5
    assert page.evaluate(RUNNING_OUT) == []


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("path", ["/ako/actions/TP-2009-MR-06/history/", "/ako/workgroups/WG-MR/2009/turn/"])
def test_a_code_stands_on_one_line(portal, page, path, width):
    portal.sign_in(page, "coordinator-mr")
    page.set_viewport_size(window(width))
    page.goto(path)
    assert "-MR-" in page.locator("main").inner_text()
    assert page.evaluate(BROKEN) == []
