"""The trail of what an annual target serves: its links are rows too, and every change of them is recorded."""

import pghistory

from priorities.models.targets import AnnualTarget


@pghistory.track()
class TargetGoal(AnnualTarget.goals.through):  # type: ignore[name-defined, misc]
    """A target serves a goal."""

    class Meta:
        proxy = True


@pghistory.track()
class TargetMeasure(AnnualTarget.measures.through):  # type: ignore[name-defined, misc]
    """A target serves a measure."""

    class Meta:
        proxy = True


@pghistory.track()
class TargetNetwork(AnnualTarget.networks.through):  # type: ignore[name-defined, misc]
    """A target serves a network."""

    class Meta:
        proxy = True


@pghistory.track()
class TargetRoleStatement(AnnualTarget.role_statements.through):  # type: ignore[name-defined, misc]
    """A target serves a role statement."""

    class Meta:
        proxy = True


@pghistory.track()
class TargetPrinciple(AnnualTarget.follow_up_principles.through):  # type: ignore[name-defined, misc]
    """A target serves a follow-up principle."""

    class Meta:
        proxy = True
