"""What a first visit costs a reader: bytes as they travel, and requests."""

import pytest
from playwright.sync_api import Page

MOST_BYTES, MOST_REQUESTS = 70 * 1024, 10
SHARES = {"Document": 15 * 1024, "Stylesheet": 8 * 1024, "Script": 20 * 1024, "Font": 28 * 1024}


def weigh(page: Page, path: str) -> list[tuple[str, str, int]]:
    """Return what a first visit fetches: kind, address, bytes as they travelled."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: dict[str, tuple[str, str]] = {}
    fetched: list[tuple[str, str, int]] = []

    def respond(event: dict) -> None:
        asked[event["requestId"]] = (event["type"], event["response"]["url"])

    def finish(event: dict) -> None:
        kind, address = asked[event["requestId"]]
        fetched.append((kind, address, int(event["encodedDataLength"])))

    session.on("Network.responseReceived", respond)
    session.on("Network.loadingFinished", finish)
    page.goto(path, wait_until="networkidle")
    return fetched


@pytest.mark.parametrize("path", ["/", "/ako/", "/ako/dashboard/", "/ako/finance/2009/", "/account/login/"])
def test_a_first_visit_is_light(page, path):
    fetched = weigh(page, path)
    total = sum(size for _kind, _address, size in fetched)
    shares = {kind: sum(size for of, _address, size in fetched if of == kind) for kind in SHARES}
    print(f"\n{path}: {len(fetched)} requests, {total} bytes, {shares}")  # noqa: T201  for people to see
    assert len(fetched) <= MOST_REQUESTS
    assert total <= MOST_BYTES, fetched
