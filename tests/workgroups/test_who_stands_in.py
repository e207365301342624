"""Who stands in for somebody: nobody who reads everything and changes nothing."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from programme import substitutes
from programme.models import Post, PostHolding, Substitute
from tests.factories import the_group
from tests.personas import client_of, person
from workgroups.models import Membership

pytestmark = pytest.mark.django_db


def name(client, **typed):
    return client.post("/account/substitutes/", {"starts_on": "9.9.2009", "until": "30.9.2009"} | typed)


@pytest.mark.parametrize("persona", ["auditor", "elected", "admin", "municipal"])
def test_who_only_reads_is_not_offered_and_not_taken_as_a_substitute(persona):
    reader = person(persona)
    assert f'<option value="{reader.pk}"' not in client_of("coordinator-mr").get("/account/").content.decode()
    assert name(client_of("coordinator-mr"), substitute=str(reader.pk)).status_code == 422
    row = Substitute(
        absent=person("coordinator-mr"),
        substitute=reader,
        starts_on=datetime.date(2009, 9, 10),
        until=datetime.date(2009, 9, 30),
    )
    with pytest.raises(ValidationError) as refused:
        substitutes.name_substitute(row)
    assert set(refused.value.message_dict) == {"substitute"}
    assert not Substitute.objects.exists()


def test_an_auditor_to_be_stands_in_until_then():
    row = Substitute(
        absent=person("coordinator-mr"),
        substitute=person("member-mr"),
        starts_on=datetime.date(2009, 9, 10),
        until=datetime.date(2009, 9, 30),
    )
    post = Post.objects.filter(power=Post.Power.AUDITOR).first()
    PostHolding.objects.create(post=post, user=row.substitute, starts_on="2009-10-01")
    substitutes.name_substitute(row)
    row.pk, row.until = None, datetime.date(2009, 10, 2)
    with pytest.raises(ValidationError):
        substitutes.name_substitute(row)


def test_a_municipal_contact_with_a_place_in_a_group_stands_in():
    contact = person("municipal")
    Membership.objects.create(group=the_group(), user=contact, role="member", starts_on="2009-01-01")
    assert name(client_of("coordinator-mr"), substitute=str(contact.pk)).status_code == 302
    assert Substitute.objects.get().substitute == contact
