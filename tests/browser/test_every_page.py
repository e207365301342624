"""Every page for everybody: accessible wide and narrow, light and dark, sound in three languages."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from tests.browser.arranging import arrange
from tests.browser.checks import assert_accessible, assert_no_overflow
from tests.browser.conftest import LOOKS, Portal, window
from tests.browser.pages import PAGES, UPDATED, WAITING, follow_up_address
from tests.conftest import connected_to

LANGUAGES = {"fi": "Tampereen kaupunkiseudun", "sv": "Tammerfors", "en": "Tampere City Region"}


@pytest.fixture(scope="module", autouse=True)
def arranged(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The states that the pages show."""
    with connected_to(portal.database, django_db_blocker):
        arrange()


@pytest.fixture
def signed_in(portal: Portal, look: Page) -> Callable[[str], Page]:
    """Give the look's page to somebody who signs in, or to the public."""

    def sign_in(persona: str) -> Page:
        if persona != "public":
            portal.sign_in(look, persona)
        return look

    return sign_in


def assert_readable_in_the_dark(page: Page) -> None:
    """Dark pages differ from light ones in their colours alone."""
    assert_accessible(page, rules=["color-contrast", "link-in-text-block"])


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands, for its look."""
    is_dark = page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    is_narrow = page.evaluate("() => innerWidth < 400")
    checks: list[Callable[[Page], None]] = [assert_readable_in_the_dark if is_dark else assert_accessible]
    if is_narrow and not is_dark:
        checks.append(assert_no_overflow)
    faults = []
    for check in checks:
        try:
            check(page)
        except AssertionError as fault:
            faults.append(f"{page.url}\n{fault}")
    return faults


@pytest.mark.parametrize("persona", PAGES)
def test_pages_are_accessible_and_fit(portal, page, persona):
    page.emulate_media(reduced_motion="reduce")
    if persona != "public":
        portal.sign_in(page, persona)
    faults = []
    for path, status in PAGES[persona].items():
        answer = page.goto(path)
        if answer.status != status:
            faults.append(f"{path} answers {answer.status}")
        # One page in four looks: only style sheets know of them.
        for width, scheme in LOOKS:
            page.set_viewport_size(window(width))
            page.emulate_media(color_scheme=scheme)
            faults += faults_of(page)
    assert "\n\n".join(faults) == ""


def send_as_it_is(page: Page, selector: str) -> int:
    """Send a form past the browser's own checks, as those without them do; return the answer."""
    with page.expect_navigation() as answer:
        page.locator(selector).evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
    return answer.value.status


def test_refused_forms_are_accessible_and_fit(signed_in):
    page, faults = signed_in("coordinator-mr"), []
    page.goto(follow_up_address("VT-2009-MR-2"))
    assert send_as_it_is(page, "[data-follow-up]") == 422
    faults += faults_of(page)

    page.goto(follow_up_address(UPDATED))
    page.locator("[name=text]").fill("Toinen kirjoitti samaan aikaan toista.")
    page.locator("[name=version]").evaluate("field => { field.value = 0; }")
    assert send_as_it_is(page, "[data-follow-up]") == 409
    assert page.locator("[name=text]").input_value() == "Toinen kirjoitti samaan aikaan toista."
    faults += faults_of(page)
    assert "\n\n".join(faults) == ""


def test_a_return_without_a_reason_is_accessible_and_fits(signed_in):
    page = signed_in("chair-mr")
    page.goto("/approvals/")
    assert send_as_it_is(page, f"form[action='{follow_up_address(WAITING)}return/']") == 422
    assert faults_of(page) == []


def test_a_wrong_password_is_told_accessibly(signed_in):
    page = signed_in("public")
    page.goto("/account/login/")
    page.locator("[name=login]").fill("ei.kukaan@example.test")
    page.locator("[name=password]").fill("arvaus")
    page.locator("form:has([name=password]) button").click()
    page.locator("[data-focus]").wait_for()
    assert faults_of(page) == []


def soundness(html: str, language: str) -> list[str]:
    """Return what every page has and this one has not."""
    body = re.sub(r"<(script|style|svg).*?</\1>", "", html, flags=re.DOTALL)
    ids = Counter(re.findall(r"""\sid="([^"]+)\"""", html))
    wanted = {
        "its language": f'<html lang="{language}">' in html,
        "one h1": len(re.findall(r"<h1[ >]", body)) == 1,
        "a title": bool(re.search(r"<title>\s*[^<–\s][^<]* – [^<]+</title>", html)),
        "ids once": max(ids.values()) == 1,
        "the band of the sample": 'class="sample"' in html,
        "the programme in its language": LANGUAGES[language] in html,
        "no inline style": not re.search(r"<[^>]+\sstyle=|<style", html),
        "no inline script": not re.search(r"<script(?![^>]*\ssrc=)|<[^>]+\son[a-z]+=", html),
    }
    repeated = [name for name, times in ids.items() if times > 1]
    return [f"{what} {repeated if what == 'ids once' else ''}" for what, holds in wanted.items() if not holds]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("persona", PAGES)
def test_pages_are_sound_in_every_language(portal, page, persona, language):
    if persona != "public":
        portal.sign_in(page, persona)
    page.context.add_cookies([{"name": "language", "value": language, "url": portal.base_url}])
    faults = {}
    for path in PAGES[persona]:
        found = soundness(page.request.get(path).text(), language)
        if found:
            faults[path] = found
    assert faults == {}


# Text in a picture is beyond axe: the colour under each word is that of the last shape drawn there.
CHART_CONTRASTS = """() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
    const luminance = (colour) => {
        const [red, green, blue] = channels(colour).map((channel) => {
            const share = channel / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ground = (element) => {
        const colour = getComputedStyle(element).backgroundColor;
        return colour.startsWith("rgb(") ? colour : ground(element.parentElement);
    };
    const covers = (shape, x, y) => {
        const box = shape.getBoundingClientRect();
        return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    };
    return [...document.querySelectorAll("svg.chart text")].flatMap((text) => {
        const box = text.getBoundingClientRect();
        if (box.width === 0) return [];
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const under = [...text.ownerSVGElement.querySelectorAll("rect:not(defs rect)")]
            .filter((shape) => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)
            .filter((shape) => covers(shape, x, y))
            .map((shape) => getComputedStyle(shape).fill)
            .filter((fill) => fill.startsWith("rgb("));
        const below = under.at(-1) ?? ground(text.ownerSVGElement.parentElement);
        const ink = getComputedStyle(text).fill;
        const [light, dark] = [luminance(ink), luminance(below)].sort((one, other) => other - one);
        return [{ text: text.textContent, ink, below, ratio: (light + 0.05) / (dark + 0.05) }];
    });
}"""


def test_words_in_charts_stand_out(signed_in):
    page = signed_in("auditor")
    for path in (
        "/ako/dashboard/?period=2009-T2",
        "/ako/dashboard/?period=2008-TP",
        "/ako/finance/2009/",
        "/ako/evaluations/ARV-2008/",
    ):
        page.goto(path)
        measured = page.evaluate(CHART_CONTRASTS)
        assert len(measured) > 5
        assert [word for word in measured if word["ratio"] < 4.5] == [], path
