"""Facts of the lines: annual targets and actions, with what was said of them in the period.

Only approved follow-ups count. A submitted one is told as waiting, without its status; where nothing is
approved the line is not updated, never last period's colour.
"""

from collections.abc import Callable
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from priorities.models import AnnualTarget
from programme import clock
from programme.models import Origin, Post, ReportingPeriod
from programme.statuses import NOT_UPDATED
from reporting.fact_types import (
    ActionFacts,
    AmendedFacts,
    CoverageFacts,
    EvidenceFacts,
    FollowUpFacts,
    LineFacts,
    PreviousFacts,
    TargetFacts,
    Words,
)
from reporting.facts.evidence import evidence_facts
from reporting.facts.values import decimal, euros, words
from workgroups.models import Action, Amendment, FollowUp, WorkProgramme
from workgroups.services import group_of


class Answers:
    """What was answered in a period and in the one before it, by line: one query, and two for evidence."""

    def __init__(self, period: ReportingPeriod, previous: ReportingPeriod | None) -> None:
        self.previous = previous
        self.now: dict[tuple[str, int], FollowUp] = {}
        self.before: dict[tuple[str, int], FollowUp] = {}
        periods = [period] if previous is None else [period, previous]
        for said in FollowUp.objects.filter(period__in=periods).order_by():
            key = ("target", said.target_id) if said.target_id else ("action", said.action_id or 0)
            if said.period_id == period.pk:
                said.period = period
                self.now[key] = said
            elif said.state == FollowUp.State.APPROVED:
                self.before[key] = said
        approved = (said for said in self.now.values() if said.state == FollowUp.State.APPROVED)
        self.evidence = evidence_facts(approved)

    def of(self, line: AnnualTarget | Action, *, group: str | None) -> LineFacts:
        """Return the facts that targets and actions share."""
        key = ("target" if isinstance(line, AnnualTarget) else "action", line.pk)
        said = self.now.get(key)
        approved = said if said and said.state == FollowUp.State.APPROVED else None
        return {
            "code": line.code,
            "group": group,
            "status": approved.status if approved else NOT_UPDATED,
            "waiting": said is not None and said.state == FollowUp.State.SUBMITTED,
            "follow_up": _follow_up_facts(approved, self.evidence.get(approved.pk)) if approved else None,
            "previous": self._previous(self.before.get(key)),
            "responsible": _post_words(line.responsible),
        }

    def _previous(self, said: FollowUp | None) -> PreviousFacts | None:
        if self.previous is None:
            return None
        return {
            "period": self.previous.code,
            "status": said.status if said else NOT_UPDATED,
            "text": said.text if said else "",
            "value": decimal(said.indicator_value) if said else None,
        }


def _post_words(post: Post | None) -> Words | None:
    return words(post, "name") if post else None


def _follow_up_facts(said: FollowUp, evidence: EvidenceFacts | None) -> FollowUpFacts:
    accepted_at = said.accepted_at
    assert accepted_at is not None  # noqa: S101  a constraint says so of every approved one
    facts: FollowUpFacts = {
        "status": said.status,
        "text": said.text,
        "language": said.language,
        "reason": said.reason,
        "effect": said.effect,
        "corrective_action": said.corrective_action,
        "new_due_on": said.new_due_on.isoformat() if said.new_due_on else None,
        "decision_needed": said.decision_needed,
        "value": decimal(said.indicator_value),
        "confirmed_unchanged": said.confirmed_unchanged,
        "imported": said.origin == Origin.IMPORTED,
        "accepted_on": clock.day_of(accepted_at).isoformat(),
    }
    if said.is_late:
        facts["late"] = True
    if evidence:
        facts["evidence"] = evidence
    return facts


def _codes(related: Callable[[], QuerySet]) -> list[str]:
    return [row.code for row in related()]


LINKS = ("goals", "measures", "networks", "role_statements", "follow_up_principles")


def target_facts(
    period: ReportingPeriod, answers: Answers, actions: list[ActionFacts], *, with_links: bool
) -> list[TargetFacts]:
    """Return the decided annual targets of the period's year: two queries, and five for what they serve."""
    targets = (
        AnnualTarget.objects.decided()
        .filter(programme=period.programme_id, year=period.year)
        .select_related("responsible", "cost_centre", "ownership__group__priority")
    )
    targets = targets.prefetch_related(
        Prefetch(
            "amendments",
            Amendment.objects.filter(state=Amendment.State.ACCEPTED)
            .select_related("decision__matter__meeting__body")
            .order_by("decided_at"),
        )
    )
    if with_links:
        targets = targets.prefetch_related(*LINKS)
    carried_out: dict[str, list[ActionFacts]] = {}
    for action in actions:
        for code in action["targets"]:
            carried_out.setdefault(code, []).append(action)
    return [
        _target(target, answers, carried_out.get(target.code, []), with_links=with_links)
        for target in targets
    ]


