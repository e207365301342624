"""What a file would change, as its reader sees it, and how that waits for their word."""

from typing import NamedTuple

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
from workgroups.work_programmes.spreadsheets.sealing import seal, unseal
from workgroups.work_programmes.versions import RowDifference, VersionRow, compare

SALT = "spreadsheet of a work programme"


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
    differences = [] if reading.faults else differences_of(plan, reading)
    sealed = seal(reading.proposal, about=plan.pk, reader=reader, salt=SALT) if differences else ""
    return Preview(reading.faults, reading.clashes, differences, sealed)


def differences_of(plan: WorkProgramme, reading: Reading) -> list[RowDifference]:
    """Return what would change in a plan, with words beside the codes."""
    before: list[VersionRow] = [{"code": code, "cells": row} for code, row in reading.before.items()]
    after: list[VersionRow] = [{"code": code, "cells": row} for code, row in reading.after.items()]
    found, choices = compare(before, after), choices_of(plan)
    return [
        row._replace(
            code=_("New row") if row.code in reading.proposal["added"] else row.code,
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


def unsealed(sealed: str, plan: WorkProgramme, *, reader: User) -> Proposal:
    """Return the proposal that this reader was shown. Raises ValidationError where it is none, or too old."""
    found: Proposal = unseal(sealed, about=plan.pk, reader=reader, salt=SALT)
    return found
