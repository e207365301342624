"""What the sample file itself says, and from which day on: read apart from the loader, to compare with it.

The days follow “The sample on a day” of the model. Each fact is a text or a sum with the first day on which
somebody could know it.
"""

import calendar
import contextlib
import datetime
import os
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

import yaml
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from reporting.loading.programme import PROGRAMME_FILE
from reporting.loading.sample.load import ADDITIONS_FILE, SAMPLE_FILE
from tests.conftest import connected_to, database_copy

Date = datetime.date
ONE_DAY = datetime.timedelta(days=1)

DOCUMENT = yaml.safe_load(PROGRAMME_FILE.read_text())
SAMPLE = yaml.safe_load(SAMPLE_FILE.read_text())
ADDED = yaml.safe_load(ADDITIONS_FILE.read_text())
REPORTS = {report["id"]: report for report in SAMPLE["reports"]}
BUDGETS = {budget["year"]: budget for budget in SAMPLE["budget_years"]}
AUDIENCE_STEPS = {"TVK": "tyovaliokunta", "SH": "seutuhallitus", "YK": "yhtymakokous", "SID": "julkaistu"}


@contextlib.contextmanager
def database_with_sample(as_of: str | None, blocker: DjangoDbBlocker) -> Iterator[str]:
    """Load programme and sample into a database of their own; gives what the command printed."""
    output = StringIO()
    day = ["--as-of", as_of] if as_of else []
    with database_copy(os.environ["PORTAL_TEST_SCHEMA"]) as name, connected_to(name, blocker):
        call_command("load_programme", stdout=StringIO())
        call_command("load_sample", *day, stdout=output)
        yield output.getvalue()


def decided_on(year: int) -> Date:
    return BUDGETS[year]["handling"]["yhtymakokous"]


def told_on(report: str, audience: str) -> Date:
    return REPORTS[report]["chain"][AUDIENCE_STEPS[audience]]


def first_told_on(report: str) -> Date:
    return min(told_on(report, audience) for audience in AUDIENCE_STEPS)


def round_over_on(report: str) -> Date:
    """Return the first day after the round, which closes on the working day after the groups' date."""
    groups_on = REPORTS[report]["chain"]["tyoryhmat"]
    assert groups_on.weekday() < calendar.FRIDAY, "the day after the groups' date must be a working day"
    return groups_on + 2 * ONE_DAY


def answered_on(report: str, group: str) -> Date:
    """Return the first day on which a group's answers of a report's period are known."""
    body = group.replace("WG-", "BODY-WG-")
    meetings = [
        meeting["date"]
        for meeting in SAMPLE["meetings"]
        for item in meeting["items"]
        if meeting["body"] == body and item.get("ref") == report
    ]
    return min([*meetings, round_over_on(report)])


def group_of_centre(cost_centre: str) -> str:
    centre = next(one for one in SAMPLE["cost_centres"] if one["id"] == cost_centre)
    return centre["working_group"] or "KV"


Fact = tuple[Date, Any]


def dated_texts() -> Iterator[Fact]:
    """Return every text and code of the file that not everybody has always known."""
    for target in SAMPLE["annual_targets"]:
        for text in (target["id"], target["fi"], target["indicator_fi"]):
            yield decided_on(target["year"]), text
        for follow_up in target["followup"]:
            known = answered_on(follow_up["report"], target["owner"])
            yield known, follow_up["text_fi"]
            for text in follow_up.get("deviation", {}).values():
                if isinstance(text, str):
                    yield known, text
    for programme in SAMPLE["work_programmes"]:
        yield programme["approved_by_group"], programme["id"]
        for action in programme["actions"]:
            for text in (action["id"], action["fi"], action["output_fi"]):
                yield programme["approved_by_group"], text
            yield answered_on(f"RAP-{programme['year']}-TP", programme["owner"]), action["note_fi"]
    for budget in SAMPLE["budget_years"]:
        yield decided_on(budget["year"]), budget["id"]
        for amendment in budget["amendments"]:
            yield amendment["date"], amendment["id"]
            yield amendment["date"], amendment["text_fi"]
    for claim in SAMPLE["claims"]:
        yield claim["claimed_on"], claim["id"]
        yield claim["claimed_on"], claim.get("ineligible_reason_fi", claim["id"])
    for meeting in SAMPLE["meetings"]:
        known = min(meeting["date"], meeting.get("agenda_published", meeting["date"]))
        for item in meeting["items"]:
            yield known, item["title_fi"]
    for report in SAMPLE["reports"]:
        yield from _texts_of_report(report)


