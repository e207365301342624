"""An anonymous answer leads to nobody: by no column, order, moment, transaction, trail or line of the log."""

import io
import logging
import uuid

import pytest
from django.apps import apps
from django.db import connection

from programme.models import User
from tests.factories import the_group
from tests.factories_evaluations import give_answer, make_evaluation, make_members, place_of, typed_answer
from tests.personas import client_of, clients_of, person
from workgroups.evaluations import answering
from workgroups.models import EvaluationAnswer, EvaluationDraft, Participation

pytestmark = pytest.mark.django_db

ADDRESS = "/ako/evaluations/ARV-2009/answer/WG-MR/"
SECRET = "Sanon tämän vain nimettömästi."
ANSWERS = "workgroups_evaluationanswer"


def tables():
    """Return every table of the database with its columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
        found = {}
        for table, column in cursor.fetchall():
            found.setdefault(table, []).append(column)
    return found


def contents():
    """Return all rows of all tables as texts, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" AS t')
            found[table] = sorted(row for (row,) in cursor.fetchall())
    return found


def added(before, after):
    """Return the rows that were not there before, by table, but for those of answers themselves."""
    return {
        table: rows
        for table in after
        if table != ANSWERS and (rows := [row for row in after[table] if row not in set(before[table])])
    }


def test_after_an_anonymous_answer_no_table_holds_anything_of_it_beside_its_own():
    evaluation = make_evaluation()
    [client] = clients_of([person("member-mr")])
    client.get(ADDRESS)
    # A draft before it, kept by the server, and a form that was refused.
    client.post(f"{ADDRESS}draft/", {"comment": SECRET}, headers={"HX-Request": "true"})
    client.post(ADDRESS, typed_answer("", comment=SECRET))
    EvaluationDraft.objects.all().delete()
    before = contents()
    typed = typed_answer(2, comment=SECRET, **{"comment_AKO-R1": f"{SECRET} (1)"})
    assert client.post(ADDRESS, typed).status_code == 302
    after = contents()
    changed = added(before, after)
    # Who has answered is kept; beside it the browser's own session goes on, as with every page.
    assert set(changed) <= {"workgroups_participation", "django_session"}
    assert len(changed["workgroups_participation"]) == 1
    keys = [str(row.pk) for row in evaluation.answers.all()]
    for table, rows in after.items():
        if table != ANSWERS:
            assert [row for row in rows if SECRET in row or any(key in row for key in keys)] == [], table


def test_an_answer_knows_no_person_and_no_moment():
    evaluation = make_evaluation()
    give_answer(evaluation, person("member-mr"), general=SECRET)
    columns = {field.attname: field.get_internal_type() for field in EvaluationAnswer._meta.concrete_fields}
    assert [name for name, kind in columns.items() if "Date" in kind or "Time" in kind] == []
    assert columns["id"] == "UUIDField"
    for row in EvaluationAnswer.objects.all():
        assert (row.user_id, row.pk.version) == (None, uuid.uuid4().version)
    assert set(Participation._meta.get_fields()) == {
        Participation._meta.get_field(name) for name in ("id", "evaluation", "group", "user", "version")
    }


def test_the_trail_has_no_event_of_an_anonymous_answer_nor_of_who_answered():
    [client] = clients_of([person("member-mr")])
    make_evaluation()
    contexts = apps.get_model("pghistory", "Context").objects
    before = contexts.count()
    assert client.post(ADDRESS, typed_answer(comment=SECRET)).status_code == 302
    assert apps.get_model("workgroups", "EvaluationAnswerEvent").objects.count() == 0
    assert contexts.count() == before
    assert "participationevent" not in {model.__name__.lower() for model in apps.get_models()}


def test_the_order_and_the_transaction_of_the_rows_tell_nothing():
    """All answers of a group are written anew with each: no row is older than another."""
    evaluation = make_evaluation()
    earlier = set()
    for number, member in enumerate(make_members("WG-MR", 6)):
        give_answer(evaluation, member, general=f"Vastaus {number}")
        keys = set(evaluation.answers.values_list("pk", flat=True))
        assert not keys & earlier
        earlier |= keys
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT xmin::text), count(*) FROM {ANSWERS}")
        transactions, rows = cursor.fetchone()
    assert (transactions, rows) == (1, 24)


def test_the_rows_of_one_person_do_not_stand_beside_each_other():
    """Six people whose four rows each are alike: in the order of the table they are mixed."""
    evaluation = make_evaluation()
    for number, member in enumerate(make_members("WG-MR", 6)):
        marks = dict.fromkeys(("AKO-R1", "AKO-R2", "AKO-R3"), f"{number}")
        give_answer(evaluation, member, comments=marks, general=f"{number}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT comment FROM {ANSWERS} ORDER BY ctid")
        order = [comment for (comment,) in cursor.fetchall()]
    in_order = [str(number) for number in range(6) for _row in range(4)]
    # By chance in one of 24!/(4!)^6 cases, about 3 × 10^15.
    assert order != in_order
    assert sorted(order) == in_order


def test_the_random_order_is_the_systems_and_no_seed_brings_it_back():
    assert type(answering.lots).__name__ == "SystemRandom"


def test_no_line_of_the_log_tells_of_the_answer(caplog):
    evaluation = make_evaluation()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.INFO):
            assert client_of("member-mr").post(ADDRESS, typed_answer(comment=SECRET)).status_code == 302
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    told = stream.getvalue() + caplog.text
    assert "request_finished" in told
    keys = [str(key) for key in evaluation.answers.values_list("pk", flat=True)]
    assert [line for line in told.splitlines() if SECRET in line or any(key in line for key in keys)] == []


def test_whoever_asks_learns_only_that_somebody_has_answered():
    evaluation = make_evaluation()
    give_answer(evaluation, person("member-mr"), general=SECRET)
    assert list(User.objects.filter(pk__in=Participation.objects.values("user"))) == [person("member-mr")]
    assert answering.own_answers(place_of(evaluation), person("member-mr")) == answering.Answers()
    for persona in ("member-mr", "chair-mr", "office", "auditor", "admin"):
        for address in ("/ako/evaluations/ARV-2009/", ADDRESS, "/ako/workgroups/WG-MR/", "/desk/"):
            assert SECRET not in client_of(persona).get(address).content.decode()
    assert the_group().evaluation_answers.count() == 4
