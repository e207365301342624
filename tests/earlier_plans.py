"""A group that the portal does not know the past of, and the spreadsheets in which that comes."""

import datetime
from typing import Any

from programme.models import Body, CostCentre, Meeting, User
from tests.factories import ako, the_group
from tests.workgroups.work_programmes.spreadsheets.files import Book
from workgroups.models import WorkingGroup, WorkProgramme
from workgroups.work_programmes import earlier
from workgroups.work_programmes.spreadsheets.reading import read
from workgroups.work_programmes.spreadsheets.writing import spreadsheet_of

GROUP = "WG-UU"
CONTENT: dict[str, Any] = {
    "text": "Selvitys kokouskäytännöistä",
    "carries_out": "P1-M2",
    "responsible": "ROLE-KO-MR",
    "start_month": 2,
    "end_month": 11,
    "planned_euros": 1250.5,
}


def make_young_group(code: str = GROUP) -> WorkingGroup:
    """Make a sub-group with a body and one meeting held in 2008, and without any work programme."""
    body = Body.objects.create(
        programme=ako(),
        code=f"BODY-{code}",
        name_fi="Uusi alatyöryhmä",
        valid_from=datetime.date(2007, 1, 1),
        numbering=Body.Numbering.ITEM_PER_MEETING,
        document=Body.Document.MEMO,
    )
    Meeting.objects.create(body=body, code=f"KOK-{code}", number="1/2008", held_on=datetime.date(2008, 2, 4))
    return WorkingGroup.objects.create(
        programme=ako(),
        code=code,
        order=90,
        name_fi="Uusi alatyöryhmä",
        body=body,
        parent=the_group(),
        priority=the_group().priority,
        cost_centre=CostCentre.objects.filter(programme=ako()).first(),
    )


def book_to_fill(group: WorkingGroup, year: int = 2008) -> Book:
    return Book(spreadsheet_of(earlier.plan_to_be(group, year)))


def a_book(group: WorkingGroup, *, rows: int = 2, **cells: Any) -> bytes:
    """Fill in the empty spreadsheet of a year, the first row otherwise than the others where it is told."""
    book = book_to_fill(group)
    for number in range(rows):
        book.add(**CONTENT | (cells if number == 0 else {}))
    return book.save()


def the_plan(code: str = GROUP, year: int = 2008) -> WorkProgramme:
    return WorkProgramme.objects.get(group__code=code, year=year)


def bring_in_a_plan() -> WorkProgramme:
    """Bring in the plan of 2008 of a group that has none."""
    group = make_young_group()
    source: earlier.Source = {
        "file_name": "tyoohjelma-2008.xlsx",
        "size": 9000,
        "sha256": "0" * 64,
        "approved_on": "2008-02-04",
        "meeting": group.body.meetings.get().pk if group.body else None,
        "body": group.body_id,
        "number": 4,
    }
    office = User.objects.get(persona="office")
    table = read(a_book(group))
    shown = earlier.preview_of(group, 2008, table, source, reader=office)
    return earlier.bring_in(group, earlier.unsealed(shown.sealed, group, reader=office), actor=office)
