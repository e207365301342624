"""The next year's plan changes while a line is turned: the turn meets what stands there by then."""

import threading
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from priorities.models import AnnualTarget
from tests.factories import the_action, the_target
from tests.workgroups.year_turn.test_year_turn import ACTION, TARGET, drawn_up_beforehand, post, turn
from workgroups.models import Action, WorkProgramme


@contextmanager
def meanwhile(act):
    """Let somebody act in a thread before what is done inside is committed; yields what came of the act."""
    outcomes = []

    def work():
        try:
            outcomes.append(act())
        except Exception as failure:
            outcomes.append(failure)
        finally:
            connection.close()

    acting = threading.Thread(target=work)
    with transaction.atomic():
        yield outcomes
        acting.start()
        acting.join(timeout=1)
    acting.join()


@pytest.mark.django_db
def test_a_plan_drawn_up_since_the_page_was_read_gives_no_second_row():
    line = the_action(ACTION)
    prefetch_related_objects([line], "continued_by")
    drawn_up_beforehand()
    turn(line)
    assert the_action(ACTION).continued_by.count() == 1


@pytest.mark.django_db
def test_a_target_proposed_since_the_page_was_read_is_asked_about():
    line = the_target(TARGET)
    turn(line).delete()
    successor = line.continued_by.get()
    prefetch_related_objects([line], "continued_by__programme")
    AnnualTarget.objects.filter(pk=successor.pk).update(state=AnnualTarget.State.PROPOSED)
    with pytest.raises(ValidationError) as refused:
        turn(line, euros=Decimal(5))
    assert list(refused.value.message_dict) == ["standing"]


def test_euros_typed_at_the_same_time_are_not_overwritten_and_that_is_asked(committed_database):
    plan = drawn_up_beforehand()
    row = the_action(ACTION).continued_by.get()
    with meanwhile(lambda: post(ACTION, euros="1500")) as outcomes:
        WorkProgramme.objects.select_for_update(no_key=True).get(pk=plan.pk)
        Action.objects.filter(pk=row.pk).update(planned_euros=1700, version=2)
    [response] = outcomes
    assert response.status_code == 422
    form = next(found.form for found in response.context["lines"] if found.line.code == ACTION)
    assert row.code in str(form.errors["standing"])
    assert not form["standing"].is_hidden
    row.refresh_from_db()
    assert row.planned_euros == 1700


def test_rows_written_into_at_the_same_time_are_left_as_they_are(committed_database):
    plan = drawn_up_beforehand()
    old = the_target(TARGET)
    rows = Action.objects.filter(work_programme=plan, continues__targets=old)
    codes = {row.code for row in rows}
    with meanwhile(lambda: turn(old)) as outcomes:
        WorkProgramme.objects.select_for_update(no_key=True).get(pk=plan.pk)
        Action.objects.filter(pk__in=rows).update(version=2)
    [made] = outcomes
    assert set(made.effect["left"]) == codes
    assert not any(row.targets.exists() for row in rows)