def _texts_of_report(report: dict[str, Any]) -> Iterator[Fact]:
    yield first_told_on(report["id"]), report["summary_fi"]
    for audience in AUDIENCE_STEPS:
        yield told_on(report["id"], audience), f"{report['id']}-{audience}"
    for row in report["finance"]:
        if "selite" in row:
            yield answered_on(report["id"], group_of_centre(row["kustannuspaikka"])), row["selite"]
    if "municipal_settlement" in report:
        yield round_over_on(report["id"]), report["municipal_settlement"]["text_fi"]


def dated_sums() -> Iterator[tuple[Date, Decimal]]:
    """Return every sum of euros of the file with the first day on which it is known."""
    for day, amount in _sums():
        yield day, Decimal(amount)


def _sums() -> Iterator[tuple[Date, int]]:
    for budget in SAMPLE["budget_years"]:
        yield from _sums_of_budget(budget)
    for row in SAMPLE["monthly_actuals"]:
        for month, amount in enumerate(row["months"], start=1):
            yield month_end(row["year"], month), amount
    for programme in SAMPLE["work_programmes"]:
        for action in programme["actions"]:
            yield programme["approved_by_group"], action["planned_eur"]
        yield from _sums_of_targets(programme)
    for claim in SAMPLE["claims"]:
        for name in ("costs", "other_income", "ineligible", "eligible", "state_share"):
            yield claim["claimed_on"], claim[name]
    for report in SAMPLE["reports"]:
        yield from _sums_of_report(report)


def _sums_of_budget(budget: dict[str, Any]) -> Iterator[tuple[Date, int]]:
    known = decided_on(budget["year"])
    yield known, budget["total_eur"]
    for line in [*budget["expense_lines"], *budget["income_lines"]]:
        yield known, line["budget"]
    for amendment in budget["amendments"]:
        for line in [*amendment["lines"], *amendment.get("income_lines", [])]:
            yield amendment["date"], line["change"]
        known = max(known, amendment["date"]) if "income_lines" in amendment else known
    yield from _sums_of_sources(budget)
    for share in budget["municipal_shares"]:
        yield known, share["amended_budget"]
    yield known, budget["total_amended_eur"]
    yield budget["state_grant"]["decided_on"], budget["state_grant"]["granted_max"]


def _sums_of_sources(budget: dict[str, Any]) -> Iterator[tuple[Date, int]]:
    """Return what each source gives, as decided and after each amendment: the portal adds it up."""
    sums = Counter[str]()
    for line in budget["income_lines"]:
        sums[line["source"]] += line["budget"]
    for amount in sums.values():
        yield decided_on(budget["year"]), amount
    for amendment in budget["amendments"]:
        for line in amendment.get("income_lines", []):
            sums[line["source"]] += line["change"]
        for amount in sums.values():
            yield amendment["date"], amount


def _sums_of_targets(programme: dict[str, Any]) -> Iterator[tuple[Date, int]]:
    """Return what a group's actions spend on each target: the portal adds it up."""
    sums = Counter[str]()
    for action in programme["actions"]:
        for target in action["targets"]:
            sums[target] += action["planned_eur"]
    for amount in sums.values():
        yield programme["approved_by_group"], amount


def _sums_of_report(report: dict[str, Any]) -> Iterator[tuple[Date, int]]:
    month = {"T1": 4, "T2": 8, "TP": 12}[report["id"][-2:]]
    for row in [*report["finance"], report["finance_total"]]:
        for name in ("ta_alkuperainen", "ta_muutettu"):
            yield decided_on(report["year"]), row[name]
        yield month_end(report["year"], month), row["toteuma"]
        centre = row.get("kustannuspaikka")
        known = answered_on(report["id"], group_of_centre(centre)) if centre else round_over_on(report["id"])
        for name in ("ennuste", "poikkeama"):
            yield known, row[name]
    for name in ("funding", "municipal_settlement"):
        for amount in report.get(name, {}).values():
            if isinstance(amount, int):
                yield round_over_on(report["id"]), amount


def month_end(year: int, month: int) -> Date:
    return Date(year, month, calendar.monthrange(year, month)[1])
