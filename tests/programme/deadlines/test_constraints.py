"""What the database refuses of steps and deadlines, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from programme.models import Deadline, DeadlineStep
from tests.factories import ako, the_period
from tests.programme.deadlines.clock_rows import deadline

pytestmark = pytest.mark.django_db


def a_step(**fields):
    made = {
        "programme": ako(),
        "kind": "T1",
        "code": "KOE",
        "order": 1,
        "name_fi": "Koe",
        "lane": "periods",
        "doer": "secretary",
        "audience": ako().audiences.first(),
        "days": 1,
    }
    return DeadlineStep.objects.create(**made | fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("a_step_of_the_budget_says_when_its_season_begins", {"kind": "TA"}),
        ("a_step_of_the_budget_says_when_its_season_begins", {"season_month": 1, "season_day": 1}),
        ("only_groups_count_from_their_own_meeting", {"audience": None}),
        (
            "only_groups_count_from_their_own_meeting",
            {"kind": "TA", "season_month": 1, "season_day": 1, "audience": None, "doer": "chair"},
        ),
        ("one_step_per_kind_and_code", {"code": "SH-AGENDA"}),
    ],
)
def test_a_step_says_whole_how_it_is_counted(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        a_step(**fields)
    assert a_step().is_of_groups is False


def test_a_deadline_is_of_one_round_or_one_budget_and_once():
    standing = deadline("SH-AGENDA")
    for constraint, fields in (
        ("a_deadline_is_of_a_round_or_of_a_budget", {"budget_year": 2010}),
        ("a_deadline_is_of_a_round_or_of_a_budget", {"period": None}),
        ("one_deadline_per_step_round_and_group", {}),
    ):
        made = {"step": standing.step, "period": the_period(), "due_on": standing.due_on} | fields
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Deadline.objects.create(**made)
