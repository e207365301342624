"""Results of a round: seen when it has closed, by group and all together, and never of too few."""

import datetime
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from programme.models import RoleStatement
from tests.factories import the_group
from tests.factories_evaluations import STATEMENTS, close, give_answer, make_evaluation, make_members
from tests.personas import client_of, person
from workgroups.evaluations.results import (
    Rating,
    added,
    comments_on,
    median_of,
    number_of,
    previous_round,
    results_of,
    shown_groups,
)
from workgroups.models import Evaluation

pytestmark = pytest.mark.django_db

ROUND = "/ako/evaluations/ARV-2009/"


def answered(*, answers, **fields):
    """Make a closed round; `answers` are the ratings of each person by group."""
    evaluation = make_evaluation(**fields)
    for group, given_ratings in answers.items():
        for member, rating in zip(make_members(group, len(given_ratings)), given_ratings, strict=True):
            comments = {"AKO-R1": f"{group} sanoo {rating}"}
            give_answer(evaluation, member, rating, group=group, comments=comments)
    return close(evaluation)


def members_of(group):
    return [row.user for row in the_group(group).memberships.filter(role="expert").order_by("pk")]


# --- What is counted -------------------------------------------------------------------------------------


def test_a_closed_round_is_counted_by_group_and_all_together():
    results = results_of(answered(answers={"WG-MR": [5, 5, 4, 2, 0], "WG-HP": [1, 2, 3, 4, 5]}))
    of_mr, of_hp = results.of_group("WG-MR"), results.of_group("WG-HP")
    assert of_mr.counts["AKO-R1"] == {5: 2, 4: 1, 2: 1, 0: 1}
    assert of_hp.counts["AKO-R1"] == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1}
    assert results.whole["AKO-R1"] == {0: 1, 1: 1, 2: 2, 3: 1, 4: 2, 5: 3}
    assert (of_mr.answered, of_mr.asked) == (5, 8)


def test_the_middle_is_of_those_who_took_a_stand():
    assert median_of({5: 1, 4: 1, 1: 1, 0: 9}) == (Rating.AGREE, Rating.AGREE)
    assert median_of({5: 1, 1: 1}) == (Rating.STRONGLY_DISAGREE, Rating.STRONGLY_AGREE)
    assert median_of({0: 3}) is None
    assert median_of({}) is None


def test_nothing_is_counted_while_somebody_may_still_answer():
    evaluation = make_evaluation()
    for member in make_members("WG-MR", 6):
        give_answer(evaluation, member, 5, comments={"AKO-R1": "Salainen vielä."})
    with pytest.raises(ValidationError):
        results_of(evaluation)
    for persona in ("office", "auditor", "chair-mr", "member-mr"):
        for address in (ROUND, f"{ROUND}?group=WG-MR", "/ako/evaluations/"):
            page = client_of(persona).get(address).content.decode()
            assert "Salainen vielä." not in page
            assert "<svg" not in page.partition("<main")[2]
            assert "täysin samaa mieltä" not in page


def test_who_did_not_answer_is_silence():
    answered(answers={"WG-MR": [4] * 5})
    page = client_of("office").get(ROUND)
    silent = page.context["results"].of_group("WG-EO")
    assert (silent.answered, silent.is_shown, silent.counts) == (0, False, {})
    assert page.content.decode().count("kukaan ei vastannut") == 1 + 2 * len(STATEMENTS) + 1
    of_group = client_of("office").get(f"{ROUND}?group=WG-EO").content.decode()
    assert "Kukaan ryhmästä ei vastannut." in of_group


def test_a_round_that_nobody_answered_says_so():
    close(make_evaluation())
    assert "Tällä kierroksella kukaan ei vastannut." in client_of("office").get(ROUND).content.decode()


# --- Too few ---------------------------------------------------------------------------------------------


