"""Mending what a check has found: what is given is kept beside the file, and the check made anew."""

from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.ledger.acting import CAN_BE_CHECKED, have_checked, locked_at
from programme.ledger.corrections import in_force
from programme.models import LedgerCorrection, LedgerFile, LedgerSource, User


class Given(NamedTuple):
    """What is given in place of what was read: in a row's cell, or for a number in all rows that say it."""

    field: str
    read: str
    given: str
    row: int | None = None
    is_remembered: bool = False  # for the next files of the same source; numbers alone are


@transaction.atomic
def mend(file: LedgerFile, *, actor: User, given: Sequence[Given], version: int) -> None:
    """Keep what is given for a checked file and have it checked anew.

    Raises ValidationError where the file has gone on, or nothing is given.
    """
    locked = locked_at(file, version, LedgerFile.Stage.CHECKED)
    if not given:
        raise ValidationError(_("Choose a number or write a value: nothing was given."))
    now, sheet = clock.now(), locked.mapping["sheet"]
    LedgerCorrection.objects.bulk_create(
        LedgerCorrection(
            file=locked,
            sheet=sheet,
            row=one.row,
            field=one.field,
            read=one.read,
            given=one.given,
            given_by=actor,
            given_at=now,
        )
        for one in given
    )
    _remember(locked, [one for one in given if one.is_remembered])
    have_checked(locked)


def _remember(file: LedgerFile, given: Sequence[Given]) -> None:
    if not given:
        return
    source = LedgerSource.objects.select_for_update(no_key=True).get(pk=file.source_id)
    numbers = source.remembered.setdefault("numbers", {})
    for one in given:
        numbers.setdefault(one.field, {})[one.read] = one.given
    source.save(update_fields=["remembered"])


@transaction.atomic
def take_back(correction: LedgerCorrection, *, actor: User, version: int) -> None:
    """Let a cell or a number say again what the file says, and have the file checked anew.

    A number is forgotten at the source too, where that still remembers what is taken back. Raises
    ValidationError where the file has gone on, or the correction does not count any more.
    """
    locked = locked_at(correction.file, version, *CAN_BE_CHECKED)
    if correction not in in_force(locked.corrections.all()):
        raise ValidationError(_("This correction has been taken back or replaced already."))
    LedgerCorrection.objects.create(
        file=locked,
        sheet=correction.sheet,
        row=correction.row,
        field=correction.field,
        read=correction.read,
        given="",
        given_by=actor,
        given_at=clock.now(),
    )
    if correction.row is None:
        _forget(locked, correction)
    have_checked(locked)


def _forget(file: LedgerFile, correction: LedgerCorrection) -> None:
    """Take a number from what the source remembers, and from what the file took from there."""
    source = LedgerSource.objects.select_for_update(no_key=True).get(pk=file.source_id)
    for keeper in (source.remembered, file.mapping):
        numbers = keeper.get("numbers", {}).get(correction.field, {})
        if numbers.get(correction.read) == correction.given:
            del numbers[correction.read]
    source.save(update_fields=["remembered"])
