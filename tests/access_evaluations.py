"""Rows of the table of access: rounds of self-evaluation, their answers, results and packages."""

from collections.abc import Callable

from programme.models import Programme
from tests.access_rows import Row, page, signed_in, verb
from tests.factories_evaluations import close, give_answer, make_evaluation, make_members, typed_answer
from tests.personas import person
from workgroups.models import Evaluation

BASE = "/ako/evaluations/"
ROUND = f"{BASE}ARV-2009/"
EDIT = f"{ROUND}edit/"
ANSWER = f"{ROUND}answer/WG-MR/"
PACKAGE = f"{BASE}package.zip"

# Officials and groups read rounds; for elected members, municipal contacts and the public there are none.
READ = signed_in(200, told=404)
KEPT = signed_in(403, told=404, office=200)
SAVED = signed_in(403, told=404, office=302)
REFUSED = signed_in(403, told=404)
ANSWERS = signed_in(403, told=404, of_mr=200)
SENT = signed_in(403, told=404, of_mr=302)
SENT_EMPTY = signed_in(403, told=404, of_mr=422)
MISSING = signed_in(404)

NEW = {
    "kind": "yearly",
    "year": "2009",
    "code": "",
    "opens_on": "1.10.2009",
    "closes_on": "31.10.2009",
    "is_anonymous": "on",
    "smallest": "5",
}


def open_round() -> None:
    make_evaluation()


def named_round() -> None:
    make_evaluation(is_anonymous=False)


def planned_round() -> None:
    make_evaluation(opens_on="2009-10-01", closes_on="2009-10-31")


def closed_round() -> None:
    evaluation = make_evaluation()
    for member in make_members("WG-MR", 5):
        give_answer(evaluation, member, comments={"AKO-R1": "Hyvä."})
    close(evaluation)


def answered_round() -> None:
    evaluation = make_evaluation()
    for persona in ("coordinator-mr", "chair-mr", "member-mr"):
        give_answer(evaluation, person(persona))


def in_a_closed_programme(given: Callable[[], None]) -> Callable[[], None]:
    def arrange() -> None:
        given()
        Programme.objects.filter(slug="ako").update(closed_on="2009-09-09")

    return arrange


def is_moved() -> bool:
    return str(Evaluation.objects.get(code="ARV-2009").closes_on) == "2009-10-15"


def is_removed() -> bool:
    return not Evaluation.objects.filter(code="ARV-2009").exists()


EVALUATIONS = [
    page("reporting:evaluation-list", BASE, READ),
    page("reporting:evaluation-list", BASE, READ, given=open_round, state="with a round"),
    page("reporting:evaluation-detail", ROUND, MISSING, state="of no round"),
    page("reporting:evaluation-detail", ROUND, READ, given=planned_round, state="planned"),
    page("reporting:evaluation-detail", ROUND, READ, given=open_round, state="open"),
    page("reporting:evaluation-detail", ROUND, READ, given=closed_round, state="closed"),
    page("reporting:evaluation-detail", f"{ROUND}?group=WG-MR", READ, given=closed_round, state="of a group"),
    page(
        "reporting:evaluation-detail",
        f"{ROUND}?group=KV",
        MISSING,
        given=closed_round,
        state="of a group that was not asked",
    ),
    page(
        "reporting:evaluation-package",
        f"{PACKAGE}?kind=final&period=2009-T1",
        signed_in(403, told=404, read_unfinished=200),
        given=closed_round,
    ),
    page(
        "reporting:evaluation-package",
        PACKAGE,
        signed_in(403, told=404, read_unfinished=422),
        state="without choices",
    ),
    Row("workgroups:evaluation-create", f"{BASE}new/", KEPT, signed_in(403, told=404, office=422), typed=NEW),
    Row(
        "workgroups:evaluation-create",
        f"{BASE}new/",
        REFUSED,
        REFUSED,
        in_a_closed_programme(lambda: None),
        state="in a closed programme",
    ),
    Row(
        "workgroups:evaluation-edit",
        EDIT,
        KEPT,
        signed_in(403, told=404, office=422),
        planned_round,
        typed=NEW,
        state="planned",
    ),
    Row(
        "workgroups:evaluation-edit",
        EDIT,
        KEPT,
        SAVED,
        open_round,
        typed={"closes_on": "15.10.2009"},
        state="open",
        is_done=is_moved,
    ),
    Row(
        "workgroups:evaluation-edit",
        EDIT,
        REFUSED,
        REFUSED,
        closed_round,
        typed={"closes_on": "15.10.2009"},
        state="closed",
    ),
    Row("workgroups:evaluation-edit", EDIT, MISSING, MISSING, state="of no round"),
    Row("workgroups:evaluation-answer", ANSWER, ANSWERS, SENT_EMPTY, open_round, state="empty"),
    Row("workgroups:evaluation-answer", ANSWER, ANSWERS, SENT, open_round, typed_answer(), state="anonymous"),
    Row("workgroups:evaluation-answer", ANSWER, ANSWERS, SENT, named_round, typed_answer(), state="by name"),
    Row(
        "workgroups:evaluation-answer",
        ANSWER,
        ANSWERS,
        REFUSED,
        answered_round,
        typed_answer(),
        state="answered anonymously",
    ),
    Row("workgroups:evaluation-answer", ANSWER, REFUSED, REFUSED, planned_round, typed_answer(), "planned"),
    Row("workgroups:evaluation-answer", ANSWER, REFUSED, REFUSED, closed_round, typed_answer(), "closed"),
    Row(
        "workgroups:evaluation-answer",
        ANSWER,
        REFUSED,
        REFUSED,
        in_a_closed_programme(open_round),
        typed_answer(),
        "in a closed programme",
    ),
    Row(
        "workgroups:evaluation-answer",
        f"{ROUND}answer/KV/",
        MISSING,
        MISSING,
        open_round,
        state="of a group that is not asked",
    ),
    verb(
        "workgroups:evaluation-answer-draft",
        f"{ANSWER}draft/",
        SENT,
        given=open_round,
        typed={"comment": "Kesken"},
    ),
    verb("workgroups:evaluation-remove", f"{ROUND}remove/", SAVED, given=planned_round, is_done=is_removed),
    verb("workgroups:evaluation-remove", f"{ROUND}remove/", REFUSED, given=open_round, state="open"),
    verb(
        "workgroups:evaluation-answer-draft",
        f"{ANSWER}draft/",
        REFUSED,
        given=closed_round,
        typed={"comment": "Kesken"},
        state="closed",
    ),
]
