"""The first chapter: what has become of earlier decisions, as matter, progress and who answers for it."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from programme import text
from reporting.document.numbering import Numbering
from reporting.document.words import Passage, in_words, plain, told
from reporting.fact_types import EarlierTaskFacts, Facts

# The minutes' own language: titles of matters and what they order stand in it.
MINUTES = "fi"


class Said(NamedTuple):
    day: str
    text: Passage


class CarriedOn(NamedTuple):
    """A task from an earlier decision, as its table tells it."""

    decision: str  # body, day and number
    title: Passage
    task: Passage
    state: str
    is_late: bool
    said: list[Said]
    responsible: Passage


def implementation(facts: Facts, numbering: Numbering) -> dict[str, Any] | None:
    """Return the chapter; None where the facts carry no tasks, as those of older datasets."""
    tasks = facts.get("earlier_tasks", [])
    if not tasks:
        return None
    return {
        "section": numbering.section("implementation", _("Implementation of earlier decisions")),
        "table": numbering.table(_("Tasks from earlier decisions")),
        "rows": [_row(task) for task in tasks],
    }


def _row(task: EarlierTaskFacts) -> CarriedOn:
    return CarriedOn(
        f"{plain(task['body'])} {text.day(task['decided_on'])}, {_number(task)}",
        told(task["title"], MINUTES),
        told(task["text"], MINUTES),
        _state(task),
        task.get("late", False),
        [
            Said(text.day(said["written_on"]), told(said["text"], said["language"]))
            for said in task["progress"]
        ],
        in_words(task["responsible"]),
    )


def _number(task: EarlierTaskFacts) -> str:
    if task["section"] is not None:
        return text.section(task["section"])
    return _("item %(number)s") % {"number": task["item"]}


def _state(task: EarlierTaskFacts) -> str:
    if task["verified_on"]:
        return _("verified done %(day)s") % {"day": text.day(task["verified_on"])}
    if task["done_on"]:
        return _("said to be done %(day)s, waits to be verified") % {"day": text.day(task["done_on"])}
    return _("to be done by %(day)s") % {"day": text.day(task["due_on"])}
