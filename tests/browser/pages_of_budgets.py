"""Pages of budgets, by who opens them: one decided and amended, one being drawn up, two proposals waiting."""

from programme.budget.drawing_up import begin_budget
from tests.factories import ako
from tests.programme.budget.steps import with_plan
from tests.workgroups.budget_amendments.steps import FEES, OTHER_CENTRE, SPACES, propose

BUDGETS: dict[str, dict[str, int]] = {
    "public": {
        "/ako/budget/": 200,
        "/ako/budget/2009/": 200,
        "/ako/budget/2009/?on=31.6.2009": 422,
        "/ako/budget/2010/": 404,
    },
    "finance": {
        "/ako/budget/": 200,
        "/ako/budget/2009/": 200,
        "/ako/budget/2009/amendments/new/": 200,
        "/ako/budget/2009/amendments/MUU-2009-3/": 200,
        "/ako/budget/2010/": 200,
        "/ako/budget/2010/edit/": 200,
    },
    "secretary": {"/ako/budget/2009/amendments/MUU-2009-4/": 200},
}


def arrange_budgets() -> None:
    """Bring about what these pages show; the first amendments of the year stand already."""
    with_plan(begin_budget(ako(), 2010, like_last=True))
    propose({FEES: -1000, SPACES: 1000})
    propose({FEES: -1000, OTHER_CENTRE: 1000})