def _target(
    target: AnnualTarget, answers: Answers, actions: list[ActionFacts], *, with_links: bool
) -> TargetFacts:
    group = group_of(target)
    links = {name: _codes(getattr(target, name).all) if with_links else [] for name in LINKS}
    amended = [amended_facts(amendment) for amendment in target.amendments.all()]
    facts: TargetFacts = {
        **answers.of(target, group=group.code if group else None),
        "name": words(target, "name"),
        "binding": target.binding,
        "priority": group.priority.code if group and group.priority else None,
        "goals": links["goals"],
        "measures": links["measures"],
        "networks": links["networks"],
        "role_statements": links["role_statements"],
        "follow_up_principles": links["follow_up_principles"],
        "indicator": words(target, "indicator"),
        "unit": target.unit,
        "baseline": decimal(target.baseline),
        "target_value": decimal(target.target_value),
        "direction": target.direction,
        "due_on": target.due_on.isoformat() if target.due_on else None,
        "cost_centre": target.cost_centre.code if target.cost_centre else None,
        "planned_euros": _planned(target, actions),
        "no_cost": target.no_cost,
        "actions": [action["code"] for action in actions],
    }
    return {**facts, "amended": amended} if amended else facts


def amended_facts(amendment: Amendment) -> AmendedFacts:
    """Return when an accepted amendment was decided, and by what."""
    decided_at = amendment.decided_at
    assert decided_at is not None  # noqa: S101  of every accepted one
    matter = amendment.decision.matter if amendment.decision else None
    decided_on = matter.meeting.held_on if matter else clock.day_of(decided_at)
    return {
        "code": amendment.code,
        "decided_on": decided_on.isoformat(),
        "body": words(matter.meeting.body, "name") if matter else None,
        "section": matter.section if matter else None,
        "item": matter.item if matter else None,
    }


def _planned(target: AnnualTarget, actions: list[ActionFacts]) -> str | None:
    """A target's euros are its own, or those of its actions; without either nobody has told them."""
    if target.own_euros is not None:
        return euros(target.own_euros)
    if target.no_cost or not actions:
        return None
    return euros(sum((Decimal(action["planned_euros"] or 0) for action in actions), Decimal(0)))


def action_facts(period: ReportingPeriod, answers: Answers) -> list[ActionFacts]:
    """Return the actions of the year's approved work programmes: two queries."""
    actions = (
        Action.objects.filter(
            work_programme__group__programme=period.programme_id,
            work_programme__year=period.year,
            work_programme__state__in=WorkProgramme.SEEN_BY_ALL_GROUPS,
        )
        .select_related(
            "work_programme__group",
            "responsible",
            "cost_centre",
            "measure",
            "network",
            "role_statement",
            "follow_up_principle",
        )
        .prefetch_related(Prefetch("targets", queryset=AnnualTarget.objects.only("code").order_by("code")))
        .order_by("work_programme__group__order", "order", "code")
    )
    return [_action(action, answers) for action in actions]


def _action(action: Action, answers: Answers) -> ActionFacts:
    # The database hands no plan on with holes in it.
    assert action.part is not None  # noqa: S101
    assert action.start_month is not None  # noqa: S101
    assert action.end_month is not None  # noqa: S101
    assert action.planned_euros is not None  # noqa: S101
    return {
        **answers.of(action, group=action.work_programme.group.code),
        "text": action.text,
        "language": action.language,
        "work_programme": action.work_programme.code,
        "targets": _codes(action.targets.all),
        "carries_out": action.part.code,
        "start_month": action.start_month,
        "end_month": action.end_month,
        "output": action.output,
        "planned_euros": None if action.no_cost else euros(action.planned_euros),
        "cost_centre": action.cost_centre.code if action.cost_centre else None,
    }


def coverage_facts(targets: list[TargetFacts], actions: list[ActionFacts]) -> CoverageFacts:
    """Count who has answered; what is waiting for acceptance is not updated yet."""
    lines: list[LineFacts] = [*targets, *actions]
    not_updated = [line["code"] for line in lines if line["status"] == NOT_UPDATED]
    return {
        "lines": len(lines),
        "updated": len(lines) - len(not_updated),
        "targets": len(targets),
        "targets_updated": sum(target["status"] != NOT_UPDATED for target in targets),
        "not_updated": not_updated,
        "waiting": [line["code"] for line in lines if line["waiting"]],
    }
