"""Who does it."""

from workgroups.models.follow_ups import FollowUp, FollowUpDraft
from workgroups.models.groups import (
    IndicatorOwnership,
    Membership,
    TargetOwnership,
    WorkingGroup,
    targets_visible_to,
)
from workgroups.models.work_programmes import Action, ActionTarget, WorkProgramme

__all__ = [
    "Action",
    "ActionTarget",
    "FollowUp",
    "FollowUpDraft",
    "IndicatorOwnership",
    "Membership",
    "TargetOwnership",
    "WorkProgramme",
    "WorkingGroup",
    "targets_visible_to",
]
