"""One frozen set, several depths: what of the facts an audience is told.

Each format of a report, JSON too, holds its depth only. Figures are the dataset's at every depth; a depth
leaves out, it never computes. The table of sections by audience: domain of the programme, 3.
"""

from typing import Any

from programme.models import Audience
from reporting.fact_types import (
    ActionFacts,
    Facts,
    FinanceFacts,
    FollowUpFacts,
    GroupReportFacts,
    TargetFacts,
)

# What the public is not told of a follow-up: short, neutral, no blame.
INTERNAL_TO_ADMINISTRATION: dict[str, Any] = {
    "reason": "",
    "effect": "",
    "corrective_action": "",
    "decision_needed": "",
}
TELLING_EVERYTHING = (Audience.Depth.EXECUTIVE, Audience.Depth.BOARD)


def at_depth(facts: Facts, depth: str, *, audience: str = "") -> Facts:
    """Return the facts that a depth tells, as a new value.

    What became of earlier decisions is told to the audience of the body that made them alone, by its code.

    The executive committee and the board are told everything, the former of the groups' own reports only what
    they ask; the federation meeting what binds it, and the status of the rest; the public every target,
    without the administration's reasons. Neither of these two reads the groups' reports, or what was late.
    """
    facts = _tasks_of(facts, "" if depth == Audience.Depth.PUBLIC else audience)
    if depth == Audience.Depth.EXECUTIVE and "group_reports" in facts:
        return {**facts, "group_reports": _asked(facts["group_reports"])}
    if depth in TELLING_EVERYTHING:
        return facts
    facts = facts.copy()
    facts.pop("group_reports", None)
    targets = [target_at_depth(target, depth) for target in facts["targets"]]
    codes = {target["code"] for target in targets}
    coverage = facts["coverage"]
    return {
        **facts,
        "targets": targets,
        "actions": [],
        "finance": _whole_task(facts["finance"]),
        "sources": [],
        "coverage": {
            **coverage,
            "lines": coverage["targets"],
            "updated": coverage["targets_updated"],
            "not_updated": [code for code in coverage["not_updated"] if code in codes],
            "waiting": [code for code in coverage["waiting"] if code in codes],
        },
    }


def _tasks_of(facts: Facts, audience: str) -> Facts:
    """Return the facts with the tasks from one audience's decisions and no others."""
    if "earlier_tasks" not in facts:
        return facts
    told = facts.copy()
    told["earlier_tasks"] = [task for task in facts["earlier_tasks"] if task["audience"] == audience]
    if not told["earlier_tasks"]:
        del told["earlier_tasks"]
    return told


def _whole_task(finance: FinanceFacts) -> FinanceFacts:
    """Return the task's total, which is what binds, and its funding."""
    told: FinanceFacts = {**finance, "rows": []}
    for part in ("accounts", "sources", "income"):
        told.pop(part, None)  # type: ignore[misc]
    return told


def _asked(reports: list[GroupReportFacts]) -> list[GroupReportFacts]:
    """Return what the groups ask, of those that ask something."""
    return [{**report, "done": "", "hinders": ""} for report in reports if report["asked"]]


def target_at_depth(target: TargetFacts, depth: str) -> TargetFacts:
    """Return what a depth tells of one target."""
    if depth in TELLING_EVERYTHING:
        return target
    follow_up = _without_files(target["follow_up"])
    told: TargetFacts = {**target, "responsible": None, "actions": [], "follow_up": follow_up}
    if follow_up is None:
        return told
    follow_up = follow_up.copy()
    follow_up.pop("late", None)
    if depth == Audience.Depth.ASSEMBLY and target["binding"]:
        return {**told, "follow_up": follow_up}
    public: FollowUpFacts = {**follow_up, **INTERNAL_TO_ADMINISTRATION}  # type: ignore[typeddict-item]
    return {**told, "follow_up": public}


def _without_files(follow_up: FollowUpFacts | None) -> FollowUpFacts | None:
    """Return what was said with no more of its evidence than the decision: minutes are public, files not."""
    if follow_up is None or "evidence" not in follow_up:
        return follow_up
    decision = follow_up["evidence"]["decision"]
    told = follow_up.copy()
    if decision is None:
        del told["evidence"]
    else:
        told["evidence"] = {"words": "", "decision": decision, "files": []}
    return told


def action_at_depth(action: ActionFacts, depth: str) -> ActionFacts | None:
    """Return what a depth tells of one action; None where it tells of none."""
    return action if depth in TELLING_EVERYTHING else None
