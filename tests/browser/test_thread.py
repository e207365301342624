"""The golden thread as its readers meet it: the programme's own words, whole, in their order."""

from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

PROGRAMME = Path(__file__).resolve().parents[2] / "programme" / "data" / "programme.yaml"


def read_programme() -> dict[str, Any]:
    return yaml.safe_load(PROGRAMME.read_text())


def texts_of(part: dict[str, Any]) -> list[str]:
    """Return what a priority says, in the order in which the page says it."""
    subs = [sub for measure in part["measures"] for sub in measure.get("sub", [])]
    rows = [part["title"], part["vision"], *part["goals"], *part["measures"], *subs]
    return [row["fi"] for row in rows]


def visible_text(page: Page) -> str:
    """Return what stands on the page unopened, as one line without invisible breaks."""
    return " ".join(page.locator("main").inner_text().replace("\u00ad", "").split())


def euros(text: str) -> int:
    """Return the sum that a line tells; one without costs has no digits."""
    return int("".join(sign for sign in text if sign.isdigit()) or 0)


def test_the_public_reads_the_whole_programme_in_its_order(page):
    programme = read_programme()
    page.goto("/ako/")
    role, networks = programme["role"], programme["networks"]
    expected = [
        programme["programme"]["core_message"]["fi"],
        role["heading"]["fi"],
        role["lead"]["fi"],
        *(statement["fi"] for statement in role["statements"]),
        *(text for priority in programme["priorities"] for text in texts_of(priority)),
        networks["lead"]["fi"],
        networks["intro"]["fi"],
        *(
            text
            for group in networks["groups"]
            for text in [group["fi"], *(row["fi"] for row in group["items"])]
        ),
        *(principle["fi"] for principle in programme["followup"]["principles"]),
    ]
    assert len(expected) > 40
    page_text, place, missing = visible_text(page), 0, []
    for text in expected:
        found = page_text.find(text, place)
        if found < 0:
            missing.append(text)
        else:
            place = found + len(text)
    assert missing == []


def test_the_page_opens_with_core_message_and_role(page):
    programme = read_programme()
    page.goto("/ako/")
    assert (
        page.locator("h1").inner_text().replace("\u00ad", "") == programme["programme"]["core_message"]["fi"]
    )
    headings = page.locator("main h2").all_inner_texts()
    assert headings[0] == programme["role"]["heading"]["fi"]


def test_headings_of_vision_goals_and_measures_are_the_programmes_own(page):
    headings = {kind: row["fi"] for kind, row in read_programme()["headings"].items()}
    page.goto("/ako/")
    assert page.locator("#P1 h4").all_inner_texts() == [
        headings["vision"],
        headings["goals"],
        headings["measures"],
    ]


def test_no_text_is_cut_by_style(page):
    page.goto("/ako/?open=all")
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((element) => {
            const style = getComputedStyle(element);
            return style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
        }).map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert cut == []


def test_targets_are_closed_until_opened(page):
    page.goto("/ako/")
    first = page.locator("#P1 details").first
    assert not first.locator("li").first.is_visible()
    first.locator("summary").click()
    assert first.locator("[data-status]").first.is_visible()
    assert first.locator("a").first.get_attribute("href").startswith("/ako/targets/VT-2009-")


def test_the_public_is_not_told_of_actions(page):
    page.goto("/ako/?open=all")
    assert page.locator("main a[href*='/targets/VT-2009-']").count() > 0
    assert page.locator("main a[href*='/actions/']").count() == 0


def test_officials_open_the_thread_down_to_actions_and_euros(portal, page):
    portal.sign_in(page, "auditor")
    page.goto("/ako/?open=all&period=2009-T2")
    targets = {row.get_attribute("id") for row in page.locator("main li[id^='VT-2009-']").all()}
    actions = {row.get_attribute("id") for row in page.locator("main li[id^='TP-2009-']").all()}
    assert (len(targets), len(actions)) == (12, 28)
    row = page.locator("li#VT-2009-MR-2")
    assert row.locator("[data-status]").first.get_attribute("data-status") == "not_updated"
    planned = [euros(text) for text in row.locator("li > .quiet").all_inner_texts()]
    assert euros(row.locator("> .quiet").inner_text()) == sum(planned) > 0


def test_every_part_of_the_thread_has_an_address_in_the_page(page):
    page.goto("/ako/")
    programme = read_programme()
    codes = [row["id"] for row in programme["priorities"]]
    for priority in programme["priorities"]:
        codes += [row["id"] for row in [priority["vision"], *priority["goals"], *priority["measures"]]]
    codes += [row["id"] for row in programme["followup"]["principles"]]
    assert [code for code in codes if page.locator(f"[id='{code}']").count() != 1] == []
