"""Lists that pages choose from: rows added, renamed and removed, and what is in use stays."""

import json

import pytest

from programme.models import Account, CostCentre, FundingSource, Post, PostHolding, Programme
from tests.personas import client_of, person

pytestmark = pytest.mark.django_db

SETTINGS = "/ako/settings/"
CENTRE = {"number": "2140", "name_fi": "Aluekeskusohjelma, kokeilut", "code": "KP-2140"}
ACCOUNT = {
    "number": "4999",
    "name_fi": "Sekalaiset",
    "group_fi": "Muut",
    "kind": "expense",
    "code": "TILI-4999",
}


def sent(of, rest="", *, persona="office", **typed):
    return client_of(persona).post(f"{SETTINGS}{of}/{rest}", typed, follow=True)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def add(**typed):
    return sent("cost-centres", "add/", **CENTRE | typed)


def test_the_office_and_the_finance_officer_see_each_list_with_its_facts():
    page = client_of("finance").get(f"{SETTINGS}accounts/").text
    assert 'id="TILI-3300"' in page
    assert "Tuet ja avustukset" in page
    assert f"{SETTINGS}accounts/add/" in page


def test_who_does_not_keep_a_list_sees_it_without_buttons():
    page = client_of("auditor").get(f"{SETTINGS}cost-centres/").text
    assert 'id="KP-2100"' in page
    assert "cost-centres/add/" not in page
    assert "cost-centres/KP-2100/" not in page


@pytest.mark.parametrize(
    ("kind", "model", "persona", "typed"),
    [
        ("cost-centres", CostCentre, "finance", CENTRE),
        ("accounts", Account, "office", ACCOUNT),
        ("posts", Post, "admin", {"name_fi": "viestintäsihteeri", "power": "", "code": "ROLE-VIE"}),
    ],
)
def test_a_new_row_stands_in_the_list(kind, model, persona, typed):
    done = sent(kind, "add/", persona=persona, **typed)
    assert done.redirect_chain == [(f"{SETTINGS}{kind}/#{typed['code']}", 302)]
    row = model.objects.get(programme__slug="ako", code=typed["code"])
    assert row.name_fi == typed["name_fi"]
    assert f'id="{row.code}"' in done.text


def test_a_new_funding_source_has_an_income_account():
    typed = {"short_name": "EAKR", "name_fi": "Euroopan aluekehitysrahasto", "code": "RL-EAKR"}
    expense = Account.objects.filter(kind="expense").first()
    assert list(sent("funding-sources", "add/", **typed, account=expense.pk).context["form"].errors) == [
        "account"
    ]
    income = Account.objects.filter(kind="income").first()
    sent("funding-sources", "add/", **typed, account=income.pk)
    assert FundingSource.objects.get(code="RL-EAKR").account == income


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"code": "KP-2100"}, "code"), ({"code": "KP 2140"}, "code"), ({"name_fi": ""}, "name_fi")],
    ids=["taken", "no code", "no name"],
)
def test_what_cannot_stand_is_told_at_its_field_and_keeps_what_was_typed(typed, field):
    before = CostCentre.objects.count()
    refused = add(**typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
    assert CENTRE["number"] in refused.text
    assert CostCentre.objects.count() == before


def test_names_change_and_nothing_else_does():
    done = sent("cost-centres", "KP-2100/", name_fi="Koordinointi", number="9999", code="KP-9999")
    assert done.redirect_chain == [(f"{SETTINGS}cost-centres/#KP-2100", 302)]
    row = CostCentre.objects.get(code="KP-2100")
    assert (row.name_fi, row.number) == ("Koordinointi", "2100")


def test_a_stale_name_overwrites_nothing():
    CostCentre.objects.filter(code="KP-2100").update(name_fi="Toisen nimi")
    base = json.dumps({"name_fi": "Entinen nimi", "name_sv": "", "name_en": ""})
    stale = sent("cost-centres", "KP-2100/", name_fi="Oma nimi", base=base)
    assert stale.status_code == 409
    assert [row[1:] for row in stale.context["form"].differing] == [("Oma nimi", "Toisen nimi")]
    assert CostCentre.objects.get(code="KP-2100").name_fi == "Toisen nimi"


def test_a_row_that_nothing_uses_goes_and_one_in_use_stays():
    add()
    assert messages_of(sent("cost-centres", "KP-2140/remove/")) == ["Poistettu: Aluekeskusohjelma, kokeilut"]
    assert not CostCentre.objects.filter(code="KP-2140").exists()
    assert messages_of(sent("cost-centres", "KP-2100/remove/")) == [
        "Rivi on käytössä, joten se pysyy. Sen nimiä voi muuttaa."
    ]
    assert CostCentre.objects.filter(code="KP-2100").exists()


def test_a_post_gets_its_power_from_the_administrator_only():
    role = {"name_fi": "tiedottaja", "power": "secretary"}
    assert sent("posts", "ROLE-TIE/", **role).status_code == 403
    sent("posts", "ROLE-TIE/", persona="admin", **role)
    assert Post.objects.get(code="ROLE-TIE").power == "secretary"


def test_a_closed_programme_keeps_its_lists():
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-01")
    assert add().status_code == 422
    assert messages_of(sent("cost-centres", "KP-2100/remove/")) == [
        "Ohjelma on päätetty, eikä siihen enää tehdä muutoksia."
    ]
    assert sent("cost-centres", "KP-2100/", name_fi="Toinen").status_code == 422


@pytest.mark.parametrize("until", [None, "2009-12-31"])
def test_nobody_gives_a_power_to_a_post_that_they_hold(until):
    Post.objects.filter(code="ROLE-TIE").update(power="")
    post = Post.objects.get(code="ROLE-TIE")
    holding = PostHolding.objects.create(post=post, user=person("admin"), starts_on="2009-10-01", until=until)
    words = {"name_fi": "tiedottaja", "persona": "admin"}
    refused = sent("posts", "ROLE-TIE/", **words, power="programme_office")
    assert refused.status_code == 403
    assert "päättää toinen pääkäyttäjä" in refused.text
    assert sent("posts", "ROLE-TIE/", **words | {"name_fi": "viestijä"}, power="").status_code == 200
    holding.starts_on = holding.until = "2009-09-08"
    holding.save()
    assert sent("posts", "ROLE-TIE/", **words, power="programme_office").status_code == 200
