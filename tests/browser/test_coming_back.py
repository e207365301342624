"""Who comes back to a form finds the newest text in it, and whatever else is kept beside it."""

import re

from playwright.sync_api import expect

from tests.browser.kept_words import KEPT, cut_off_and_closed, draft_of, open_form, text
from tests.browser.pages import follow_up_address
from tests.factories import make_follow_up, the_action
from tests.personas import person

ELSEWHERE = "[data-draft-offer] [data-if=elsewhere]"
OTHER = "[data-draft-offer] [data-if=other]"


def test_going_back_goes_on_from_the_saved_draft(portal, page, in_portal):
    open_form(portal, page, "TP-2009-MR-05")
    text(page).press_sequentially("Eka lause.")
    expect(page.locator(KEPT)).to_be_visible()
    page.goto(f"{portal.base_url}/desk/")
    page.go_back()
    expect(text(page)).to_have_value("Eka lause.")
    text(page).press("Control+End")
    text(page).press_sequentially(" Toka lause.")
    expect(page.locator(KEPT)).to_be_visible()
    expect(page.locator(ELSEWHERE)).to_be_hidden()
    with in_portal():
        assert draft_of("TP-2009-MR-05") == "Eka lause. Toka lause."


def test_what_is_offered_is_not_typed_over(portal, page, context):
    open_form(portal, page, "TP-2009-MR-06")
    cut_off_and_closed(page, "Tällä laitteella")
    token = re.search(
        r'name="csrfmiddlewaretoken" value="([^"]+)"',
        context.request.get(follow_up_address("TP-2009-MR-06")).text(),
    )[1]
    context.request.post(
        f"{follow_up_address('TP-2009-MR-06')}draft/",
        form={"csrfmiddlewaretoken": token, "version": "0", "text": "Toisella laitteella"},
        headers={"HX-Request": "true"},
    )

    again = context.new_page()
    again.goto(follow_up_address("TP-2009-MR-06"))
    text(again).press("Control+End")
    text(again).press_sequentially(" jatkuu")
    expect(again.locator(KEPT)).to_be_visible()
    again.reload()
    expect(text(again)).to_have_value("Toisella laitteella jatkuu")
    again.locator(OTHER).locator("[data-take=browser]").click()
    expect(text(again)).to_have_value("Tällä laitteella")
    expect(again.locator(KEPT)).to_be_visible()
    again.reload()
    expect(text(again)).to_have_value("Tällä laitteella")
    expect(again.locator("[data-draft-offer]")).to_be_hidden()


def test_the_newer_of_two_texts_is_told(portal, page, context):
    open_form(portal, page, "TP-2009-MR-07")
    text(page).press_sequentially("Ensin")
    expect(page.locator(KEPT)).to_be_visible()
    page.evaluate(
        """() => {
            const { draftKey } = document.querySelector("[data-draft]").dataset;
            const kept = { typed: { text: "Uudempi" }, version: "0", drafted: "muu", at: Date.now() + 60000 };
            localStorage.setItem(draftKey, JSON.stringify(kept));
        }"""
    )
    again = context.new_page()
    again.goto(follow_up_address("TP-2009-MR-07"))
    expect(again.locator(OTHER)).to_contain_text("uudempi kuin tallennettu luonnos")


def test_a_refused_form_loaded_anew_holds_what_was_mended_since(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto("/ako/workgroups/WG-MR/report/2009-T2/")
    page.get_by_role("button", name="Toimita hyväksyttäväksi").click()
    done = page.locator("[name=done]")
    done.press_sequentially("Kirjoitettu virheen jälkeen")
    expect(page.locator(KEPT)).to_be_visible()
    page.reload()
    expect(done).to_have_value("Kirjoitettu virheen jälkeen")
    done.press("Control+End")
    done.press_sequentially(" ja vielä")
    expect(page.locator(KEPT)).to_be_visible()
    expect(page.locator(ELSEWHERE)).to_be_hidden()


def test_without_a_network_the_text_is_said_to_be_safe_and_is_not_sent_into_nothing(portal, page, context):
    open_form(portal, page, "TP-2009-MR-08")
    page.locator("[name=status][value=on_track]").check()
    expect(page.locator(KEPT)).to_be_visible()
    context.set_offline(True)
    text(page).press_sequentially("Verkko katkeaa")
    expect(page.locator("#failure")).to_contain_text("Tekstisi on tallessa tällä laitteella")
    page.keyboard.press("Control+Enter")
    expect(text(page)).to_have_value("Verkko katkeaa")
    banner, buttons = page.locator("#failure").bounding_box(), page.locator(".actions--sticky").bounding_box()
    assert banner["y"] + banner["height"] < buttons["y"]
    context.set_offline(False)
    expect(page.locator("#failure")).to_be_empty()


def test_who_signed_in_instead_is_told_of_even_where_the_form_is_not_theirs_to_see(portal, page, context):
    open_form(portal, page, "TP-2009-MR-03")
    context.clear_cookies(name="sessionid")
    text(page).press_sequentially("Kesken")
    ended = page.locator("[data-session-ended]")
    expect(ended).to_be_visible()
    elsewhere = context.new_page()
    portal.sign_in(elsewhere, "member-mr")
    elsewhere.close()
    ended.locator("[data-session-renew]").click()
    expect(ended.locator("[data-other-writer]")).to_be_visible()
    expect(page.locator("#failure")).to_be_empty()


def test_a_conflict_is_read_first(portal, page, in_portal):
    open_form(portal, page, "TP-2009-MR-04")
    with in_portal():
        make_follow_up(the_action("TP-2009-MR-04"), state="submitted", submitted_by=person("chair-mr"))
    page.locator("[name=status][value=on_track]").check()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note--error[data-focus]")).to_be_focused()
