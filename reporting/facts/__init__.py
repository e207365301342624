"""Everything that is told of a period, collected from the live rows as plain JSON values.

One function a section, pure but for its queries, knowing no request. What is frozen is never collected
again: pages of a frozen period read its dataset.
"""

from programme.models import ReportingPeriod
from reporting.fact_types import Facts
from reporting.facts.finance import finance_facts, source_facts
from reporting.facts.ground import (
    group_facts,
    period_facts,
    previous_period,
    priority_facts,
    programme_facts,
)
from reporting.facts.indicators import indicator_facts
from reporting.facts.lines import Answers, action_facts, coverage_facts, target_facts
from reporting.facts.values import decimal, euros, status_labels

FACTS_VERSION = 1

__all__ = ["FACTS_VERSION", "collect_facts"]


def collect_facts(period: ReportingPeriod) -> Facts:
    """Collect all facts of a period; a fixed number of queries, whatever the number of rows."""
    programme = period.programme
    previous = previous_period(period)
    answers = Answers(period, previous)
    actions = action_facts(period, answers)
    targets = target_facts(period, answers, actions)
    return {
        "programme": programme_facts(programme),
        "period": period_facts(period, previous),
        "priorities": priority_facts(programme),
        "groups": group_facts(programme),
        "targets": targets,
        "actions": actions,
        "finance": finance_facts(period, programme),
        "indicators": indicator_facts(period, previous),
        "coverage": coverage_facts(targets, actions),
        "sources": source_facts(period, programme),
        "rules": {
            "facts_version": FACTS_VERSION,
            "deviation_euros": euros(programme.deviation_euros),
            "deviation_percent": decimal(programme.deviation_percent) or "0",
        },
        "status_labels": status_labels(),
    }
