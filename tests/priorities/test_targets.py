"""What is wanted: annual targets, and what the database keeps of them."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from priorities.models import AnnualTarget, Measure, Priority, StrategicGoal
from tests.factories import ako, make_follow_up, make_target, the_target

pytestmark = pytest.mark.django_db


def test_a_target_has_euros_or_is_without_cost():
    make_target("VT-2009-MR-90", no_cost=False, own_euros=1000)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make_target("VT-2009-MR-91", no_cost=True, own_euros=1000)
    assert "a_target_without_cost_has_no_euros" in str(refusal.value)


def test_a_code_is_given_once():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_target("VT-2009-MR-1")


def test_what_has_been_told_of_is_not_removed():
    make_follow_up(the_target())
    with pytest.raises(ProtectedError):
        the_target().delete()


def test_decided_targets_are_the_public_ones():
    make_target("VT-2009-MR-93", state="draft")
    make_target("VT-2009-MR-94", state="proposed")
    make_target("VT-2009-MR-95", state="closed")
    decided = set(AnnualTarget.objects.decided().filter(year=2009).values_list("code", flat=True))
    assert {"VT-2009-MR-93", "VT-2009-MR-94"} & decided == set()
    assert {"VT-2009-MR-1", "VT-2009-MR-95"} <= decided


def test_every_target_of_the_sample_serves_a_part_of_the_programme():
    serving_nothing = [
        target.code
        for target in AnnualTarget.objects.all()
        if not (
            target.goals.exists()
            or target.measures.exists()
            or target.networks.exists()
            or target.role_statements.exists()
            or target.follow_up_principles.exists()
        )
    ]
    assert serving_nothing == []


def test_every_target_has_a_group_that_answers_for_it():
    assert not AnnualTarget.objects.filter(ownership__isnull=True).exists()


def test_three_priorities_hold_their_goals_and_measures_in_order():
    priorities = Priority.objects.filter(programme=ako())
    assert [priority.code for priority in priorities] == ["P1", "P2", "P3"]
    for priority in priorities:
        goals = [goal.code for goal in StrategicGoal.objects.filter(priority=priority)]
        measures = [measure.code for measure in Measure.objects.filter(priority=priority, parent=None)]
        assert goals == sorted(goals) != []
        assert measures == sorted(measures) != []
