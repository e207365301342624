"""What the pages of groups show to those who read their work: members, targets, meetings, tasks."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from priorities.models import AnnualTarget
from programme import clock
from programme import rules as programme_rules
from programme.models import (
    DecisionTask,
    MunicipalityMembership,
    Programme,
    ReportingPeriod,
    Substitute,
    User,
)
from programme.statuses import DISTRIBUTION_ORDER, NOT_UPDATED
from workgroups import rules
from workgroups.members.places import SEATS, gaps_in, places_of
from workgroups.models import FollowUp, Membership, WorkingGroup, WorkProgramme

LATEST_MEETINGS = 5


class GroupRow(NamedTuple):
    """A group in the list of groups."""

    group: WorkingGroup
    chair: Membership | None
    members: int  # seats in force; deputies, coordinators and experts stand beside them
    work_programme: WorkProgramme | None  # of this year, where the reader may see it
    sees_drafts: bool  # whether the reader would see one that is still drafted


@dataclass
class TargetsNow:
    """A group's decided targets of a year, by what was last accepted of them."""

    year: int
    period: ReportingPeriod | None  # None: no round of the year has begun
    counts: list[tuple[str, int]]

    @property
    def number(self) -> int:
        return sum(number for _status, number in self.counts)


def members_of(group: WorkingGroup, *, reader: User | AnonymousUser, reads_work: bool) -> dict[str, Any]:
    """Return who belongs to a group and, for those who see to it, who is missing."""
    if not reads_work:
        return {}
    places = places_of(group.memberships.select_related("municipality", "user"), clock.today())
    sees_gaps = not group.is_office_unit and reader.has_perm("workgroups.see_who_is_missing", group)
    return {
        "places": places,
        "sees_gaps": sees_gaps,
        "gaps": gaps_in(places.seats, _municipalities(group.programme)) if sees_gaps else [],
        "may_keep": reader.has_perm("workgroups.keep_members", group),
    }


def _municipalities(programme: Programme) -> list[Any]:
    in_force = MunicipalityMembership.objects.on(clock.today()).filter(programme=programme)
    return [membership.municipality for membership in in_force.select_related("municipality")]


def work_of(group: WorkingGroup) -> dict[str, Any]:
    """Return how a group's targets stand, when it meets, and what it was told to do."""
    return {
        "targets": targets_now(group),
        "substitutions": substitutions_of(group),
        **_meetings(group),
    }


def substitutions_of(group: WorkingGroup) -> QuerySet[Substitute]:
    """Return who stands in for a group's coordinators and chairs, today and to come."""
    today = clock.today()
    held = group.memberships.on(today).filter(role__in=rules.ROLES_HANDED_OVER, user__isnull=False)
    rows = Substitute.objects.filter(absent__in=held.values("user"), until__gte=today)
    return rows.select_related("absent", "substitute")


def targets_now(group: WorkingGroup) -> TargetsNow:
    """Count a group's decided targets by status, in the latest round that has begun."""
    begun = ReportingPeriod.objects.filter(programme=group.programme).begun_by(clock.now())
    period = begun.first()
    year = period.year if period else clock.today().year
    targets = AnnualTarget.objects.decided().filter(ownership__group=group, year=year)
    said = dict(
        FollowUp.objects.approved()
        .filter(period=period, target__ownership__group=group)
        .values_list("target_id", "status")
    )
    counts = Counter(said.get(target, NOT_UPDATED) for target in targets.values_list("pk", flat=True))
    in_order = [(str(status), counts[status]) for status in DISTRIBUTION_ORDER if counts[status]]
    return TargetsNow(year, period, in_order)


def _meetings(group: WorkingGroup) -> dict[str, Any]:
    if group.body is None:
        return {}
    today = clock.today()
    meetings = group.body.meetings.select_related("body__programme")
    tasks = DecisionTask.objects.filter(decision__matter__meeting__body=group.body).with_places()
    return {
        "coming": meetings.upcoming(today)[:LATEST_MEETINGS],
        "held": meetings.filter(held_on__lt=today)[:LATEST_MEETINGS],
        "tasks": tasks.filter(verified_on__isnull=True),
        "tasks_done": tasks.filter(verified_on__isnull=False).order_by("-verified_on"),
    }


def rows_of(
    groups: Iterable[WorkingGroup], *, reader: User | AnonymousUser, programme: Programme
) -> list[GroupRow]:
    """Return the groups with chair, number of members and this year's work programme: two queries more."""
    today = clock.today()
    seats: dict[int, list[Membership]] = defaultdict(list)
    in_force = Membership.objects.on(today).filter(group__programme=programme, role__in=SEATS)
    for seat in in_force.select_related("municipality"):
        seats[seat.group_id].append(seat)
    plans = {
        plan.group_id: plan
        for plan in WorkProgramme.objects.visible_to(reader, programme).filter(year=today.year)
    }
    sees_all = bool(programme_rules.reads_unfinished_work(reader, programme))
    own = set(rules.groups_of(reader, programme))
    return [
        GroupRow(
            group,
            _chair(seats[group.pk]),
            len(seats[group.pk]),
            plans.get(group.pk),
            sees_drafts=sees_all or group.pk in own,
        )
        for group in groups
    ]


def _chair(seats: list[Membership]) -> Membership | None:
    return next((seat for seat in seats if seat.role == Membership.Role.CHAIR), None)
