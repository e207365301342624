"""Work programmes of past years, approved before the portal knew them: a spreadsheet, a preview, a plan.

They never stand as drafts for anybody: in one transaction the rows come in, and the plan is as approved and
as locked as any other. A row must be whole, but for its targets: those of the year may never have been here.
"""

import datetime
from dataclasses import dataclass
from typing import NamedTuple, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.models import Body, Meeting, User
from workgroups.models import PlanSource, WorkingGroup, WorkProgramme, WorkProgrammeVersion
from workgroups.work_programmes import drafting
from workgroups.work_programmes.spreadsheets.archive import column_number
from workgroups.work_programmes.spreadsheets.importing import (
    Fault,
    Proposal,
    carry_out,
    read_against,
)
from workgroups.work_programmes.spreadsheets.layout import HEADINGS
from workgroups.work_programmes.spreadsheets.preview import differences_of
from workgroups.work_programmes.spreadsheets.reading import Table
from workgroups.work_programmes.spreadsheets.sealing import seal, unseal
from workgroups.work_programmes.versions import RowDifference, keep_version

SALT = "spreadsheet of an earlier work programme"
DEMANDED = ("text", "carries_out", "responsible", "start_month", "end_month", "planned_euros")


class Source(TypedDict):
    """Which file it was, and where the plan was approved, as far as that is known."""

    file_name: str
    size: int
    sha256: str
    approved_on: str
    meeting: int | None
    body: int | None
    number: int | None


class Brought(TypedDict):
    """What is brought in once its reader confirms it."""

    year: int
    source: Source
    proposal: Proposal


@dataclass
class Preview:
    faults: list[Fault]
    rows: list[RowDifference]
    sealed: str  # what is brought in, where nothing is wrong


class Approval(NamedTuple):
    """Where a plan was approved, looked up anew when it is confirmed."""

    on: datetime.date
    meeting: Meeting | None
    body: Body | None


def years_to_bring_in(group: WorkingGroup) -> list[int]:
    """Return the programme's past years of which a group has no plan here, the latest first."""
    taken = set(group.work_programmes.values_list("year", flat=True))
    years = range(group.programme.starts_on.year, clock.today().year)
    return [year for year in reversed(years) if year not in taken]


def plan_to_be(group: WorkingGroup, year: int) -> WorkProgramme:
    """Return an empty plan of a year, not saved: what a file is read against, and its form made of."""
    return WorkProgramme(group=group, year=year, code=drafting.code_of_plan(group, year))


def preview_of(group: WorkingGroup, year: int, table: Table, source: Source, *, reader: User) -> Preview:
    """Return the rows that a file would bring in, or what is wrong in it. Nothing is saved.

    Raises ValidationError where it has no rows, or more than a form can carry.
    """
    if not table.rows:
        raise ValidationError(_("The file has no rows."))
    plan = plan_to_be(group, year)
    reading = read_against(plan, table)
    found = [*reading.faults, *_holes(table)]
    faults = sorted(found, key=lambda fault: (fault.row, column_number(fault.letter)))
    if faults:
        return Preview(faults, [], "")
    brought: Brought = {"year": year, "source": source, "proposal": reading.proposal}
    return Preview([], differences_of(plan, reading), seal(brought, about=group.pk, reader=reader, salt=SALT))


def _holes(table: Table) -> list[Fault]:
    """Return the demanded cells that are empty in the file: an approved plan has no holes."""
    return [
        Fault(row.number, table.letters[name], str(HEADINGS[name]), _("Fill in this cell."))
        for row in table.rows
        if not row.code
        for name in DEMANDED
        if not row.cells.get(name, "").strip()
    ]


def unsealed(sealed: str, group: WorkingGroup, *, reader: User) -> Brought:
    """Return what this reader was shown. Raises ValidationError where it is none, or too old."""
    found: Brought = unseal(sealed, about=group.pk, reader=reader, salt=SALT)
    return found


@transaction.atomic
def bring_in(group: WorkingGroup, brought: Brought, *, actor: User) -> WorkProgramme:
    """Make the plan that was shown: all of it or nothing, approved where it was.

    Raises ValidationError where the group has a plan of the year meanwhile, or where what could be chosen
    at the preview cannot be chosen now.
    """
    group.programme.must_not_be_closed()
    WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    year, source = brought["year"], brought["source"]
    if year not in years_to_bring_in(group):
        raise ValidationError(_("The group already has a work programme of this year."))
    approval = _approval(group, source)
    plan = plan_to_be(group, year)
    plan.save()
    carry_out(plan, brought["proposal"], actor=actor)
    plan.approve_elsewhere(on=approval.on, number=source["number"])
    plan.save(update_fields=["state", "made_elsewhere", "approved_on", "approved_number"])
    PlanSource.objects.create(
        work_programme=plan,
        body=approval.body,
        meeting=approval.meeting,
        file_name=source["file_name"],
        size=source["size"],
        sha256=source["sha256"],
        brought_in_at=clock.now(),
        brought_in_by=str(actor),
    )
    keep_version(plan, WorkProgrammeVersion.Occasion.BROUGHT_IN, actor=actor)
    return plan


def _approval(group: WorkingGroup, source: Source) -> Approval:
    on = datetime.date.fromisoformat(source["approved_on"])
    meeting = Meeting.objects.filter(pk=source["meeting"] or 0, body=group.body).first()
    body = Body.objects.filter(pk=source["body"] or 0, programme=group.programme).first()
    return Approval(on, meeting, body)
