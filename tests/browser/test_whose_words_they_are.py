"""No text is lost, and none told in another's name: a closed lid, another who signs in, two who write.

A line is one test's.
"""

import re

from playwright.sync_api import expect

from programme.models import ReportingPeriod, Substitute, User
from tests.browser.kept_words import (
    BEFORE_THE_SERVER,
    KEPT,
    WORDS,
    draft_of,
    open_form,
    said_of,
    text,
)
from tests.browser.pages import follow_up_address
from tests.browser.readers import address_of_report
from workgroups import services
from workgroups.models import Action, FollowUpDraft


def test_a_lid_that_closes_saves_at_once(portal, page, in_portal):
    open_form(portal, page, "TP-2009-MR-08")
    text(page).fill("Ennen")
    expect(page.locator(KEPT)).to_be_visible()
    text(page).press("End")
    text(page).press_sequentially(" kuin kansi sulkeutui")
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
