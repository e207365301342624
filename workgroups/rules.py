"""Who may what in working groups: named predicates, and the groups a person stands in today."""

import rules
from django.contrib.auth.models import AnonymousUser

from programme import clock
from programme import rules as programme_rules
from programme.models import User

Person = User | AnonymousUser

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


def groups_of(user: Person) -> list[int]:
    """Return the ids of the groups in which a person stands today, in whatever role."""
    return list(roles_in_groups(user))


@rules.predicate
def reads_approved_work(user: Person) -> bool:
    """Officials and everybody in a group read what is approved, in every group."""
    return bool(programme_rules.is_official(user) or groups_of(user))
