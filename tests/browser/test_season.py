"""The season of three groups: the year turns, targets lock, plans are approved, one target is amended."""

import datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from tests.browser.conftest import Portal
from tests.conftest import connected_to
from tests.factories import make_meeting

GROUPS = {"mr": ("WG-MR", "VT-2009-MR-2"), "hp": ("WG-HP", "VT-2009-HP-2"), "eo": ("WG-EO", "VT-2009-EO-1")}
PLAN = "/ako/plan/2010/"
MEETINGS = {"mr": "KOK-MR-2009-03", "hp": "KOK-HP-2009-03", "eo": "KOK-EO-2009-03"}
AMENDED = "/ako/targets/VT-2010-HP-1/"
TODAY, FEDERATION = "KOK-SH-2009-90", "KOK-YK-2009-90"
BINDING = "VT-2010-EO-1"


@pytest.fixture(scope="module", autouse=True)
def arranged(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The bodies that decide meet on the sample's day: what is proposed then can be decided then."""
    with connected_to(portal.database, django_db_blocker):
        make_meeting(TODAY, held_on=datetime.date(2009, 9, 9))
        make_meeting(FEDERATION, body="BODY-YK", held_on=datetime.date(2009, 9, 9))


def turn(page: Page, code: str, outcome: str, reason: str) -> None:
    form = page.locator(f"li#{code} form")
    form.locator(f"[name={code}-outcome][value={outcome}]").check()
    form.locator(f"[name={code}-reason]").fill(reason)
    form.locator("button").click()


@pytest.mark.parametrize("who", GROUPS)
def test_what_goes_on_stands_half_filled_in_the_next_year(portal, page, who):
    group, target = GROUPS[who]
    portal.sign_in(page, f"coordinator-{who}")
    page.goto(f"/ako/workgroups/{group}/2009/")
    page.locator(f"a[href='/ako/workgroups/{group}/2009/turn/']").click()
    turn(page, target, "goes_on", "Jatkuu ensi vuonna.")
    expect(page.locator(f"li#{target} [data-outcome=goes_on] a")).to_have_text(f"VT-2010-{who.upper()}-1")
    page.goto(f"/ako/targets/{target}/")
    action = page.locator("section[aria-labelledby=actions] li").first.get_attribute("id")
    page.goto(f"/ako/workgroups/{group}/2009/turn/")
    turn(page, action, "moves", "Ei ehditty aloittaa.")
    expect(page.locator(f"li#{action} [data-outcome=moves] a")).to_have_text(f"TP-2010-{who.upper()}-01")
    page.goto(f"/ako/actions/TP-2010-{who.upper()}-01/")
    expect(page.locator("section[aria-labelledby=thread]")).to_contain_text(
        page.locator("section[aria-labelledby=thread] li").first.inner_text()
    )


@pytest.mark.parametrize("who", GROUPS)
def test_each_group_proposes_its_target(portal, page, who):
    code = f"VT-2010-{who.upper()}-1"
    portal.sign_in(page, f"coordinator-{who}")
    page.goto(f"/ako/targets/{code}/edit/")
    page.locator("[name=name_fi]").fill(f"Vuoden 2010 tavoite {who} on saavutettu.")
    page.locator(".actions--sticky button").click()
    page.locator(f"form[action='/ako/targets/{code}/propose/'] button").click()
    expect(page.locator(f"tr#{code}")).to_contain_text("Ehdotettu")


def decide(page: Page, meeting: str, number: str) -> None:
    page.goto(PLAN)
    page.locator("[name=meeting]").select_option(meeting)
    page.locator("[name=number]").fill(number)
    page.locator("[name=text]").fill("Hyväksyttiin vuoden 2010 tavoitteet.")
    page.locator(f"form[action='{PLAN}decide/'] button").click()


def test_the_board_decides_and_locks_all_but_what_is_binding(portal, page):
    portal.sign_in(page, "secretary")
    decide(page, TODAY, "999")
    for who in ("mr", "hp"):
        expect(page.locator(f"tr#VT-2010-{who.upper()}-1")).to_contain_text("Päätetty")
    expect(page.locator(f"tr#{BINDING}")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("1 sitova tavoite jää ehdotetuksi")


def test_the_federation_meeting_decides_what_is_binding(portal, page):
    portal.sign_in(page, "secretary")
    decide(page, FEDERATION, "997")
    expect(page.locator(f"tr#{BINDING}")).to_contain_text("Päätetty")
    portal.sign_in_anew(page, "coordinator-hp")
    assert page.goto(f"{AMENDED}edit/").status == 403


@pytest.mark.parametrize("who", GROUPS)
def test_each_group_submits_its_plan(portal, page, who):
    plan = f"/ako/workgroups/{GROUPS[who][0]}/2010/"
    portal.sign_in(page, f"coordinator-{who}")
    page.goto(plan)
    page.locator(f"form[action='{plan}submit/'] button").click()
    expect(page.locator(".locked")).to_contain_text("Toimitettu")


def test_one_is_returned_and_mended(portal, page):
    plan = "/ako/workgroups/WG-HP/2010/"
    portal.sign_in(page, "chair-hp")
    page.goto(plan)
    page.locator("[name=reason]").fill("Lisää osallistujat.")
    page.locator(f"form[action='{plan}return/'] button").click()
    portal.sign_in_anew(page, "coordinator-hp")
    page.goto("/ako/actions/TP-2010-HP-01/edit/")
    page.locator("[name=participants]").fill("kaikki kunnat")
    page.locator("main form button").first.click()
    page.locator(f"form[action='{plan}submit/'] button").click()
    expect(page.locator(".locked")).to_contain_text("Toimitettu")


@pytest.mark.parametrize("who", GROUPS)
def test_each_chair_approves_in_the_groups_meeting(portal, page, who):
    plan = f"/ako/workgroups/{GROUPS[who][0]}/2010/"
    portal.sign_in(page, f"chair-{who}")
    page.goto(plan)
    approve = page.locator(f"form[action='{plan}approve/']")
    approve.locator("[name=meeting]").select_option(MEETINGS[who])
    approve.locator("[name=number]").fill("99")
    approve.locator("button").click()
    expect(page.locator(".locked")).to_contain_text("Hyväksytty")


def test_an_amendment_changes_a_decided_target_and_nothing_else_does(portal, page):
    portal.sign_in(page, "coordinator-hp")
    page.goto(AMENDED)
    page.locator(f"a[href='{AMENDED}amend/']").click()
    page.locator("[name=target_value]").fill("42")
    page.locator("[name=amendment_reason]").fill("Kunnat sopivat uudesta luvusta.")
    page.locator(".actions--sticky button").click()
    expect(page.locator("[data-cell=target_value] ins")).to_have_text("42")
    address = page.url

    portal.sign_in_anew(page, "secretary")
    expect(page.locator("section[aria-labelledby=amendments]")).to_contain_text("MUU-2010-1")
    page.goto(address)
    page.locator("[name=outcome][value=accepted]").check()
    page.locator("[name=number]").fill("998")
    page.locator("[name=text]").fill("Hyväksyttiin.")
    page.locator("[name=meeting]").select_option(TODAY)
    page.locator(f"form[action='{page.url.removeprefix(portal.base_url)}decide/'] button").click()
    expect(page.locator("[data-state=accepted]")).to_be_visible()
    page.goto(AMENDED)
    expect(page.locator("section[aria-labelledby=amendments]")).to_contain_text("998")
    expect(page.locator("dl.facts").first).to_contain_text("42")


def test_the_public_sees_the_decided_targets(page):
    page.goto(AMENDED)
    expect(page.locator("h1")).to_have_text("Vuoden 2010 tavoite hp on saavutettu.")
    expect(page.locator("section[aria-labelledby=decisions]")).to_contain_text("999")
