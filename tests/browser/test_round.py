"""A whole interim round of three groups by keyboard alone: answered, returned, mended, accepted, closed.

Half-way one browser is killed in mid-sentence and one session ends; nobody of another group reads a word of
it before it is accepted. The steps build on each other and run in this order.
"""

import contextlib
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, BrowserType, Locator, Page, expect

from tests.browser.conftest import Portal, listen, window
from tests.browser.human import Human
from tests.browser.pages import follow_up_address
from tests.browser.profiles import is_on_disk, kill_browser
from tests.browser.readers import MARK, PERIOD, address_of_report, seen_by
from workgroups.models import FollowUp, GroupReport

GROUPS = {"mr": 11, "hp": 10, "eo": 11}
DESK = "/desk/"
MINUTES = 3
MOST_STROKES = 40  # beside the words: to choose, to move, to send

Answer = tuple[str, str, dict[str, str]]
UNCHANGED: Answer = ("0", "", {})


@pytest.fixture(scope="module", autouse=True)
def round_begins(in_portal: Callable[[], AbstractContextManager[None]]) -> None:
    """Let all three groups begin anew, with evidence of what is achieved: in the sample two have answered."""
    with in_portal():
        FollowUp.objects.filter(status="achieved").update(evidence="Kartta on kuntien verkkosivuilla.")
        FollowUp.objects.filter(period__code=PERIOD, group__code__in=["WG-HP", "WG-EO"]).delete()


@pytest.fixture
def human(page: Page) -> Human:
    return Human(page)


# --- The coordinators answer -----------------------------------------------------------------------------


def line_of(page: Page) -> str:
    return page.url.rstrip("/").split("/")[-3]


def answer(human: Human, answers: dict[str, Answer], otherwise: Answer) -> None:
    """Answer the line that is open, and go to the next one: nothing but its answer is asked of the hands."""
    page = human.page
    expect(page.locator("[data-follow-up] [name=status]").first).to_be_focused()
    human.read("h1")
    human.read("section[aria-labelledby=before] blockquote")
    human.think()
    key, text, demanded = answers.get(line_of(page), otherwise)
    if key == "0":
        human.press("0")
        human.think()
        human.send("Enter")
        return
    human.press(key)
    if text:
        assert human.tab_to("[name=text]") == 1
        human.think()
        human.type(text)
    for name, words in demanded.items():
        human.tab_to(f"[name={name}]")
        human.think()
        human.type(words)
    human.send("Control+Enter")


def begin_round(human: Human, persona: str) -> None:
    human.go_to("/account/login/")
    human.sign_in(persona)
    human.tab_to(f"a[href='/desk/round/{PERIOD}/']")
    human.send("Enter")


def answered(page: Page) -> Locator:
    return page.locator("section[aria-labelledby='done'] li")


MR: dict[str, Answer] = {
    "VT-2009-MR-3": ("1", "Määrätavoitteet ovat lausunnolla kunnissa syyskuun loppuun.", {}),
    "VT-2009-MR-1": ("1", f"{MARK['mr']} on linjattu. Luonnos valmistuu lokakuussa.", {}),
    "VT-2009-MR-2": (
        "2",
        "Sisällysluettelo on sovittu. Kustannusarviot puuttuvat.",
        {
            "reason": "Viisi kuntaa ei ole toimittanut arviotaan.",
            "corrective_action": "Arviot pyydetään kunnanjohtajilta lokakuuksi.",
        },
    ),
    "TP-2009-MR-03": ("4", "Valmis.", {"evidence": "Kartta on kuntien verkkosivuilla."}),
    "TP-2009-MR-04": ("1", "Kilpailutus alkoi elokuussa.", {}),
    "TP-2009-MR-07": ("1", "", {}),
}


def test_eleven_lines_take_less_than_three_minutes(human):
    begin_round(human, "coordinator-mr")
    before = human.strokes
    for _line in range(GROUPS["mr"]):
        answer(human, MR, UNCHANGED)
    expect(human.page).to_have_url(re.compile(f"{DESK}$"))
    expect(answered(human.page)).to_have_count(GROUPS["mr"])
    told = f"{human.strokes} strokes beside {human.characters} characters, {human.seconds:.0f} s for a person"
    print(f"\n11 lines: {told}")  # noqa: T201  for people to see
    assert human.seconds < MINUTES * 60, told
    assert human.strokes - before <= MOST_STROKES, told


# --- A browser killed in mid-sentence --------------------------------------------------------------------

