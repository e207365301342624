"""Pages of decisions and coming meetings, by who opens them: tasks on their way, questions, papers, names."""

from programme.models import Attendance, Meeting, Question, TaskNote
from tests.factories import a_pdf, ako
from tests.factories_meetings import make_decision, make_done_task, make_matter, make_paper, make_task_of
from tests.personas import person

TASK, DONE, VERIFIED, QUESTION = 900, 901, 902, 900
MEETING, AGENDA = "/ako/meetings/KOK-SH-2009-77/", "/ako/meetings/KOK-SH-2009-78/"

DECISIONS: dict[str, dict[str, int]] = {
    "public": {MEETING: 200, AGENDA: 200},
    "coordinator-mr": {
        f"/ako/tasks/{TASK}/": 200,
        f"/ako/tasks/{VERIFIED}/": 200,
        f"/ako/questions/{QUESTION}/": 200,
        f"/ako/tasks/{TASK}/edit/": 403,
    },
    "secretary": {
        MEETING: 200,
        f"{MEETING}minutes/": 200,
        f"{MEETING}matters/900/tasks/new/": 200,
        f"{AGENDA}matters/910/papers/": 200,
        f"/ako/tasks/{TASK}/edit/": 200,
        f"/ako/tasks/{DONE}/": 200,
        "/ako/bodies/BODY-SH/": 200,
    },
    "elected": {
        MEETING: 200,
        AGENDA: 200,
        "/ako/bodies/BODY-SH/?year=2009&tasks=open": 200,
        f"{AGENDA}matters/910/ask/": 200,
        f"/ako/questions/{QUESTION}/": 200,
        f"/ako/tasks/{TASK}/": 200,
    },
}


def arrange_decisions() -> None:
    """Bring about what these pages show."""
    writer = person("coordinator-mr")
    late = make_task_of(pk=TASK, due_on="2009-09-01")
    TaskNote.objects.create(task=late, text="Kolme vastasi.", written_on="2009-09-05", author=writer)
    make_done_task(decision=make_decision(section=901), pk=DONE)
    make_done_task(decision=make_decision(section=902), pk=VERIFIED, verified_on="2009-09-08")
    matter = make_matter()
    make_matter(section=911, post=None)
    make_paper(matter, name="Osavuosikatsauksen-liite-tavoitteiden-toteutuminen-31.8.2009.pdf")
    make_paper(matter, content=a_pdf("2"), secrecy_ground="JulkL 24 § 1 mom. 20 k")
    Question.objects.create(
        pk=QUESTION,
        matter=matter,
        author=person("elected"),
        text="Mistä rahat tulevat?",
        asked_at="2009-09-08T10:00:00Z",
    )
    held = Meeting.objects.get(body__programme=ako(), code="KOK-SH-2009-77")
    Meeting.objects.filter(pk=held.pk).update(chaired_by="Anna Aho", kept_by="Seutusihteeri", present=2)
    given = [("member", "Anna Aho", "chair"), ("deputy", "Beda Broo", "member"), ("absent", "", "member")]
    for order, (presence, name, position) in enumerate(given, start=1):
        Attendance.objects.create(
            meeting=held, order=order, presence=presence, name=name, position=position, holder="Daniel Ek"
        )
