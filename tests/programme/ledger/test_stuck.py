"""A file whose job never comes to its end: it fails in the end, and can be left out before that."""

import pytest
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job

from programme import tasks
from programme.ledger import acting
from programme.models import LedgerFile
from tests.personas import client_of
from tests.programme.ledger.files import as_csv, brought_in, checked, confirmed, fresh, guessed

pytestmark = pytest.mark.django_db


def begun(task, file, attempts):
    """Run a task of a file as a worker does that begins it after so many attempts."""
    job = Job(id=1, queue="ledger", lock=None, queueing_lock=None, task_name=task.name, attempts=attempts)
    context = JobContext(app=app, job=job, start_timestamp=0, abort_reason=lambda: None)
    task(context, file_id=file.pk)


def to_look():
    file = brought_in(as_csv())
    LedgerFile.objects.filter(pk=file.pk).update(stage="looking", layout=None)
    return fresh(file)


def to_check():
    file = brought_in(as_csv())
    acting.choose_columns(file, mapping=guessed(file), version=file.version)
    LedgerFile.objects.filter(pk=file.pk).update(stage="checking")
    return fresh(file)


WORKS = [
    (tasks.look_at_ledger_file, to_look, "columns"),
    (tasks.check_ledger_file, to_check, "checked"),
    (tasks.write_ledger_import, lambda: confirmed(as_csv()), "imported"),
]


@pytest.mark.parametrize(("task", "made", "then"), WORKS)
def test_a_job_that_began_a_few_times_does_its_work(task, made, then):
    file = made()
    begun(task, file, tasks.MOST_ATTEMPTS - 1)
    assert fresh(file).stage == then


@pytest.mark.parametrize(("task", "made", "then"), WORKS)
def test_a_job_that_began_too_often_gives_up_and_the_file_can_be_left_out(task, made, then):
    file = made()
    begun(task, file, tasks.MOST_ATTEMPTS)
    failed = fresh(file)
    assert (failed.stage, len(failed.error_id)) == ("failed", 8)
    acting.drop(failed)
    assert fresh(file).stage == "dropped"


def test_a_late_job_gives_up_nothing_that_has_gone_on():
    file = checked(as_csv())
    for task in (tasks.look_at_ledger_file, tasks.check_ledger_file, tasks.write_ledger_import):
        begun(task, file, tasks.MOST_ATTEMPTS)
    assert fresh(file).stage == "checked"


@pytest.mark.parametrize(
    ("made", "may"), [(to_look, True), (to_check, True), (lambda: confirmed(as_csv()), False)]
)
def test_a_file_that_is_under_way_can_be_left_out_until_it_is_confirmed(made, may):
    file = made()
    page = client_of("finance").get(file.get_absolute_url()).content.decode()
    assert (f'action="{file.address("programme:ledger-file-drop")}"' in page) is may
