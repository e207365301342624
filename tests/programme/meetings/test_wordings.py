"""A body words its proposals and decisions itself; what stands in braces is known to the use."""

import pytest

from programme.meetings.wordings import PLACES, fill, wordings_of
from programme.models import Body, DecisionTemplate
from tests.personas import client_of

pytestmark = pytest.mark.django_db

WORDINGS = "/ako/bodies/BODY-SH/wordings/"
TYPED = {"use": "toimintakertomus", "proposal": "Hyväksytään kertomus {kausi}.", "text": "Hyväksyttiin."}


def board() -> Body:
    return Body.objects.get(code="BODY-SH")


def annual() -> DecisionTemplate:
    return board().decision_templates.get(use="toimintakertomus")


def test_what_has_no_value_stays_in_its_braces():
    assert fill("{kausi} ja {summa}", {"kausi": "1.1.–31.8.2009"}) == "1.1.–31.8.2009 ja {summa}"


def test_every_use_says_what_is_filled_in():
    assert set(PLACES) == set(DecisionTemplate.Use)


def test_a_wording_is_added_and_read_where_the_body_is():
    secretary = client_of("secretary")
    assert secretary.post(f"{WORDINGS}new/", TYPED)["Location"] == WORDINGS
    assert annual().code == "DT-15"
    page = secretary.get(WORDINGS).content.decode()
    assert "Hyväksytään kertomus {kausi}." in page
    assert WORDINGS in secretary.get("/ako/bodies/BODY-SH/").content.decode()
    assert WORDINGS not in client_of("auditor").get("/ako/bodies/BODY-SH/").content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"proposal": "Hyväksytään {rahat}."}, "proposal"),
        ({"text": "Hyväksyttiin {summa}."}, "text"),
        ({"proposal": "Hyväksytään {kausi."}, "proposal"),
        ({"proposal": "Hyväksytään {{kausi}}."}, "proposal"),
        ({"proposal": "Hyväksytään {kausi!s}."}, "proposal"),
        ({"text": "H" * 2001}, "text"),
        ({"proposal": ""}, "proposal"),
        ({"use": "osavuosikatsaus"}, "use"),
        ({"use": "muu"}, "use"),
    ],
    ids=[
        "unknown name",
        "known elsewhere",
        "open brace",
        "two braces",
        "format",
        "long",
        "empty",
        "use is taken",
        "no such use",
    ],
)
def test_what_cannot_stand_is_refused_at_its_field_and_kept(typed, field):
    response = client_of("secretary").post(f"{WORDINGS}new/", TYPED | typed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not board().decision_templates.filter(use="toimintakertomus").exists()
    assert response.context["form"].data["text"] == (TYPED | typed)["text"]


def test_of_two_who_edit_the_second_sees_both():
    secretary = client_of("secretary")
    secretary.post(f"{WORDINGS}new/", TYPED)
    address = f"{WORDINGS}{annual().pk}/"
    base = secretary.get(address).context["form"].initial["base"]
    mine = {"proposal": "Toinen.", "text": "Hyväksyttiin.", "base": base}
    assert client_of("office").post(address, mine | {"proposal": "Ensimmäinen."}).status_code == 302
    response = secretary.post(address, mine)
    assert response.status_code == 409
    assert "Ensimmäinen." in response.content.decode()
    assert annual().proposal == "Ensimmäinen."


def test_a_body_speaks_as_the_one_it_replaced_where_it_has_no_words_of_its_own():
    board_of_today = board()
    successor = Body.objects.create(
        programme=board_of_today.programme,
        code="BODY-AH",
        name_fi="Aluehallitus",
        valid_from="2009-10-01",
        replaces=board_of_today,
        document=board_of_today.document,
        numbering=board_of_today.numbering,
    )
    DecisionTemplate.objects.create(
        body=successor, code="DT-99", use="talousarvio", proposal="Aluehallitus esittää.", text="Päätettiin."
    )
    found = wordings_of(successor)
    assert found["talousarvio"].proposal == "Aluehallitus esittää."
    assert found["osavuosikatsaus"].body == board_of_today
    page = client_of("secretary").get("/ako/bodies/BODY-AH/wordings/")
    assert [wording.body for wording in page.context["wordings"]] == [successor]
    inherited = {wording.use for wording in page.context["inherited"]}
    assert "osavuosikatsaus" in inherited
    assert "talousarvio" not in inherited
