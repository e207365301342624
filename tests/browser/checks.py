"""What every page must pass in a browser."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
OVERFLOW = """() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    return [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > edge + 0.5)
        .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
        .concat(`the page is ${document.documentElement.scrollWidth} px wide`);
}"""


def assert_accessible(page: Page, *, rules: list[str] | None = None) -> None:
    """Fail where axe finds anything on the page as it is now; `rules` are all of its own unless named."""
    # Evaluated by the browser's debugger, so that the page's own policy stays as strict as it is.
    page.evaluate(AXE)
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = page.evaluate("options => axe.run(document, options)", options)
    assert [describe(violation) for violation in found["violations"]] == [], page.url


def describe(violation: dict[str, Any]) -> str:
    """Return a violation with the elements that commit it."""
    nodes = [f"    {node['html'][:200]}\n      {node['failureSummary']}" for node in violation["nodes"]]
    return "\n".join([f"{violation['id']}: {violation['help']}", *nodes])


def assert_no_overflow(page: Page, width: int = 320) -> None:
    """Fail where the page scrolls sideways at the width; the window is as wide as before afterwards."""
    usual = page.viewport_size
    assert usual is not None
    page.set_viewport_size({"width": width, "height": usual["height"]})
    beyond = page.evaluate(OVERFLOW)
    page.set_viewport_size(usual)
    assert beyond == [], page.url
