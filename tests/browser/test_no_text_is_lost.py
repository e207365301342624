"""No text is ever lost: a browser that dies, a session that ends, a network that goes away, two presses.

The text of each line comes back where it was written; a line is one test's.
"""

import re

import pytest
from playwright.sync_api import Error, expect

from priorities.models import IndicatorValue
from programme.models import ReportingPeriod
from tests.browser.kept_words import (
    BEFORE_THE_SERVER,
    KEPT,
    WORDS,
    cut_off_and_closed,
    draft_of,
    kept_in_the_browser,
    open_form,
    said_of,
    text,
)
from tests.browser.pages import follow_up_address
from workgroups.models import FollowUpDraft


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
    expect(page.locator("dd")).to_have_text(["Etenee suunnitellusti", WORDS])
    expect(page.locator("dt")).to_have_text(["Tila", "Tilanne"])

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
