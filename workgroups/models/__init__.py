"""Who does it."""

from workgroups.models.follow_ups import FollowUp, FollowUpDraft
from workgroups.models.groups import IndicatorOwnership, Membership, TargetOwnership, WorkingGroup
from workgroups.models.work_programmes import Action, WorkProgramme

__all__ = [
    "Action",
    "FollowUp",
    "FollowUpDraft",
    "IndicatorOwnership",
    "Membership",
    "TargetOwnership",
    "WorkProgramme",
    "WorkingGroup",
]
