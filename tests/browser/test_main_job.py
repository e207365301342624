"""The main job, from one click to a report that stays: one story, each test its next step.

A coordinator updates, the chair accepts and returns, an auditor looks, the programme office freezes; what was
frozen then outlives the rows that it was made from. The steps build on each other and run in this order.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import APIRequestContext, Locator, Page, expect

from priorities.models import Measure
from programme.models import User
from tests.browser.conftest import Portal
from tests.browser.steps import choose_status, said, submit_by_keyboard, tab_to
from tests.conftest import connected_to
from tests.verapdf import validate

DELAYED, RETURNED = "VT-2009-MR-2", "VT-2009-MR-1"
DRAFTED = "TP-2009-MR-06"
SITUATION = "Rakenne ja sisällysluettelo on sovittu. Kustannusarviot puuttuvat viidestä kunnasta."
REASON = "Viisi kuntaa ei ole vielä toimittanut kustannusarvioitaan."
CORRECTION = "Arviot pyydetään kunnanjohtajilta lokakuun kokoukseen."
COMPLAINT = "Kerro, mitkä kunnat ovat lausuneet."
SUMMARY = "Rakennesuunnitelman toteuttamisohjelma viivästyy; muuten ohjelma etenee suunnitellusti."
DASHBOARD = "/ako/dashboard/?period=2009-T2"
REPORT, PDF = "/ako/reports/RAP-2009-T2-SH/", "/ako/reports/RAP-2009-T2-SH.pdf"
# A job on a loaded machine; the promise is a minute.
A_MINUTE = 60_000


@dataclass
class Kept:
    """What the office has downloaded, to be compared with what is served later."""

    pdf: bytes = b""
    hashes: set[str] = field(default_factory=set)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.pdf).hexdigest()


@pytest.fixture(scope="module")
def kept() -> Kept:
    return Kept()


@pytest.fixture
def reader(request: pytest.FixtureRequest, portal: Portal, page: Page) -> Page:
    """A page of somebody who has signed in, or of the public."""
    if request.param != "public":
        portal.sign_in(page, request.param)
    return page


def follow_up_address(code: str) -> str:
    kind = "targets" if code.startswith("VT-") else "actions"
    return f"/ako/{kind}/{code}/follow-up/2009-T2/"


def lines_to_answer(page: Page) -> Locator:
    return page.locator("section[aria-labelledby='to-update'] tbody tr")


def test_the_newest_told_report_is_there_within_a_minute(portal, page):
    portal.sign_in(page, "office")
    page.goto("/ako/reports/RAP-2009-T1-SH/")
    expect(page.locator("#progress a[href$='RAP-2009-T1-SH.pdf']")).to_be_visible(timeout=A_MINUTE)


def test_a_coordinator_signs_in_by_one_click_and_sees_eleven_lines(portal, page):
    page.goto("/account/login/")
    page.locator("form:has([value='coordinator-mr']) button").click()
    expect(page).to_have_url(f"{portal.base_url}/desk/")
    expect(page.locator("h1")).to_have_text("Oma työ")
    expect(lines_to_answer(page)).to_have_count(11)


def test_a_delay_is_told_by_keyboard_and_demands_reason_and_correction(portal, page):
    portal.sign_in(page, "coordinator-mr")
    codes = [row.get_attribute("id") for row in lines_to_answer(page).all()]
    tab_to(page, f"a[href='{follow_up_address(DELAYED)}']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}{follow_up_address(DELAYED)}")

    expect(page.locator("[name=status]").first).to_be_focused()
    choose_status(page, "delayed", key="2")
    tab_to(page, "[name=text]")
    page.keyboard.type(SITUATION)
    assert submit_by_keyboard(page).status == 422

    summary = page.locator("[data-focus]")
    expect(summary).to_be_focused()
    assert [link.get_attribute("href") for link in summary.locator("a").all()] == [
        "#id_reason",
        "#id_corrective_action",
    ]
    expect(page.locator("[name=text]")).to_have_value(SITUATION)
    expect(page.locator("[name=status][value=delayed]")).to_be_checked()
    expect(page.locator("[name=reason]")).to_have_attribute("aria-invalid", "true")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=reason]")).to_be_focused()
    page.keyboard.type(REASON)
    tab_to(page, "[name=corrective_action]")
    page.keyboard.type(CORRECTION)
    submit_by_keyboard(page)

    onward = codes[codes.index(DELAYED) + 1]
    expect(page).to_have_url(f"{portal.base_url}{follow_up_address(onward)}")


def test_another_line_is_confirmed_unchanged_from_the_desk(portal, page):
    portal.sign_in(page, "coordinator-mr")
    opener = page.locator(f"[popovertarget='confirm-{RETURNED}']")
    confirm = page.locator(f"dialog#confirm-{RETURNED}")
    expect(confirm).to_be_hidden()
    opener.press("Enter")
    expect(confirm.locator("blockquote")).to_be_visible()
    page.keyboard.press("Escape")
    expect(confirm).to_be_hidden()
    opener.press("Enter")
    tab_to(page, f"form[action='{follow_up_address(RETURNED)}confirm/'] button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.base_url}/desk/")
    expect(lines_to_answer(page)).to_have_count(9)
    done = page.locator("section[aria-labelledby='done'] li")
    assert {line.get_attribute("id") for line in done.all()} == {DELAYED, RETURNED}


def test_a_draft_waits_for_its_writer(portal, page):
    portal.sign_in(page, "coordinator-mr")
    page.goto(follow_up_address(DRAFTED))
    page.locator("[name=status][value=on_track]").check()
    page.locator("[name=text]").fill("Puhtaaksi kirjoittamatta")
    page.locator("[data-follow-up] [formaction$='/draft/']").click()
    expect(page.locator(".messages")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("Puhtaaksi kirjoittamatta")

    page.goto("/ako/")
    page.goto("/desk/")
    page.locator("section[aria-labelledby='drafts'] a").click()
    expect(page).to_have_url(f"{portal.base_url}{follow_up_address(DRAFTED)}")
    expect(page.locator("[name=text]")).to_have_value("Puhtaaksi kirjoittamatta")
    expect(page.locator("[name=status][value=on_track]")).to_be_checked()


@pytest.mark.parametrize("reader", ["member-mr", "chair-mr", "office", "auditor"], indirect=True)
def test_the_submitted_text_stands_on_the_targets_page_at_once(reader):
    reader.goto(f"/ako/targets/{DELAYED}/")
    expect(said(reader)).to_have_attribute("data-status", "delayed")
    for written in (SITUATION, REASON, CORRECTION):
        expect(reader.locator("main")).to_contain_text(written)


@pytest.mark.parametrize(
    ("reader", "status"),
    [
        ("secretary", "waiting"),
        ("coordinator-hp", "waiting"),
        ("elected", "not_started"),
        ("municipal", "not_started"),
        ("public", "not_started"),
    ],
    indirect=["reader"],
)
def test_nobody_else_sees_what_was_submitted(reader, status):
    reader.goto(f"/ako/targets/{DELAYED}/")
    expect(said(reader)).to_have_attribute("data-status", status)
    for written in (SITUATION, REASON, CORRECTION):
        assert written not in reader.content()
    for code in (DELAYED, DRAFTED):
        assert reader.request.get(follow_up_address(code)).text().count("Puhtaaksi") == 0


def test_the_chair_accepts_one_line_and_returns_another_with_a_reason(portal, page):
    portal.sign_in(page, "chair-mr")
    page.goto("/approvals/")
    assert {line.get_attribute("id") for line in page.locator("ul.lines > li").all()} == {DELAYED, RETURNED}

    page.locator(f"form[action='{follow_up_address(DELAYED)}accept/'] button").click()
    expect(page.locator("ul.lines > li")).to_have_count(1)

    page.locator(f"li#{RETURNED} summary").click()
    page.locator(f"li#{RETURNED} [name=reason]").fill(COMPLAINT)
    page.locator(f"form[action='{follow_up_address(RETURNED)}return/'] button").click()
    expect(page.locator("ul.lines > li")).to_have_count(0)


def test_the_coordinator_sees_the_reason_on_the_desk(portal, page):
    portal.sign_in(page, "coordinator-mr")
    returned = page.locator("section[aria-labelledby='returned'] li")
    assert [line.get_attribute("id") for line in returned.all()] == [RETURNED]
    expect(returned).to_contain_text(COMPLAINT)
    returned.locator("a.button").click()
    expect(page.locator("main")).to_contain_text(COMPLAINT)


def rows_behind(page: Page, address: str) -> int:
    page.goto(address)
    return page.locator("main tbody tr").count()


def leading_number(text: str | None) -> int:
    found = re.match(r"\d+", (text or "").strip())
    assert found, text
    return int(found[0])


def test_the_dashboard_counts_what_was_accepted(portal, page):
    portal.sign_in(page, "auditor")
    page.goto(DASHBOARD)
    figures = [figure.inner_text() for figure in page.locator("dl.figures dd").all()]
    assert figures == ["5 / 12", "2", "57,6\u00a0%", "7 / 12"]
    expect(page.locator("dl.figures > div").nth(3).locator("dt")).to_contain_text("22 / 40")
    expect(
        page.locator(f"section[aria-labelledby='deviations'] li#{DELAYED} [data-status]").first
    ).to_have_attribute("data-status", "delayed")
    not_updated = page.locator("section[aria-labelledby='not-updated'] li")
    assert len(not_updated.all()) == 18
    expect(not_updated.filter(has_text=RETURNED)).to_have_count(1)


def test_every_number_of_the_dashboard_leads_to_as_many_rows(portal, page):
    portal.sign_in(page, "auditor")
    page.goto(DASHBOARD)
    page.locator("figure summary").first.click()
    figures = page.locator("dl.figures dd a").filter(has_not_text="%")
    bars = page.locator("figure .wide-only svg.chart a")
    twin = page.locator("figure table").first.locator("tbody")
    numbers = [number for number in twin.locator("td").all_inner_texts() if number != "0"]
    assert twin.locator("td a").all_inner_texts() == numbers
    links = [*figures.all(), *bars.all(), *twin.locator("a").all()]
    promised = [(link.get_attribute("href"), leading_number(link.text_content())) for link in links]
    assert len(promised) > 12
    rows = {address: rows_behind(page, address) for address, _number in promised}
    assert [(address, rows[address]) for address, _number in promised] == promised


def test_the_share_used_leads_to_the_euros(portal, page):
    portal.sign_in(page, "finance")
    page.goto(DASHBOARD)
    page.locator("dl.figures dd a", has_text="%").click()
    cells = page.locator("section.card tfoot td").all_inner_texts()[:6]
    # A sum is a link to its entries, and says so to who hears the page.
    total = [cell.splitlines()[0] for cell in cells]
    assert total[3:5] == ["305\u00a0241", "57,6"]


def test_rows_carry_the_codes_of_their_statuses(portal, page):
    portal.sign_in(page, "auditor")
    page.goto("/ako/targets/?period=2009-T2")
    rows = page.locator("main tbody tr")
    marks = {
        row.get_attribute("id"): row.locator("[data-status]").first.get_attribute("data-status")
        for row in rows.all()
    }
    assert Counter(marks.values()) == {
        "on_track": 5,
        "delayed": 1,
        "will_not_be_achieved": 1,
        "not_updated": 5,
    }
    assert (marks[DELAYED], marks[RETURNED]) == ("delayed", "not_updated")


def hashes_of(page: Page) -> set[str]:
    return set(page.locator("code.hash").all_inner_texts())


def stored_pdf(request: APIRequestContext) -> bytes:
    answer = request.get(PDF)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.body()


def test_the_office_begins_the_boards_report_and_previews_its_words(portal, page):
    portal.sign_in(page, "office")
    page.goto("/ako/reports/")
    page.locator("form[action='/ako/reports/compose/2009-T2/AUD-SH/'] button").click()
    expect(page).to_have_url(f"{portal.base_url}{REPORT}")
    page.locator("[name=summary]").fill(SUMMARY)
    page.locator("form:has([name=summary]) button").first.click()
    expect(page.locator("article.report")).to_contain_text(SUMMARY)
    expect(page.locator(f"article.report #{DELAYED} [data-status]").first).to_have_attribute(
        "data-status", "delayed"
    )


def test_freezing_says_what_will_print_as_not_updated_and_ends_in_a_pdf(portal, page):
    portal.sign_in(page, "office")
    page.goto(f"{REPORT}freeze/")
    codes = page.locator("ul.codes li").all_inner_texts()
    assert len(codes) == 18
    assert RETURNED in codes
    assert DELAYED not in codes
    page.locator("main form button").click()
    expect(page).to_have_url(f"{portal.base_url}{REPORT}")
    expect(page.locator("#progress ol.steps [aria-current=step]")).to_have_count(1)
    expect(page.locator("#progress a[href$='RAP-2009-T2-SH.pdf']")).to_be_visible(timeout=A_MINUTE)


def test_freezing_closes_nothing(portal, page):
    portal.sign_in(page, "coordinator-mr")
    assert page.goto(follow_up_address(DRAFTED)).status == 200


def test_the_downloaded_pdf_conforms_and_has_the_hash_that_the_page_shows(portal, page, kept):
    portal.sign_in(page, "office")
    page.goto(REPORT)
    kept.pdf, kept.hashes = stored_pdf(page.request), hashes_of(page)
    expect(page.locator("#progress code.hash")).to_have_text(kept.sha256)
    assert validate(kept.pdf) == []


def test_anybody_verifies_the_report_by_its_hashes(page, kept):
    page.goto("/verify/RAP-2009-T2-SH/1/")
    assert {kept.sha256} < kept.hashes <= hashes_of(page)
    assert page.request.get(REPORT).status == 404
    assert page.request.get(PDF).status == 404


def test_the_report_outlives_the_rows_that_it_was_made_from(portal, page, kept, django_db_blocker):
    with connected_to(portal.database, django_db_blocker):
        Measure.objects.filter(code="P1-M1").update(text_fi="Aivan toinen toimenpide")
        User.objects.get(persona="member-mr").delete()

    portal.sign_in(page, "office")
    page.goto("/ako/")
    expect(page.locator("#P1-M1")).to_contain_text("Aivan toinen toimenpide")
    assert stored_pdf(page.request) == kept.pdf
    page.goto(REPORT)
    assert hashes_of(page) == kept.hashes
    expect(page.locator("article.report")).not_to_contain_text("Aivan toinen toimenpide")
