"""Who does it."""

from workgroups.models.actions import PARTS, Action, ActionNetwork, ActionTarget
from workgroups.models.amendments import Amendment
from workgroups.models.budget_proposals import BudgetProposal, BudgetProposalLine
from workgroups.models.comments import LineComment
from workgroups.models.evaluations import (
    Evaluation,
    EvaluationAnswer,
    EvaluationDraft,
    EvaluationGroup,
    EvaluationStatement,
    Participation,
)
from workgroups.models.evidence import EvidenceFile
from workgroups.models.follow_ups import FollowUp, FollowUpDraft, Measured
from workgroups.models.group_reports import GroupReport
from workgroups.models.groups import (
    IndicatorOwnership,
    Membership,
    TargetOwnership,
    WorkingGroup,
    targets_visible_to,
)
from workgroups.models.turns import LineTurn
from workgroups.models.versions import WorkProgrammeVersion
from workgroups.models.work_programmes import WorkProgramme

__all__ = [
    "PARTS",
    "Action",
    "ActionNetwork",
    "ActionTarget",
    "Amendment",
    "BudgetProposal",
    "BudgetProposalLine",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationDraft",
    "EvaluationGroup",
    "EvaluationStatement",
    "EvidenceFile",
    "FollowUp",
    "FollowUpDraft",
    "GroupReport",
    "IndicatorOwnership",
    "LineComment",
    "LineTurn",
    "Measured",
    "Membership",
    "Participation",
    "TargetOwnership",
    "WorkProgramme",
    "WorkProgrammeVersion",
    "WorkingGroup",
    "targets_visible_to",
]
