"""Answering a round: who may, once for each group, by name or without; and nothing typed is lost."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from programme.models import Programme, Substitute
from programme.trail import trail_of
from reporting import tasks
from tests.factories import make_membership, the_group
from tests.factories_evaluations import (
    STATEMENTS,
    close,
    give_answer,
    make_evaluation,
    place_of,
    typed_answer,
)
from tests.personas import client_of, person
from workgroups.evaluations import answering
from workgroups.evaluations.answering import Answers
from workgroups.models import EvaluationAnswer, EvaluationDraft, Participation
from workgroups.services import StaleVersionError

pytestmark = pytest.mark.django_db

ADDRESS = "/ako/evaluations/ARV-2009/answer/WG-MR/"
DRAFT = f"{ADDRESS}draft/"


def named(**fields):
    return make_evaluation(is_anonymous=False, **fields)


# --- Who answers -----------------------------------------------------------------------------------------


def test_a_substitute_answers_for_nobody():
    make_evaluation()
    Substitute.objects.create(
        absent=person("coordinator-mr"),
        substitute=person("chair-hp"),
        starts_on="2009-09-01",
        until="2009-09-30",
    )
    client = client_of("chair-hp")
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, typed_answer()).status_code == 403
    assert [place.group.code for place in client.get("/desk/").context["desk"].evaluations] == ["WG-HP"]


def test_the_office_answers_for_nobody_but_as_a_member():
    evaluation = make_evaluation()
    client = client_of("office")
    assert client.post(ADDRESS, typed_answer()).status_code == 403
    make_membership("WG-MR", role="expert", user=person("office"))
    assert client.post(ADDRESS, typed_answer()).status_code == 302
    assert evaluation.participations.count() == 1


def test_somebody_in_two_groups_answers_once_for_each():
    evaluation = make_evaluation()
    make_membership("WG-HP", role="deputy", user=person("member-mr"))
    client = client_of("member-mr")
    for group in ("WG-MR", "WG-HP"):
        address = f"/ako/evaluations/ARV-2009/answer/{group}/"
        assert client.post(address, typed_answer()).status_code == 302
        assert client.post(address, typed_answer()).status_code == 403
    assert sorted(evaluation.participations.values_list("group__code", flat=True)) == ["WG-HP", "WG-MR"]


def test_the_database_knows_one_answer_of_a_person_for_a_group():
    evaluation = make_evaluation()
    give_answer(evaluation, person("member-mr"))
    with pytest.raises(IntegrityError, match="one_answer_per_person_and_group"), transaction.atomic():
        Participation.objects.create(evaluation=evaluation, group=the_group(), user=person("member-mr"))


# --- By name ---------------------------------------------------------------------------------------------


def test_a_named_answer_is_stored_and_shown_to_its_writer_alone():
    evaluation = named()
    client = client_of("member-mr")
    assert "Vastaat omalla nimelläsi" in client.get(ADDRESS).content.decode()
    typed = typed_answer(5, **{"comment_AKO-R1": "Malli toimii.", "comment": "Kiitos."})
    assert client.post(ADDRESS, typed | {"rating_AKO-R2": "0"}).status_code == 302
    expected = Answers({"AKO-R1": 5, "AKO-R2": 0, "AKO-R3": 5}, {"AKO-R1": "Malli toimii."}, "Kiitos.")
    assert answering.own_answers(place_of(evaluation), person("member-mr")) == expected
    form = client.get(ADDRESS).context["form"]
    assert (form["rating_AKO-R2"].value(), form["comment"].value(), form["version"].value()) == (
        "0",
        "Kiitos.",
        1,
    )
    assert client_of("chair-mr").get(ADDRESS).context["form"]["comment"].value() == ""


def test_a_named_answer_is_changed_until_the_round_closes_and_the_trail_keeps_what_stood():
    evaluation = named()
    give_answer(evaluation, person("member-mr"), 2, general="Ensin näin.")
    client = client_of("member-mr")
    assert client.post(ADDRESS, typed_answer(4, version="1")).status_code == 302
    assert answering.own_answers(place_of(evaluation), person("member-mr")) == Answers(
        dict.fromkeys(STATEMENTS, 4)
    )
    kept = trail_of(EvaluationAnswer).filter(user=person("member-mr"))
    assert set(kept.filter(statement__isnull=False).values_list("rating", flat=True)) == {2, 4}
    assert kept.filter(pgh_label="delete", comment="Ensin näin.").exists()
    close(evaluation)
    assert client.post(ADDRESS, typed_answer(1, version="2")).status_code == 403
    assert answering.own_answers(place_of(evaluation), person("member-mr")).ratings["AKO-R1"] == 4


def test_the_same_named_answer_sent_twice_is_stored_once():
    evaluation = named()
    client = client_of("member-mr")
    assert [client.post(ADDRESS, typed_answer()).status_code for _time in range(2)] == [302, 302]
    assert Participation.objects.get().version == 1
    assert evaluation.answers.count() == 3


def test_two_answers_of_one_person_meet_with_both_texts():
    evaluation = named()
    give_answer(evaluation, person("member-mr"), 2, general="Toisella koneella.")
    client = client_of("member-mr")
    response = client.post(ADDRESS, typed_answer(2, comment="Tällä koneella.", version="0"))
    assert response.status_code == 409
    assert response.context["differing"] == [("Muuta sanottavaa", "Tällä koneella.", "Toisella koneella.")]
    assert response.context["form"]["comment"].value() == "Tällä koneella."
    assert answering.own_answers(place_of(evaluation), person("member-mr")).general == "Toisella koneella."
    again = typed_answer(2, comment="Tällä koneella.", version=response.context["form"]["version"].value())
    assert client.post(ADDRESS, again).status_code == 302
    with pytest.raises(StaleVersionError):
        give_answer(evaluation, person("member-mr"), 1, version=1)


# --- Without a name --------------------------------------------------------------------------------------


def test_an_anonymous_answer_is_told_of_beforehand_and_not_changed():
    evaluation = make_evaluation()
    client = client_of("member-mr")
    page = client.get(ADDRESS).content.decode()
    assert "Siksi lähetettyä vastausta ei voi muuttaa." in page
    assert client.post(ADDRESS, typed_answer(comment="Ensin.")).status_code == 302
    after = client.get(ADDRESS)
    assert (after.status_code, after.context["form"]) == (200, None)
    refused = client.post(ADDRESS, typed_answer(1, comment="Sittenkin näin."))
    assert refused.status_code == 403
    assert "Sittenkin näin." in refused.content.decode()
    assert evaluation.answers.filter(comment="Sittenkin näin.").count() == 0
    assert evaluation.answers.count() == 4


def test_the_database_keeps_no_name_in_an_anonymous_round_and_every_name_in_another():
    for is_anonymous, user in ((True, person("member-mr")), (False, None)):
        evaluation = make_evaluation(f"ARV-{is_anonymous}", is_anonymous=is_anonymous)
        row = EvaluationAnswer(
            evaluation=evaluation,
            group=the_group(),
            statement=evaluation.statements.first(),
            rating=4,
            user=user,
        )
        with pytest.raises(ProgrammingError, match="keeps nobody's name"), transaction.atomic():
            row.save(force_insert=True)


# --- What cannot be taken --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"rating_AKO-R2": ""}, "rating_AKO-R2"),
        ({"rating_AKO-R1": "6"}, "rating_AKO-R1"),
        ({"comment_AKO-R3": "x" * 1001}, "comment_AKO-R3"),
        ({"comment": "x" * 1001}, "comment"),
    ],
)
@pytest.mark.parametrize("is_anonymous", [True, False])
def test_what_is_missing_is_told_at_its_field_and_nothing_typed_is_lost(wrong, field, is_anonymous):
    evaluation = make_evaluation(is_anonymous=is_anonymous)
    client = client_of("member-mr")
    response = client.post(ADDRESS, typed_answer(**{"comment_AKO-R1": "Pitkä ajatus."} | wrong))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "Pitkä ajatus." in response.content.decode()
    assert not evaluation.participations.exists()
    # Signed out, or on another machine: the server has it.
    assert client.get(ADDRESS).context["form"]["comment_AKO-R1"].value() == "Pitkä ajatus."


@pytest.mark.parametrize("days", [("2009-10-01", "2009-10-31"), ("2009-08-01", "2009-09-08")])
def test_before_it_opens_and_after_it_has_closed_what_was_sent_is_given_back(days):
    evaluation = make_evaluation(opens_on=days[0], closes_on=days[1])
    response = client_of("member-mr").post(ADDRESS, typed_answer(comment="Ajatus."))
    assert response.status_code == 403
    assert "Ajatus." in response.content.decode()
    assert "täysin samaa mieltä" not in response.content.decode()
    assert "jokseenkin samaa mieltä" in response.content.decode()
    assert not evaluation.answers.exists()


def test_a_closed_programme_takes_no_answer():
    evaluation = make_evaluation()
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-09")
    with pytest.raises(ValidationError):
        give_answer(evaluation, person("member-mr"))
    assert client_of("member-mr").post(ADDRESS, typed_answer()).status_code == 403
    assert not evaluation.participations.exists()


# --- Drafts ----------------------------------------------------------------------------------------------


def test_a_draft_is_its_writers_alone_and_goes_when_the_answer_is_sent():
    evaluation = make_evaluation()
    client = client_of("member-mr")
    kept = client.post(DRAFT, {"comment": "Kesken", "rating_AKO-R1": "3"}, headers={"HX-Request": "true"})
    assert kept.status_code == 200
    form = client.get(ADDRESS).context["form"]
    assert (form["comment"].value(), form["rating_AKO-R1"].value()) == ("Kesken", "3")
    assert client_of("chair-mr").get(ADDRESS).context["draft"] is None
    assert [place.draft_saved_at is None for place in client.get("/desk/").context["desk"].evaluations] == [
        False
    ]
    others = client_of("chair-mr").get("/desk/").context["desk"].evaluations
    assert [place.draft_saved_at for place in others] == [None]
    client.post(ADDRESS, typed_answer(comment="Valmis", drafted="jokin muu"))
    assert not EvaluationDraft.objects.exists()
    late = client.post(DRAFT, {"comment": "Vielä tämä"})
    assert late.status_code == 403
    assert "Vielä tämä" in late.content.decode()
    assert evaluation.participations.count() == 1


def test_a_draft_typed_on_another_machine_is_not_overwritten_unseen():
    make_evaluation()
    client = client_of("member-mr")
    client.post(DRAFT, {"comment": "Kotona"})
    other = client.post(DRAFT, {"comment": "Töissä", "drafted": ""})
    assert other.status_code == 409
    assert "Kotona" in other.content.decode()
    assert other.context["form"]["comment"].value() == "Töissä"
    told = client.post(DRAFT, {"comment": "Töissä"}, headers={"HX-Request": "true"})
    assert (told.status_code, told.json()["typed"]) == (409, {"comment": "Kotona"})
    stamp = other.context["form"]["drafted"].value()
    assert client.post(DRAFT, {"comment": "Töissä", "drafted": stamp}).status_code == 302
    assert EvaluationDraft.objects.get().typed["comment"] == "Töissä"


def test_a_draft_is_discarded_when_its_writer_asks():
    make_evaluation()
    client = client_of("member-mr")
    client.post(DRAFT, {"comment": "Kesken"})
    assert client.post(DRAFT, {"discard": "yes"}).status_code == 302
    assert not EvaluationDraft.objects.exists()


def test_drafts_of_rounds_that_closed_long_ago_are_purged():
    evaluation = make_evaluation(opens_on="2009-01-01", closes_on="2009-12-31")
    place = place_of(evaluation)
    answering.save_draft(place, actor=person("member-mr"), typed={"comment": "Kesken"}, base_version=0)
    type(evaluation).objects.update(closes_on=datetime.date(2009, 6, 11))
    tasks.purge_drafts(0)
    assert EvaluationDraft.objects.count() == 1
    type(evaluation).objects.update(closes_on=datetime.date(2009, 6, 10))
    tasks.purge_drafts(0)
    assert not EvaluationDraft.objects.exists()
