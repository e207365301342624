"""Migrations that meet rows which they cannot take say which."""

import importlib

import pytest
from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection

from programme.models import Decision, Post, PostHolding
from tests.factories import ako, make_person

pytestmark = pytest.mark.django_db

people_have_terms = importlib.import_module("programme.migrations.0008_people_have_terms")
proposals_stand_in_matters = importlib.import_module("programme.migrations.0020_proposals_stand_in_matters")


def check():
    with connection.schema_editor() as editor:
        people_have_terms.posts_must_have_terms(apps, editor)


def test_posts_held_twice_or_backwards_are_named_before_the_constraint_refuses_them():
    # A table without the constraints stands before the real one until the end of the transaction.
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE programme_postholding ON COMMIT DROP AS"
            " SELECT * FROM public.programme_postholding"
        )
    check()
    people = {name: make_person(name) for name in ("Anna", "Beda", "Cecilia")}
    post = Post.objects.get(programme=ako(), code="ROLE-TIE")
    for number, (name, starts_on, until) in enumerate(
        [
            ("Anna", "2009-01-01", None),
            ("Anna", "2009-06-01", "2009-06-30"),
            ("Beda", "2009-02-02", "2009-02-01"),
            ("Cecilia", "2009-01-01", "2009-06-30"),
            ("Cecilia", "2009-07-01", None),
        ]
    ):
        PostHolding.objects.bulk_create(
            [PostHolding(pk=-number - 1, post=post, user=people[name], starts_on=starts_on, until=until)]
        )
    with pytest.raises(CommandError) as refusal:
        check()
    assert str(refusal.value).splitlines()[1:] == [
        "anna@example.test ROLE-TIE 2009-01-01–",
        "anna@example.test ROLE-TIE 2009-06-01–2009-06-30",
        "beda@example.test ROLE-TIE 2009-02-02–2009-02-01",
    ]


def test_proposals_and_what_the_trail_says_of_them_go_on_in_matters():
    with_proposals = {
        "matter": "*",
        "matterevent": "*",
        "decision": "*, 'Ehdotus.'::text AS proposal",
        "decisionevent": "*, 'Aiempi.'::text AS proposal",
    }
    said = "SELECT count(*) FROM programme_{} WHERE proposal = %s"
    with connection.cursor() as cursor:
        for name, columns in with_proposals.items():
            table = f"programme_{name}"
            cursor.execute(
                f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS SELECT {columns} FROM public.{table}"
            )
        cursor.execute("UPDATE programme_matter SET proposal = ''")
        cursor.execute(proposals_stand_in_matters.COPY)
        cursor.execute(said.format("matter"), ["Ehdotus."])
        assert cursor.fetchone() == (Decision.objects.count(),)
        cursor.execute("SELECT count(*) FROM programme_decisionevent")
        kept = cursor.fetchone()
        cursor.execute(said.format("matterevent"), ["Aiempi."])
        assert cursor.fetchone() == kept
        assert kept != (0,)
