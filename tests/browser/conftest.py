"""A real portal and a real browser: web server and worker of `bin/start` on a copy of the loaded database.

A test takes `page` (Finnish, 1366 pixels wide) or `look` (a page in each of four looks, one run each) and
opens addresses of the portal by path. Whatever a page logs as an error fails the test.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, ViewportSize, WebError, expect
from pytest_django import DjangoDbBlocker
from pytest_playwright import CreateContextCallback

from tests.conftest import PROCESS, connected_to, database_copy

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bin"))

from _processes import free_port
from _serve import Served

# Playwright runs an event loop in the tests' own thread, where Django's ORM would refuse to work.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# How long a page may take to show what it should: a fault shows as well after this, a slow machine as none.
expect.set_options(timeout=30_000)

LOOKS = [(width, scheme) for width in (1366, 390) for scheme in ("light", "dark")]


class Portal(NamedTuple):
    """A running portal."""

    base_url: str
    database: str

    def sign_in(self, page: Page, persona: str) -> None:
        """Sign in as one of the sample's people by the one click that the sign-in page offers."""
        page.goto(f"{self.base_url}/account/login/")
        page.locator(f'form:has([name="persona"][value="{persona}"]) button').click()
        page.wait_for_url(lambda address: "/account/login/" not in address)

    def sign_in_anew(self, page: Page, persona: str) -> None:
        """Let another person take the browser over: its first one signs out by leaving no cookie behind."""
        page.context.clear_cookies()
        self.sign_in(page, persona)


@contextlib.contextmanager
def portal_on(template: str, **settings: str) -> Iterator[Portal]:
    """Run a portal on a copy of a template database, with settings of its own."""
    with database_copy(template) as name, portal_of(name, **settings) as running:
        yield running


@contextlib.contextmanager
def portal_of(name: str, **settings: str) -> Iterator[Portal]:
    """Run a portal on a database that is there, beside others on it: on another day for example."""
    with contextlib.ExitStack() as stack:
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"}
        environment["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        logs = Path(os.environ["PORTAL_VAR"]) / "log" / PROCESS
        logs.mkdir(exist_ok=True)
        served = Served(stack, environment | settings, free_port(), logs)
        served.start()
        yield Portal(served.address, name)


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A portal of this test module's own, with its own database."""
    with portal_on(os.environ["PORTAL_TEST_LOADED"]) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that `bin/test` found, without the calls home that a closed network refuses."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    # Chromium's sandbox needs a user other than root.
    if os.getuid() == 0:
        arguments.append("--no-sandbox")
    return {
        **browser_type_launch_args,
        "executable_path": os.environ["PORTAL_TEST_BROWSER"],
        "args": arguments,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "fi-FI",
        "timezone_id": "Europe/Helsinki",
    }


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What pages complain of, refused content included; a test that ends with any has failed."""
    found: list[str] = []
    yield found
    assert found == []


def window(width: int) -> ViewportSize:
    return {"width": width, "height": 900}


def listen(context: BrowserContext, complaints: list[str]) -> BrowserContext:
    """Collect what the pages of the context complain of."""

    def hear(message: ConsoleMessage) -> None:
        # An answer of 403 or 404 is logged by the browser itself; tests ask for such answers on purpose.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(f"{message.text} at {message.location.get('url')}")

    def catch(error: WebError) -> None:
        complaints.append(str(error.error))

    context.on("console", hear)
    context.on("weberror", catch)
    return context


@pytest.fixture
def context(new_context: CreateContextCallback, portal: Portal, complaints: list[str]) -> BrowserContext:
    """A browser of one person's: paths are the portal's."""
    return listen(new_context(base_url=portal.base_url, viewport=window(1366)), complaints)


@pytest.fixture(params=LOOKS, ids=[f"{width}-{scheme}" for width, scheme in LOOKS])
def look(
    request: pytest.FixtureRequest, new_context: CreateContextCallback, portal: Portal, complaints: list[str]
) -> Page:
    """A page on a wide or narrow screen, light or dark."""
    width, scheme = request.param
    context = new_context(base_url=portal.base_url, viewport=window(width), color_scheme=scheme)
    return listen(context, complaints).new_page()


@pytest.fixture(scope="module")
def in_portal(
    portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Callable[[], AbstractContextManager[None]]:
    """Return how to look at the portal's own database."""
    return lambda: connected_to(portal.database, django_db_blocker)
