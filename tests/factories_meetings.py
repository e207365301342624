"""Decisions with tasks, and agendas with questions: rows beside the sample's, with visible defaults."""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from programme import clock
from programme.attachments.checking import check
from programme.attachments.keeping import keep
from programme.models import Decision, DecisionTask, Matter, MatterFile, Meeting, Post, Question
from tests.factories import a_pdf, ako, make_meeting
from tests.personas import person

HELD, COMING = datetime.date(2009, 9, 2), datetime.date(2009, 9, 23)


def make_decision(
    code: str = "KOK-SH-2009-77", *, body: str = "BODY-SH", section: int = 900, **fields: Any
) -> Decision:
    """Make a decision of a board's meeting that was held on 2.9.2009, unless told otherwise."""
    meeting = Meeting.objects.filter(body__programme=ako(), code=code).first()
    meeting = meeting or make_meeting(code, body=body, **({"held_on": HELD, "seats": 13} | fields))
    numbered = "item" if meeting.body.numbering == "item_per_meeting" else "section"
    matter = Matter.objects.create(meeting=meeting, title=f"Asia {section}", **{numbered: section})
    return Decision.objects.create(matter=matter, text="Päätettiin antaa tehtävä.")


def make_task_of(
    decision: Decision | None = None, *, post: str = "ROLE-KO-MR", **fields: Any
) -> DecisionTask:
    """Make a task of the board's decision for WG-MR's coordinator, due on 1.10.2009."""
    made: dict[str, Any] = {
        "decision": decision or make_decision(),
        "text": "Pyydetään kunnilta puuttuvat tiedot.",
        "responsible": Post.objects.get(programme=ako(), code=post),
        "due_on": datetime.date(2009, 10, 1),
    }
    if "person" in fields:
        made["responsible"] = None
    return DecisionTask.objects.create(**(made | fields))


def make_done_task(*, by: str = "coordinator-mr", **fields: Any) -> DecisionTask:
    """Make a task of which its responsible says that it is done."""
    return make_task_of(done_on=datetime.date(2009, 9, 8), done_by=person(by), **fields)


def make_matter(
    code: str = "KOK-SH-2009-78", *, post: str | None = "ROLE-KO-MR", section: int = 910, **fields: Any
) -> Matter:
    """Make a matter on the published agenda of the board's meeting on 23.9.2009, unless told otherwise."""
    meeting = Meeting.objects.filter(body__programme=ako(), code=code).first()
    published = {"held_on": COMING, "agenda_published_on": HELD}
    meeting = meeting or make_meeting(code, **(published | fields))
    preparer = Post.objects.get(programme=ako(), code=post) if post else None
    numbered = "item" if meeting.body.numbering == "item_per_meeting" else "section"
    return Matter.objects.create(
        meeting=meeting, title=f"Asia {section}", preparer=preparer, **{numbered: section}
    )


def make_paper(
    matter: Matter | None = None,
    *,
    name: str = "liite.pdf",
    secrecy_ground: str = "",
    content: bytes = a_pdf(),
) -> MatterFile:
    """Add a paper to a matter of the board's published agenda."""
    checked = check(SimpleUploadedFile(name, content))
    attachment = keep(checked, actor=person("secretary"), secrecy_ground=secrecy_ground)
    return MatterFile.objects.create(matter=matter or make_matter(), attachment=attachment)


def make_question(matter: Matter | None = None, *, by: str = "elected", **fields: Any) -> Question:
    """Make an elected member's question to WG-MR's coordinator, not answered yet."""
    made: dict[str, Any] = {
        "matter": matter or make_matter(),
        "author": person(by),
        "text": "Mistä rahat tulevat?",
        "asked_at": clock.now(),
    }
    return Question.objects.create(**(made | fields))
