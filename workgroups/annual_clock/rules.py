"""Who may what of deadlines: whose they are, who marks them, and who reads how they stand."""

from typing import TYPE_CHECKING

import rules
from django.contrib.auth.models import AnonymousUser

from programme import rules as programme_rules
from programme.deadlines.reading import READ_STATE
from workgroups.rules import ACCEPTING_ROLES, WRITING_ROLES, standings_of, stands_in_it

if TYPE_CHECKING:
    from programme.models import Deadline

Person = programme_rules.Person


@rules.predicate
def has_the_deadline(user: Person, deadline: "Deadline") -> bool:
    """Whose step it is: a group's coordinator or chair, elsewhere the holder of the post."""
    step = deadline.step
    if isinstance(user, AnonymousUser):
        return False
    if not step.is_of_groups:
        return (step.programme_id, step.doer) in user.powers
    group = deadline.body.working_group if deadline.body is not None else None
    roles = WRITING_ROLES if step.doer == step.Doer.COORDINATOR else ACCEPTING_ROLES
    return group is not None and any(
        standing.group_id == group.pk and standing.role in roles for standing in standings_of(user)
    )


@rules.predicate
def keeps_the_clock(user: Person, deadline: "Deadline") -> bool:
    return bool(programme_rules.is_programme_office(user, deadline.step.programme))


@rules.predicate
def is_of_officials(user: Person, deadline: "Deadline") -> bool:
    """Whether a step is no group's work: how officials keep their days everybody signed in may know."""
    return not isinstance(user, AnonymousUser) and not deadline.step.is_work_of_a_group


@rules.predicate
def is_official_of_its_programme(user: Person, deadline: "Deadline") -> bool:
    return bool(programme_rules.is_official(user, deadline.step.programme))


@rules.predicate
def stands_in_its_group(user: Person, deadline: "Deadline") -> bool:
    return deadline.body is not None and bool(stands_in_it(user, deadline.body.working_group))


rules.add_perm("workgroups.mark_deadline", has_the_deadline | keeps_the_clock)
# What a group has submitted or left undone is not for other groups, elected members or municipal contacts.
rules.add_perm(READ_STATE, is_of_officials | is_official_of_its_programme | stands_in_its_group)
