"""Founding a group or a sub-group, with the body that meets where it has one; and mending its names."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme.administration.bodies import add_body
from programme.administration.refusals import Refusal, told
from programme.deadlines.laying import lay_clock
from programme.models import Body
from workgroups.models import WorkingGroup

SERIES = "WG-"
TAKEN_CODE = {
    "one_working_group_per_code": Refusal("code", gettext_lazy("Another group has this code already.")),
}
NAMES = ("name_fi", "name_sv", "name_en")


@transaction.atomic
def found_group(group: WorkingGroup, *, meets_from: datetime.date | None) -> None:
    """Save a new group, last in the order; with a day, the body in which it meets begins on it.

    A sub-group stands in the priority of the group above unless it has one of its own. Raises ValidationError
    where the code is taken, a group would stand neither in a priority nor under a group, or the programme is
    closed.
    """
    group.programme.must_not_be_closed()
    if group.parent is not None and group.priority is None:
        group.priority = group.parent.priority
    if group.priority is None and group.parent is None:
        raise ValidationError({"priority": _("Choose a priority, or the group above.")})
    last = WorkingGroup.objects.filter(programme=group.programme).aggregate(last=Max("order"))["last"]
    group.order = (last or 0) + 1
    if meets_from is not None:
        group.body = _body_of(group, meets_from)
    with told(TAKEN_CODE):
        group.save()
    lay_clock(group.programme)


def _body_of(group: WorkingGroup, day: datetime.date) -> Body:
    """Make the body of a group: it numbers its matters by meeting and writes memos.

    Raises ValidationError at `meets_from`, which asks for it, where another body has its code.
    """
    body = Body(
        programme=group.programme,
        code=f"BODY-{group.code}",
        valid_from=day,
        numbering=Body.Numbering.ITEM_PER_MEETING,
        document=Body.Document.MEMO,
        **{name: getattr(group, name) for name in NAMES},
    )
    try:
        add_body(body)
    except ValidationError as error:
        if "code" not in getattr(error, "error_dict", {}):
            raise
        raise ValidationError(
            {
                "meets_from": _(
                    "Another body has the code %(code)s, which the body of this group would get. Leave this"
                    " empty."
                )
                % {"code": body.code}
            }
        ) from error
    return body


@transaction.atomic
def change_group(group: WorkingGroup, *, changed: list[str], meets_from: datetime.date | None) -> None:
    """Save the names of a group that was founded here; its body, old or new, is called the same.

    The row must have been locked when its names were set. Raises ValidationError where the programme is
    closed, or another body has the code of the new one.
    """
    group.programme.must_not_be_closed()
    if group.body is None and meets_from is not None:
        group.body = _body_of(group, meets_from)
        changed = [*changed, "body"]
    group.save(update_fields=changed)
    names = {name: getattr(group, name) for name in changed if name in NAMES}
    if group.body is not None and names:
        for name, words in names.items():
            setattr(group.body, name, words)
        group.body.save(update_fields=list(names))
    if "body" in changed:
        lay_clock(group.programme)
