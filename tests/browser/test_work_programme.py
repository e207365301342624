"""A work programme, from the first key to the board's noting: one story, each test its next step."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from tests.browser.conftest import Portal
from tests.browser.steps import tab_to
from tests.conftest import connected_to
from tests.factories import make_target

GROUP, PLAN = "/ako/workgroups/WG-MR/", "/ako/workgroups/WG-MR/2010/"
EDIT = f"{PLAN}edit/"
ROWS = 30
# Hundreds of cells are saved: a busy machine takes its time, and is not judged by it.
PATIENCE = 60_000
# The group's meeting of the day before, as the sample knows it on its day.
MEETING, BOARD = "KOK-MR-2009-03", "KOK-SH-2009-07"

# Where the open cell is, and what could cover it: the heads, the first column, the totals, the edge.
IN_SIGHT = """() => {
  const of = (what) => document.querySelector(what).getBoundingClientRect();
  const cell = document.activeElement.closest("[data-cell]");
  const box = cell.getBoundingClientRect();
  return {
    head: Math.max(0, of(".grid thead th").bottom), top: box.top + 1,
    bottom: box.bottom - 1, totals: of("[data-totals]").top,
    first: cell.dataset.cell === "text" ? 0 : of(".grid tbody th").right, left: box.left + 1,
    right: box.right - 1, edge: of(".table-wrap").right,
  };
}"""
# What is drawn outside its cell, or outside the window.
SPILT = """(all) => all.filter((one) => {
  const [box, cell] = [one.getBoundingClientRect(), one.closest("td, th").getBoundingClientRect()];
  return box.left < cell.left - 1 || box.right > cell.right + 1 || one.scrollWidth > one.clientWidth + 1
    || (innerWidth < 640 && box.right > innerWidth);
}).map((one) => one.textContent)"""


@pytest.fixture(scope="module", autouse=True)
def arranged(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A target of the year for the rows to carry out."""
    with connected_to(portal.database, django_db_blocker):
        make_target("VT-2010-MR-1", year=2010)


def cell(page: Page, row: int, name: str):
    return page.locator(f"tr#TP-2010-MR-{row:02} [data-cell={name}]")


def type_row(page: Page, number: int) -> None:
    """Type a row into the cells, beginning in its first, as a quick typist does; the last Tab saves it."""
    keys = page.keyboard
    keys.type(f"Toimi {number}")
    keys.press("Tab")
    keys.press("Space")  # the only target
    keys.press("Tab")
    keys.type("P1-M1")
    keys.press("Tab")
    keys.press("ArrowDown")  # the first post
    for typed in ("kunnat", "2", "11", "Selvitys", "4 luonnos valmis", f"{number} 000"):
        keys.press("Tab")
        keys.type(typed)
    for _passed_by in ("cost centre", "funding source", "networks"):
        keys.press("Tab")
    keys.press("Tab")


