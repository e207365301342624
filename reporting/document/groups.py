"""The groups' own words: what was done, what hinders, what is asked; in the depths that tell of them."""

from typing import NamedTuple

from reporting.document.words import Passage, in_words, told
from reporting.fact_types import Facts, GroupReportFacts


class GroupWords(NamedTuple):
    """One group's report; what the depth leaves out, or nobody wrote, is empty."""

    group: Passage
    done: Passage
    hinders: Passage
    asked: Passage
    is_late: bool


def words_of_groups(facts: Facts, priority: str | None) -> list[GroupWords]:
    """Return the whole reports of a priority's groups; None: of those that serve none."""
    of_priority = {group["code"] for group in facts["groups"] if group["priority"] == priority}
    return [
        _words(facts, report)
        for report in facts.get("group_reports", [])
        if report["group"] in of_priority and report["done"]
    ]


def asked_by_groups(facts: Facts) -> list[GroupWords]:
    """Return what the groups ask, where a depth tells no more of their reports than that."""
    return [_words(facts, report) for report in facts.get("group_reports", []) if not report["done"]]


def _words(facts: Facts, report: GroupReportFacts) -> GroupWords:
    names = {group["code"]: group["name"] for group in facts["groups"]}
    language = report["language"]
    return GroupWords(
        in_words(names.get(report["group"])),
        told(report["done"], language),
        told(report["hinders"], language),
        told(report["asked"], language),
        report.get("late", False),
    )
