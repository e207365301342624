"""What waits for a person who accepts, in all their groups."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from priorities.models import IndicatorValue
from programme import rules as programme_rules
from programme.differences import Piece, pieces_between
from programme.models import Programme, User
from programme.statuses import NOT_UPDATED
from workgroups import rules
from workgroups.contradictions import contradictions_of
from workgroups.desk import amendments_to_decide, plans_waiting_for
from workgroups.group_reports import reports_waiting_for
from workgroups.indicators.entering import waiting_values
from workgroups.lines import waiting_for
from workgroups.models import Amendment, FollowUp, WorkingGroup, WorkProgramme
from workgroups.models.judged import JudgedQuerySet


def _accepting(user: User, programme: Programme) -> tuple[list[int], bool]:
    """Return the groups for which a person accepts, and whether for the office too."""
    groups = rules.groups_of(user, programme, rules.ACCEPTING_ROLES)
    is_presenter = bool(programme_rules.is_presenting_officer(user, programme))
    if not groups and not is_presenter:
        raise PermissionDenied(_("Chairs accept for their groups, the presenting officer for the office."))
    return groups, is_presenter


def lines_to_judge(user: User, programme: Programme) -> JudgedQuerySet:
    """Return the follow-ups that wait for a person. Raises PermissionDenied for who accepts nothing."""
    groups, for_office = _accepting(user, programme)
    return waiting_for(user, programme, groups, accepts_for_office=for_office)


@dataclass
class LineToJudge:
    """A follow-up that waits, beside what was said of its line before and what speaks against it."""

    follow_up: FollowUp
    before: FollowUp | None  # of the latest earlier period of the year
    doubts: list[str]

    @property
    def previous_status(self) -> str:
        return self.before.status if self.before else NOT_UPDATED

    @property
    def changed_words(self) -> list[Piece]:
        """What was said before and now as one text; nothing where either is empty or both are alike."""
        before, now = self.before.text if self.before else "", self.follow_up.text
        return pieces_between(before, now) if before and now and before.split() != now.split() else []


@dataclass
class Block:
    """What waits of one group: its targets, or its actions."""

    group: WorkingGroup
    is_target: bool
    rows: list[LineToJudge]


def blocks_of(waiting: Iterable[FollowUp]) -> list[Block]:
    """Return what waits by group, targets and actions apart, in the order given; one query more."""
    rows = list(waiting)
    before = _said_before(rows)
    blocks: list[Block] = []
    for said in rows:
        is_target = said.target_id is not None
        if not blocks or (blocks[-1].group, blocks[-1].is_target) != (said.group, is_target):
            blocks.append(Block(said.group, is_target, []))
        blocks[-1].rows.append(LineToJudge(said, before.get(said.pk), contradictions_of(said.line, said)))
    return blocks


def _said_before(waiting: list[FollowUp]) -> dict[int, FollowUp]:
    """Return what was accepted of each line in the latest earlier period of the same year."""
    of_lines = Q(target__in=[row.target_id for row in waiting if row.target_id]) | Q(
        action__in=[row.action_id for row in waiting if row.action_id]
    )
    accepted = list(
        FollowUp.objects.approved().filter(of_lines).select_related("period").order_by("period__ends_on")
    )
    return {
        now.pk: row
        for now in waiting
        for row in accepted
        if (row.target_id, row.action_id) == (now.target_id, now.action_id)
        and row.period.year == now.period.year
        and row.period.ends_on < now.period.ends_on
    }


def reports_to_judge(user: User, programme: Programme) -> JudgedQuerySet:
    """Return the groups' reports that wait for a person. Raises PermissionDenied for who accepts nothing."""
    groups, for_office = _accepting(user, programme)
    return reports_waiting_for(user, programme, groups, accepts_for_office=for_office)


def plans_to_judge(user: User, programme: Programme) -> list[WorkProgramme]:
    """Return the work programmes that wait for a person. Raises PermissionDenied as those above."""
    return plans_waiting_for(user, *_accepting(user, programme))


def amendments_to_judge(user: User, programme: Programme) -> list[Amendment]:
    """Return the amendments that wait for a person. Raises PermissionDenied as those above."""
    return amendments_to_decide(user, programme, *_accepting(user, programme))


def values_to_judge(user: User, programme: Programme) -> list[IndicatorValue]:
    """Return the values of indicators that wait for a person. Raises PermissionDenied as those above."""
    groups, for_office = _accepting(user, programme)
    return waiting_values(user, programme, groups, accepts_for_office=for_office)