BEGUN, ENDED = f"{MARK['hp']} on esitelty kunnanhallituksille ja", " sopimuspohja on valmis."
MOST_SECONDS_TO_DISK = 90  # a browser writes at once, or within a minute when it has just written


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def open_browser(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    portal: Portal,
    profile: Path,
    complaints: list[str],
) -> Iterator[Callable[[], BrowserContext]]:
    """Return how a person starts their browser: what it kept is there again."""
    options = browser_type_launch_args | browser_context_args | {"base_url": portal.base_url}
    with contextlib.ExitStack() as stack:

        def start() -> BrowserContext:
            context = browser_type.launch_persistent_context(profile, **options, viewport=window(1366))
            stack.callback(context.close)
            return listen(context, complaints)

        yield start


def test_a_browser_is_killed_in_mid_sentence(portal, profile, open_browser, new_context):
    first = open_browser()
    human = Human(first.pages[0])
    begin_round(human, "coordinator-hp")
    address = human.page.url
    # The server hears nothing: what comes back is what the browser itself has kept.
    first.set_offline(True)
    human.press("1")
    human.tab_to("[name=text]")
    human.type(BEGUN)
    for _second in range(MOST_SECONDS_TO_DISK):
        human.page.wait_for_timeout(1000)
        if is_on_disk(profile, BEGUN):
            break
    kill_browser(profile)

    again = open_browser()
    again.clear_cookies()
    human = Human(again.pages[0])
    begin_round(human, "coordinator-hp")
    expect(human.page).to_have_url(address)
    expect(human.page.locator("[name=text]")).to_have_value(BEGUN)
    expect(human.page.locator("[name=status][value=on_track]")).to_be_checked()
    human.tab_to("[name=text]")
    human.press("Control+End")
    human.type(ENDED)
    human.send("Control+Enter")
    for _line in range(GROUPS["hp"] - 1):
        answer(human, {}, ("1", f"{MARK['hp']} etenee.", {}))
    expect(answered(human.page)).to_have_count(GROUPS["hp"])


def test_a_session_ends_in_mid_sentence(portal, human, new_context, in_portal):
    page = human.page
    begin_round(human, "coordinator-eo")
    address = page.url
    human.press("1")
    expect(page.locator("[data-draft-state]")).to_have_text(re.compile("Luonnos tallennettu"))
    human.tab_to("[name=text]")
    human.type(f"{MARK['eo']} on")
    with page.expect_response("**/draft/"):
        human.press("Control+s")
    assert seen_by(portal, new_context, "coordinator-eo", "eo") != []
    for persona in ("chair-eo", "member-mr", "office"):
        assert seen_by(portal, new_context, persona, "eo") == []
    with in_portal():
        Session.objects.all().delete()
    human.type(" aloitettu,")
    dialog = page.locator("[data-session-ended]")
    expect(dialog.locator("a")).to_be_focused()
    with page.context.expect_page() as opened:
        human.press("Enter")
    elsewhere = Human(opened.value)
    elsewhere.sign_in("coordinator-eo")
    elsewhere.page.close()
    human.tab_to("[data-session-renew]")
    human.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page).to_have_url(address)
    expect(page.locator("[name=text]")).to_be_focused()
    human.type(" neuvoja on annettu.")
    human.send("Control+Enter")
    with in_portal():
        said = FollowUp.objects.get(period__code=PERIOD, group__code="WG-EO")
        assert said.text == f"{MARK['eo']} on aloitettu, neuvoja on annettu."
    for _line in range(GROUPS["eo"] - 1):
        answer(human, {}, UNCHANGED)
    expect(answered(page)).to_have_count(GROUPS["eo"])


# --- The groups' reports, and who reads what -------------------------------------------------------------


@pytest.mark.parametrize("who", GROUPS)
def test_each_coordinator_submits_the_groups_report(human, who):
    human.go_to("/account/login/")
    human.sign_in(f"coordinator-{who}")
    human.tab_to(f"a.button[href='{address_of_report(who)}']")
    human.send("Enter")
    human.tab_to("[name=done]")
    human.type(f"{MARK[who]} eteni.")
    human.press("Tab")
    human.type("Kustannusarvioita odotetaan.")
    human.press("Tab")
    human.type("Seutuhallitukselta päätös aikataulusta.")
    human.press("Tab")
    human.send("Enter")
    expect(human.page.locator("section[aria-labelledby=told]")).to_contain_text(MARK[who])