def test_a_group_with_too_few_answers_is_shown_to_nobody_and_is_not_in_the_whole():
    answered(answers={"WG-MR": [5] * 5, "WG-HP": [1] * 4})
    for persona in ("office", "auditor", "chair-hp", "member-mr"):
        response = client_of(persona).get(f"{ROUND}?group=WG-HP")
        results = response.context["results"]
        assert results.of_group("WG-HP").counts == {}
        assert results.whole["AKO-R1"] == {5: 5}
        assert "WG-HP sanoo 1" not in response.content.decode()
        assert "Vastaajia oli liian vähän" in response.content.decode()
    page = client_of("office").get(ROUND).content.decode()
    assert "liian vähän vastauksia (alle 5)" in page
    assert "ilman ryhmiä, joista on liian vähän vastauksia" in page
    assert (results.answered, results.asked) == (5, 8 + 2)


@pytest.mark.parametrize("address", [ROUND, f"{ROUND}?group=WG-MR", f"{ROUND}?group=WG-HP"])
def test_no_page_tells_apart_what_a_group_with_too_few_answered(address):
    evaluation = answered(answers={"WG-MR": [5, 4, 3, 3, 0], "WG-HP": [1, 2, 5]})
    client = client_of("office")
    main = client.get(address).content.decode().partition("<main")[2]
    evaluation.answers.filter(group__code="WG-HP").update(rating=4, comment="Toisin.")
    assert client.get(address).content.decode().partition("<main")[2] == main


def test_named_answers_are_shown_however_few():
    evaluation = make_evaluation(is_anonymous=False)
    give_answer(evaluation, person("member-mr"), 3, comments={"AKO-R1": "Oma nimi alla."})
    close(evaluation)
    page = client_of("chair-mr").get(f"{ROUND}?group=WG-MR").content.decode()
    assert "Oma nimi alla." in page
    assert "Työryhmän jäsen, Ylöjärvi" in page


Ratings = st.lists(st.integers(0, 5), max_size=9)
Groups = st.dictionaries(st.sampled_from("ABCDE"), Ratings)


def told(groups, smallest):
    """Return everything that is told of a round with these answers: what the page is made of."""
    shown = shown_groups({name: len(ratings) for name, ratings in groups.items()}, smallest=smallest)
    counts = {
        name: {rating: groups[name].count(rating) for rating in set(groups[name])} for name in sorted(shown)
    }
    silent = sorted(name for name, ratings in groups.items() if not ratings)
    return counts, added(counts.values()), silent


@given(groups=Groups, others=Groups, smallest=st.integers(3, 8))
def test_what_is_told_does_not_depend_on_the_answers_of_groups_with_too_few(groups, others, smallest):
    """So no subtraction, no other group and no member who knows their own answer finds anything out."""
    changed = dict(groups)
    for name, ratings in groups.items():
        if 0 < len(ratings) < smallest:
            other = others.get(name, [])[: smallest - 1]
            changed[name] = other or [0]
    assert told(changed, smallest) == told(groups, smallest)


@given(groups=Groups, smallest=st.integers(3, 8))
def test_the_whole_is_what_the_shown_groups_are_together(groups, smallest):
    counts, whole, _silent = told(groups, smallest)
    assert all(number_of(row) >= smallest for row in counts.values())
    assert number_of(whole) == sum(number_of(row) for row in counts.values())
    assert number_of(whole) == 0 or number_of(whole) >= smallest


# --- Comments --------------------------------------------------------------------------------------------


def test_comments_stand_in_the_order_of_the_alphabet():
    evaluation = make_evaluation()
    words = ["Öljyä", "että", "Ahaa", "zzz", "beetä"]
    for member, word in zip(make_members("WG-MR", 5), words, strict=True):
        give_answer(evaluation, member, comments={"AKO-R1": word}, general=f"{word}!")
    results = results_of(close(evaluation))
    comments = comments_on(results, results.of_group("WG-MR"))
    order = [comment.text for comment in comments["AKO-R1"]]
    assert all(one.casefold() <= other.casefold() for one, other in pairwise(order))
    assert sorted(order) == sorted(words)
    assert len(comments[""]) == 5


