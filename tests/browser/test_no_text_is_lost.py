"""No text is ever lost: a browser that dies, a session that ends, a network that goes away, two presses.

The text of each line comes back where it was written; a line is one test's.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Error, Locator, Page, expect
from pytest_django import DjangoDbBlocker

from priorities.models import IndicatorValue
from programme.models import ReportingPeriod, Substitute, User
from tests.browser.conftest import Portal
from tests.browser.pages import follow_up_address
from tests.browser.readers import address_of_report
from tests.conftest import connected_to
from workgroups import services
from workgroups.models import Action, FollowUp, FollowUpDraft

WORDS = "Kustannusarviot puuttuvat viidestä"
KEPT = "[data-draft-state] [data-saved-at]"
BEFORE_THE_SERVER = 700  # milliseconds: the browser has kept the text, the server has not been told


@pytest.fixture
def in_portal(
    portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Callable[[], AbstractContextManager[None]]:
    """Return how to look at the portal's own database."""
    return lambda: connected_to(portal.database, django_db_blocker)


def draft_of(code: str) -> str | None:
    return FollowUpDraft.objects.filter(action__code=code).values_list("typed__text", flat=True).first()


def said_of(code: str) -> str:
    return FollowUp.objects.get(action__code=code, period__code="2009-T2").text


def open_form(portal: Portal, page: Page, code: str) -> None:
    if not page.url.startswith(portal.base_url):
        portal.sign_in(page, "coordinator-mr")
    page.goto(f"{portal.base_url}{follow_up_address(code)}")


def text(page: Page) -> Locator:
    return page.locator("[name=text]")


def cut_off_and_closed(page: Page, words: str, field: str = "text") -> None:
    """Type where nothing reaches the server, then close the page.

    An offline context is not enough: what a closing page sends is kept alive, and by then it is online again.
    """
    page.evaluate("() => { globalThis.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.locator(f"[name={field}]").press_sequentially(words)
    page.wait_for_timeout(BEFORE_THE_SERVER)
    page.close()


def kept_in_the_browser(page: Page) -> object:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length")


def test_a_browser_killed_in_mid_sentence(portal, launch_browser):
    first = launch_browser()
    page = first.new_page()
    open_form(portal, page, "VT-2009-MR-1")
    text(page).press_sequentially(WORDS)
    expect(page.locator(KEPT)).to_have_text(re.compile("Luonnos tallennettu klo"))
    with pytest.raises(Error):
        first.new_browser_cdp_session().send("Browser.crash")

    second = launch_browser()
    page = second.new_page()
    open_form(portal, page, "VT-2009-MR-1")
    expect(text(page)).to_have_value(WORDS)
    second.close()


def test_a_page_closed_before_the_server_heard(portal, page, context):
    open_form(portal, page, "VT-2009-MR-2")
    cut_off_and_closed(page, WORDS)

    again = context.new_page()
    again.goto(follow_up_address("VT-2009-MR-2"))
    expect(text(again)).to_have_value(WORDS)
    expect(again.locator("[data-draft-offer] [data-if=newer]")).to_be_visible()
    expect(again.locator(KEPT)).to_be_visible()
    assert kept_in_the_browser(again) == 0

    again.locator("[data-if=newer] [data-take=server]").click()
    expect(text(again)).to_have_value("")
    expect(text(again)).to_be_focused()


def test_another_device_wrote_meanwhile_and_both_texts_are_offered(portal, page, context):
    open_form(portal, page, "VT-2009-MR-3")
    cut_off_and_closed(page, "Tällä laitteella")
    token = context.request.get(follow_up_address("VT-2009-MR-3")).text()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', token)[1]
    context.request.post(
        f"{follow_up_address('VT-2009-MR-3')}draft/",
        form={"csrfmiddlewaretoken": token, "version": "0", "text": "Toisella laitteella"},
        headers={"HX-Request": "true"},
    )

    again = context.new_page()
    again.goto(follow_up_address("VT-2009-MR-3"))
    expect(text(again)).to_have_value("Toisella laitteella")
    expect(again.locator("[data-draft-offer] [data-if=other]")).to_be_visible()
    again.locator("[data-if=other] [data-take=browser]").click()
    expect(text(again)).to_have_value("Tällä laitteella")
    expect(again.locator(KEPT)).to_be_visible()


def test_an_older_page_takes_nothing_from_what_was_typed_since(portal, page, context, new_context, in_portal):
    open_form(portal, page, "TP-2009-MR-08")
    elsewhere = new_context(storage_state=context.storage_state()).new_page()
    elsewhere.goto(f"{portal.base_url}{follow_up_address('TP-2009-MR-08')}")
    text(elsewhere).press_sequentially("Toisella laitteella")
    expect(elsewhere.locator(KEPT)).to_be_visible()

    text(page).press_sequentially("Vanhalla sivulla")
    offer = page.locator("[data-draft-offer] [data-if=elsewhere]")
    expect(offer).to_be_visible()
    with in_portal():
        assert draft_of("TP-2009-MR-08") == "Toisella laitteella"
    offer.locator("[data-take=server]").click()
    expect(text(page)).to_have_value("Toisella laitteella")

    text(elsewhere).press_sequentially(" ja vielä lisää")
    expect(elsewhere.locator(KEPT)).to_be_visible()
    elsewhere.wait_for_timeout(2500)
    text(page).fill("Tämä jää")
    expect(offer).to_be_visible()
    offer.locator("[data-take=browser]").click()
    expect(page.locator(KEPT)).to_be_visible()
    expect(text(page)).to_have_value("Tämä jää")
    with in_portal():
        assert draft_of("TP-2009-MR-08") == "Tämä jää"


def test_a_network_that_went_away_and_came_back(portal, page, context, in_portal):
    open_form(portal, page, "TP-2009-MR-01")
    context.set_offline(True)
    text(page).press_sequentially(WORDS)
    expect(page.locator("#failure")).to_have_text(re.compile("Yhteys katkesi"))
    context.set_offline(False)
    expect(page.locator(KEPT)).to_be_visible()
    expect(page.locator("#failure")).to_be_empty()
    with in_portal():
        assert draft_of("TP-2009-MR-01") == WORDS


def test_a_session_that_ended_goes_on_after_signing_in_elsewhere(portal, page, context, in_portal):
    open_form(portal, page, "TP-2009-MR-02")
    context.clear_cookies(name="sessionid")
    text(page).press_sequentially(WORDS)
    dialog = page.locator("[data-session-ended]")
    expect(dialog).to_be_visible()
    expect(text(page)).to_have_value(WORDS)

    elsewhere = context.new_page()
    portal.sign_in(elsewhere, "coordinator-mr")
    elsewhere.close()
    dialog.locator("[data-session-renew]").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(KEPT)).to_be_visible()
    page.locator("[name=status][value=on_track]").check()
    page.locator("[data-follow-up] button").first.click()
    expect(page).not_to_have_url(re.compile("MR-02"))
    with in_portal():
        assert said_of("TP-2009-MR-02") == WORDS


