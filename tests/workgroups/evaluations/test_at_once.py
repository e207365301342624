"""A draft that is slow on its way comes while the answer itself is being stored."""

import threading

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from tests.factories_evaluations import give_answer, make_evaluation, place_of
from tests.personas import person
from workgroups.evaluations import answering
from workgroups.models import EvaluationDraft


def test_no_draft_of_an_anonymous_answer_is_stored_beside_it(committed_database):
    evaluation = make_evaluation()
    place, writer = place_of(evaluation), person("member-mr")
    outcomes = []

    def save():
        try:
            answering.save_draft(place, actor=writer, typed={"comment": "Kesken"}, base_version=0)
            outcomes.append("stored")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    saving = threading.Thread(target=save)
    with transaction.atomic():
        give_answer(evaluation, writer)
        saving.start()
        saving.join(timeout=1)
        assert outcomes == []
    saving.join()
    assert outcomes == ["refused"]
    assert not EvaluationDraft.objects.exists()