@pytest.mark.parametrize(
    ("persona", "reads"),
    [
        ("coordinator-mr", True),
        ("chair-mr", True),
        ("member-mr", True),
        ("office", True),
        ("presenter", True),
        ("auditor", True),
        ("chair-hp", False),
        ("coordinator-eo", False),
        ("secretary", False),
        ("finance", False),
        ("admin", False),
    ],
)
def test_comments_are_read_by_the_group_itself_and_those_who_read_with_it(persona, reads):
    answered(answers={"WG-MR": [4] * 5})
    page = client_of(persona).get(f"{ROUND}?group=WG-MR").content.decode()
    assert ("WG-MR sanoo 4" in page) is reads
    assert "jokseenkin samaa mieltä" in page
    assert "WG-MR sanoo 4" not in client_of(persona).get(ROUND).content.decode()


def test_what_people_write_is_no_markup():
    evaluation = make_evaluation(is_anonymous=False)
    give_answer(evaluation, person("member-mr"), comments={"AKO-R1": "<script>alert(1)</script>"})
    close(evaluation)
    page = client_of("office").get(f"{ROUND}?group=WG-MR").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


# --- The previous round ----------------------------------------------------------------------------------


def earlier_round(**fields):
    evaluation = make_evaluation("ARV-2008", year=2008, opens_on=datetime.date(2008, 11, 1), **fields)
    for member in members_of("WG-MR"):
        give_answer(evaluation, member, 2)
    Evaluation.objects.filter(pk=evaluation.pk).update(closes_on=datetime.date(2008, 11, 30))
    return evaluation


def test_a_round_is_compared_with_the_one_before_by_statement():
    answered(answers={"WG-MR": [5] * 5})
    earlier_round()
    response = client_of("office").get(f"{ROUND}?group=WG-MR")
    [first, *_rest] = response.context["parts"]
    assert (first.counts, first.previous) == ({5: 5}, {2: 5})
    assert (first.middle, first.middle_before) == ("täysin samaa mieltä", "jokseenkin eri mieltä")
    assert (first.is_reworded, first.is_new) == (False, False)
    assert "5 vastausta, keskimmäinen jokseenkin eri mieltä" in response.content.decode()
    assert "Edellisellä kierroksella: täysin samaa mieltä 0" in response.content.decode()


def test_other_words_and_new_statements_are_said():
    evaluation = answered(answers={"WG-MR": [5] * 5})
    RoleStatement.objects.filter(code="AKO-R1").update(text_fi="vanhoin sanoin")
    before = earlier_round()
    RoleStatement.objects.filter(code="AKO-R1").update(text_fi="uusin sanoin")
    response = client_of("office").get(f"{ROUND}?group=WG-MR")
    assert [part.is_reworded for part in response.context["parts"]] == [True, False, False]
    assert response.content.decode().count("kysyttiin silloin toisin sanoin") == 1
    assert previous_round(evaluation) == before
    assert previous_round(before) is None


def test_a_group_with_too_few_answers_before_is_not_told_of_by_comparison():
    answered(answers={"WG-MR": [5] * 5})
    before = earlier_round(smallest=6)
    response = client_of("office").get(f"{ROUND}?group=WG-MR")
    assert [part.previous for part in response.context["parts"]] == [{}, {}, {}]
    assert "siitä ei kerrota mitään" in response.content.decode()
    assert results_of(Evaluation.objects.get(pk=before.pk)).left_out[0].group.code == "WG-MR"


def test_of_two_rounds_at_the_same_time_neither_is_the_one_before():
    evaluation = answered(answers={"WG-MR": [5] * 5})
    make_evaluation("ARV-2009-V", kind="mid_term", closes_on=datetime.date(2009, 9, 5))
    assert previous_round(evaluation) is None