def test_a_form_sent_after_the_session_ended_comes_back_with_its_words(portal, page, context):
    open_form(portal, page, "TP-2009-MR-03")
    page.locator("[name=status][value=on_track]").check()
    expect(page.locator(KEPT)).to_be_visible()
    text(page).fill(WORDS)
    context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dd")).to_have_text(["on_track", WORDS])

    portal.sign_in(page, "coordinator-mr")
    page.goto(follow_up_address("TP-2009-MR-03"))
    expect(text(page)).to_have_value(WORDS)


def test_two_presses_store_one_follow_up(portal, page, in_portal):
    open_form(portal, page, "TP-2009-MR-04")
    page.locator("[name=status][value=on_track]").check()
    text(page).fill(WORDS)
    page.locator("[data-follow-up] button").first.dblclick()
    expect(page).not_to_have_url(re.compile("MR-04"))
    assert kept_in_the_browser(page) == 0
    with in_portal():
        assert said_of("TP-2009-MR-04") == WORDS
        assert draft_of("TP-2009-MR-04") is None


def test_a_draft_on_its_way_does_not_come_after_what_is_submitted(portal, page, in_portal):
    open_form(portal, page, "TP-2009-MR-05")
    page.route("**/draft/", lambda route: (page.wait_for_timeout(800), route.continue_()))
    page.locator("[name=status][value=on_track]").check()
    text(page).fill(WORDS)
    page.keyboard.press("Control+s")
    page.keyboard.press("Control+Enter")
    expect(page).not_to_have_url(re.compile("MR-05"))
    with in_portal():
        assert said_of("TP-2009-MR-05") == WORDS
        assert draft_of("TP-2009-MR-05") is None


