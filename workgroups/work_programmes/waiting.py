"""Whom a submitted work programme waits for, and what is told before it is approved."""

from django.db.models import QuerySet

from priorities.models import AnnualTarget
from programme.models import User
from workgroups.models import WorkProgramme, targets_visible_to
from workgroups.rules import Person
from workgroups.waiting import those_who_judge


def those_who_may_accept(plan: WorkProgramme) -> list[User]:
    """Return who may approve or return a submitted plan today, by name: two queries.

    None where all who might are its writers.
    """
    return those_who_judge(plan.group, besides=plan.writers)


def undecided_targets_of(plan: WorkProgramme, reader: Person) -> QuerySet[AnnualTarget]:
    """Return the targets of a plan's rows, of those its reader sees, that no meeting has decided.

    Others do not see them on its page.
    """
    seen = targets_visible_to(reader, plan.group.programme)
    undecided = seen.filter(state__in=AnnualTarget.EDITABLE, actions__in=plan.actions.all())
    return undecided.select_related("programme").distinct()
