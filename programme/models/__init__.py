"""The ground: people, the programme, its bodies, meetings, periods, money and networks."""

from programme.models.attachments import Attachment, AttachmentContent
from programme.models.attendance import Attendance
from programme.models.bodies import Body, BodySeat
from programme.models.budget import (
    Account,
    Budget,
    BudgetAmendment,
    BudgetAmendmentLine,
    BudgetHandling,
    BudgetLine,
    BudgetPlanLine,
    CostCentre,
    FundingSource,
)
from programme.models.claim_lines import ClaimDocument, ClaimedEntry, ClaimExclusion
from programme.models.claims import PaymentClaim
from programme.models.deadlines import Deadline, DeadlineStep
from programme.models.decision_tasks import DecisionTask, TaskNote
from programme.models.feed_keys import FeedKey
from programme.models.finance import (
    Explanation,
    Forecast,
    FundingUse,
    MunicipalSettlement,
    Origin,
)
from programme.models.grants import Grant
from programme.models.invitations import Invitation
from programme.models.ledger import LedgerEntry, LedgerImport
from programme.models.ledger_files import LedgerCorrection, LedgerFile, LedgerSource
from programme.models.matter_files import MatterFile
from programme.models.meetings import Decision, DecisionTemplate, Matter, Meeting
from programme.models.municipalities import (
    ContributionKey,
    ContributionShare,
    MunicipalContact,
    Municipality,
    MunicipalityMembership,
)
from programme.models.networks import Network, NetworkYear
from programme.models.notes import (
    Comment,
    Feedback,
    Notification,
    Question,
    SavedView,
    Subscription,
    Substitute,
)
from programme.models.periods import ReportingPeriod
from programme.models.phasing import Phasing
from programme.models.posts import Post, PostHolding
from programme.models.programme import (
    Audience,
    FollowUpPrinciple,
    Programme,
    ProgrammeText,
    RoleStatement,
)
from programme.models.secrecy import SecrecyChange
from programme.models.strategy import Strategy
from programme.models.users import User

__all__ = [
    "Account",
    "Attachment",
    "AttachmentContent",
    "Attendance",
    "Audience",
    "Body",
    "BodySeat",
    "Budget",
    "BudgetAmendment",
    "BudgetAmendmentLine",
    "BudgetHandling",
    "BudgetLine",
    "BudgetPlanLine",
    "ClaimDocument",
    "ClaimExclusion",
    "ClaimedEntry",
    "Comment",
    "ContributionKey",
    "ContributionShare",
    "CostCentre",
    "Deadline",
    "DeadlineStep",
    "Decision",
    "DecisionTask",
    "DecisionTemplate",
    "Explanation",
    "FeedKey",
    "Feedback",
    "FollowUpPrinciple",
    "Forecast",
    "FundingSource",
    "FundingUse",
    "Grant",
    "Invitation",
    "LedgerCorrection",
    "LedgerEntry",
    "LedgerFile",
    "LedgerImport",
    "LedgerSource",
    "Matter",
    "MatterFile",
    "Meeting",
    "MunicipalContact",
    "MunicipalSettlement",
    "Municipality",
    "MunicipalityMembership",
    "Network",
    "NetworkYear",
    "Notification",
    "Origin",
    "PaymentClaim",
    "Phasing",
    "Post",
    "PostHolding",
    "Programme",
    "ProgrammeText",
    "Question",
    "ReportingPeriod",
    "RoleStatement",
    "SavedView",
    "SecrecyChange",
    "Strategy",
    "Subscription",
    "Substitute",
    "TaskNote",
    "User",
]
