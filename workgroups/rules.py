"""Who may what in working groups: named predicates, and the groups a person stands in today."""

from typing import TYPE_CHECKING

import rules
from django.contrib.auth.models import AnonymousUser

from programme import clock
from programme import rules as programme_rules
from programme.models import User

if TYPE_CHECKING:
    from workgroups.models import FollowUp, WorkingGroup

Person = User | AnonymousUser

WRITING_ROLES = {"coordinator"}
ACCEPTING_ROLES = {"chair", "vice_chair"}


def roles_in_groups(user: Person) -> dict[int, set[str]]:
    """Return group id → roles held today; kept on the person for one request."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return {}
    kept = vars(user).get("_roles_in_groups")
    if kept is None:
        kept = {}
        memberships = user.memberships.on(clock.today())
        for group_id, role in memberships.values_list("group_id", "role"):
            kept.setdefault(group_id, set()).add(role)
        vars(user)["_roles_in_groups"] = kept
    return kept


def groups_of(user: Person, roles: set[str] | None = None) -> list[int]:
    """Return the ids of the groups in which a person stands today, in any role or in one of these."""
    return [group for group, held in roles_in_groups(user).items() if roles is None or held & roles]


@rules.predicate
def reads_approved_work(user: Person) -> bool:
    """Officials and everybody in a group read what is approved, in every group."""
    return bool(programme_rules.is_official(user) or groups_of(user))


@rules.predicate
def coordinates(user: Person, group: "WorkingGroup") -> bool:
    return group.pk in groups_of(user, WRITING_ROLES)


@rules.predicate
def chairs(user: Person, group: "WorkingGroup") -> bool:
    """The chair accepts for a group; for the office's own unit the presenting officer does."""
    if group.is_office_unit:
        return bool(programme_rules.is_presenting_officer(user))
    return group.pk in groups_of(user, ACCEPTING_ROLES)


@rules.predicate
def chairs_its_group(user: Person, follow_up: "FollowUp") -> bool:
    return bool(chairs(user, follow_up.group))


@rules.predicate
def did_not_submit_it(user: Person, follow_up: "FollowUp") -> bool:
    """Approving one's own submission is refused."""
    return follow_up.submitted_by_id != user.pk


rules.add_perm("workgroups.follow_up", coordinates)
rules.add_perm("workgroups.accept_follow_up", chairs_its_group & did_not_submit_it)
rules.add_perm("workgroups.accept_for_group", chairs)

for act in ("view", "add", "change", "delete"):
    rules.add_perm(f"workgroups.{act}_membership", programme_rules.is_administrator)
