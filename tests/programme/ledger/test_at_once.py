"""Two at the same moment, and a worker that dies in the middle: counted once, and all of it or nothing."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.db.models import Sum

from programme.ledger import acting, jobs
from programme.models import LedgerEntry, LedgerFile, LedgerImport
from tests.personas import person
from tests.programme.ledger.files import as_csv, bring_in_only, checked, confirmed, fresh, queued

PATIENCE = 60  # seconds, on a busy machine


def at_once(*acts):
    """Do acts at the same moment, each over a connection of its own; return what they raised."""
    together, raised = threading.Barrier(len(acts)), []

    def do(act):
        try:
            together.wait(timeout=PATIENCE)
            act()
        except ValidationError as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    return raised


def counted():
    return LedgerEntry.objects.counted().aggregate(Sum("amount"))["amount__sum"]


def test_of_two_confirmations_at_the_same_moment_one_is_taken(committed_database):
    file = checked(as_csv())

    def confirm():
        acting.confirm(
            file, actor=person("finance"), stated_total=Decimal(file.findings["total"]), version=file.version
        )

    assert len(at_once(confirm, confirm)) == 1
    assert (fresh(file).stage, queued("write_ledger_import")) == ("to_write", 1)


def test_a_file_that_is_sent_twice_at_the_same_moment_is_kept_once(committed_database):
    kept = LedgerFile.objects.count()

    def bring():
        bring_in_only(as_csv())

    assert at_once(bring, bring) == []
    assert (LedgerFile.objects.count(), queued("look_at_ledger_file")) == (kept + 1, 1)


def test_of_two_files_with_the_same_vouchers_at_the_same_moment_one_is_counted(committed_database):
    files = [confirmed(as_csv(encoding=encoding)) for encoding in ("utf-8", "iso-8859-1")]
    before = counted()
    assert at_once(*(lambda file=file: jobs.write_import(file.pk) for file in files)) == []
    assert sorted(fresh(file).stage for file in files) == ["checked", "imported"]
    assert counted() - before == files[0].stated_total


def test_a_worker_that_is_killed_has_written_nothing_and_another_one_writes_all(committed_database):
    file = confirmed(as_csv())
    before = counted()
    # The worker has written the first line, waits at the second one, and is killed there.
    with transaction.atomic():
        hold_line(2)
        with worker_on(file, committed_database) as worker:
            wait_until_it_waits(worker)
            assert stage_seen_by_others(file) == "writing"
            worker.kill()
        transaction.set_rollback(True)
    assert (counted(), LedgerImport.objects.filter(file=file).count()) == (before, 0)
    jobs.write_import(file.pk)
    assert (fresh(file).stage, counted() - before) == ("imported", file.stated_total)


def on(database, variable):
    return urlsplit(os.environ[variable])._replace(path=f"/{database}").geturl()


def hold_line(place):
    """Take the id of a line that is yet to be written: whoever comes to it waits for our transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM programme_ledgerentry_id_seq")
        [last] = cursor.fetchone()
    entry = LedgerEntry.objects.last()
    entry.pk, entry.voucher = last + place, "held"
    entry.save(force_insert=True)


@contextlib.contextmanager
def worker_on(file, database):
    """Run a worker's process that writes a file."""
    program = (
        "import django, sys; django.setup(); from programme.ledger import jobs;"
        " jobs.write_import(int(sys.argv[1]))"
    )
    environment = os.environ | {"DATABASE_URL": on(database, "DATABASE_URL")}
    with subprocess.Popen([sys.executable, "-c", program, str(file.pk)], env=environment) as worker:
        try:
            yield worker
        finally:
            worker.kill()


def wait_until_it_waits(worker):
    """Wait until a worker waits for a lock of ours."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            # A transaction sees the others as they were when it looked first.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        assert worker.poll() is None, "the worker has ended"
        time.sleep(0.05)
    pytest.fail("nobody waits")


def stage_seen_by_others(file):
    return LedgerFile.objects.values_list("stage", flat=True).get(pk=file.pk)
