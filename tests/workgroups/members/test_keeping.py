"""The office keeps members: added, corrected, ended; what cannot be is told in words."""

import datetime
import json

import pghistory.models
import pytest

from programme.models import Municipality
from tests.factories import make_membership, make_person, the_group
from tests.personas import client_of, person
from workgroups.models import Membership

pytestmark = pytest.mark.django_db

PAGE = "/ako/workgroups/WG-MR/"
NEW = f"{PAGE}members/new/"


def typed(**changed):
    """Return a whole form of a membership, as a browser sends it."""
    municipality = Municipality.objects.get(code="KUN-211")
    return {
        "role": "member",
        "municipality": str(municipality.pk),
        "user": "",
        "title": "",
        "starts_on": "1.9.2009",
        "until": "",
    } | changed


def edit(membership):
    return f"{PAGE}members/{membership.pk}/"


def errors(response):
    assert response.status_code == 422
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_a_member_is_added_and_the_trail_knows_who_did_it():
    newcomer = make_person("Uusi Jäsen")
    response = client_of("office").post(NEW, typed(user=str(newcomer.pk), title="Kaavoittaja"))
    membership = newcomer.memberships.get()
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert (membership.group, membership.title, membership.starts_on, membership.until) == (
        the_group(),
        "Kaavoittaja",
        datetime.date(2009, 9, 1),
        None,
    )
    [event] = pghistory.models.Events.objects.tracks(membership)
    assert event.pgh_context["user"] == person("office").pk


def test_a_membership_ends_on_its_last_day_and_stays_among_the_former_ones():
    leaving = make_person("Lähtevä Jäsen")
    membership = make_membership(user=leaving)
    client = client_of("admin")
    response = client.post(
        edit(membership), typed(user=str(leaving.pk), starts_on="1.1.2008", until="8.9.2009")
    )
    assert response.status_code == 302
    places = client_of("office").get(PAGE).context["places"]
    assert membership in places.former
    assert membership not in places.seats


def test_the_rights_of_a_role_begin_with_its_membership():
    newcomer = make_person("Uusi Koordinaattori")
    client_of("office").post(
        NEW, typed(role="coordinator", municipality="", user=str(newcomer.pk), starts_on="9.9.2009")
    )
    assert newcomer.has_perm("workgroups.plan", the_group())


def test_terms_of_the_same_person_and_role_that_overlap_are_refused_in_words():
    twice = make_person("Kahdesti Valittu")
    make_membership(user=twice, until=datetime.date(2009, 9, 30))
    refused = client_of("office").post(NEW, typed(user=str(twice.pk)))
    assert errors(refused) == {
        "starts_on": [
            "Kahdesti Valittu on tässä tehtävässä ryhmässä jo 1.1.2008–30.9.2009. "
            "Päätä se kausi ensin tai valitse muut päivät."
        ]
    }
    assert twice.memberships.count() == 1
    client_of("office").post(NEW, typed(user=str(twice.pk), starts_on="1.10.2009"))
    assert twice.memberships.count() == 2


def test_a_correction_that_would_overlap_is_refused_too():
    twice = make_person("Kahdesti Valittu")
    make_membership(user=twice)
    ended = make_membership(user=twice, starts_on="2007-01-01", until=datetime.date(2007, 12, 31))
    refused = client_of("office").post(
        edit(ended), typed(user=str(twice.pk), starts_on="1.1.2007", until="1.1.2008")
    )
    assert list(errors(refused)) == ["starts_on"]
    ended.refresh_from_db()
    assert ended.until == datetime.date(2007, 12, 31)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"role": ""}, ["role"]),
        ({"starts_on": ""}, ["starts_on"]),
        ({"starts_on": "eilen"}, ["starts_on"]),
        ({"until": "31.8.2009"}, ["until"]),
        ({"municipality": ""}, ["municipality"]),
        ({"role": "coordinator", "user": ""}, ["user"]),
        ({"role": "expert", "municipality": "", "title": ""}, ["__all__"]),
        ({"base": "]"}, ["base"]),
    ],
)
def test_what_is_missing_or_wrong_is_told_beside_its_field(changed, where):
    assert list(errors(client_of("office").post(NEW, typed(**changed)))) == where


