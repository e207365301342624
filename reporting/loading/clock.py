"""Loads the steps of the annual clock with each programme document."""

from pathlib import Path
from typing import Any

from django.conf import settings

from programme.models import Audience, DeadlineStep, Programme
from reporting.loading.reader import MapOf, OneOf, Record, read_file
from reporting.loading.rows import store, words
from reporting.loading.tally import Tally

CLOCK_FILE = Path(settings.BASE_DIR) / "programme" / "data" / "clock.yaml"
OWN = "own"

CLOCK: dict[str, Any] = {
    "basis": str,
    "steps": [
        {
            "id": str,
            "kinds": [OneOf(tuple(DeadlineStep.Kind.values))],
            "lane": OneOf(tuple(DeadlineStep.Lane.values)),
            "who": OneOf(tuple(DeadlineStep.Doer.values)),
            "before": OneOf((OWN, *Audience.Depth.values)),
            "days?": int,
            "working_days?": int,
            "waits?": MapOf(int),
            "season?": {"month": int, "day": int},
            "done_by?": OneOf(tuple(act for act in DeadlineStep.Act.values if act)),
            "fi": str,
            "sv": str,
            "en": str,
        }
    ],
}


def store_clock(programme: Programme, tally: Tally) -> None:
    """Store the steps of a programme; those of an audience that it does not report to are left out."""
    file = read_file(CLOCK_FILE, CLOCK)
    audiences = {audience.depth: audience for audience in programme.audiences.order_by("-order")}
    number = 0
    for order, record in enumerate(file["steps"], start=1):
        audience = audiences.get(record["before"])
        if audience is None and record["before"] != OWN:
            tally.leave_out(f"step {record['id']} of {CLOCK_FILE.name}", "the programme has no such audience")
            continue
        for kind in record["kinds"]:
            store(
                DeadlineStep,
                {"programme": programme, "kind": kind, "code": record["id"]},
                {
                    "order": order,
                    "lane": record["lane"],
                    "doer": record["who"],
                    "audience": audience,
                    "act": record.get("done_by", ""),
                    "basis": file["basis"],
                    **_counted(record, kind),
                    **words(record, "name"),
                },
                record,
            )
            number += 1
    tally.count(f"steps of the annual clock ({CLOCK_FILE.name})", number)


def _counted(record: Record, kind: str) -> dict[str, Any]:
    """Return the columns that say how a step is counted back: in days of one kind or of the other."""
    if ("days" in record) == ("working_days" in record):
        raise record.error("id", f"{record['id']} needs either days or working_days")
    is_budget = kind == DeadlineStep.Kind.BUDGET
    if is_budget != ("season" in record):
        raise record.error("kinds", f"a season is told of {DeadlineStep.Kind.BUDGET.value} and nothing else")
    return {
        "days": record.get("days", record.get("working_days")),
        "in_working_days": "working_days" in record,
        "waits_days": record.get("waits", {}).get(kind, 0),
        "season_month": record["season"]["month"] if is_budget else None,
        "season_day": record["season"]["day"] if is_budget else None,
    }
