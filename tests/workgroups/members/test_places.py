"""The places in a group: who sits today, who came and went, which municipality lacks somebody."""

import datetime

from programme.models import Municipality
from workgroups.members.places import Gap, gaps_in, places_of
from workgroups.models import Membership

Role = Membership.Role
TODAY = datetime.date(2009, 9, 9)
KANGASALA = Municipality(pk=1, name_fi="Kangasala")
NOKIA = Municipality(pk=2, name_fi="Nokia")
TAMPERE = Municipality(pk=3, name_fi="Tampere")


def membership(municipality=None, role=Role.MEMBER, *, person=None, since="2007-01-01", until=None):
    return Membership(
        municipality=municipality,
        role=role,
        user_id=person,
        starts_on=datetime.date.fromisoformat(since),
        until=datetime.date.fromisoformat(until) if until else None,
    )


def test_seats_stand_by_municipality_and_role_and_the_others_beside_them():
    member, chair = membership(TAMPERE), membership(TAMPERE, Role.CHAIR)
    first, expert, deputy = (
        membership(KANGASALA),
        membership(role=Role.EXPERT),
        membership(NOKIA, Role.DEPUTY),
    )
    places = places_of([member, chair, expert, first, deputy], TODAY)
    assert places.seats == [first, chair, member]
    assert places.beside == [deputy, expert]


def test_a_term_is_in_force_on_its_first_and_on_its_last_day():
    seats = [membership(NOKIA, since="2009-09-09"), membership(NOKIA, until="2009-09-09")]
    assert places_of(seats, TODAY).seats == [seats[1], seats[0]]


def test_former_terms_stand_with_the_latest_first_and_coming_ones_with_the_next_first():
    long_ago, lately = membership(NOKIA, until="2008-06-30"), membership(NOKIA, until="2009-09-08")
    later, soon = membership(NOKIA, since="2010-01-01"), membership(NOKIA, since="2009-09-10")
    places = places_of([long_ago, later, lately, soon], TODAY)
    assert (places.former, places.coming, places.seats) == ([lately, long_ago], [soon, later], [])


def test_a_municipality_is_missing_without_a_seat_or_without_a_named_person():
    seats = [
        membership(KANGASALA, person=7),
        membership(TAMPERE, Role.CHAIR, person=8),
        membership(TAMPERE),
    ]
    assert gaps_in(seats, [KANGASALA, NOKIA, TAMPERE]) == [Gap(NOKIA, 0, 0), Gap(TAMPERE, 2, 1)]
    assert [gap.has_no_seat for gap in gaps_in(seats, [NOKIA, TAMPERE])] == [True, False]