def test_two_who_correct_the_same_membership_lose_nothing():
    membership = make_membership(title="Arkkitehti")
    office = client_of("office")
    base = office.get(edit(membership)).context["form"].initial["base"]
    assert json.loads(base)["title"] == "Arkkitehti"
    first = typed(starts_on="1.1.2008", title="Kaavoitusarkkitehti", base=base)
    assert client_of("admin").post(edit(membership), first).status_code == 302
    # Another cell merges by itself.
    ended = typed(starts_on="1.1.2008", title="Arkkitehti", until="31.12.2009", base=base)
    assert office.post(edit(membership), ended).status_code == 302
    membership.refresh_from_db()
    assert (membership.title, membership.until) == ("Kaavoitusarkkitehti", datetime.date(2009, 12, 31))
    # The same one shows both texts and saves nothing.
    refused = office.post(edit(membership), typed(starts_on="1.1.2008", title="Kaavoittaja", base=base))
    assert refused.status_code == 409
    form = refused.context["form"]
    assert [(yours, saved) for _label, yours, saved in form.differing] == [
        ("Kaavoittaja", "Kaavoitusarkkitehti")
    ]
    again = {name: value for name in form.fields if (value := form[name].value())}
    assert again["until"] == "31.12.2009"
    assert office.post(edit(membership), again).status_code == 302
    membership.refresh_from_db()
    assert (membership.title, membership.until) == ("Kaavoittaja", datetime.date(2009, 12, 31))


def test_only_those_who_may_sign_in_are_offered_and_who_has_the_place_already():
    gone, leaving = make_person("Poistunut", is_active=False), make_person("Lähtenyt", is_active=False)
    office, membership = client_of("office"), make_membership(user=leaving)
    offered = [office.get(page).context["form"].fields["user"].queryset for page in (NEW, edit(membership))]
    assert [[person in people for person in (gone, leaving)] for people in offered] == [
        [False, False],
        [False, True],
    ]


@pytest.mark.parametrize("persona", ["office", "admin"])
def test_nobody_makes_themselves_a_member_or_mends_their_own_membership(persona):
    somebody, client = person(persona), client_of(persona)
    before = list(somebody.memberships.values("group", "role", "until"))
    refused = client.post(NEW, typed(user=somebody.pk, role="coordinator"))
    assert refused.status_code == 403
    assert "Kukaan ei lisää itseään" in refused.content.decode()
    anothers, own = make_membership(), make_membership(user=somebody, role="deputy")
    assert client.post(edit(anothers), typed(user=somebody.pk)).status_code == 403
    assert client.post(edit(own), typed(user="", role="coordinator")).status_code == 403
    own.delete()
    assert list(somebody.memberships.values("group", "role", "until")) == before


def test_a_seat_may_wait_for_its_holder_and_gets_one_later():
    office = client_of("office")
    office.post(NEW, typed())
    seat = Membership.objects.latest("pk")
    assert (seat.user, seat.role) == (None, "member")
    newcomer = make_person("Nimetty Jäsen")
    office.post(edit(seat), typed(user=str(newcomer.pk)))
    seat.refresh_from_db()
    assert seat.user == newcomer


def test_two_chairs_at_once_are_told_of():
    newcomer = make_person("Uusi Puheenjohtaja")
    answer = client_of("office").post(NEW, typed(role="chair", user=str(newcomer.pk)), follow=True)
    warned = [str(message) for message in answer.context["messages"] if message.level_tag == "warning"]
    assert len(warned) == 1
    assert str(person("chair-mr")) in warned[0]

    chair = newcomer.memberships.get()
    sent = typed(role="chair", user=str(newcomer.pk), title="Kaavoitusjohtaja")
    again = client_of("office").post(edit(chair), sent, follow=True)
    assert [message.level_tag for message in again.context["messages"]] == ["success", "warning"]


def test_a_chair_after_another_is_nothing_to_tell():
    Membership.objects.filter(group=the_group(), role="chair").update(until="2009-08-31")
    newcomer = make_person("Uusi Puheenjohtaja")
    answer = client_of("office").post(NEW, typed(role="chair", user=str(newcomer.pk)), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]
