"""Rounds of self-evaluation as the office keeps them: started, changed until they open, closed later."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from programme.models import Programme, RoleStatement
from tests.factories import ako, make_membership, make_person, the_group
from tests.factories_evaluations import close, give_answer, make_evaluation, make_members, place_of
from tests.personas import client_of, person
from workgroups.evaluations import rounds
from workgroups.models import Evaluation, Membership, WorkingGroup

pytestmark = pytest.mark.django_db

NEW = "/ako/evaluations/new/"
EDIT = "/ako/evaluations/ARV-2009/edit/"


def typed(**more):
    groups = [str(the_group(code).pk) for code in ("WG-MR", "WG-HP")]
    return {
        "kind": "yearly",
        "year": "2009",
        "code": "",
        "opens_on": "1.10.2009",
        "closes_on": "31.10.2009",
        "is_anonymous": "on",
        "smallest": "5",
        "groups": groups,
    } | more


def planned(**fields):
    days = {"opens_on": datetime.date(2009, 10, 1), "closes_on": datetime.date(2009, 10, 31)}
    return make_evaluation(**(days | fields))


def shown_base(response):
    return response.context["form"]["base"].value()


# --- A new round ------------------------------------------------------------------------------------------


def test_the_office_starts_a_round_under_the_usual_code():
    response = client_of("office").post(NEW, typed())
    assert (response.status_code, response["Location"]) == (302, "/ako/evaluations/ARV-2009/")
    made = Evaluation.objects.get()
    assert (made.code, made.is_anonymous, made.smallest, made.state) == ("ARV-2009", True, 5, "planned")
    assert [group.code for group in made.groups.order_by("order")] == ["WG-MR", "WG-HP"]


@pytest.mark.parametrize(
    ("kind", "code"), [("yearly", "ARV-2009"), ("mid_term", "ARV-2009-V"), ("final", "ARV-2009-L")]
)
def test_the_code_tells_the_kind_and_goes_on_where_it_is_taken(kind, code):
    assert rounds.proposed_code(ako(), kind, 2009) == code
    planned(code=code)
    assert rounds.proposed_code(ako(), kind, 2009) == f"{code}-2"


def test_groups_with_people_are_chosen_to_begin_with_sub_groups_too():
    sub_group = WorkingGroup.objects.create(
        programme=ako(), code="WG-MR-1", order=9, name_fi="Alaryhmä", parent=the_group()
    )
    client = client_of("office")
    form = client.get(NEW).context["form"]
    assert {row.code for row in form.fields["groups"].queryset} == {"WG-MR", "WG-HP", "WG-EO", "WG-MR-1"}
    assert set(form["groups"].value()) == {the_group(code).pk for code in ("WG-MR", "WG-HP", "WG-EO")}
    make_membership("WG-MR-1", user=make_person("Alajäsen"))
    assert sub_group.pk in client.get(NEW).context["form"]["groups"].value()
    Membership.objects.filter(group=sub_group).update(until="2009-09-08")
    assert sub_group.pk not in client.get(NEW).context["form"]["groups"].value()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"closes_on": "30.9.2009"}, "closes_on"),
        ({"opens_on": "8.9.2009"}, "opens_on"),
        ({"opens_on": "huomenna"}, "opens_on"),
        ({"groups": []}, "groups"),
        ({"year": "2015"}, "year"),
        ({"year": ""}, "year"),
        ({"smallest": "2"}, "smallest"),
        ({"smallest": "viisi"}, "smallest"),
        ({"code": "new"}, "code"),
        ({"code": "arvio 1"}, "code"),
        ({"kind": "toinen"}, "kind"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_what_was_typed_is_kept(wrong, field):
    response = client_of("office").post(NEW, typed(**wrong))
    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == [field]
    assert form["closes_on"].value() == typed(**wrong)["closes_on"]
    assert not Evaluation.objects.exists()


def test_a_code_that_is_taken_is_told_at_its_field():
    planned()
    response = client_of("office").post(NEW, typed(code="ARV-2009"))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["code"])
    assert Evaluation.objects.count() == 1


def test_a_closed_programme_starts_no_round():
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-09")
    values = {
        "kind": "yearly",
        "year": 2009,
        "code": "",
        "opens_on": datetime.date(2009, 10, 1),
        "closes_on": datetime.date(2009, 10, 2),
        "is_anonymous": True,
        "smallest": 5,
        "groups": [the_group()],
    }
    with pytest.raises(ValidationError):
        rounds.start_round(ako(), values=values)
    assert not Evaluation.objects.exists()


# --- Until it opens -----------------------------------------------------------------------------------------


def test_a_round_is_changed_until_it_opens():
    evaluation = planned()
    client = client_of("office")
    base = shown_base(client.get(EDIT))
    changed = typed(base=base, smallest="7", groups=[str(the_group("WG-EO").pk)])
    assert client.post(EDIT, changed).status_code == 302
    evaluation.refresh_from_db()
    assert evaluation.smallest == 7
    assert [group.code for group in evaluation.groups.all()] == ["WG-EO"]


def test_two_who_change_the_same_round_are_told_of_each_other():
    evaluation = planned()
    client = client_of("office")
    base = shown_base(client.get(EDIT))
    evaluation.groups.set([the_group("WG-HP")])
    Evaluation.objects.update(smallest=6)
    response = client.post(EDIT, typed(base=base, smallest="7", groups=[str(the_group("WG-EO").pk)]))
    assert response.status_code == 409
    assert [row[1:] for row in response.context["form"].differing] == [
        ("7", "6"),
        ("WG-EO Elinkeino- ja osaamistyöryhmä", "WG-HP Hyvinvointipalvelutyöryhmä"),
    ]
    again = typed(smallest="7", groups=[str(the_group("WG-EO").pk)], base=shown_base(response))
    assert client.post(EDIT, again).status_code == 302
    evaluation.refresh_from_db()
    assert (evaluation.smallest, [row.code for row in evaluation.groups.all()]) == (7, ["WG-EO"])


def test_the_code_stays():
    planned()
    client = client_of("office")
    base = shown_base(client.get(EDIT))
    assert client.post(EDIT, typed(base=base, code="TOINEN")).status_code == 302
    assert Evaluation.objects.get().code == "ARV-2009"


# --- Once it is open ----------------------------------------------------------------------------------------


def test_of_an_open_round_only_the_closing_day_moves_and_only_later():
    evaluation = make_evaluation()
    client = client_of("office")
    response = client.get(EDIT)
    assert list(response.context["form"].written) == ["closes_on"]
    sent = {"base": shown_base(response), "is_anonymous": "", "smallest": "3"}
    assert client.post(EDIT, sent | {"closes_on": "29.9.2009"}).status_code == 422
    assert client.post(EDIT, sent | {"closes_on": "15.10.2009"}).status_code == 302
    evaluation.refresh_from_db()
    assert (evaluation.closes_on, evaluation.is_anonymous, evaluation.smallest) == (
        datetime.date(2009, 10, 15),
        True,
        5,
    )


def test_everybody_sees_that_the_closing_day_was_moved():
    evaluation = make_evaluation()
    told = "Kierroksen piti päättyä ke 30.9.2009"
    assert told not in client_of("member-mr").get("/ako/evaluations/ARV-2009/").content.decode()
    rounds.close_later(evaluation, values={"closes_on": datetime.date(2009, 10, 15)}, base={})
    assert told in client_of("member-mr").get("/ako/evaluations/ARV-2009/").content.decode()


def test_a_day_that_was_changed_before_the_round_opened_is_not_told_of():
    evaluation = planned()
    rounds.save_round(evaluation, values={"closes_on": datetime.date(2009, 11, 15)}, base={})
    assert rounds.moved_from(Evaluation.objects.get()) is None


def test_a_closed_round_is_not_opened_again():
    evaluation = close(make_evaluation())
    later = {"closes_on": datetime.date(2009, 10, 15)}
    with pytest.raises(ValidationError):
        rounds.close_later(evaluation, values=later, base={})
    assert client_of("office").post(EDIT, {"closes_on": "15.10.2009"}).status_code == 403


def test_a_form_opened_before_the_round_did_takes_nothing_back():
    evaluation = planned()
    client = client_of("office")
    base = json.loads(shown_base(client.get(EDIT)))
    Evaluation.objects.update(opens_on="2009-09-09")
    with pytest.raises(ValidationError):
        rounds.save_round(evaluation, values={"is_anonymous": False}, base=base)
    assert Evaluation.objects.get().is_anonymous


@pytest.mark.parametrize(
    "broken",
    [{"is_anonymous": False}, {"smallest": 3}, {"opens_on": "2009-08-01"}, {"lead_fi": "Toinen"}],
)
def test_the_database_keeps_the_promise_once_somebody_has_answered(broken):
    evaluation = make_evaluation()
    give_answer(evaluation, person("member-mr"))
    with pytest.raises(ProgrammingError, match="only the closing day"), transaction.atomic():
        Evaluation.objects.update(**broken)
    with pytest.raises(ProgrammingError, match="what a round asks stays"), transaction.atomic():
        evaluation.statements.update(text_fi="Toinen")
    with pytest.raises(ProgrammingError, match="what a round asks stays"), transaction.atomic():
        place_of(evaluation).delete()
    Evaluation.objects.update(closes_on="2009-10-15")


def test_the_last_day_is_a_day_of_answering(settings):
    evaluation = make_evaluation(closes_on=datetime.date(2009, 9, 9))
    assert evaluation.is_open
    settings.TODAY = datetime.date(2009, 9, 10)
    assert evaluation.is_closed


# --- The programme's words, by value -----------------------------------------------------------------------


def test_a_round_keeps_the_statements_as_they_were_worded():
    client_of("office").post(NEW, typed())
    evaluation = Evaluation.objects.get()
    own = RoleStatement.objects.order_by("order")
    assert list(evaluation.statements.values_list("code", "text_fi", "text_sv", "text_en")) == list(
        own.values_list("code", "text_fi", "text_sv", "text_en")
    )
    asked = [statement.text_fi for statement in evaluation.statements.all()]
    assert evaluation.lead_fi
    RoleStatement.objects.filter(code="AKO-R1").update(text_fi="Uusi sanamuoto")
    assert [statement.text_fi for statement in evaluation.statements.all()] == asked


def test_a_round_that_has_not_opened_says_that_the_programme_has_other_words_and_takes_them():
    planned()
    address = "/ako/evaluations/ARV-2009/"
    RoleStatement.objects.filter(code="AKO-R1").update(text_fi="uudella tavalla")
    client = client_of("office")
    assert client.get(address).context["is_reworded"]
    assert not client_of("member-mr").get(address).context["is_reworded"]
    client.post(EDIT, typed(base=shown_base(client.get(EDIT))))
    assert not client.get(address).context["is_reworded"]
    assert Evaluation.objects.get().statements.get(code="AKO-R1").text_fi == "uudella tavalla"


# --- How many have answered --------------------------------------------------------------------------------


def test_everybody_with_a_place_in_the_group_is_asked_once_whatever_their_roles():
    evaluation = make_evaluation()
    group = the_group("WG-EO")
    before = rounds.people_asked(evaluation)[group.pk]
    [expert] = make_members("WG-EO", 1)
    make_membership("WG-EO", role="deputy", user=expert)
    make_membership("WG-EO", user=make_person("Entinen"), until=datetime.date(2009, 9, 8))
    make_membership("WG-EO", user=None)
    assert rounds.people_asked(evaluation)[group.pk] == before + 1
    give_answer(evaluation, expert, group="WG-EO")
    Membership.objects.filter(user=expert).update(until="2009-09-08")
    assert rounds.people_asked(evaluation)[group.pk] == before + 1
    assert rounds.people_who_answered(evaluation) == {group.pk: 1}


@pytest.mark.parametrize(
    ("persona", "told"),
    [
        ("office", ["WG-MR", "WG-HP", "WG-EO"]),
        ("auditor", ["WG-MR", "WG-HP", "WG-EO"]),
        ("presenter", ["WG-MR", "WG-HP", "WG-EO"]),
        ("coordinator-mr", ["WG-MR"]),
        ("chair-hp", ["WG-HP"]),
        ("member-mr", []),
        ("secretary", []),
        ("finance", []),
        ("admin", []),
    ],
)
def test_while_it_is_open_those_who_see_to_it_know_how_many_have_answered(persona, told):
    evaluation = make_evaluation()
    give_answer(evaluation, person("member-mr"))
    response = client_of(persona).get("/ako/evaluations/ARV-2009/")
    counted = {place.group.code: numbers for place, numbers in response.context["places"] if numbers}
    assert list(counted) == told
    if "WG-MR" in counted:
        assert counted["WG-MR"][0] == 1
        assert "1 / 3 on vastannut" in response.content.decode()
    assert "Työryhmän jäsen, Ylöjärvi" not in response.content.decode().partition("<main")[2]


def test_open_rounds_stand_on_the_desk_until_they_are_answered():
    evaluation = make_evaluation()
    client = client_of("member-mr")
    assert [place.group.code for place in client.get("/desk/").context["desk"].evaluations] == ["WG-MR"]
    assert 'href="/ako/evaluations/ARV-2009/answer/WG-MR/"' in client.get("/desk/").content.decode()
    give_answer(evaluation, person("member-mr"))
    assert client.get("/desk/").context["desk"].evaluations == []
    close(evaluation)
    assert client_of("chair-mr").get("/desk/").context["desk"].evaluations == []


def test_the_page_of_a_group_leads_to_its_rounds():
    make_evaluation(groups=["WG-MR"])
    leads = {
        code: "/ako/evaluations/ARV-2009/"
        in client_of("office").get(f"/ako/workgroups/{code}/").content.decode()
        for code in ("WG-MR", "WG-HP")
    }
    assert leads == {"WG-MR": True, "WG-HP": False}
    assert "ARV-2009" not in client_of("elected").get("/ako/workgroups/WG-MR/").content.decode()


# --- Made by mistake --------------------------------------------------------------------------------------


def test_a_round_that_has_not_opened_can_be_removed():
    planned()
    office = client_of("office")
    assert "evaluations/ARV-2009/remove/" in office.get(EDIT).content.decode()
    response = office.post("/ako/evaluations/ARV-2009/remove/")
    assert (response.status_code, response["Location"]) == (302, "/ako/evaluations/")
    assert not Evaluation.objects.exists()


def test_a_round_that_has_opened_stays():
    make_evaluation()
    office = client_of("office")
    assert "evaluations/ARV-2009/remove/" not in office.get(EDIT).content.decode()
    assert office.post("/ako/evaluations/ARV-2009/remove/").status_code == 403
    assert Evaluation.objects.exists()
