"""Everything that is told of a period, collected from the live rows as plain JSON values.

One function a section, pure but for its queries, knowing no request. What is frozen is never collected
again: pages of a frozen period read its dataset.
"""

from enum import StrEnum, auto

from programme.models import ReportingPeriod
from reporting.fact_types import Facts
from reporting.facts.finance import finance_facts, no_finance, source_facts
from reporting.facts.ground import (
    group_facts,
    period_facts,
    previous_period,
    priority_facts,
    programme_facts,
)
from reporting.facts.group_reports import group_report_facts
from reporting.facts.implementation import earlier_task_facts
from reporting.facts.indicators import indicator_facts
from reporting.facts.lines import Answers, action_facts, coverage_facts, target_facts
from reporting.facts.values import decimal, euros, status_labels

# 2: money by account and by funding source, and two earlier years; expected use by the lines' own phasing.
FACTS_VERSION = 2

__all__ = ["FACTS_VERSION", "WHOLE", "Section", "collect_facts"]


class Section(StrEnum):
    """Parts of the facts that cost queries of their own; lines and their answers are always collected."""

    LINKS = auto()  # what targets serve: goals, measures, networks, statements, principles
    FINANCE = auto()
    GROUPS = auto()  # the groups' own reports
    RECORD = auto()  # what only a frozen record needs: indicators, sources, what became of earlier decisions


WHOLE = frozenset(Section)


def collect_facts(
    period: ReportingPeriod, *, previous: ReportingPeriod | None = None, sections: frozenset[Section] = WHOLE
) -> Facts:
    """Collect the facts of a period; a fixed number of queries, whatever the number of rows.

    A page that shows a part names its sections; the rest is empty there. `previous` saves a query where the
    caller knows it. What is frozen is always whole.
    """
    programme = period.programme
    previous = previous or previous_period(period)
    answers = Answers(period, previous)
    with_links = Section.LINKS in sections
    is_record = Section.RECORD in sections
    actions = action_facts(period, answers)
    targets = target_facts(period, answers, actions, with_links=with_links)
    finance = finance_facts if Section.FINANCE in sections else no_finance
    facts: Facts = {
        "programme": programme_facts(programme),
        "period": period_facts(period, previous),
        "priorities": priority_facts(period, with_links=with_links),
        "groups": group_facts(programme),
        "targets": targets,
        "actions": actions,
        "finance": finance(period, programme),
        "indicators": indicator_facts(period, previous) if is_record else [],
        "coverage": coverage_facts(targets, actions),
        "sources": source_facts(period, programme) if is_record else [],
        "rules": {
            "facts_version": FACTS_VERSION,
            "deviation_euros": euros(programme.deviation_euros),
            "deviation_percent": decimal(programme.deviation_percent) or "0",
        },
        "status_labels": status_labels(),
    }
    reports = group_report_facts(period) if Section.GROUPS in sections else []
    tasks = earlier_task_facts(period) if is_record else []
    if reports:
        facts["group_reports"] = reports
    if tasks:
        facts["earlier_tasks"] = tasks
    return facts
