"""Sheets of targets, actions and what was said of them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from programme.models import ReportingPeriod
from programme.sheets.cells import Cell, Column, Kind, Sheet, day, number, words
from programme.statuses import NOT_UPDATED
from reporting.document.evidence import evidence_of
from reporting.evaluation_package.collecting import Material
from reporting.fact_types import ActionFacts, Facts, LineFacts, TargetFacts
from reporting.reading import Reading

KINDS = [kind for kind, _label in ReportingPeriod.Kind.choices]
STATED = ("status", "text", "reason", "effect", "corrective_action")


def _label(facts: Facts, status: str) -> str:
    """Return a status in words: a silent line says that it was not updated."""
    return words(facts["status_labels"][status])


def _period_columns() -> list[Column]:
    return [
        Column(f"status_{kind.lower()}", _("Status %(period)s") % {"period": label})
        for kind, label in ReportingPeriod.Kind.choices
    ]


def _final_columns() -> list[Column]:
    return [
        Column("latest_period", _("Latest period"), Kind.CODE),
        Column("latest_status", _("Latest status")),
        Column("final_status", _("Final status")),
        Column("text", _("Situation"), Kind.LONG_TEXT),
        Column("reason", _("Reason"), Kind.LONG_TEXT),
        Column("effect", _("Effect"), Kind.LONG_TEXT),
        Column("corrective_action", _("Corrective action"), Kind.LONG_TEXT),
    ]


def _told_by_year(material: Material, what: str) -> Iterator[tuple[int, Any, dict[str, tuple[Facts, Any]]]]:
    """Give every line of every year as it was told last, and how it stood in each period by its kind."""
    for year in material.years:
        by_kind: dict[str, dict[str, tuple[Facts, Any]]] = {}
        latest: dict[str, Any] = {}
        for reading in material.of_year(year):
            for line in reading.facts[what]:  # type: ignore[literal-required]
                latest[line["code"]] = line
                by_kind.setdefault(line["code"], {})[reading.period.kind] = (reading.facts, line)
        for code, line in latest.items():
            yield year, line, by_kind[code]


def _statuses(periods: dict[str, tuple[Facts, Any]]) -> list[Cell]:
    """Return the status in each kind of period; empty where the period has not been told of."""
    return [
        _label(periods[kind][0], periods[kind][1]["status"]) if kind in periods else None for kind in KINDS
    ]


def _final(periods: dict[str, tuple[Facts, Any]]) -> list[Cell]:
    """Return the latest status with its words, and the final one where the year has been told of whole."""
    facts, line = list(periods.values())[-1]
    year_end = periods.get(ReportingPeriod.Kind.YEAR_END)
    said = line["follow_up"]
    return [
        facts["period"]["code"],
        _label(facts, line["status"]),
        _label(year_end[0], year_end[1]["status"]) if year_end else None,
        *(_words_said(said, name) for name in STATED[1:]),
    ]


def _words_said(said: Any, name: str) -> str | None:
    return (said[name] or None) if said else None


def targets_sheet(material: Material) -> Sheet:
    """Return the decided targets of all years, with their statuses by period."""
    columns = [
        Column("year", _("Year"), Kind.NUMBER),
        Column("code", _("Code"), Kind.CODE),
        Column("name", _("Target"), Kind.LONG_TEXT),
        Column("binding", _("Binding")),
        Column("group", _("Working group"), Kind.CODE),
        Column("priority", _("Priority"), Kind.CODE),
        Column("indicator", _("Indicator")),
        Column("unit", _("Unit")),
        Column("baseline", _("Baseline"), Kind.NUMBER),
        Column("target_value", _("Target value"), Kind.NUMBER),
        Column("value", _("Value"), Kind.NUMBER),
        Column("due_on", _("Due"), Kind.DAY),
        Column("planned_euros", _("Planned, €"), Kind.EUROS),
        *_period_columns(),
        *_final_columns(),
    ]
    sheet = Sheet("targets", _("Targets"), columns)
    for year, line, periods in _told_by_year(material, "targets"):
        target: TargetFacts = line
        said = target["follow_up"]
        sheet.rows.append(
            [
                year,
                target["code"],
                words(target["name"]),
                _yes_or_no(target["binding"]),
                target["group"],
                target["priority"],
                words(target["indicator"]) or None,
                target["unit"] or None,
                number(target["baseline"]),
                number(target["target_value"]),
                number(said["value"]) if said else None,
                day(target["due_on"]),
                number(target["planned_euros"]),
                *_statuses(periods),
                *_final(periods),
            ]
        )
    return sheet


def actions_sheet(material: Material) -> Sheet:
    """Return the actions of all years, with their statuses by period."""
    columns = [
        Column("year", _("Year"), Kind.NUMBER),
        Column("code", _("Code"), Kind.CODE),
        Column("text", _("Action"), Kind.LONG_TEXT),
        Column("group", _("Working group"), Kind.CODE),
        Column("targets", _("Targets"), Kind.CODE),
        Column("carries_out", _("Carries out"), Kind.CODE),
        Column("start_month", _("From month"), Kind.NUMBER),
        Column("end_month", _("To month"), Kind.NUMBER),
        Column("output", _("Output"), Kind.LONG_TEXT),
        Column("planned_euros", _("Planned, €"), Kind.EUROS),
        Column("cost_centre", _("Cost centre"), Kind.CODE),
        *_period_columns(),
        *[
            column if column.name != "text" else Column("situation", column.heading, column.kind)
            for column in _final_columns()
        ],
    ]
    sheet = Sheet("actions", _("Actions"), columns)
    for year, line, periods in _told_by_year(material, "actions"):
        action: ActionFacts = line
        sheet.rows.append(
            [
                year,
                action["code"],
                action["text"],
                action["group"],
                " ".join(action["targets"]) or None,
                action["carries_out"] or None,
                action["start_month"],
                action["end_month"],
                action["output"] or None,
                number(action["planned_euros"]),
                action["cost_centre"],
                *_statuses(periods),
                *_final(periods),
            ]
        )
    return sheet


def said_sheet(material: Material) -> Sheet:
    """Return what was said of every line in every period; of a silent line, that it was not updated."""
    columns = [
        Column("period", _("Period"), Kind.CODE),
        Column("code", _("Code"), Kind.CODE),
        Column("status", _("Status")),
        Column("accepted_on", _("Accepted"), Kind.DAY),
        Column("value", _("Value"), Kind.NUMBER),
        Column("text", _("Situation"), Kind.LONG_TEXT),
        Column("reason", _("Reason"), Kind.LONG_TEXT),
        Column("effect", _("Effect"), Kind.LONG_TEXT),
        Column("corrective_action", _("Corrective action"), Kind.LONG_TEXT),
        Column("decision_needed", _("Decision needed"), Kind.LONG_TEXT),
        Column("new_due_on", _("New estimate of completion"), Kind.DAY),
        Column("responsible", _("Responsible")),
        Column("evidence", _("Evidence"), Kind.LONG_TEXT),
        Column("confirmed_unchanged", _("Confirmed unchanged")),
        Column("late", _("Handed in late")),
    ]
    sheet = Sheet("follow_ups", _("Follow-up"), columns)
    for reading in material.readings:
        lines: list[LineFacts] = [*reading.facts["targets"], *reading.facts["actions"]]
        sheet.rows += [_said(reading, line) for line in lines]
    return sheet


def _said(reading: Reading, line: LineFacts) -> list[Cell]:
    said = line["follow_up"]
    status = line["status"] if said else NOT_UPDATED
    head: list[Cell] = [reading.period.code, line["code"], _label(reading.facts, status)]
    responsible = words(line["responsible"]) if line["responsible"] else None
    if said is None:
        return [*head, *[None] * 8, responsible, *[None] * 3]
    told = [_words_said(said, name) for name in (*STATED[1:], "decision_needed")]
    return [
        *head,
        day(said["accepted_on"]),
        number(said["value"]),
        *told,
        day(said["new_due_on"]),
        responsible,
        " · ".join(passage.text for passage in evidence_of(said)) or None,
        _yes_or_no(said["confirmed_unchanged"]),
        _yes_or_no(said.get("late", False)),
    ]


def group_reports_sheet(material: Material) -> Sheet:
    """Return the groups' own reports, as their chairs accepted them."""
    columns = [
        Column("period", _("Period"), Kind.CODE),
        Column("group", _("Working group"), Kind.CODE),
        Column("accepted_on", _("Accepted"), Kind.DAY),
        Column("late", _("Handed in late")),
        Column("done", _("What was done"), Kind.LONG_TEXT),
        Column("hinders", _("What hinders"), Kind.LONG_TEXT),
        Column("asked", _("What is asked, and of whom"), Kind.LONG_TEXT),
    ]
    sheet = Sheet("group_reports", _("Groups’ reports"), columns)
    for reading in material.readings:
        for report in reading.facts.get("group_reports", []):
            sheet.rows.append(
                [
                    reading.period.code,
                    report["group"],
                    day(report["accepted_on"]),
                    _yes_or_no(report.get("late", False)),
                    report["done"] or None,
                    report["hinders"] or None,
                    report["asked"] or None,
                ]
            )
    return sheet


def _yes_or_no(said: bool) -> str:
    return _("yes") if said else _("no")
