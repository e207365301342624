"""The pages of people: who is listed, what each is, terms given and ended, accounts closed and opened."""

import datetime
import json

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.urls import reverse

from programme.administration import people
from programme.models import Body, BodySeat, MunicipalContact, Municipality, Post, PostHolding, User
from tests.factories import ako, make_person, make_programme
from tests.personas import client_of, clients_of, person

pytestmark = pytest.mark.django_db

LIST = "/ako/people/"


def page_of(somebody):
    return f"{LIST}{somebody.pk}/"


def listed(client, **asked):
    return [row.record.name for row in client.get(LIST, asked).context["table"].page.object_list]


def the_post(code="ROLE-SJ"):
    return Post.objects.get(programme=ako(), code=code)


def sections_of(somebody, persona="admin"):
    context = client_of(persona).get(page_of(somebody)).context
    return {section.kind: section for section in context["sections"]}


# --- The list --------------------------------------------------------------------------------------------


def test_everybody_with_an_account_is_listed_a_page_at_a_time():
    for number in range(30):
        make_person(f"Henkilö {number:02}")
    client = client_of("admin")
    assert client.get(LIST).context["table"].paginator.num_pages == 2
    assert len(listed(client)) == 25


def test_a_person_is_listed_with_what_they_are_today():
    page = client_of("admin").get(LIST, {"q": "chair-mr"}).content.decode()
    assert "puheenjohtaja" in page
    assert reverse("programme:person-detail", args=["ako", person("chair-mr").pk]) in page


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("role", ["Anna Virassa"]),
        ("no_role", ["Beda Ilman", "Cecilia Suljettu"]),
        ("closed", ["Cecilia Suljettu"]),
        ("invited", []),
    ],
)
def test_people_are_found_by_what_they_are(kind, names):
    holder = make_person("Anna Virassa")
    PostHolding.objects.create(post=the_post(), user=holder, starts_on="2009-01-01")
    ended = make_person("Beda Ilman")
    PostHolding.objects.create(post=the_post(), user=ended, starts_on="2009-01-01", until="2009-09-08")
    make_person("Cecilia Suljettu", is_active=False)
    assert listed(client_of("admin"), q="example.test", who=kind) == names


def test_a_role_in_another_programme_is_none_in_this():
    other = make_programme()
    post = Post.objects.create(programme=other, code="ROLE-X", name_fi="Virka")
    stranger = make_person("Anna")
    PostHolding.objects.create(post=post, user=stranger, starts_on="2009-01-01")
    assert listed(client_of("admin"), q="example.test", who="no_role") == ["Anna"]
    assert client_of("admin").get(page_of(stranger)).context["has_no_role"]
    assert sections_of(stranger)["posts"].current == []


def test_the_auditor_reads_people_and_finds_no_form():
    page = client_of("auditor").get(page_of(person("office")))
    assert page.status_code == 200
    assert 'method="post" action="/ako' not in page.content.decode()


# --- Terms -----------------------------------------------------------------------------------------------


def give(somebody, kind, **typed):
    return client_of("admin").post(f"{page_of(somebody)}{kind}/add/", {"starts_on": "1.9.2009"} | typed)


def test_a_post_is_given_from_a_day_and_lets_its_holder_act():
    anna = make_person("Anna")
    post = Post.objects.filter(programme=ako(), power=Post.Power.PROGRAMME_OFFICE).first()
    assert give(anna, "posts", post=post.pk)["Location"] == page_of(anna)
    held = PostHolding.objects.get(user=anna)
    assert (held.post, held.starts_on, held.until) == (post, datetime.date(2009, 9, 1), None)
    [client] = clients_of([anna])
    assert client.get("/ako/settings/").status_code == 200


def test_a_seat_is_given_with_position_municipality_and_dates():
    anna, body = make_person("Anna"), Body.objects.get(programme=ako(), code="BODY-SH")
    municipality = Municipality.objects.get(code="KUN-211")
    give(anna, "seats", body=body.pk, position="deputy", municipality=municipality.pk, until="31.12.2009")
    seat = BodySeat.objects.get(user=anna)
    assert (seat.body, seat.position, seat.municipality, seat.until) == (
        body,
        "deputy",
        municipality,
        datetime.date(2009, 12, 31),
    )


