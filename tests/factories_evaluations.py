"""Rounds of self-evaluation and answers to them, with visible defaults."""

import datetime
from collections.abc import Iterable
from typing import Any

from programme.models import User
from tests.factories import ako, make_membership, make_person, the_group
from workgroups.evaluations import answering
from workgroups.evaluations.answering import Answers
from workgroups.evaluations.rounds import keep_wording
from workgroups.models import Evaluation, EvaluationGroup

STATEMENTS = ("AKO-R1", "AKO-R2", "AKO-R3")


def make_evaluation(
    code: str = "ARV-2009", *, groups: Iterable[str] = ("WG-MR", "WG-HP", "WG-EO"), **fields: Any
) -> Evaluation:
    """Make an anonymous round of three groups, open from 1.9. to 30.9.2009 unless told otherwise."""
    made: dict[str, Any] = {
        "programme": ako(),
        "code": code,
        "year": 2009,
        "opens_on": datetime.date(2009, 9, 1),
        "closes_on": datetime.date(2009, 9, 30),
    }
    evaluation = Evaluation.objects.create(**(made | fields))
    evaluation.groups.set([the_group(group) for group in groups])
    keep_wording(evaluation)
    return evaluation


def close(evaluation: Evaluation) -> Evaluation:
    """Let the round have closed yesterday."""
    Evaluation.objects.filter(pk=evaluation.pk).update(closes_on=datetime.date(2009, 9, 8))
    evaluation.refresh_from_db()
    return evaluation


def place_of(evaluation: Evaluation, group: str = "WG-MR") -> EvaluationGroup:
    places = EvaluationGroup.objects.select_related("evaluation__programme", "group__programme")
    return places.get(evaluation=evaluation, group__code=group)


def make_members(group: str, number: int) -> list[User]:
    """Make so many new people, each with an expert's place in a group."""
    known = User.objects.count()
    people = [make_person(f"{group} {known + place}") for place in range(1, number + 1)]
    for person in people:
        make_membership(group, role="expert", municipality=None, user=person)
    return people


def give_answer(
    evaluation: Evaluation,
    user: User,
    *ratings: int,
    group: str = "WG-MR",
    comments: dict[str, str] | None = None,
    general: str = "",
    version: int = 0,
    language: str = "fi",
) -> None:
    """Answer for a group: each statement with its rating, the last one for those that are left."""
    given = ratings or (4,)
    answers = Answers(
        {code: given[min(place, len(given) - 1)] for place, code in enumerate(STATEMENTS)},
        comments or {},
        general,
    )
    answering.submit_answers(
        place_of(evaluation, group), actor=user, version=version, answers=answers, language=language
    )


def typed_answer(rating: int | str = 4, **more: str) -> dict[str, str]:
    """Return the form of an answer as a browser sends it."""
    ratings = {f"rating_{code}": str(rating) for code in STATEMENTS}
    return {"version": "0", "drafted": "", "comment": ""} | ratings | more
