"""Whom a proposed amendment waits for."""

from programme.models import Post, User
from workgroups.models import Amendment, BudgetProposal
from workgroups.waiting import those_who_judge, those_with


def those_who_may_decide(amendment: Amendment | BudgetProposal) -> list[User]:
    """Return who may decide a proposed amendment today, or enter what a body decided, by name: two queries.

    Nobody decides on their own proposal: none where all who else might are its proposers.
    """
    if isinstance(amendment, Amendment) and amendment.decider == Amendment.Decider.GROUP:
        return those_who_judge(amendment.group, besides=amendment.writers)
    presents = amendment.decider == Amendment.Decider.PRESENTING_OFFICER
    power = Post.Power.PRESENTING_OFFICER if presents else Post.Power.SECRETARY
    return those_with(power, amendment.programme, besides=amendment.writers)