def test_a_municipalitys_contact_is_made_and_sees_as_long_as_the_term_lasts():
    anna, address = make_person("Anna"), "/ako/reports/RAP-2009-T1-YK/"
    give(anna, "contacts", municipality=Municipality.objects.get(code="KUN-211").pk)
    [client] = clients_of([anna])
    assert client.get(address).status_code == 200
    MunicipalContact.objects.filter(user=anna).update(until="2009-09-08")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("posts", lambda: {"post": the_post().pk}),
        ("seats", lambda: {"body": Body.objects.get(code="BODY-SH").pk, "position": "member"}),
        ("contacts", lambda: {"municipality": Municipality.objects.get(code="KUN-211").pk}),
    ],
)
def test_overlapping_terms_are_refused_at_the_field(kind, typed):
    anna = make_person("Anna")
    give(anna, kind, **typed(), until="30.9.2009")
    refused = give(anna, kind, **typed(), starts_on="30.9.2009")
    section = next(found for found in refused.context["sections"] if found.kind == kind)
    assert (refused.status_code, list(section.form.errors)) == (422, ["starts_on"])
    assert "joinakin näistä päivistä" in section.form.errors["starts_on"][0]
    assert give(anna, kind, **typed(), starts_on="1.10.2009").status_code == 302


def test_a_term_that_ends_before_it_begins_is_refused_at_the_field():
    anna = make_person("Anna")
    refused = give(anna, "posts", post=the_post().pk, until="31.8.2009")
    section = next(found for found in refused.context["sections"] if found.kind == "posts")
    assert (refused.status_code, list(section.form.errors)) == (422, ["until"])
    assert not PostHolding.objects.filter(user=anna).exists()


def end(holding, until="8.9.2009", *, base=None):
    address = f"{page_of(holding.user)}posts/{holding.pk}/end/"
    return client_of("admin").post(address, {"until": until, "base": json.dumps(base or {})})


def test_an_ended_term_stays_visible():
    anna = make_person("Anna")
    holding = PostHolding.objects.create(post=the_post(), user=anna, starts_on="2009-01-01")
    assert end(holding).status_code == 302
    posts = sections_of(anna)["posts"]
    assert (posts.current, [term.pk for term in posts.ended]) == ([], [holding.pk])


def test_an_end_that_somebody_else_changed_meanwhile_is_not_overwritten():
    anna = make_person("Anna")
    holding = PostHolding.objects.create(
        post=the_post(), user=anna, starts_on="2009-01-01", until="2009-12-31"
    )
    stale = end(holding, "30.11.2009", base={"until": ""})
    assert stale.status_code == 409
    assert stale.context["differing"] == [("Viimeinen päivä", "30.11.2009", "31.12.2009")]
    assert "2009-12-31&quot;" in stale.content.decode()
    holding.refresh_from_db()
    assert holding.until == datetime.date(2009, 12, 31)
    assert end(holding, "30.11.2009", base={"until": "2009-12-31"}).status_code == 302


def test_a_term_of_another_person_is_not_found():
    holding = PostHolding.objects.create(post=the_post(), user=make_person("Anna"), starts_on="2009-01-01")
    address = f"{page_of(make_person('Beda'))}posts/{holding.pk}/end/"
    assert client_of("admin").post(address, {"until": "8.9.2009"}).status_code == 404


def test_a_closed_programme_gives_and_ends_no_terms():
    anna = make_person("Anna")
    holding = PostHolding.objects.create(post=the_post(), user=anna, starts_on="2009-01-01")
    type(ako()).objects.filter(slug="ako").update(closed_on="2009-09-01")
    body, municipality = Body.objects.get(code="BODY-SH"), Municipality.objects.get(code="KUN-211")
    refused = [
        give(anna, "posts", post=the_post("ROLE-TIE").pk),
        give(anna, "seats", body=body.pk, position="member"),
        give(anna, "contacts", municipality=municipality.pk),
        end(holding),
    ]
    assert [answer.status_code for answer in refused] == [422] * 4
    assert all("Ohjelma on päätetty" in answer.content.decode() for answer in refused)
    holding.refresh_from_db()
    assert holding.until is None


# --- One's own rights ------------------------------------------------------------------------------------


def test_nobody_gives_a_post_a_seat_or_a_contact_to_themselves():
    admin = person("admin")
    office = Post.objects.filter(programme=ako(), power=Post.Power.PROGRAMME_OFFICE).first()
    body, municipality = Body.objects.get(code="BODY-SH"), Municipality.objects.get(code="KUN-211")
    for kind, typed in (
        ("posts", {"post": office.pk}),
        ("seats", {"body": body.pk, "position": "chair"}),
        ("contacts", {"municipality": municipality.pk}),
    ):
        refused = give(admin, kind, **typed)
        assert refused.status_code == 403
        assert "toinen pääkäyttäjä" in refused.content.decode()
    assert not PostHolding.objects.filter(user=admin, post=office).exists()
    assert not admin.body_seats.exists()
    assert not admin.municipal_contacts.exists()