@pytest.mark.parametrize("persona", ["chair", "office"])
@pytest.mark.parametrize("who", GROUPS)
def test_the_chair_and_the_office_read_it(portal, new_context, who, persona):
    reader = persona if persona == "office" else f"chair-{who}"
    assert {address_of_report(who)} < set(seen_by(portal, new_context, reader, who))


OTHERS = {"mr": ["coordinator-hp", "chair-eo"], "hp": ["member-mr"], "eo": ["member-mr", "elected", "public"]}


@pytest.mark.parametrize(("who", "persona"), [(who, other) for who in OTHERS for other in OTHERS[who]])
def test_nobody_of_another_group_reads_a_word_of_it(portal, new_context, who, persona):
    assert seen_by(portal, new_context, persona, who) == []


# --- The chairs judge --------------------------------------------------------------------------------------

RETURNED = {"mr": "VT-2009-MR-1", "hp": "TP-2009-HP-04", "eo": "VT-2009-EO-2"}
COMPLAINT = "Kerro, mitkä kunnat ovat mukana."


def begin_judging(human: Human, who: str) -> None:
    human.go_to("/account/login/")
    human.sign_in(f"chair-{who}")
    human.tab_to("a.button[href='/approvals/']")
    human.send("Enter")


@pytest.mark.parametrize("who", GROUPS)
def test_each_chair_judges_line_by_line(human, who):
    page = human.page
    begin_judging(human, who)
    expect(page.locator("[data-judged]")).to_have_count(GROUPS[who])
    for _line in range(GROUPS[who]):
        human.press("j")
        line = page.locator("[data-judged]").first
        expect(line.locator("h3 a")).to_be_focused()
        if line.get_attribute("id") == RETURNED[who]:
            human.press("r")
            human.type(COMPLAINT)
            human.press("Tab")
            human.send("Enter")
        else:
            human.send("a")
    expect(page.locator("[data-judged]")).to_have_count(0)


@pytest.mark.parametrize("who", GROUPS)
def test_each_coordinator_mends_what_came_back(human, who):
    page = human.page
    human.go_to("/account/login/")
    human.sign_in(f"coordinator-{who}")
    expect(page.locator("section[aria-labelledby=returned]")).to_contain_text(COMPLAINT)
    human.tab_to(f"a.button[href='{follow_up_address(RETURNED[who])}']")
    human.send("Enter")
    expect(page.locator("[name=status]:checked")).to_be_focused()
    human.tab_to("[name=text]")
    human.press("Control+End")
    human.type(f" Kaikki kunnat, {MARK[who]} mukana.")
    human.send("Control+Enter")
    expect(page.locator("section[aria-labelledby=returned]")).to_have_count(0)


@pytest.mark.parametrize("who", GROUPS)
def test_each_chair_accepts_the_rest_and_closes_the_round(human, in_portal, who):
    page = human.page
    begin_judging(human, who)
    human.press("j")
    human.send("a")
    human.tab_to(f"a[href='{address_of_report(who)}']")
    human.send("Enter")
    human.tab_to("form[action$='/accept/'] button")
    human.send("Enter")
    expect(page.locator("section[aria-labelledby=told]")).to_contain_text("Hyväksytty")
    group = f"WG-{who.upper()}"
    with in_portal():
        said = FollowUp.objects.filter(period__code=PERIOD, group__code=group)
        assert set(said.values_list("state", flat=True)) == {"approved"}
        assert said.count() == GROUPS[who]
        report = GroupReport.objects.get(period__code=PERIOD, group__code=group)
        assert (report.submitted_by.persona, report.accepted_by.persona) == (
            f"coordinator-{who}",
            f"chair-{who}",
        )


@pytest.mark.parametrize("who", GROUPS)
def test_what_is_closed_takes_no_more_words(portal, page, who):
    portal.sign_in(page, f"coordinator-{who}")
    assert page.goto(follow_up_address(RETURNED[who])).status == 403
    page.goto(DESK)
    expect(page.locator(f"a[href='/desk/round/{PERIOD}/']")).to_have_count(0)


@pytest.mark.parametrize(("who", "persona"), [(who, other) for who in OTHERS for other in OTHERS[who][:1]])
def test_what_is_accepted_is_read_by_the_other_groups(portal, new_context, who, persona):
    seen = seen_by(portal, new_context, persona, who)
    line = follow_up_address(RETURNED[who]).removesuffix(f"follow-up/{PERIOD}/")
    assert {line, address_of_report(who)} <= set(seen)
    assert seen_by(portal, new_context, "public", who) == []