def test_a_round_that_closed_meanwhile_shows_the_words_and_keeps_them(portal, page, in_portal):
    open_form(portal, page, "TP-2009-MR-06")
    page.locator("[name=status][value=on_track]").check()
    text(page).fill(WORDS)
    with in_portal():
        ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-09-08T16:00:00+03:00")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dd").last).to_have_text(WORDS)
    with in_portal():
        ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-09-11T16:00:00+03:00")
    page.goto(follow_up_address("TP-2009-MR-06"))
    expect(text(page)).to_have_value(WORDS)


def test_the_session_is_extended_with_one_key_before_it_ends(portal, page):
    page.clock.install()
    open_form(portal, page, "TP-2009-MR-07")
    page.clock.fast_forward("11:57:00")
    dialog = page.locator("[data-session-ending]")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("01:30")
    expect(dialog).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("05:00")
    expect(page.locator("[data-session-ended]")).to_be_hidden()


def test_signing_out_saves_first(portal, page, in_portal):
    open_form(portal, page, "TP-2009-MR-07")
    text(page).fill(WORDS)
    page.locator("details.menu summary").click()
    page.locator("[data-sign-out] button").click()
    expect(page).not_to_have_url(re.compile("MR-07"))
    with in_portal():
        assert draft_of("TP-2009-MR-07") == WORDS


def test_signing_out_with_nothing_to_save(portal, page):
    open_form(portal, page, "TP-2009-MR-07")
    page.locator("details.menu summary").click()
    page.locator("[data-sign-out] button").click()
    expect(page).not_to_have_url(re.compile("MR-07"))


def test_signing_out_leaves_nothing_in_the_browser(portal, page):
    open_form(portal, page, "TP-2009-MR-08")
    page.route("**/draft/", lambda route: route.abort())
    text(page).press_sequentially(WORDS)
    page.wait_for_timeout(BEFORE_THE_SERVER)
    assert kept_in_the_browser(page) == 1
    page.locator("details.menu summary").click()
    page.locator("[data-sign-out] button").click()
    expect(page).not_to_have_url(re.compile("MR-08"))
    assert kept_in_the_browser(page) == 0


def test_a_value_of_an_indicator_is_kept_as_a_line_is(portal, page, context, in_portal):
    address = f"{portal.base_url}/ako/indicators/IND-MR-3/values/2009-T2/"
    portal.sign_in(page, "coordinator-mr")
    page.goto(address)
    page.locator("[name=value]").fill("83,5")
    expect(page.locator(KEPT)).to_have_text(re.compile("Luonnos tallennettu klo"))
    cut_off_and_closed(page, WORDS, field="note")

    again = context.new_page()
    again.goto(address)
    expect(again.locator("[name=value]")).to_have_value("83,5")
    expect(again.locator("[name=note]")).to_have_value(WORDS)
    expect(again.locator(KEPT)).to_be_visible()
    again.get_by_role("button", name="Toimita hyväksyttäväksi").click()
    again.wait_for_url("**/ako/indicators/IND-MR-3/**")
    assert kept_in_the_browser(again) == 0
    with in_portal():
        entered = IndicatorValue.objects.get(indicator__code="IND-MR-3", period__code="2009-T2")
        assert (str(entered.value), entered.note) == ("83.50", WORDS)
        assert not FollowUpDraft.objects.filter(indicator__code="IND-MR-3").exists()


def test_a_lid_that_closes_saves_at_once(portal, page, in_portal):
    open_form(portal, page, "TP-2009-MR-08")
    text(page).fill("")
    expect(page.locator(KEPT)).to_be_visible()
    text(page).press_sequentially("Ennen kuin kansi sulkeutui")
    with page.expect_response("**/draft/", timeout=1000):
        page.evaluate("""() => {
            Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""")
    with in_portal():
        assert draft_of("TP-2009-MR-08") == "Ennen kuin kansi sulkeutui"


def test_a_new_sign_in_on_another_page_does_not_stop_the_saving(portal, page, context, in_portal):
    open_form(portal, page, "TP-2009-MR-08")
    elsewhere = context.new_page()
    portal.sign_in_anew(elsewhere, "coordinator-mr")
    elsewhere.close()
    text(page).fill("Kirjautumisen jälkeen")
    expect(page.locator(KEPT)).to_be_visible()
    with in_portal():
        assert draft_of("TP-2009-MR-08") == "Kirjautumisen jälkeen"