def test_nobody_makes_their_own_term_longer():
    holding = PostHolding.objects.create(
        post=the_post(), user=person("admin"), starts_on="2009-01-01", until="2009-09-08"
    )
    assert end(holding, "31.12.2010", base={"until": "2009-09-08"}).status_code == 403
    holding.refresh_from_db()
    assert holding.until == datetime.date(2009, 9, 8)


def test_ones_own_page_has_no_forms_of_terms_and_says_why():
    page = client_of("admin").get(page_of(person("admin")))
    assert [section.form for section in page.context["sections"]] == [None, None, None]
    assert "Kukaan ei anna itselleen" in page.content.decode()


# --- A person's facts ------------------------------------------------------------------------------------


def edit(somebody, **typed):
    facts = {"name": somebody.name, "email": somebody.email, "language": "fi"}
    seen = {"base": json.dumps(facts)}
    return client_of("admin").post(f"{page_of(somebody)}edit/", seen | facts | typed)


def test_name_address_and_language_are_changed():
    anna = make_person("Anna")
    assert edit(anna, name="Anna Aalto", email="Aalto@Example.test", language="sv").status_code == 302
    anna.refresh_from_db()
    assert (anna.name, anna.email, anna.language) == ("Anna Aalto", "aalto@example.test", "sv")


def test_the_old_address_signs_nobody_in_any_more():
    anna = make_person("Anna")
    EmailAddress.objects.create(user=anna, email=anna.email, primary=True)
    edit(anna, email="uusi@example.test")
    assert not EmailAddress.objects.filter(email="anna@example.test").exists()


def test_an_address_that_is_taken_is_refused_at_the_field():
    anna, taken = make_person("Anna"), make_person("Beda").email
    refused = edit(anna, email=taken.upper())
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["email"])


def test_two_who_change_different_facts_both_keep_theirs():
    anna = make_person("Anna")
    User.objects.filter(pk=anna.pk).update(language="sv")
    assert edit(anna, name="Anna Aalto").status_code == 302
    anna.refresh_from_db()
    assert (anna.name, anna.language) == ("Anna Aalto", "sv")


def test_two_who_change_the_same_fact_see_both_texts():
    anna = make_person("Anna")
    User.objects.filter(pk=anna.pk).update(name="Anna Bergman")
    stale = edit(anna, name="Anna Aalto")
    assert stale.status_code == 409
    assert stale.context["form"].differing == [("Nimi", "Anna Aalto", "Anna Bergman")]
    anna.refresh_from_db()
    assert anna.name == "Anna Bergman"


def test_after_a_conflict_the_form_holds_what_was_typed_and_what_others_changed_elsewhere():
    anna = make_person("Anna")
    User.objects.filter(pk=anna.pk).update(name="Anna Bergman", language="sv")
    form = edit(anna, name="Anna Aalto").context["form"]
    assert (form["name"].value(), form["language"].value()) == ("Anna Aalto", "sv")
    seen = json.loads(form.data["base"])
    assert (seen["name"], seen["language"]) == ("Anna Bergman", "sv")


def test_every_change_is_in_the_trail_with_its_writer():
    anna = make_person("Anna")
    edit(anna, name="Anna Aalto")
    event = anna.events.order_by("pgh_id").last()
    assert (event.name, event.pgh_context.metadata["user"]) == ("Anna Aalto", person("admin").pk)


# --- The account -----------------------------------------------------------------------------------------


def act(somebody, verb):
    return client_of("admin").post(f"{page_of(somebody)}{verb}/", follow=True)


def test_an_account_is_closed_and_opened_again():
    anna = make_person("Anna")
    [client] = clients_of([anna])
    assert client.get("/desk/").status_code == 200
    act(anna, "close")
    assert client.get("/desk/").status_code == 302
    act(anna, "open")
    anna.refresh_from_db()
    assert anna.is_active


def test_nobody_closes_their_own_account_or_gives_up_the_administration():
    admin = person("admin")
    for verb in ("close", "administrator/withdraw"):
        said = [str(message) for message in act(admin, verb).context["messages"]]
        assert "itse" in said[0] or "omaa" in said[0]
    admin.refresh_from_db()
    assert (admin.is_active, admin.is_administrator) == (True, True)


def test_the_last_administrator_is_never_shut_out():
    """As when two shut each other out at once: the second is an administrator no longer."""
    admin, beda = person("admin"), make_person("Beda")
    with pytest.raises(ValidationError):
        people.close_account(admin, actor=beda)
    with pytest.raises(ValidationError):
        people.withdraw_administrator(admin, actor=beda)
    people.make_administrator(beda)
    people.close_account(admin, actor=beda)
    assert list(User.objects.filter(is_administrator=True, is_active=True)) == [beda]


def test_a_closed_account_is_made_no_administrator():
    with pytest.raises(ValidationError):
        people.make_administrator(make_person("Anna", is_active=False))
