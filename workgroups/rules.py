"""Who may what in working groups: named predicates, and the groups a person stands in today."""

from typing import TYPE_CHECKING, NamedTuple

import rules
from django.contrib.auth.models import AnonymousUser

from programme import clock
from programme import rules as programme_rules
from programme.models import Programme

if TYPE_CHECKING:
    from priorities.models import AnnualTarget, IndicatorValue
    from workgroups.models import Amendment, FollowUp, WorkingGroup, WorkProgramme

Person = programme_rules.Person

WRITING_ROLES = {"coordinator"}
ACCEPTING_ROLES = {"chair", "vice_chair"}


class Standing(NamedTuple):
    """A role that a person holds today in a group."""

    programme_id: int
    group_id: int
    role: str


def standings_of(user: Person) -> list[Standing]:
    """Return the roles that a person holds in groups today; kept on the person for one request."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return []
    kept = vars(user).get("_standings")
    if kept is None:
        rows = user.memberships.on(clock.today()).values_list("group__programme_id", "group_id", "role")
        kept = vars(user)["_standings"] = [Standing(*row) for row in rows]
    return kept


def groups_of(user: Person, programme: Programme, roles: set[str] | None = None) -> list[int]:
    """Return the ids of a programme's groups in which a person stands, in any role or in one of these."""
    return sorted(
        {
            standing.group_id
            for standing in standings_of(user)
            if standing.programme_id == programme.pk and (roles is None or standing.role in roles)
        }
    )


def _stands_in(user: Person, group: "WorkingGroup", roles: set[str]) -> bool:
    return any(standing.group_id == group.pk and standing.role in roles for standing in standings_of(user))


@rules.predicate
def reads_approved_work(user: Person, programme: Programme) -> bool:
    """Officials and everybody in a group of the programme read what is approved, in each of its groups."""
    return bool(programme_rules.is_official(user, programme) or groups_of(user, programme))


@rules.predicate
def coordinates(user: Person, group: "WorkingGroup") -> bool:
    return _stands_in(user, group, WRITING_ROLES)


@rules.predicate
def chairs(user: Person, group: "WorkingGroup") -> bool:
    """The chair accepts for a group; for the office's own unit the presenting officer does."""
    if group.is_office_unit:
        return bool(programme_rules.is_presenting_officer(user, group.programme))
    return _stands_in(user, group, ACCEPTING_ROLES)


@rules.predicate
def chairs_its_group(user: Person, follow_up: "FollowUp") -> bool:
    return bool(chairs(user, follow_up.group))


@rules.predicate
def did_not_submit_it(user: Person, follow_up: "FollowUp") -> bool:
    """Approving one's own submission is refused."""
    return follow_up.submitted_by_id != user.pk


@rules.predicate
def serves_in_its_programme(user: Person, group: "WorkingGroup") -> bool:
    return bool(programme_rules.is_programme_office(user, group.programme))


writes_for_group = coordinates | serves_in_its_programme


@rules.predicate
def drafted_it(user: Person, target: "AnnualTarget") -> bool:
    """A draft is its writer's, while they coordinate its group; the office may remove any."""
    group = target.ownership.group
    own = target.drafted_by_id == user.pk and coordinates(user, group)
    return bool(own or serves_in_its_programme(user, group))


@rules.predicate
def chairs_the_group_of(user: Person, plan: "WorkProgramme") -> bool:
    return bool(chairs(user, plan.group))


@rules.predicate
def did_not_submit_the_plan(user: Person, plan: "WorkProgramme") -> bool:
    return plan.submitted_by_id != user.pk


@rules.predicate
def may_decide(user: Person, amendment: "Amendment") -> bool:
    """What goes to a body is entered by the secretary; a group's chair and the presenting officer decide."""
    programme = amendment.group.programme
    if amendment.decider == amendment.Decider.PRESENTING_OFFICER:
        return bool(programme_rules.is_presenting_officer(user, programme))
    if amendment.decider == amendment.Decider.GROUP:
        return bool(chairs(user, amendment.group))
    return bool(programme_rules.is_secretary(user, programme))


@rules.predicate
def did_not_propose_it(user: Person, amendment: "Amendment") -> bool:
    return amendment.proposed_by_id != user.pk


@rules.predicate
def writes_for_its_group(user: Person, amendment: "Amendment") -> bool:
    return bool(writes_for_group(user, amendment.group) or chairs(user, amendment.group))


@rules.predicate
def stands_in_it(user: Person, group: "WorkingGroup") -> bool:
    """Everybody in the group, in whatever role."""
    return any(standing.group_id == group.pk for standing in standings_of(user))


@rules.predicate
def chairs_the_group_of_its_indicator(user: Person, value: "IndicatorValue") -> bool:
    return bool(chairs(user, value.indicator.ownership.group))


@rules.predicate
def did_not_enter_it(user: Person, value: "IndicatorValue") -> bool:
    return value.entered_by_id != user.pk


keeps_members = serves_in_its_programme | programme_rules.is_administrator

rules.add_perm("workgroups.comment", stands_in_it | serves_in_its_programme | chairs)
rules.add_perm("workgroups.keep_members", keeps_members)
rules.add_perm("workgroups.see_who_is_missing", coordinates | keeps_members)
rules.add_perm("workgroups.propose_amendment", writes_for_group | chairs)
rules.add_perm("workgroups.withdraw_amendment", writes_for_its_group)
rules.add_perm("workgroups.decide_amendment", may_decide & did_not_propose_it)
rules.add_perm("workgroups.draft_targets", writes_for_group)
rules.add_perm("workgroups.remove_target", drafted_it)
rules.add_perm("workgroups.decide_targets", programme_rules.is_secretary)
rules.add_perm("workgroups.plan", writes_for_group)
rules.add_perm("workgroups.bring_in_the_past", serves_in_its_programme)
rules.add_perm("workgroups.accept_work_programme", chairs_the_group_of & did_not_submit_the_plan)
rules.add_perm("workgroups.note_work_programme", programme_rules.is_secretary)
rules.add_perm("workgroups.follow_up", coordinates)
rules.add_perm("workgroups.accept_follow_up", chairs_its_group & did_not_submit_it)
rules.add_perm("workgroups.accept_for_group", chairs)
rules.add_perm("workgroups.enter_indicator_value", writes_for_group)
rules.add_perm("workgroups.accept_indicator_value", chairs_the_group_of_its_indicator & did_not_enter_it)

for act in ("view", "add", "change", "delete"):
    rules.add_perm(f"workgroups.{act}_membership", programme_rules.is_administrator)