def test_a_session_whose_cookies_are_all_gone_is_told_as_one_that_ended(portal, page, context):
    open_form(portal, page, "TP-2009-MR-08")
    context.clear_cookies()
    text(page).fill("Evästeet poistettiin")
    expect(page.locator("[data-session-ended]")).to_be_visible()


def test_words_are_not_sent_in_the_name_of_who_signs_in_next(portal, page, context, in_portal):
    with in_portal():
        absent, substitute = (User.objects.get(persona=who) for who in ("coordinator-mr", "member-mr"))
        Substitute.objects.create(
            absent=absent, substitute=substitute, starts_on="2009-09-01", until="2009-09-30"
        )
    open_form(portal, page, "TP-2009-MR-08")
    context.clear_cookies(name="sessionid")
    text(page).fill("Koordinaattorin sanat")
    dialog = page.locator("[data-session-ended]")
    expect(dialog).to_be_visible()
    elsewhere = context.new_page()
    portal.sign_in(elsewhere, "member-mr")  # whom the coordinator has named as substitute
    assert elsewhere.goto(follow_up_address("TP-2009-MR-08")).status == 200
    expect(text(elsewhere)).to_have_value("")
    dialog.locator("[data-session-renew]").click()
    expect(dialog.locator("[data-other-writer]")).to_be_visible()
    with in_portal():
        assert not FollowUpDraft.objects.filter(user=substitute).exists()

    portal.sign_in_anew(elsewhere, "coordinator-mr")
    elsewhere.close()
    dialog.locator("[data-session-renew]").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(KEPT)).to_be_visible()
    with in_portal():
        assert draft_of("TP-2009-MR-08") == "Koordinaattorin sanat"


def test_another_submitted_meanwhile_and_both_texts_are_shown(portal, page, in_portal):
    open_form(portal, page, "TP-2009-MR-07")
    page.locator("[name=status][value=on_track]").check()
    text(page).fill(WORDS)
    with in_portal():
        services.submit_follow_up(
            Action.objects.get(code="TP-2009-MR-07"),
            ReportingPeriod.objects.get(code="2009-T2"),
            actor=User.objects.get(persona="member-mr"),
            version=0,
            values={"status": "delayed", "text": "Toisen", "reason": "sanat", "corrective_action": "ensin"},
        )
    page.keyboard.press("Control+Enter")
    expect(page.locator("[role=alert] table")).to_contain_text("Toisen")
    expect(text(page)).to_have_value(WORDS)
    page.locator("[data-follow-up] button").first.click()
    expect(page).not_to_have_url(re.compile("MR-07"))
    with in_portal():
        assert said_of("TP-2009-MR-07") == WORDS


def test_a_groups_report_comes_back_as_a_line_does(portal, page, context):
    portal.sign_in(page, "coordinator-mr")
    page.goto(address_of_report("mr"))
    page.evaluate("() => { globalThis.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.locator("[name=done]").press_sequentially(WORDS)
    page.wait_for_timeout(BEFORE_THE_SERVER)
    page.close()
    again = context.new_page()
    again.goto(address_of_report("mr"))
    expect(again.locator("[name=done]")).to_have_value(WORDS)
    expect(again.locator(KEPT)).to_be_visible()


def test_a_file_and_its_secrecy_are_never_kept_in_the_browser(portal, page):
    open_form(portal, page, "TP-2009-MR-01")
    page.route("**/draft/", lambda route: route.abort())
    page.locator("[name=status][value=achieved]").check()
    page.locator("details:has([name=secrecy_ground]) summary").click()
    page.locator("[name=secrecy_ground]").fill("JulkL 24 § 1 mom. 20 k")
    text(page).fill("Näkyy muistissa")
    page.wait_for_timeout(BEFORE_THE_SERVER)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Näkyy muistissa" in kept
    assert "JulkL" not in kept


def test_what_nobody_came_back_for_goes_after_half_a_year(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.evaluate("""() => {
        const day = 24 * 60 * 60 * 1000;
        for (const days of [180, 190]) {
            const kept = { typed: { text: "vanha" }, version: "0", drafted: "", at: Date.now() - days * day };
            localStorage.setItem(`draft:2:TP-${days}:2009-T2`, JSON.stringify(kept));
        }
    }""")
    page.goto("/desk/")
    assert page.evaluate("Object.keys(localStorage)") == ["draft:2:TP-180:2009-T2"]
