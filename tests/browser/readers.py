"""Who reads what groups write in a round: each group has a word that stands nowhere else in the portal."""

from pytest_playwright import CreateContextCallback

from tests.browser.conftest import Portal
from tests.browser.pages import follow_up_address

PERIOD = "2009-T2"
MARK = {"mr": "Maisemapolku", "hp": "Helmisimpukka", "eo": "Elopellava"}


def address_of_report(who: str) -> str:
    return f"/ako/workgroups/WG-{who.upper()}/report/{PERIOD}/"


def where_it_could_stand(who: str) -> list[str]:
    """Return the pages on which those who may read a group's words find them, and who may not, would."""
    group = f"WG-{who.upper()}"
    targets = [f"VT-2009-{who.upper()}-{number}" for number in (1, 2, 3)]
    lines = [*targets, f"TP-2009-{who.upper()}-01", f"TP-2009-{who.upper()}-04"]
    pages = [follow_up_address(line).removesuffix(f"follow-up/{PERIOD}/") for line in lines]
    return [
        *pages,
        *[f"{page}history/" for page in pages],
        *[f"{page}history/?view=changes" for page in pages],
        *[follow_up_address(line) for line in lines],
        address_of_report(who),
        f"/ako/workgroups/{group}/",
        f"/ako/workgroups/{group}/2009/",
        f"/ako/workgroups/{group}/meeting/{PERIOD}/",
        f"/ako/?open=all&period={PERIOD}",
        f"/ako/dashboard/?period={PERIOD}",
        f"/ako/targets/?period={PERIOD}",
        "/ako/reports/",
        "/approvals/",
        "/desk/",
    ]


def seen_by(portal: Portal, new_context: CreateContextCallback, persona: str, who: str) -> list[str]:
    """Return the pages on which a person reads a word of what a group has written in this round."""
    with new_context(base_url=portal.base_url) as context:
        if persona != "public":
            portal.sign_in(context.new_page(), persona)
        pages = {address: context.request.get(address).text() for address in where_it_could_stand(who)}
    return [address for address, text in pages.items() if MARK[who].lower() in text.lower()]
