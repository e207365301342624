"""Example facts with visible defaults: neutral content, two priorities, silence and deviations."""

from typing import Any

from programme.statuses import STATUS_LABELS
from reporting import document
from reporting.fact_types import (
    ActionFacts,
    Facts,
    FinanceRow,
    FollowUpFacts,
    Particulars,
    PreviousFacts,
    TargetFacts,
    Words,
)


def words(fi: str, sv: str = "", en: str = "") -> Words:
    return {"fi": fi, "sv": sv, "en": en}


def follow_up(status: str = "on_track", **fields: Any) -> FollowUpFacts:
    return {
        "status": status,
        "text": "The work goes on.",
        "language": "fi",
        "reason": "",
        "effect": "",
        "corrective_action": "",
        "new_due_on": None,
        "decision_needed": "",
        "value": "1",
        "confirmed_unchanged": False,
        "imported": False,
        "accepted_on": "2009-09-08",
        **fields,  # type: ignore[typeddict-item]
    }


def previous(status: str = "on_track") -> PreviousFacts:
    return {"period": "2009-T1", "status": status, "text": "", "value": None}


def target(
    code: str = "T-1", status: str = "on_track", before: str = "on_track", **fields: Any
) -> TargetFacts:
    return {
        "code": code,
        "group": "G-1",
        "status": status,
        "waiting": False,
        "follow_up": None if status == "not_updated" else follow_up(status),
        "previous": previous(before),
        "responsible": words("coordinator"),
        "name": words(f"Target {code}"),
        "binding": False,
        "priority": "P1",
        "goals": [],
        "measures": [],
        "networks": [],
        "role_statements": [],
        "follow_up_principles": [],
        "indicator": words("Items"),
        "unit": "kpl",
        "baseline": None,
        "target_value": "8",
        "direction": "up",
        "due_on": "2009-12-31",
        "cost_centre": "C-1",
        "planned_euros": None,
        "no_cost": False,
        "actions": [],
        **fields,  # type: ignore[typeddict-item]
    }


def action(code: str = "A-1", status: str = "on_track", **fields: Any) -> ActionFacts:
    return {
        "code": code,
        "group": "G-1",
        "status": status,
        "waiting": False,
        "follow_up": None if status == "not_updated" else follow_up(status),
        "previous": previous("not_started"),
        "responsible": words("coordinator"),
        "text": f"Action {code}",
        "language": "fi",
        "work_programme": "W-1",
        "targets": ["T-1"],
        "carries_out": "P1-M1",
        "start_month": 2,
        "end_month": 5,
        "output": "",
        "planned_euros": "2500.00",
        "cost_centre": "C-1",
        **fields,  # type: ignore[typeddict-item]
    }


def finance_row(code: str = "C-1", **fields: Any) -> FinanceRow:
    return {
        "code": code,
        "number": "2100",
        "name": words(f"Cost centre {code}"),
        "original": "150000.00",
        "amendments": "30000.00",
        "amended": "180000.00",
        "actual": "109457.00",
        "actual_percent": "60.8",
        "expected_percent": "66.7",
        "forecast": "187000.00",
        "deviation": "-7000.00",
        "deviation_percent": "-3.9",
        "must_explain": True,
        "explanation": "More work than was ordered.",
        "corrective_action": None,
        "who_decides": None,
        **fields,  # type: ignore[typeddict-item]
    }


def example_targets() -> list[TargetFacts]:
    return [
        target("T-1", binding=True),
        target(
            "T-2",
            "delayed",
            "not_started",
            follow_up=follow_up(
                "delayed",
                reason="Reason",
                effect="Effect",
                corrective_action="Action",
                new_due_on="2010-02-28",
            ),
        ),
        target("T-3", "not_updated"),
        target("T-4", "achieved", priority="P2"),
        target("T-5", "will_not_be_achieved", priority="P2"),
        target("T-6", priority=None),
    ]


