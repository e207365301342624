"""What people do with a ledger file: bring it in, choose columns, confirm it, drop it, revert its import."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import clock, tasks, text
from programme.attachments.checking import CheckedFile
from programme.attachments.keeping import keep
from programme.deadlines.facts import ledger_changed
from programme.ledger.columns import remembered_of
from programme.ledger.lines import ColumnMapping
from programme.ledger.writing import lock_ledger
from programme.models import LedgerFile, LedgerImport, LedgerSource, Programme, User

Stage = LedgerFile.Stage
# A check can be made anew where nothing is under way and nothing has been written.
CAN_BE_CHECKED = (Stage.COLUMNS, Stage.CHECKED, Stage.FAILED)
CAN_BE_DROPPED = (
    Stage.TO_LOOK,
    Stage.LOOKING,
    Stage.COLUMNS,
    Stage.TO_CHECK,
    Stage.CHECKING,
    Stage.CHECKED,
    Stage.UNREADABLE,
    Stage.FAILED,
)

TICK_FURTHER_LINES = gettext_lazy(
    "Look at the warnings. Tick the box if none of these lines is in the ledger, or leave the file out."
)


@transaction.atomic
def bring_in(programme: Programme, *, actor: User, checked: CheckedFile, source_name: str) -> LedgerFile:
    """Keep a file as it came and have it opened. Nothing of it is in the ledger yet.

    Where the same file of the same source is on its way already, that one is returned: a button was pressed
    twice.
    """
    programme.must_not_be_closed()
    source = programme.ledger_sources.filter(name__iexact=source_name).first()
    if source is None:
        source, _made = LedgerSource.objects.get_or_create(programme=programme, name=source_name)
    # Whoever presses at the same moment waits here, and finds the file.
    LedgerSource.objects.select_for_update(no_key=True).get(pk=source.pk)
    same = programme.ledger_files.unfinished().filter(source=source, attachment__sha256=checked.sha256)
    if (before := same.first()) is not None:
        return before
    file = LedgerFile.objects.create(
        programme=programme, source=source, attachment=keep(checked, actor=actor)
    )
    tasks.look_at_ledger_file.defer(file_id=file.pk)
    return file


def same_file_before(file: LedgerFile) -> LedgerImport | None:
    """Return the import that counts and was made of a file with the same content."""
    same = LedgerImport.objects.filter(
        programme=file.programme, source_sha256=file.attachment.sha256, reverted_at=None
    )
    return same.exclude(file=file).select_related("programme").first()


@transaction.atomic
def choose_columns(file: LedgerFile, *, mapping: ColumnMapping, version: int) -> None:
    """Choose the columns, remember them for the source and have the file checked by them."""
    locked = locked_at(file, version, *CAN_BE_CHECKED)
    locked.mapping = mapping
    have_checked(locked)
    source = LedgerSource.objects.select_for_update().get(pk=locked.source_id)
    source.remembered = remembered_of(mapping)
    source.save(update_fields=["remembered"])


@transaction.atomic
def check_again(file: LedgerFile, *, version: int) -> None:
    """Have a file looked at anew: the ledger or the lists have changed since, or a job had failed."""
    locked = locked_at(file, version, *CAN_BE_CHECKED, Stage.UNREADABLE)
    if locked.mapping is None:
        locked.stage, locked.version = Stage.TO_LOOK, locked.version + 1
        locked.save(update_fields=["stage", "version"])
        tasks.look_at_ledger_file.defer(file_id=locked.pk)
    else:
        have_checked(locked)


def have_checked(locked: LedgerFile) -> None:
    locked.stage = Stage.TO_CHECK
    locked.version += 1
    locked.rows_done, locked.error_id = 0, ""
    locked.save(update_fields=["mapping", "stage", "version", "rows_done", "error_id"])
    tasks.check_ledger_file.defer(file_id=locked.pk)


@transaction.atomic
def confirm(
    file: LedgerFile, *, actor: User, stated_total: Decimal, version: int, further_lines: int = 0
) -> None:
    """Have a checked file written into the ledger.

    `further_lines` is how many new lines of known vouchers the actor says to be others than those that the
    ledger has: the same line with another text looks new.

    Raises ValidationError where it has faults, nothing new, another total than the accounting system tells,
    another number of further lines, or has not been scanned.
    """
    locked = locked_at(file, version, Stage.CHECKED)
    if locked.findings["number_of_faults"]:
        raise ValidationError(_("The file has faults. Mend them first: all of it is imported, or nothing."))
    if not locked.findings["new"]:
        raise ValidationError(_("There is nothing new in the file: all of it is in the ledger already."))
    if not locked.attachment.is_given_out:
        raise ValidationError(_("The file waits for the virus scanner, or is in quarantine."))
    # A file that was checked before these were counted is shown again by its worker, with them.
    if locked.findings.get("further_lines", 0) != further_lines:
        raise ValidationError({"further_lines": TICK_FURTHER_LINES})
    total = Decimal(locked.findings["total"])
    if stated_total != total:
        raise ValidationError(
            {
                "stated_total": _(
                    "The file comes to %(total)s, which is %(difference)s off. Check the total, or bring in"
                    " the whole file."
                )
                % {
                    "total": text.exact_euros(total),
                    "difference": text.exact_euros(abs(stated_total - total)),
                }
            }
        )
    locked.stage, locked.version = Stage.TO_WRITE, locked.version + 1
    locked.stated_total, locked.confirmed_by = stated_total, actor
    locked.save(update_fields=["stage", "version", "stated_total", "confirmed_by"])
    tasks.write_ledger_import.defer(file_id=locked.pk)


@transaction.atomic
def drop(file: LedgerFile) -> None:
    """Leave a file out. It stays readable; nothing of it gets into the ledger."""
    locked = _lock(file)
    if locked.stage not in CAN_BE_DROPPED:
        raise ValidationError(_("This file is confirmed already. Revert its import instead."))
    locked.stage, locked.version = Stage.DROPPED, locked.version + 1
    locked.save(update_fields=["stage", "version"])


@transaction.atomic
def revert(ledger_import: LedgerImport, *, actor: User, reason: str) -> None:
    """Take an import out of all figures, whole and with a reason; its lines stay readable.

    Raises ValidationError where that has been done.
    """
    ledger_import.programme.must_not_be_closed()
    lock_ledger(ledger_import.programme)
    locked = LedgerImport.objects.select_for_update(no_key=True).get(pk=ledger_import.pk)
    if locked.reverted_at is not None:
        raise ValidationError(_("This import has been reverted already."))
    locked.reverted_at, locked.reverted_by, locked.reverting_reason = clock.now(), actor, reason
    locked.save(update_fields=["reverted_at", "reverted_by", "reverting_reason"])
    ledger_changed(ledger_import.programme, by=actor)


def _lock(file: LedgerFile) -> LedgerFile:
    file.programme.must_not_be_closed()
    rows = LedgerFile.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("programme", "attachment").get(pk=file.pk)


def locked_at(file: LedgerFile, version: int, *stages: str) -> LedgerFile:
    """Lock a file that stands as its reader saw it. Raises ValidationError where it has gone on."""
    locked = _lock(file)
    if locked.version != version or locked.stage not in stages:
        raise ValidationError(
            _("The file has gone on since this page was opened: it is %(stage)s. Look at it again.")
            % {"stage": locked.get_stage_display()}
        )
    return locked
