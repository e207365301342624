"""Rows of the table of access: the strategy, and the preparation of the next one."""

from priorities import term_turn
from priorities.models import Priority, StrategicGoal
from programme.models import Strategy
from tests.access_rows import Row, answers, page, signed_in, verb
from tests.factories import ako

NEXT = "/ako/strategy/next/"
OFFICE, REFUSED = {"office": 200}, {"office": 422}


def prepared_strategy() -> Strategy:
    return term_turn.prepare_strategy(
        ako(), values={"name_fi": "Uusi strategia", "council_term": "2009–2012"}
    )


def prepared_goal() -> None:
    priority = Priority.objects.get(code="P1")
    term_turn.add_goal(prepared_strategy(), values={"priority": priority, "text_fi": "Uusi päämäärä"})


def old_goal_address() -> str:
    return f"{NEXT}mapping/{StrategicGoal.objects.order_by('pk')[0].code}/"


STRATEGY = [
    page("priorities:strategy", "/ako/strategy/", answers(200)),
    Row("priorities:strategy-new", "/ako/strategy/new/", signed_in(403, **OFFICE), signed_in(403, **REFUSED)),
    page("priorities:strategy-next", NEXT, signed_in(403, **OFFICE), given=prepared_strategy, state="begun"),
    page("priorities:strategy-next", NEXT, signed_in(403, office=404), state="not begun"),
    verb("priorities:goal-add", f"{NEXT}goals/", signed_in(403, **REFUSED), given=prepared_strategy),
    Row(
        "priorities:goal-edit",
        f"{NEXT}goals/STR-2-P1-G1/",
        signed_in(403, **OFFICE),
        signed_in(403, **REFUSED),
        prepared_goal,
    ),
    verb(
        "priorities:goal-remove",
        f"{NEXT}goals/STR-2-P1-G1/remove/",
        signed_in(403, office=302),
        given=prepared_goal,
    ),
    Row(
        "priorities:goal-map",
        old_goal_address,
        answers(405, anonymous="login"),
        signed_in(403, **REFUSED),
        prepared_goal,
    ),
    verb("priorities:strategy-adopt", f"{NEXT}adopt/", signed_in(403, **REFUSED), given=prepared_strategy),
]
