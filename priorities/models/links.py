"""What an annual target serves: each link is a row with a trail of its own."""

import pghistory
from django.db import models

from priorities.models.decided import kept_with_its_target
from priorities.models.priorities import Measure, StrategicGoal
from priorities.models.targets import AnnualTarget
from programme.models import FollowUpPrinciple, Network, RoleStatement


class TargetLink(models.Model):
    """A target serves a part of the programme."""

    target = models.ForeignKey(AnnualTarget, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.target_id}"


@pghistory.track()
class TargetGoal(TargetLink):
    """A target serves a goal."""

    goal = models.ForeignKey(StrategicGoal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "goal"], name="one_link_per_target_and_goal"),
        ]
        triggers = kept_with_its_target("goals_of_a_decided_target_stay")


@pghistory.track()
class TargetMeasure(TargetLink):
    """A target serves a measure."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "measure"], name="one_link_per_target_and_measure"),
        ]
        triggers = kept_with_its_target("measures_of_a_decided_target_stay")


@pghistory.track()
class TargetNetwork(TargetLink):
    """A target serves a network."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "network"], name="one_link_per_target_and_network"),
        ]
        triggers = kept_with_its_target("networks_of_a_decided_target_stay")


@pghistory.track()
class TargetRoleStatement(TargetLink):
    """A target serves a role statement."""

    role_statement = models.ForeignKey(RoleStatement, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target", "role_statement"], name="one_link_per_target_and_role_statement"
            ),
        ]
        triggers = kept_with_its_target("role_statements_of_a_decided_target_stay")


@pghistory.track()
class TargetPrinciple(TargetLink):
    """A target serves a follow-up principle."""

    principle = models.ForeignKey(FollowUpPrinciple, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "principle"], name="one_link_per_target_and_principle"),
        ]
        triggers = kept_with_its_target("principles_of_a_decided_target_stay")
