"""The virus scanner: what is sent to it, what becomes of its judgement, and what when it is away."""

import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from programme import tasks
from programme.attachments import scanner
from programme.attachments.checking import check
from programme.attachments.keeping import keep
from programme.attachments.scanning import scan_attachment, scan_what_was_not
from programme.models import Attachment, AttachmentContent
from tests.factories import a_pdf
from tests.personas import person
from tests.programme.attachments.clamd import a_scanner
from tests.programme.attachments.made import EICAR

NOWHERE = "tcp:127.0.0.1:9"
pytestmark = pytest.mark.django_db


def kept(content: bytes = a_pdf(), name: str = "raportti.pdf") -> Attachment:
    return keep(check(SimpleUploadedFile(name, content)), actor=person("coordinator-mr"))


def jobs() -> list[int]:
    queued = ProcrastinateJob.objects.filter(task_name="programme.tasks.scan_attachment")
    return [args["attachment_id"] for args in queued.order_by("id").values_list("args", flat=True)]


def state_of(attachment: Attachment) -> tuple[str, str, bool]:
    attachment.refresh_from_db()
    return attachment.scan, attachment.found, attachment.is_given_out


def test_without_a_scanner_a_file_stands_as_not_scanned_and_is_given_out():
    attachment = kept()
    assert (state_of(attachment), jobs()) == (("not_scanned", "", True), [])


def test_with_a_scanner_a_file_waits_and_its_scan_is_queued_with_it(settings):
    settings.SCANNER = NOWHERE
    attachment = kept()
    assert (state_of(attachment), jobs()) == (("waiting", "", False), [attachment.pk])


def test_a_file_that_is_not_kept_after_all_is_not_scanned(settings):
    settings.SCANNER = NOWHERE
    with transaction.atomic():
        kept()
        transaction.set_rollback(True)
    assert (Attachment.objects.count(), jobs()) == (0, [])


def test_a_clean_file_is_given_out(settings):
    with a_scanner() as (settings.SCANNER, seen):
        attachment = kept()
        tasks.scan_attachment(attachment.pk)
    assert (seen, state_of(attachment)) == ([a_pdf()], ("clean", "", True))
    assert attachment.scanned_at is not None


def test_what_the_scanner_finds_something_in_stays_in_quarantine(settings):
    with a_scanner() as (settings.SCANNER, _seen):
        attachment = kept(EICAR, "muistio.txt")
        scan_attachment(attachment.pk)
    assert state_of(attachment) == ("quarantined", "Eicar-Test-Signature", False)


def test_the_scanner_may_stand_on_the_same_machine(settings):
    with (
        tempfile.TemporaryDirectory() as folder,
        a_scanner(Path(folder) / "clamd") as (settings.SCANNER, _seen),
    ):
        assert scanner.scan(EICAR).found == "Eicar-Test-Signature"
        assert scanner.scan(b"x" * 1_000_000).is_clean


def test_what_is_judged_stays_judged(settings):
    with a_scanner() as (settings.SCANNER, seen):
        attachment = kept()
        scan_attachment(attachment.pk)
        scan_attachment(attachment.pk)
        scan_attachment(0)
    assert len(seen) == 1


@pytest.mark.parametrize("how", [{"hangs_up": True}, {"largest": 10}])
def test_without_a_judgement_a_file_waits_on(settings, how):
    with a_scanner(**how) as (settings.SCANNER, _seen):
        attachment = kept()
        with pytest.raises(scanner.ScannerAwayError):
            scan_attachment(attachment.pk)
    assert state_of(attachment) == ("waiting", "", False)


def test_a_scanner_that_is_away_is_asked_again_later(settings):
    settings.SCANNER = NOWHERE
    attachment = kept()
    with pytest.raises(scanner.ScannerAwayError) as away:
        scan_attachment(attachment.pk)
    job = Job(id=1, queue="scans", lock=None, queueing_lock=None, task_name="scan", attempts=7)
    decision = tasks.WHEN_THEY_ARE_BACK.get_retry_decision(exception=away.value, job=job)
    assert decision is not None


def test_what_came_in_without_a_scanner_is_scanned_once_there_is_one(settings):
    attachment = kept()
    assert scan_what_was_not() == 0
    settings.SCANNER = NOWHERE
    tasks.scan_what_was_not(0)
    assert jobs() == [attachment.pk]


def test_the_bytes_of_a_file_never_change():
    content = kept().content
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        AttachmentContent.objects.filter(pk=content.pk).update(content=b"x")


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"size": 0}, "an_attachment_is_not_empty"),
        ({"scan": "clean"}, "a_scanned_attachment_says_when"),
        ({"scan": "quarantined"}, "a_quarantined_attachment_says_what_was_found"),
    ],
)
def test_the_database_keeps_the_rules_of_a_file(changed, rule):
    attachment = kept()
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(**changed)
