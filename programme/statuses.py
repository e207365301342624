"""The statuses of a target or an action: a person's dated judgement, in words and codes.

Two scales, so that “on track” never stands in a closed year (domain of the programme, 3.1). `not_updated` is
no judgement: it is what everybody sees where a line has no follow-up for the period.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    ON_TRACK = "on_track", _("On track")
    DELAYED = "delayed", _("Delayed")
    WILL_NOT_BE_ACHIEVED = "will_not_be_achieved", _("Will not be achieved")
    ACHIEVED = "achieved", _("Achieved")
    NOT_STARTED = "not_started", _("Not started")
    PARTLY_ACHIEVED = "partly_achieved", _("Partly achieved")
    NOT_ACHIEVED = "not_achieved", _("Not achieved")


# What must be true for a status to be chosen; domain of the programme, 3.1.
CRITERIA = {
    Status.ON_TRACK: _("The value and the due date will be met as they were decided."),
    Status.DELAYED: _("It will be met, but later or in part. Say why and what is done about it."),
    Status.WILL_NOT_BE_ACHIEVED: _("It will not be met this year. Say why and what is done about it."),
    Status.ACHIEVED: _("The indicator has reached its aim, or the decision is made. Say where it is seen."),
    Status.NOT_STARTED: _("It begins later, as the plan says."),
    Status.PARTLY_ACHIEVED: _("A part of the aim was met by the end of the year. Say which."),
    Status.NOT_ACHIEVED: _("The aim was not met by the end of the year."),
}

NOT_UPDATED = "not_updated"
WAITING = "waiting"

STATUS_LABELS = {
    **dict(Status.choices),
    NOT_UPDATED: _("Not updated"),
    WAITING: _("Waiting for acceptance"),
}

IN_YEAR_SCALE = [
    Status.ON_TRACK,
    Status.DELAYED,
    Status.WILL_NOT_BE_ACHIEVED,
    Status.ACHIEVED,
    Status.NOT_STARTED,
]
YEAR_END_SCALE = [Status.ACHIEVED, Status.PARTLY_ACHIEVED, Status.NOT_ACHIEVED]

# The order of distributions, from done to silent, the same on every page and in every report.
DISTRIBUTION_ORDER = [
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.PARTLY_ACHIEVED,
    Status.DELAYED,
    Status.WILL_NOT_BE_ACHIEVED,
    Status.NOT_ACHIEVED,
    Status.NOT_STARTED,
    NOT_UPDATED,
]

# These demand a text, a reason and a corrective action, fresh each time.
DEVIATING = [Status.DELAYED, Status.WILL_NOT_BE_ACHIEVED]
# These, of the year-end, demand a text and a reason; a corrective action where the work goes on.
SHORT_OF_AIM = [Status.PARTLY_ACHIEVED, Status.NOT_ACHIEVED]
# These stand among the deviations of a period.
DEVIATIONS = [*DEVIATING, *SHORT_OF_AIM]


def scale(*, year_end: bool) -> list[Status]:
    """Return the statuses that may be chosen, the commonest first."""
    return YEAR_END_SCALE if year_end else IN_YEAR_SCALE
