"""Rows of budgets: a decided one is everybody's, one on its way its drawers' and overseers'."""

from programme.models import Budget
from tests.access_rows import Row, answers, page, signed_in, verb
from tests.programme.budget.steps import BUDGET, begun, proposed
from tests.workgroups.budget_amendments.steps import a_proposal
from workgroups.models import BudgetProposal

DECIDED = "/ako/budget/2009/"
PUBLIC, NOBODY = answers(200), answers(404)
# A draft or a proposal: who draws it up, and who reads what is not decided yet.
ON_ITS_WAY = answers(404, read_unfinished=200, finance=200)
WAITING = ON_ITS_WAY | {"secretary": 200}


def acts(done: int) -> dict[str, int | str]:
    """Return the answers of an act on an undecided budget."""
    return signed_in(404, read_unfinished=403, office=done, finance=done)


def amends(done: int) -> dict[str, int | str]:
    """Return the answers of an act on a decided budget, which everybody sees."""
    return signed_in(403, office=done, finance=done)


def of_proposal(place: str = "") -> str:
    return f"{DECIDED}amendments/{BudgetProposal.objects.latest('pk').code}/{place}"


def is_proposed() -> bool:
    return Budget.objects.get(year=2010).proposed_on is not None


def is_accepted() -> bool:
    return BudgetProposal.objects.latest("pk").state == BudgetProposal.State.ACCEPTED


def is_withdrawn() -> bool:
    return BudgetProposal.objects.latest("pk").state == BudgetProposal.State.WITHDRAWN


BUDGETS = [
    page("reporting:budget-list", "/ako/budget/", PUBLIC),
    page("reporting:budget", DECIDED, PUBLIC),
    page("reporting:budget", f"{DECIDED}?on=rubbish", answers(422), state="no day"),
    page("reporting:budget", BUDGET, NOBODY, state="missing"),
    page("reporting:budget-file", "/ako/budget/2009.xlsx", PUBLIC),
    page("reporting:budget-file", "/ako/budget/2010.csv", ON_ITS_WAY, given=begun, state="drawn up"),
    page("reporting:budget", BUDGET, ON_ITS_WAY, given=begun, state="drawn up"),
    page("reporting:budget", BUDGET, ON_ITS_WAY, given=proposed, state="proposed"),
    verb(
        "programme:budget-begin",
        f"{BUDGET}begin/",
        acts(302),
        typed={"like": "last"},
        is_done=lambda: Budget.objects.filter(year=2010).exists(),
    ),
    Row("programme:budget-edit", f"{BUDGET}edit/", acts(200), acts(302), begun),
    Row("programme:budget-edit", f"{BUDGET}edit/", acts(403), acts(403), proposed, state="proposed"),
    Row("programme:budget-edit", f"{DECIDED}edit/", signed_in(403), signed_in(403), state="decided"),
    verb("programme:budget-propose", f"{BUDGET}propose/", acts(302), given=begun, is_done=is_proposed),
    verb(
        "programme:budget-take-back",
        f"{BUDGET}take-back/",
        acts(302),
        given=proposed,
        is_done=lambda: not is_proposed(),
    ),
    Row("programme:budget-handle", f"{BUDGET}handle/", acts(200), acts(422), proposed),
    Row("workgroups:budget-proposal-create", f"{DECIDED}amendments/new/", amends(200), amends(422)),
    page("workgroups:budget-proposal-detail", of_proposal, WAITING, given=a_proposal, state="proposed"),
    verb(
        "workgroups:budget-proposal-withdraw",
        lambda: of_proposal("withdraw/"),
        signed_in(404, read_unfinished=403, secretary=403, office=302, finance=302),
        given=a_proposal,
        is_done=is_withdrawn,
    ),
    verb(
        "workgroups:budget-proposal-decide",
        lambda: of_proposal("decide/"),
        signed_in(404, read_unfinished=403, finance=403, secretary=403, presenter=302),
        given=a_proposal,
        typed={"outcome": "accepted"},
        is_done=is_accepted,
    ),
]
