"""A file is made secret afterwards, from its line's page; in a meeting evidence is added as in the form."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from tests.browser.checks import assert_accessible, assert_no_overflow
from tests.browser.conftest import Portal
from tests.conftest import connected_to
from tests.factories import a_pdf, make_evidence, the_target

LINE = "/ako/targets/VT-2009-MR-2/"
MEETING = "/ako/workgroups/WG-MR/meeting/2009-T2/"


@pytest.fixture(scope="module", autouse=True)
def arranged(portal: Portal, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with connected_to(portal.database, django_db_blocker):
        make_evidence(the_target(), name="lausunnot.pdf")


def test_a_file_is_made_secret_from_its_lines_page(portal: Portal, look: Page) -> None:
    portal.sign_in(look, "coordinator-mr")
    look.goto(LINE)
    look.locator("ul.files a[href$='/secrecy/']").click()
    expect(look.locator("h1")).to_have_text("Tiedoston salassapito")
    changed = look.locator("section[aria-labelledby=changes] li").count()
    look.locator("main form button").click()
    expect(look.locator("[data-focus]")).to_be_focused()
    assert_accessible(look)
    assert_no_overflow(look)
    look.locator("[name=secrecy_ground]").fill(f"JulkL 24 § 1 mom. {changed + 1} k")
    look.locator("[name=reason]").fill("Liitteessä on palkkiotietoja.")
    look.locator("main form button").click()
    expect(look).to_have_url(f"{portal.base_url}{LINE}")
    expect(look.locator("ul.files")).to_contain_text(f"JulkL 24 § 1 mom. {changed + 1} k")


def test_evidence_is_added_in_a_meeting(portal: Portal, look: Page, tmp_path: Path) -> None:
    portal.sign_in(look, "coordinator-mr")
    look.goto(f"{MEETING}?line=TP-2009-MR-01")
    look.locator("[name=status][value=achieved]").check()
    expect(look.locator("[name=decision]")).to_be_visible()
    assert_accessible(look)
    assert_no_overflow(look)
    file = tmp_path / "kokouksessa.pdf"
    file.write_bytes(a_pdf())
    look.locator("[name=attachments]").set_input_files(file)
    look.locator("[data-follow-up] button").first.click()
    expect(look.locator("#state")).to_contain_text("kokouksessa.pdf")
    assert_accessible(look)
    assert_no_overflow(look)