def test_a_coordinator_starts_next_years_plan_by_keyboard(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(GROUP)
    tab_to(page, f"form[action='{GROUP}draw-up/'] button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{EDIT}")
    expect(page.locator("[data-grid] tbody tr")).to_have_count(0)


def test_thirty_actions_are_typed_in_without_the_mouse(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    for number in range(1, ROWS + 1):
        page.keyboard.press("n")
        expect(cell(page, number, "text").locator("textarea")).to_be_focused(timeout=PATIENCE)
        type_row(page, number)
    expect(page.locator("[aria-busy=true], .cell--wrong")).to_have_count(0, timeout=PATIENCE)
    page.reload()
    expect(page.locator("[data-grid] tbody tr")).to_have_count(ROWS)
    assert cell(page, 7, "text").get_attribute("data-value") == "Toimi 7"
    shown = {
        name: cell(page, ROWS, name).get_attribute("data-value")
        for name in ("targets", "carries_out", "start_month", "end_month", "planned_euros", "milestones")
    }
    assert shown == {
        "targets": "VT-2010-MR-1",
        "carries_out": "P1-M1",
        "start_month": "2",
        "end_month": "11",
        "planned_euros": "30000.00",
        "milestones": "4 luonnos valmis",
    }
    assert cell(page, ROWS, "responsible").get_attribute("data-value") != ""
    expect(page.locator("[data-totals]")).to_contain_text("465\u00a0000\u00a0€")


def test_a_letter_alone_does_nothing_once_the_profile_says_so(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto("/account/")
    page.get_by_label("Yksittäinen kirjain tekee jotain").uncheck()
    page.locator("form[action='/account/keys/'] button").click()
    page.goto(EDIT)
    rows = page.locator("[data-grid] tbody tr")
    before = rows.count()
    page.keyboard.press("n")
    expect(page.locator(".keys")).to_contain_text("profiilissasi")
    expect(rows).to_have_count(before)
    page.goto("/account/")
    page.get_by_label("Yksittäinen kirjain tekee jotain").check()
    page.locator("form[action='/account/keys/'] button").click()
    expect(page.locator("body")).not_to_have_attribute("data-single-keys", "off")


def test_escape_restores_and_enter_goes_down(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    expect(cell(page, 1, "text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Aivan muuta")
    page.keyboard.press("Escape")
    expect(cell(page, 1, "text")).to_be_focused()
    expect(cell(page, 1, "text").locator(".cell__text")).to_have_text("Toimi 1")
    page.keyboard.press("F2")
    page.keyboard.press("End")
    page.keyboard.type(", tarkennettu")
    page.keyboard.press("Enter")
    expect(cell(page, 2, "text")).to_be_focused()
    expect(cell(page, 1, "text")).to_have_attribute("data-value", "Toimi 1, tarkennettu")


def test_a_wrong_cell_keeps_its_text_and_blocks_nothing_else(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    cell(page, 2, "start_month").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("huhti")
    page.keyboard.press("Tab")
    expect(cell(page, 2, "start_month").locator(".cell__error")).to_be_visible()
    page.keyboard.press("Control+A")
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    expect(cell(page, 2, "end_month")).to_have_attribute("data-value", "12")

    page.reload()
    expect(cell(page, 2, "start_month").locator(".cell__text")).to_have_text("huhti")
    cell(page, 2, "start_month").click()
    expect(cell(page, 2, "start_month").locator("input")).to_have_value("huhti")
    page.keyboard.press("Control+A")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    expect(cell(page, 2, "start_month")).to_have_attribute("data-value", "4")
    expect(page.locator(".cell--wrong")).to_have_count(0)


def test_two_at_the_same_row_lose_no_word(portal, page, new_context):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    other = new_context(base_url=portal.base_url).new_page()
    portal.sign_in(other, "office")
    other.goto(EDIT)

    for who, name, typed in (
        (other, "text", "Toimiston sanat"),
        (other, "output", "Raportti"),
        (page, "participants", "Nokia ja Pirkkala"),
    ):
        cell(who, 3, name).click()
        who.keyboard.press("Control+A")
        who.keyboard.type(typed)
        who.keyboard.press("Tab")
        expect(cell(who, 3, name)).to_have_attribute("data-value", typed)
    # What the office changed in other cells has merged into this page by itself.
    expect(cell(page, 3, "output")).to_have_attribute("data-value", "Raportti")

    cell(page, 4, "text").click()
    other.bring_to_front()
    cell(other, 4, "text").click()
    other.keyboard.press("Control+A")
    other.keyboard.type("Toimiston sanat")
    other.keyboard.press("Tab")
    expect(cell(other, 4, "text")).to_have_attribute("data-value", "Toimiston sanat")
    page.bring_to_front()
    page.keyboard.press("Control+A")
    page.keyboard.type("Koordinaattorin sanat")
    page.keyboard.press("Tab")
    conflict = cell(page, 4, "text").locator(".cell__error")
    expect(conflict).to_contain_text("Koordinaattorin sanat")
    expect(conflict).to_contain_text("Toimiston sanat")
    cell(page, 4, "milestones").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("5 valmis")
    page.keyboard.press("Enter")
    expect(cell(page, 4, "milestones")).to_have_attribute("data-value", "5 valmis")
    expect(conflict).to_contain_text("Koordinaattorin sanat")
    cell(page, 4, "text").click()
    expect(cell(page, 4, "text").locator("textarea")).to_have_value("Koordinaattorin sanat")
    page.keyboard.press("Tab")
    expect(cell(page, 4, "text")).to_have_attribute("data-value", "Koordinaattorin sanat")


def test_what_another_saved_into_a_cell_that_is_open_is_never_overwritten_unseen(portal, page, new_context):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    other = new_context(base_url=portal.base_url).new_page()
    portal.sign_in(other, "office")
    other.goto(EDIT)
    cell(other, 5, "end_month").click()
    other.keyboard.type("10")
    other.keyboard.press("Enter")
    expect(cell(other, 5, "end_month")).to_have_attribute("data-value", "10")

    cell(page, 5, "start_month").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    # The answer brings what the office saved into the cell that is open by now.
    expect(cell(page, 5, "start_month")).to_have_attribute("data-value", "3")
    page.keyboard.press("Control+A")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(cell(page, 5, "end_month").locator(".cell__error")).to_contain_text("Aluekehityskoordinaattori")
    expect(cell(page, 5, "end_month")).to_have_attribute("data-value", "10")
    cell(page, 5, "end_month").click()
    page.keyboard.press("Enter")
    expect(cell(page, 5, "end_month")).to_have_attribute("data-value", "12")


def test_the_text_of_an_open_cell_is_back_after_the_page_is_opened_anew(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    cell(page, 6, "output").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Kesken jäänyt")
    page.reload()
    opened = cell(page, 6, "output").locator("textarea")
    expect(opened).to_have_value("Kesken jäänyt")
    expect(opened).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, 6, "output").locator(".cell__text")).to_have_text("Selvitys")
    page.reload()
    expect(cell(page, 6, "output").locator("textarea")).to_have_count(0)

    cell(page, 6, "output").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Toinen yritys")
    page.goto(PLAN)
    page.goto(EDIT)
    expect(opened).to_have_value("Toinen yritys")
    expect(opened).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell(page, 6, "output")).to_have_attribute("data-value", "Toinen yritys")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-grid] textarea, .cell--unsaved")).to_have_count(0)


def test_the_heads_of_the_columns_stay_in_view_and_a_new_row_is_seen_whole(portal, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    page.keyboard.press("n")
    expect(cell(page, ROWS + 1, "text").locator("textarea")).to_be_focused(timeout=PATIENCE)
    for _cell in range(13):
        box = page.evaluate(IN_SIGHT)
        assert box["head"] <= box["top"], box
        assert box["bottom"] <= box["totals"], box
        assert box["first"] <= box["left"], box
        assert box["right"] <= box["edge"], box
        page.keyboard.press("Tab")
    page.locator(f"tr#TP-2010-MR-{ROWS + 1} [formaction$='/remove/']").click()
    expect(page.locator("[data-grid] tbody tr")).to_have_count(ROWS)


def test_what_is_wrong_with_cells_side_by_side_is_read_apart(portal, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    for name in ("start_month", "end_month"):
        cell(page, 8, name).click()
        page.keyboard.press("Control+A")
        page.keyboard.type("kesä")
        page.keyboard.press("Enter")
        expect(cell(page, 8, name).locator(".cell__error")).to_be_visible()
    assert page.locator(".cell__error").evaluate_all(SPILT) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.locator(".cell__error, .grid__acts button").evaluate_all(SPILT) == []
    for name, typed in (("start_month", "2"), ("end_month", "11")):
        cell(page, 8, name).click()
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(cell(page, 8, name)).to_have_attribute("data-value", typed)


def test_what_lacks_is_led_to_cell_by_cell(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    cell(page, 9, "end_month").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(cell(page, 9, "end_month")).to_have_attribute("data-value", "")
    page.locator(f"form[action='{PLAN}submit/'] button").click()
    expect(page.locator("#lacking")).to_be_focused()
    expect(page.locator("#lacking li")).to_have_text("Toimi 9: Päättyy (kk)")
    page.locator("#lacking li a").first.click()
    expect(cell(page, 9, "text")).to_be_focused()
    page.locator("#lacking li a").last.click()
    expect(cell(page, 9, "end_month")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("11")
    page.keyboard.press("Enter")
    expect(cell(page, 9, "end_month")).to_have_attribute("data-value", "11")


def test_a_row_is_moved_by_keyboard_and_the_focus_stays_on_the_button(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    down = page.locator("tr#TP-2010-MR-01 button[value=down]")
    down.focus()
    for place in (1, 2):
        page.keyboard.press("Enter")
        expect(page.locator("[data-grid] tbody tr").nth(place)).to_have_id("TP-2010-MR-01")
        expect(down).to_be_focused()
        expect(down).to_be_in_viewport(ratio=1)
        expect(page.locator(".grid thead th").first).to_be_in_viewport(ratio=1)
    page.locator("tr#TP-2010-MR-01 button[value=up]").click()
    page.locator("tr#TP-2010-MR-01 button[value=up]").click()
    expect(page.locator("[data-grid] tbody tr").first).to_have_id("TP-2010-MR-01")


def test_a_row_is_moved_removed_and_brought_back(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    page.locator("tr#TP-2010-MR-02 button[value=up]").click()
    expect(page.locator("[data-grid] tbody tr").first).to_have_id("TP-2010-MR-02")
    # What one has just written oneself into a row stands in no way of removing it.
    cell(page, ROWS, "output").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Poistuva")
    page.keyboard.press("Enter")
    expect(cell(page, ROWS, "output")).to_have_attribute("data-value", "Poistuva")
    page.locator("tr#TP-2010-MR-30 [formaction$='/remove/']").click()
    expect(page.locator("[data-grid] tbody tr")).to_have_count(ROWS - 1)
    expect(page.locator("#undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-grid] tbody tr")).to_have_count(ROWS)
    expect(cell(page, ROWS, "text")).to_be_focused()
    page.locator("tr#TP-2010-MR-30 [formaction$='/remove/']").click()
    page.locator("section[aria-labelledby=removed] li:has-text('TP-2010-MR-30') button").click()
    expect(page.locator("[data-grid] tbody tr")).to_have_count(ROWS)


def test_it_is_submitted_returned_mended_and_approved_in_a_meeting(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(EDIT)
    page.locator(f"form[action='{PLAN}submit/'] button").click()
    expect(page).to_have_url(f"{portal.base_url}{PLAN}")

    portal.sign_in_anew(page, "chair-mr")
    page.locator(f"section[aria-labelledby=plans] a[href='{PLAN}']").click()
    page.locator(f"form[action='{PLAN}return/'] [name=reason]").fill("Lisää kunnat osallistujiin.")
    page.locator(f"form[action='{PLAN}return/'] button").click()

    portal.sign_in_anew(page, "coordinator-mr")
    expect(page.locator("section[aria-labelledby=plans-to-finish]")).to_contain_text(
        "Lisää kunnat osallistujiin."
    )
    page.goto(EDIT)
    cell(page, 1, "participants").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("kaikki kunnat")
    page.keyboard.press("Tab")
    expect(cell(page, 1, "participants")).to_have_attribute("data-value", "kaikki kunnat")
    page.locator(f"form[action='{PLAN}submit/'] button").click()

    portal.sign_in_anew(page, "chair-mr")
    page.goto(PLAN)
    approve = page.locator(f"form[action='{PLAN}approve/']")
    approve.locator("[name=meeting]").select_option(MEETING)
    approve.locator("[name=number]").fill("9")
    approve.locator("button").click()
    expect(page.locator(".locked")).to_contain_text("Hyväksytty")
    expect(page.locator(f"a[href='{EDIT}']")).to_have_count(0)


def test_its_versions_are_compared(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(f"{PLAN}versions/?a=1&b=2")
    expect(page.locator("section[aria-labelledby=differences] li")).to_have_count(1)
    expect(page.locator("li#TP-2010-MR-01 ins")).to_have_text("kaikki kunnat")
