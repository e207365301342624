"""Who may what in the programme: named predicates, asked by views, templates and querysets alike.

The table “Who sees what, by the state it is in” of the model is made of these. Default is refusal.
"""

from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser

from programme.models.posts import Post
from programme.models.users import User

Person = User | AnonymousUser


def powers_of(user: Person) -> set[str]:
    """Return the powers of the posts that a person holds today; nobody's are none."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return set()
    return user.powers


def _holds(power: Post.Power) -> Any:
    @rules.predicate(f"holds_{power.value}")
    def holds(user: Person) -> bool:
        return power.value in powers_of(user)

    return holds


is_programme_office = _holds(Post.Power.PROGRAMME_OFFICE)
is_presenting_officer = _holds(Post.Power.PRESENTING_OFFICER)
is_secretary = _holds(Post.Power.SECRETARY)
is_finance_officer = _holds(Post.Power.FINANCE_OFFICER)
is_auditor = _holds(Post.Power.AUDITOR)


@rules.predicate
def is_administrator(user: Person) -> bool:
    return not isinstance(user, AnonymousUser) and user.is_active and user.is_administrator


# Office, presenting officer and auditor read what is submitted but not yet approved, in every group.
reads_unfinished_work = is_programme_office | is_presenting_officer | is_auditor
# These read what is approved in every group, beside the groups themselves.
is_official = reads_unfinished_work | is_secretary | is_finance_officer | is_administrator

# Accounts, posts, seats: the administrator's, in Django's admin.
for kept in ("user", "post", "postholding", "bodyseat", "municipalcontact"):
    for act in ("view", "add", "change", "delete"):
        rules.add_perm(f"programme.{act}_{kept}", is_administrator)
