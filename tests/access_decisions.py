"""Rows of the table of access: tasks from decisions, questions before a meeting."""

from programme.models import DecisionTask, MatterFile, Question
from tests.access_members import closed_programme
from tests.access_rows import Answers, Row, answers, page, signed_in, verb
from tests.factories_meetings import (
    make_decision,
    make_done_task,
    make_matter,
    make_paper,
    make_question,
    make_task_of,
)

GIVEN = "/ako/meetings/KOK-SH-2009-77/matters/900/tasks/new/"
ASK = "/ako/meetings/KOK-SH-2009-78/matters/910/ask/"
PAPERS = "/ako/meetings/KOK-SH-2009-78/matters/910/papers/"
# An agenda that is not published exists for officials and who keeps it.
SEEN = {"finance": 403, "presenter": 403, "auditor": 403, "admin": 403}
SEEN_BY_OFFICIALS = signed_in(404, secretary=200, office=200, **SEEN)
OF_OFFICIALS = signed_in(404, secretary=422, office=422, **SEEN)
# Who reads the work of the board: officials, groups, those who sit in it; the rest do not see its tasks.
READERS = signed_in(200, municipal=404)


def task_page(verb_of: str = "") -> str:
    return f"{DecisionTask.objects.get().get_absolute_url()}{verb_of}"


def question_page() -> str:
    return f"/ako/questions/{Question.objects.get().pk}/"


def paper_page() -> str:
    return f"{PAPERS}{MatterFile.objects.get().attachment_id}/"


def secret_paper() -> None:
    make_paper(secrecy_ground="JulkL 24 § 1 mom. 20 k")


def of_task(**differing: int) -> Answers:
    """Return the answers of an act on the board's task: nobody's but those named."""
    return signed_in(403, municipal=404, **differing)


def done_and_verified() -> None:
    make_done_task(verified_on="2009-09-08")


def closed_with_a_task() -> None:
    make_task_of()
    closed_programme()


def closed_with_an_agenda() -> None:
    make_matter()
    closed_programme()


def unpublished() -> None:
    make_matter(agenda_published_on=None)


def is_noted(kind: str, state: str) -> bool:
    task = DecisionTask.objects.get()
    return task.notes.filter(kind=kind).exists() and task.state == state


DUE = {"text": "Tehtävä", "due_on": "1.10.2009"}
NOTE = {"notes": "0", "text": "Etenee."}

DECISIONS = [
    Row(
        "workgroups:decision-task-create",
        GIVEN,
        signed_in(403, secretary=200, office=200),
        signed_in(403, secretary=422, office=422),
        make_decision,
        typed=DUE,
    ),
    Row("workgroups:decision-task-create", GIVEN, signed_in(404), signed_in(404), state="of no meeting"),
    page("workgroups:decision-task", task_page, READERS, given=make_task_of),
    Row(
        "workgroups:decision-task-edit",
        lambda: task_page("edit/"),
        of_task(secretary=200, office=200),
        of_task(secretary=422, office=422),
        make_task_of,
        typed=DUE,
    ),
    Row(
        "workgroups:decision-task-edit",
        lambda: task_page("edit/"),
        of_task(),
        of_task(),
        make_done_task,
        typed=DUE,
        state="said to be done",
    ),
    verb(
        "workgroups:decision-task-remove",
        lambda: task_page("remove/"),
        of_task(secretary=302, office=302),
        given=make_task_of,
        is_done=lambda: not DecisionTask.objects.exists(),
    ),
    verb(
        "workgroups:decision-task-progress",
        lambda: task_page("progress/"),
        of_task(coordinator_mr=302),
        given=make_task_of,
        typed=NOTE,
        is_done=lambda: is_noted("progress", "open"),
    ),
    verb(
        "workgroups:decision-task-progress",
        lambda: task_page("progress/"),
        of_task(),
        given=closed_with_a_task,
        typed=NOTE,
        state="closed programme",
    ),
    verb(
        "workgroups:decision-task-done",
        lambda: task_page("done/"),
        of_task(coordinator_mr=302),
        given=make_task_of,
        typed=NOTE,
        is_done=lambda: is_noted("done", "done"),
    ),
    verb(
        "workgroups:decision-task-verify",
        lambda: task_page("verify/"),
        of_task(secretary=302, office=302, presenter=302),
        given=make_done_task,
        typed=NOTE,
        is_done=lambda: is_noted("verified", "verified"),
    ),
    verb(
        "workgroups:decision-task-verify",
        lambda: task_page("verify/"),
        of_task(),
        given=done_and_verified,
        typed=NOTE,
        state="verified",
    ),
    verb(
        "workgroups:decision-task-send-back",
        lambda: task_page("send-back/"),
        of_task(secretary=302, office=302, presenter=302),
        given=make_done_task,
        typed=NOTE,
        is_done=lambda: is_noted("sent_back", "open"),
    ),
    Row(
        "programme:question-create",
        ASK,
        signed_in(403, elected=200),
        signed_in(403, elected=302),
        make_matter,
        typed={"text": "Miksi?"},
        is_done=Question.objects.exists,
    ),
    Row("programme:question-create", ASK, signed_in(404), signed_in(404), unpublished, state="unpublished"),
    Row(
        "programme:question-create",
        ASK,
        signed_in(403),
        signed_in(403),
        closed_with_an_agenda,
        state="closed programme",
    ),
    Row(
        "programme:question-detail",
        question_page,
        signed_in(404, elected=200, coordinator_mr=200, secretary=200, office=200),
        signed_in(404, elected=403, coordinator_mr=302, secretary=403, office=403),
        make_question,
        typed={"text": "Siksi."},
    ),
    Row(
        "programme:matter-papers",
        PAPERS,
        signed_in(403, secretary=200, office=200),
        signed_in(403, secretary=422, office=422),
        make_matter,
    ),
    Row("programme:matter-papers", PAPERS, SEEN_BY_OFFICIALS, OF_OFFICIALS, unpublished, state="unpublished"),
    page("programme:matter-paper", paper_page, answers(200), given=make_paper),
    page(
        "programme:matter-paper",
        paper_page,
        answers(404, elected=200, secretary=200, office=200, presenter=200, auditor=200),
        given=secret_paper,
        state="secret",
    ),
    verb(
        "programme:matter-paper-remove",
        lambda: f"{paper_page()}remove/",
        signed_in(403, secretary=302, office=302),
        given=make_paper,
        is_done=lambda: not MatterFile.objects.exists(),
    ),
    Row("programme:question-detail", "/ako/questions/9/", signed_in(404), signed_in(404), state="of none"),
]
