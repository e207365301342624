"""Django's admin mends a wrong row and goes round none of the rules of the portal's own pages."""

import pytest
from allauth.account.models import EmailAddress

from programme.models import Body, BodySeat, Post, PostHolding, User
from tests.factories import ako, make_membership, make_person
from tests.personas import client_of, person
from workgroups.models import Membership

pytestmark = pytest.mark.django_db

NO_POSTS = {"holdings-TOTAL_FORMS": "0", "holdings-INITIAL_FORMS": "0"}


def sent(table, rest, **typed):
    return client_of("admin").post(f"/admin/{table}/{rest}", typed)


def facts_of(somebody):
    return {"name": somebody.name, "email": somebody.email, "language": "fi"}


def the_post(code="ROLE-TIE"):
    return Post.objects.get(programme=ako(), code=code)


def a_post(post, *, since="2009-09-01", **more):
    """Return the fields of one new post in the inline of a person."""
    typed = {"post": post.pk, "starts_on": since, "until": ""} | more
    return {"holdings-TOTAL_FORMS": "1", "holdings-INITIAL_FORMS": "0"} | {
        f"holdings-0-{name}": value for name, value in typed.items()
    }


def test_it_shuts_nobody_out():
    admin = person("admin")
    form = facts_of(admin) | {"name": "Ylläpito"} | NO_POSTS
    assert sent("programme/user", f"{admin.pk}/change/", **form).status_code == 302
    assert sent("programme/user", f"{admin.pk}/delete/", post="yes").status_code == 403
    changed = person("admin")
    assert (changed.name, changed.is_active, changed.is_administrator) == ("Ylläpito", True, True)


def test_it_changes_no_address_since_links_sent_to_the_old_one_would_live_on():
    anna = make_person("Anna")
    EmailAddress.objects.create(user=anna, email=anna.email, primary=True)
    form = facts_of(anna) | {"email": "uusi@example.test"} | NO_POSTS
    assert sent("programme/user", f"{anna.pk}/change/", **form).status_code == 302
    assert not User.objects.filter(email="uusi@example.test").exists()


def test_it_adds_no_account_that_could_never_be_invited():
    form = {"name": "Anna", "email": "anna@example.test", "language": "fi"} | NO_POSTS
    assert sent("programme/user", "add/", **form).status_code == 403
    assert not User.objects.filter(email="anna@example.test").exists()


def test_it_deletes_no_term():
    seat = BodySeat.objects.get(user=person("elected"))
    membership = Membership.objects.get(user=person("chair-mr"))
    assert sent("programme/bodyseat", f"{seat.pk}/delete/", post="yes").status_code == 403
    assert sent("workgroups/membership", f"{membership.pk}/delete/", post="yes").status_code == 403
    # Nor by the inline of a person.
    anna = make_person("Anna")
    holding = PostHolding.objects.create(post=the_post(), user=anna, starts_on="2009-01-01")
    inline = a_post(the_post(), since="2009-01-01", id=holding.pk, user=anna.pk, DELETE="on")
    form = facts_of(anna) | inline | {"holdings-INITIAL_FORMS": "1"}
    sent("programme/user", f"{anna.pk}/change/", **form)
    assert PostHolding.objects.filter(pk=holding.pk).exists()


def test_it_mends_a_wrong_row_of_somebody_else():
    seat = BodySeat.objects.get(user=person("elected"))
    typed = {"body": seat.body_id, "user": seat.user_id, "position": "deputy", "starts_on": "2008-02-01"}
    assert sent("programme/bodyseat", f"{seat.pk}/change/", **typed, until="").status_code == 302
    seat.refresh_from_db()
    assert (seat.position, str(seat.starts_on)) == ("deputy", "2008-02-01")
    anna = make_person("Anna")
    sent("programme/user", f"{anna.pk}/change/", **facts_of(anna), **a_post(the_post()))
    assert PostHolding.objects.filter(user=anna, post=the_post()).exists()


def test_it_gives_nothing_to_oneself():
    admin, body = person("admin"), Body.objects.get(programme=ako(), code="BODY-SH")
    before = PostHolding.objects.filter(user=admin).count()
    sent("programme/user", f"{admin.pk}/change/", **facts_of(admin), **a_post(the_post("ROLE-SJ")))
    assert PostHolding.objects.filter(user=admin).count() == before
    typed = {"body": body.pk, "user": admin.pk, "position": "chair", "starts_on": "2009-01-01", "until": ""}
    refused = sent("programme/bodyseat", "add/", **typed)
    assert (refused.status_code, list(refused.context["errors"].data[0].data)) != (302, [])
    assert not admin.body_seats.exists()


def test_it_mends_nothing_of_ones_own():
    admin = person("admin")
    membership = make_membership(user=admin)
    typed = {"group": membership.group_id, "role": "coordinator", "user": admin.pk, "starts_on": "2008-01-01"}
    assert sent("workgroups/membership", f"{membership.pk}/change/", **typed).status_code == 403
    PostHolding.objects.create(post=the_post(), user=admin, starts_on="2009-01-01")
    post = the_post()
    typed = {"programme": post.programme_id, "code": post.code, "name_fi": "Tiedottaja"}
    powerful = typed | {"power": "programme_office"}
    assert sent("programme/post", f"{post.pk}/change/", **powerful).status_code == 403
    assert the_post().power == post.power
