"""Rows of the table of access: the programme office and the administrator found groups and name them."""

from tests.access_members import KEPT, MISSING, SAVED, SENT_EMPTY, SHUT, closed_programme
from tests.access_rows import Row
from tests.factories import the_group
from workgroups.models import WorkingGroup

NEW, EDIT = "/ako/workgroups/new/", "/ako/workgroups/WG-MR-9/edit/"


def sub_group() -> None:
    WorkingGroup.objects.create(
        programme=the_group().programme,
        code="WG-MR-9",
        name_fi="Liikenteen jaos",
        parent=the_group(),
        priority=the_group().priority,
    )


GROUPS = [
    Row("workgroups:group-create", NEW, KEPT, SENT_EMPTY),
    Row("workgroups:group-create", NEW, SHUT, SHUT, closed_programme, state="closed programme"),
    Row("workgroups:group-create", "/no/workgroups/new/", MISSING, MISSING, state="of no programme"),
    Row("workgroups:group-edit", EDIT, KEPT, SENT_EMPTY, sub_group),
    Row("workgroups:group-edit", EDIT, KEPT, SAVED, sub_group, typed={"name_fi": "Jaos"}, state="filled in"),
    Row(
        "workgroups:group-edit",
        "/ako/workgroups/WG-MR/edit/",
        SHUT,
        SHUT,
        state="of the programme document",
    ),
]
