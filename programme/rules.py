"""Who may what in a programme: named predicates, asked by views, templates and querysets alike.

The table “Who sees what, by the state it is in” of the model is made of these. Each asks about a person and
a programme: a post in one programme gives nothing in another. Default is refusal.
"""

from collections.abc import Set
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser

from programme.models.posts import Post
from programme.models.programme import Programme
from programme.models.users import User

Person = User | AnonymousUser


def _holds(power: Post.Power) -> Any:
    @rules.predicate(f"holds_{power.value}")
    def holds(user: Person, programme: Programme | None) -> bool:
        if programme is None or isinstance(user, AnonymousUser) or not user.is_active:
            return False
        return (programme.pk, power.value) in user.powers

    return holds


def in_place_of(user: Person, programme: Programme, powers: Set[str]) -> set[int | None]:
    """Return for whom a person may act with one of these powers in a programme; None: for themselves."""
    if isinstance(user, AnonymousUser):
        return set()
    return {
        held.in_place_of
        for held in user.powers_held
        if held.programme_id == programme.pk and held.power in powers
    }


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


@rules.predicate
def is_somebody_else(user: Person, person: User) -> bool:
    return user.pk != person.pk


@rules.predicate
def sees_claims(user: Person, programme: Programme) -> bool:
    """Whoever reads claims in general, and others once one has been told to their body."""
    if isinstance(user, AnonymousUser):
        return False
    is_reader = user.has_perm("programme.read_claims", programme)
    return is_reader or programme.claims.visible_to(user, programme).exists()


# What networks are about and what was done in them; their names are the programme's own.
rules.add_perm("programme.write_networks", is_programme_office)

# Accounts, posts, seats: the administrator's, in Django's admin.
for kept in ("user", "post", "postholding", "bodyseat", "municipalcontact"):
    for act in ("view", "add", "change", "delete"):
        rules.add_perm(f"programme.{act}_{kept}", is_administrator)

# The portal's own pages of administration: who keeps accounts does not thereby keep rounds, nor the reverse.
rules.add_perm("programme.keep_people", is_administrator)
# Whoever looks after accounts is not thereby allowed to write content: nobody gives rights to themselves.
rules.add_perm("programme.keep_terms", is_administrator & is_somebody_else)
rules.add_perm("programme.read_people", is_administrator | is_auditor)
rules.add_perm("programme.keep_settings", is_programme_office)
rules.add_perm("programme.keep_bodies", is_administrator | is_programme_office)
rules.add_perm(
    "programme.read_settings", is_administrator | is_programme_office | is_finance_officer | is_auditor
)
rules.add_perm("programme.keep_lists", is_programme_office | is_finance_officer)

# A budget is its drawers' until it is decided; office, presenting officer and auditor read it on its way.
draws_up_budgets = is_finance_officer | is_programme_office
rules.add_perm("programme.draw_up_budget", draws_up_budgets)
rules.add_perm("programme.read_undecided_budget", reads_unfinished_work | is_finance_officer)

# Actuals from the accounting system: the finance officer's act; others read what came in and when.
rules.add_perm("programme.import_ledger", is_finance_officer)
# Claims to the funder: made by the finance officer and the office; drafts for those who watch over them.
rules.add_perm("programme.keep_claims", is_finance_officer | is_programme_office)
rules.add_perm("programme.read_drafted_claims", reads_unfinished_work | is_finance_officer)
rules.add_perm("programme.enter_claim_decisions", is_secretary)
rules.add_perm("programme.open_claims", sees_claims)
rules.add_perm("programme.read_ledger_imports", reads_unfinished_work | is_finance_officer | is_administrator)
