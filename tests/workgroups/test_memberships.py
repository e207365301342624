"""Memberships of groups have terms, which the database keeps."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from tests.factories import ako, make_person
from workgroups.models import Membership, WorkingGroup

pytestmark = pytest.mark.django_db


def membership(**fields):
    made = {
        "group": WorkingGroup.objects.get(programme=ako(), code="WG-MR"),
        "role": Membership.Role.MEMBER,
        "starts_on": datetime.date(2009, 1, 1),
    }
    return Membership.objects.create(**made | fields)


def test_a_membership_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError, match="a_membership_ends_after_it_begins"), transaction.atomic():
        membership(until=datetime.date(2008, 12, 31))
    membership(until=datetime.date(2009, 1, 1))


def test_a_person_has_a_role_in_a_group_once_at_a_time():
    person = make_person()
    membership(user=person, until=datetime.date(2009, 6, 30))
    with pytest.raises(IntegrityError, match="one_membership_per_person"), transaction.atomic():
        membership(user=person, starts_on=datetime.date(2009, 6, 30))
    membership(user=person, starts_on=datetime.date(2009, 7, 1))
    membership(user=person, role=Membership.Role.EXPERT)
