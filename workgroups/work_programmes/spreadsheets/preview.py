"""What a file would change, as its reader sees it, and how that waits for their word.

The proposal waits in the page itself, signed: nothing is stored that somebody would have to clear away, and
nobody can confirm what they were not shown.
"""

from typing import NamedTuple

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programme.models import User
from workgroups.models import WorkProgramme
from workgroups.work_programmes.spreadsheets.choices import choices_of, with_words
from workgroups.work_programmes.spreadsheets.importing import (
    Clash,
    Fault,
    Proposal,
    Reading,
    read_against,
)
from workgroups.work_programmes.spreadsheets.reading import Table
from workgroups.work_programmes.versions import RowDifference, VersionRow, compare

SALT = "spreadsheet of a work programme"
SECONDS_TO_CONFIRM = 60 * 60
# What a form may carry; the portal takes forms of 2.5 MB.
LONGEST_SEALED = 2_000_000


class Preview(NamedTuple):
    faults: list[Fault]
    clashes: list[Clash]
    differences: list[RowDifference]
    sealed: str  # the proposal, where there is one to confirm


def preview_of(plan: WorkProgramme, table: Table, *, reader: User) -> Preview:
    """Return what a file would change in a plan; queries grow with the cells that were touched alone.

    Raises ValidationError where that is more than a form can carry.
    """
    reading = read_against(plan, table)
    differences = [] if reading.faults else _differences(plan, reading)
    sealed = _seal(reading.proposal, plan, reader) if differences else ""
    return Preview(reading.faults, reading.clashes, differences, sealed)


def _differences(plan: WorkProgramme, reading: Reading) -> list[RowDifference]:
    before: list[VersionRow] = [{"code": code, "cells": row} for code, row in reading.before.items()]
    after: list[VersionRow] = [{"code": code, "cells": row} for code, row in reading.after.items()]
    found, choices = compare(before, after), choices_of(plan)
    return [
        row._replace(
            code="" if row.code in reading.proposal["added"] else row.code,
            cells=[
                cell._replace(
                    before=with_words(cell.name, cell.before, choices),
                    after=with_words(cell.name, cell.after, choices),
                )
                for cell in row.cells
            ],
        )
        for row in found
    ]


def _seal(proposal: Proposal, plan: WorkProgramme, reader: User) -> str:
    sealed = signing.dumps([plan.pk, reader.pk, proposal], salt=SALT, compress=True)
    if len(sealed) > LONGEST_SEALED:
        raise ValidationError(_("The file changes too much at once. Bring it in by parts."))
    return sealed


def unseal(sealed: str, plan: WorkProgramme, *, reader: User) -> Proposal:
    """Return the proposal that this reader was shown. Raises ValidationError where it is none, or too old."""
    too_old = ValidationError(_("The preview is too old. Bring the file in again."))
    try:
        made_for, made_by, proposal = signing.loads(sealed, salt=SALT, max_age=SECONDS_TO_CONFIRM)
    except signing.BadSignature as error:
        raise too_old from error
    if (made_for, made_by) != (plan.pk, reader.pk):
        raise too_old
    found: Proposal = proposal
    return found