def example_facts(**sections: Any) -> Facts:
    """Return facts of January–August 2009; any section can be given anew."""
    return {
        "programme": {
            "code": "EXAMPLE",
            "slug": "example",
            "name": words("Example programme", "Exempelprogrammet", "Example programme"),
            "short_name": "EX",
            "owner": words("Example authority"),
            "core_message": words("Message"),
            "sample": None,
        },
        "period": {
            "code": "2009-T2",
            "year": 2009,
            "kind": "T2",
            "starts_on": "2009-01-01",
            "ends_on": "2009-08-31",
            "months": 8,
            "closes_at": "2009-09-10T16:00:00+03:00",
            "previous": "2009-T1",
        },
        "priorities": [
            {
                "code": code,
                "number": number,
                "name": words(f"Priority {number}"),
                "vision": words(f"Vision {number}"),
                "goals": [],
                "measures": [],
            }
            for number, code in enumerate(("P1", "P2"), start=1)
        ],
        "groups": [{"code": "G-1", "name": words("Group"), "priority": "P1", "cost_centre": "C-1"}],
        "targets": example_targets(),
        "actions": [action("A-1"), action("A-2", "not_updated", planned_euros=None)],
        "finance": {
            "rows": [
                finance_row("C-1"),
                finance_row("C-2", must_explain=False, explanation=None),
                finance_row("C-3", explanation=None),
            ],
            "total": finance_row("", name=words("Example programme"), must_explain=False, explanation=None),
            "funding": [
                {
                    "code": "S",
                    "name": words("State"),
                    "amended": "265000.00",
                    "used": None,
                    "used_percent": None,
                }
            ],
            "settlement": None,
        },
        "indicators": [
            {
                "code": "I-1",
                "group": "G-1",
                "name": words("Indicator"),
                "unit": "%",
                "direction": "up",
                "source": "survey",
                "baseline": "0",
                "value": "85",
                "previous": "70",
                "target": "100",
                "series": [["2009-T1", "70"], ["2009-T2", "85"]],
            }
        ],
        "coverage": {
            "lines": 8,
            "updated": 6,
            "targets": 6,
            "targets_updated": 5,
            "not_updated": ["T-3", "A-2"],
            "waiting": [],
        },
        "sources": [{"name": "ledger.csv", "sha256": "ab" * 32, "imported_at": "2009-09-04T10:12:00+03:00"}],
        "rules": {"facts_version": 1, "deviation_euros": "5000.00", "deviation_percent": "5"},
        "status_labels": {code: words(str(label), en=str(label)) for code, label in STATUS_LABELS.items()},
        **sections,  # type: ignore[typeddict-item]
    }


def example_particulars(**fields: Any) -> Particulars:
    return {
        "code": "RAP-2009-T2-SH",
        "version": 1,
        "audience": words("Board"),
        "body": words("Board"),
        "meeting_on": "2009-09-30",
        "section": 66,
        "presenter": words("director"),
        "preparer": words("coordinator"),
        "frozen_at": "2009-09-10T16:00:00.123456+03:00",
        "frozen_by": "coordinator",
        "dataset_version": 1,
        "dataset_sha256": "cd" * 32,
        "depth": "board",
        "depth_sha256": "ef" * 32,
        "corrects": None,
        **fields,  # type: ignore[typeddict-item]
    }


def example_document(**changes: Any) -> dict[str, Any]:
    """Return a built document; `facts`, `particulars`, `language` and the texts can be given."""
    arguments: dict[str, Any] = {
        "facts": example_facts(),
        "particulars": example_particulars(),
        "summary": "The summary.",
        "proposal": "The board decides\n1. to approve,\n2. to send on.",
        "narrative_language": "fi",
        "language": "fi",
        "verify_url": "https://portal.example/verify/RAP-2009-T2-SH/1/",
        **changes,
    }
    return document.build(arguments.pop("facts"), **arguments)
