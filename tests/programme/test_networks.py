"""Writing about networks: what is saved, what merges, what the trail knows."""

import json

import pghistory.models
import pytest

from programme.models import NetworkYear, Programme
from tests.factories import make_network_told, the_network
from tests.personas import client_of, person

pytestmark = pytest.mark.django_db

EDIT, YEAR = "/ako/networks/NET-A1/edit/", "/ako/networks/NET-A1/years/2009/"


def base_of(address):
    return client_of("office").get(address).context["form"].initial["base"]


def test_the_office_writes_themes_goals_and_partners_and_the_trail_knows_who():
    typed = {
        "themes": "Rakenne\r\nLiikenne",
        "goals": "Kannanotto",
        "partners": "Turku",
        "name_fi": "Muu nimi",
    }
    response = client_of("office").post(EDIT, typed)
    network = the_network()
    assert (response.status_code, response["Location"]) == (302, "/ako/networks/NET-A1/")
    assert (network.themes, network.goals, network.partners) == ("Rakenne\nLiikenne", "Kannanotto", "Turku")
    assert network.name_fi == "Suurten kaupunkiseutujen verkostoyhteistyö"
    event = pghistory.models.Events.objects.tracks(network).order_by("pgh_created_at").last()
    assert event.pgh_context["user"] == person("office").pk


def test_the_text_of_a_year_is_written_changed_and_taken_away():
    office = client_of("office")
    for text in ("Tavattiin neljästi.", "Tavattiin viidesti."):
        assert office.post(YEAR, {"text": text, "base": base_of(YEAR)}).status_code == 302
        assert the_network().years.get(year=2009).text == text
    office.post(YEAR, {"text": "", "base": base_of(YEAR)})
    assert not the_network().years.exists()
    office.post(YEAR, {"text": " ", "base": base_of(YEAR)})
    assert not the_network().years.exists()


def test_different_texts_merge_and_the_reader_is_told_so():
    base = base_of(EDIT)
    client_of("office").post(EDIT, {"themes": "Rakenne", "base": base})
    response = client_of("office").post(EDIT, {"partners": "Turku", "base": base}, follow=True)
    network = the_network()
    assert (network.themes, network.partners) == ("Rakenne", "Turku")
    assert "Myös muiden tällä välin tekemät muutokset säilyivät." in response.content.decode()


@pytest.mark.parametrize(("address", "name"), [(EDIT, "themes"), (YEAR, "text")])
def test_the_same_text_changed_by_two_shows_both_and_saves_nothing(address, name):
    make_network_told("NET-A1", 2009)
    base = base_of(address)
    office = client_of("office")
    office.post(address, {"goals": "Yhteinen kannanotto", **json.loads(base), name: "Ensin.", "base": base})
    response = office.post(address, {**json.loads(base), name: "Sitten <b>toisin</b>.", "base": base})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ensin." in page
    assert page.count("Sitten &lt;b&gt;toisin&lt;/b&gt;.") == 2  # beside the other, and in the form
    assert str(person("office")) in page
    form = response.context["form"]
    again = {field: form[field].value() for field in form.fields}
    assert office.post(address, again).status_code == 302
    saved = {
        EDIT: lambda: the_network().themes,
        YEAR: lambda: NetworkYear.objects.get(network=the_network(), year=2009).text,
    }
    assert saved[address]() == "Sitten <b>toisin</b>."


def test_two_who_write_the_first_text_of_a_year_see_each_other():
    office, base = client_of("office"), base_of(YEAR)
    office.post(YEAR, {"text": "Ensin.", "base": base})
    response = office.post(YEAR, {"text": "Sitten.", "base": base})
    assert response.status_code == 409
    assert the_network().years.get(year=2009).text == "Ensin."


def test_too_long_a_text_is_refused_beside_its_field_and_kept():
    response = client_of("office").post(EDIT, {"themes": "a" * 4001})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["themes"]
    assert "a" * 4001 in response.content.decode()


def test_a_years_page_is_of_the_programmes_years_up_to_this_one():
    office = client_of("office")
    codes = [
        office.get(f"/ako/networks/NET-A1/years/{year}/").status_code for year in (2006, 2007, 2009, 2010)
    ]
    assert codes == [404, 200, 200, 404]


def test_a_closed_programme_is_written_of_no_more():
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-09")
    assert client_of("office").post(EDIT, {"themes": "Rakenne"}).status_code == 403
    assert the_network().themes == ""
