"""What a decision of a year's annual targets would take and leave: counted before it is entered.

Who enters the decision does not see what is proposed before it is decided; the page tells only how much.
"""

from dataclasses import dataclass, field

from priorities.models import AnnualTarget
from programme.models import Budget, Programme
from workgroups.models import WorkingGroup
from workgroups.targets.decision import budgets_to_link


@dataclass
class GroupOutlook:
    """A group's targets that the decision would take, and its drafts that it would leave."""

    group: WorkingGroup
    proposed: list[AnnualTarget] = field(default_factory=list)
    drafts: list[AnnualTarget] = field(default_factory=list)


@dataclass
class Outlook:
    """The groups of the programme as they stand before a decision, and the year's budget, if any."""

    groups: list[GroupOutlook]
    budget: Budget | None

    @property
    def proposing(self) -> list[GroupOutlook]:
        return [row for row in self.groups if row.proposed]

    @property
    def drafting(self) -> list[GroupOutlook]:
        return [row for row in self.groups if row.drafts]

    @property
    def silent(self) -> list[WorkingGroup]:
        """Groups that have nothing proposed."""
        return [row.group for row in self.groups if not row.proposed]

    @property
    def binding(self) -> int:
        return sum(target.binding for row in self.groups for target in row.proposed)


def outlook_of(programme: Programme, year: int) -> Outlook:
    """Read what a decision of a year would take and leave; three queries."""
    groups = WorkingGroup.objects.filter(programme=programme).select_related("programme")
    found = {group.pk: GroupOutlook(group) for group in groups}
    undecided = AnnualTarget.objects.filter(
        programme=programme, year=year, state__in=AnnualTarget.EDITABLE, ownership__isnull=False
    )
    for target in undecided.select_related("ownership", "programme").order_by("order", "code"):
        row = found[target.ownership.group_id]
        (row.proposed if target.state == AnnualTarget.State.PROPOSED else row.drafts).append(target)
    return Outlook(list(found.values()), budgets_to_link(programme, year).first())
