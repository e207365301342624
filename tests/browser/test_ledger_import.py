"""The finance officer brings a file in, is told two faults, mends them, confirms and reverts."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Portal
from tests.programme.ledger.files import ROWS, as_csv

FINANCE = "/ako/finance/2009/?period=2009-T2"
IMPORTS = "/ako/finance/import/"
# Of August only: the figures of the period end with it.
RIGHT = [ROWS[0], ROWS[1]]
WRONG = [(*ROWS[0][:3], "2140", *ROWS[0][4:]), (*ROWS[1][:6], "noin sata")]


def actual(page: Page) -> int:
    """Return the actual of cost centre 2110 as its page shows it, in euros."""
    page.goto(FINANCE)
    cell = page.locator("tr#KP-2110 td").nth(3)
    return int(re.sub(r"\D", "", cell.inner_text()))


def bring_in(page: Page, file: Path) -> None:
    page.goto(f"{IMPORTS}new/")
    page.locator("[name=file]").set_input_files(file)
    page.locator("[name=source]").fill("Pro Economica")
    page.locator("form.card .button").click()
    page.wait_for_url("**/columns/", timeout=120_000)


def check(page: Page) -> None:
    page.locator("form.card .button").first.click()
    expect(page.locator("#found")).to_be_visible(timeout=30_000)


def test_from_a_file_with_faults_to_the_figures_and_back(portal: Portal, page: Page, tmp_path: Path) -> None:
    portal.sign_in(page, "finance")
    before = actual(page)
    page.get_by_role("link", name="Toteumien tuonti").click()
    page.get_by_role("link", name="Tuo tiedosto").click()

    file = tmp_path / "tositteet.csv"
    file.write_bytes(as_csv(WRONG, encoding="iso-8859-1"))
    bring_in(page, file)
    expect(page.locator("[name=cost_centre] option:checked")).to_have_text("D: Kustannuspaikka")
    expect(page.locator("td", has_text="Äänekosken kartat")).to_be_visible()
    check(page)
    faults = page.locator("section[aria-labelledby=faults] tbody tr")
    expect(faults).to_have_count(2)
    expect(faults.nth(0)).to_contain_text("2140")
    expect(faults.nth(1)).to_contain_text("noin sata")
    expect(page.locator("[name=stated_total]")).to_have_count(0)

    file.write_bytes(as_csv(RIGHT, encoding="iso-8859-1"))
    bring_in(page, file)
    check(page)
    page.locator("[name=stated_total]").fill("1 134,00")
    page.get_by_role("button", name="Vahvista tuonti").click()
    expect(page.locator("[data-focus]")).to_be_focused()
    assert actual(page) == before

    page.goto(IMPORTS)
    page.get_by_role("link", name="tositteet.csv").first.click()
    page.locator("[name=stated_total]").fill("1 134,50")
    page.get_by_role("button", name="Vahvista tuonti").click()
    expect(page.locator(".note--success")).to_be_visible(timeout=30_000)
    assert actual(page) - before in (1134, 1135)

    page.goto(IMPORTS)
    page.locator("table").get_by_role("link", name="tositteet.csv").click()
    page.locator("summary", has_text="Peru tuonti").click()
    page.locator("[name=reason]").fill("Väärä kausi")
    page.get_by_role("button", name="Peru tuonti kokonaan").click()
    expect(page.locator(".note--warning")).to_contain_text("Väärä kausi")
    assert actual(page) == before


def test_faults_are_mended_on_their_page_by_the_keyboard(portal: Portal, page: Page, tmp_path: Path) -> None:
    portal.sign_in(page, "finance")
    file = tmp_path / "virheet.csv"
    file.write_bytes(as_csv(WRONG, encoding="utf-16"))
    bring_in(page, file)
    check(page)
    page.locator("select[name^=number-cost_centre]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    # The next table can be scrolled by the keyboard, and stands between.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("sata")
    page.keyboard.press("Enter")
    expect(page.locator("[data-focus]")).to_be_focused()
    sum_given = page.locator("[name=cell-3-amount]")
    expect(sum_given).to_have_value("sata")
    page.locator("[data-focus] a").click()
    expect(sum_given).to_be_focused()
    sum_given.fill("-100,00")
    page.keyboard.press("Enter")
    given = page.locator("section[aria-labelledby=corrections] tbody tr")
    expect(given).to_have_count(2)
    expect(given.filter(has_text="noin sata")).to_contain_text("100")
    expect(page.locator("[name=stated_total]")).to_be_visible()

    given.filter(has_text="noin sata").get_by_role("button", name="Peru").click()
    expect(page.locator("section[aria-labelledby=faults]")).to_contain_text("noin sata")
    expect(page.locator("section[aria-labelledby=corrections]")).to_contain_text("peruttu")
    page.get_by_role("button", name="Jätä tiedosto pois").click()
