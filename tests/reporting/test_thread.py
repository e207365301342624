"""The golden thread: whole, in the programme's own order, and down to euros for those who read it."""

import re
from collections import Counter

import pytest
import yaml
from django.conf import settings

from tests.personas import client_of, make_browser

pytestmark = pytest.mark.django_db

DOCUMENT = settings.BASE_DIR / "programme/data/programme.yaml"


def plain(page):
    text = re.sub(r"<[^>]+>", " ", page.replace("\xad", "").replace("&shy;", ""))
    return " ".join(text.replace("\xa0", " ").replace("&#x27;", "'").replace("&amp;", "&").split())


@pytest.fixture(scope="module")
def document():
    return yaml.safe_load(DOCUMENT.read_text())


def texts_of(document, language):
    """Return the texts that the page must show whole: priorities, visions, goals, measures and the rest."""
    texts = [document["programme"]["core_message"][language], document["role"]["lead"][language]]
    texts += [statement[language] for statement in document["role"]["statements"]]
    for priority in document["priorities"]:
        texts += [priority["title"][language], priority["vision"][language]]
        texts += [goal[language] for goal in priority["goals"]]
        for measure in priority["measures"]:
            texts += [measure[language], *(sub[language] for sub in measure.get("sub_measures", []))]
    return texts


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("persona", ["anonymous", "office"])
def test_every_word_of_the_programme_is_shown_whole_in_each_language(document, language, persona):
    client = client_of(persona)
    client.cookies["language"] = language
    page = plain(client.get("/ako/").content.decode())
    assert [text for text in texts_of(document, language) if " ".join(text.split()) not in page] == []


def test_every_code_is_an_address_on_the_page_once():
    page = client_of("office").get("/ako/?open=all").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert [code for code, times in Counter(ids).items() if times > 1] == []
    assert {code for code in ids if code.startswith(("VT-2009", "TP-2009"))} == {
        *(f"VT-2009-{group}-{number}" for group in ("MR", "HP", "EO", "KV") for number in (1, 2, 3)),
        *(f"TP-2009-{group}-{number:02}" for group, last in LINES.items() for number in range(1, last + 1)),
    }


LINES = {"MR": 8, "HP": 7, "EO": 8, "KV": 5}


def test_the_public_thread_goes_down_to_targets_and_not_to_actions():
    page = make_browser().get("/ako/?open=all").content.decode()
    assert 'id="VT-2009-MR-1"' in page
    assert "TP-2009-MR-01" not in page


def test_an_earlier_period_shows_that_years_targets():
    response = client_of("office").get("/ako/?period=2008-T1&open=all")
    assert response.context["reading"].period.code == "2008-T1"
    assert 'id="VT-2008-MR-1"' in response.content.decode()
    assert "VT-2009-" not in response.content.decode()


@pytest.mark.parametrize(
    ("address", "targets"),
    [
        ("/ako/goals/P1-G3/", ["VT-2009-MR-2"]),
        ("/ako/measures/P1-M2/", ["VT-2009-MR-1", "VT-2009-MR-2"]),
    ],
)
def test_a_part_of_the_programme_leads_to_the_targets_that_serve_it(address, targets):
    response = client_of("office").get(address)
    assert [target["code"] for target in response.context["targets"]] == targets
    page = response.content.decode()
    assert [code for code in targets if f'href="/ako/targets/{code}/"' not in page] == []


def test_one_priority_is_its_own_part_of_the_thread():
    response = client_of("office").get("/ako/priorities/P2/")
    assert [node.row.code for node in response.context["thread"].priorities] == ["P2"]
    assert "VT-2009-MR-1" not in response.content.decode()
