"""The page of a proposed amendment of a budget tells all that the page of another amendment does."""

import datetime

import pytest

from tests.factories import make_meeting
from tests.personas import client_of
from tests.workgroups.budget_amendments.steps import FEES, OTHER_CENTRE, SPACES, a_proposal, propose

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {FEES: -1000, SPACES: 1000},
            "koska vain tilit tai rahoituslähteet",
        ),
        ({FEES: -1000, OTHER_CENTRE: 1000}, "koska euroja siirtyy kustannuspaikkojen välillä"),
        ({FEES: 1000}, "koska koko tehtävän menot tai tulot muuttuvat"),
    ],
)
def test_its_page_says_why_who_decides_and_who_may_not(changes, why):
    proposal = propose(changes)
    page = client_of("finance").get(proposal.get_absolute_url())
    assert why in page.text
    assert (page.context["is_own"], bool(page.context["waits_for"])) == (True, True)
    assert "Omasta esityksestään ei kukaan päätä" in page.text


def test_without_a_meeting_its_page_says_so_and_has_no_form():
    proposal = propose({FEES: -1000, OTHER_CENTRE: 1000})
    page = client_of("secretary").get(proposal.get_absolute_url())
    assert page.context["decision_form"].why_none in page.text
    assert 'name="outcome"' not in page.text


def test_its_page_has_the_words_of_the_meeting_and_the_budgets_its_finnish_in_finnish():
    make_meeting("KOK-X", body="BODY-SH", held_on=datetime.date(2009, 9, 9))
    proposal = propose({FEES: -1000, OTHER_CENTRE: 1000})
    secretary = client_of("secretary")
    typed = {
        "outcome": "accepted",
        "meeting": "KOK-X",
        "number": "900",
        "text": "Hyväksyttiin näin.",
    }
    secretary.post(f"{proposal.get_absolute_url()}decide/", typed)
    page = secretary.get(proposal.get_absolute_url()).text
    assert '<blockquote lang="fi"><p>Hyväksyttiin näin.</p>' in page
    assert 'lang="fi">siirto tehtävän sisällä' in secretary.get("/ako/budget/2009/").text


def test_the_reason_of_a_rejection_is_told_in_its_language():
    proposal = a_proposal()
    presenter = client_of("presenter")
    presenter.post(f"{proposal.get_absolute_url()}decide/", {"outcome": "rejected", "text": "Ei tarvita."})
    assert '<blockquote lang="fi"><p>Ei tarvita.</p>' in presenter.get(proposal.get_absolute_url()).text
