"""Who may what in working groups: named predicates, and the groups a person stands in today."""

from collections.abc import Set
from typing import TYPE_CHECKING, NamedTuple

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from programme import clock
from programme import rules as programme_rules
from programme.meetings import rules as meeting_rules
from programme.models import Post, Programme

if TYPE_CHECKING:
    from priorities.models import AnnualTarget, IndicatorValue
    from programme.models import Body, Matter, User
    from workgroups.models import (
        Amendment,
        BudgetProposal,
        FollowUp,
        GroupReport,
        WorkingGroup,
        WorkProgramme,
    )

Person = programme_rules.Person
Power = Post.Power

WRITING_ROLES = {"coordinator"}
ACCEPTING_ROLES = {"chair", "vice_chair"}


# What a substitute may do for somebody who is away: a member's own seat has its deputy.
ROLES_HANDED_OVER = WRITING_ROLES | ACCEPTING_ROLES


class Standing(NamedTuple):
    """A role that a person holds today in a group, or in which they stand in for somebody who is away."""

    programme_id: int
    group_id: int
    role: str
    in_place_of: int | None = None


def standings_of(user: Person) -> list[Standing]:
    """Return the roles that a person holds in groups today; kept on the person for one request."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return []
    # Through the attribute: a view's lazy user and the rules' own are one person, asked for once.
    kept: list[Standing] | None = getattr(user, "_standings", None)
    if kept is None:
        kept = _standings_today(user)
        user._standings = kept  # type: ignore[attr-defined]
    return kept


def _standings_today(user: "User") -> list[Standing]:
    """Return a person's own roles and those in which they stand in: one query.

    A substitute hands nothing on to another.
    """
    today = clock.today()
    memberships = user.memberships.model.objects.on(today)
    away = user.stands_in_for.on(today).filter(absent=OuterRef("user"))
    handed_over = Q(Exists(away), user__is_active=True, role__in=ROLES_HANDED_OVER)
    rows = memberships.filter(Q(user=user) | handed_over).order_by("pk")
    return [
        Standing(programme, group, role, None if holder == user.pk else holder)
        for programme, group, role, holder in rows.values_list(
            "group__programme_id", "group_id", "role", "user_id"
        )
    ]


def _for_whom(user: Person, group: "WorkingGroup", roles: Set[str], powers: Set[str]) -> set[int | None]:
    """Return for whom a person may act in a group, by a role in it or by a post; None: for themselves."""
    by_role = {
        row.in_place_of for row in standings_of(user) if row.group_id == group.pk and row.role in roles
    }
    return by_role | programme_rules.in_place_of(user, group.programme, powers)


def _one_of(for_whom: set[int | None], besides: Set[int] = frozenset()) -> int | None:
    """Return for whom a person acts; None where the right is their own.

    Of several who are away, one of those `besides` is not acted for where there is another.
    """
    if None in for_whom:
        return None
    absent = sorted(person for person in for_whom if person is not None)
    others = [person for person in absent if person not in besides]
    return next(iter(others or absent), None)


def follows_up_in_place_of(user: Person, group: "WorkingGroup") -> int | None:
    """Return for whom a person writes of a group's round; None where they do so for themselves."""
    return _one_of(_for_whom(user, group, WRITING_ROLES, set()))


def plans_in_place_of(user: Person, group: "WorkingGroup") -> int | None:
    """Return for whom a person plans or enters a value for a group, as its coordinator or the office does."""
    return _one_of(_for_whom(user, group, WRITING_ROLES, {Power.PROGRAMME_OFFICE}))


def proposes_in_place_of(user: Person, group: "WorkingGroup") -> int | None:
    """Return for whom a person proposes an amendment of a group's lines, which its chair may do too."""
    powers = {Power.PROGRAMME_OFFICE} | ({Power.PRESENTING_OFFICER} if group.is_office_unit else set())
    return _one_of(_for_whom(user, group, WRITING_ROLES | ACCEPTING_ROLES, powers))


def proposes_budgets_in_place_of(user: Person, programme: Programme) -> int | None:
    """Return for whom a person proposes an amendment of a budget: the finance officer's or the office's."""
    powers = {Power.FINANCE_OFFICER, Power.PROGRAMME_OFFICE}
    return _one_of(programme_rules.in_place_of(user, programme, powers))


def accepts_in_place_of(
    user: Person, group: "WorkingGroup", *, besides: Set[int] = frozenset()
) -> int | None:
    """Return for whom a person accepts in a group: its chair, in the office's own unit the presenter."""
    return _one_of(_accepts_for(user, group), besides)


def _accepts_for(user: Person, group: "WorkingGroup") -> set[int | None]:
    if group.is_office_unit:
        return programme_rules.in_place_of(user, group.programme, {Power.PRESENTING_OFFICER})
    return _for_whom(user, group, ACCEPTING_ROLES, set())


def decides_in_place_of(
    user: Person, amendment: "Amendment | BudgetProposal", *, besides: Set[int] = frozenset()
) -> int | None:
    """Return for whom a person decides an amendment, or enters what a body decided of it."""
    programme = amendment.programme
    group = getattr(amendment, "group", None)  # a budget is of no group
    if group is not None and amendment.decider == amendment.Decider.GROUP:
        return accepts_in_place_of(user, group, besides=besides)
    presents = amendment.decider == amendment.Decider.PRESENTING_OFFICER
    power = Power.PRESENTING_OFFICER if presents else Power.SECRETARY
    return _one_of(programme_rules.in_place_of(user, programme, {power}), besides)


def only_in_place_of(user: "User", group_id: int, roles: set[str]) -> int | None:
    """Return the one person through whom alone somebody has a right in a group; None where there is more."""
    through = {
        row.in_place_of for row in standings_of(user) if row.group_id == group_id and row.role in roles
    }
    return through.pop() if len(through) == 1 else None


def only_presents_in_place_of(user: "User", programme: Programme) -> int | None:
    """Return the one person through whom alone somebody is the presenting officer."""
    through = programme_rules.in_place_of(user, programme, {Power.PRESENTING_OFFICER})
    return through.pop() if len(through) == 1 else None


def judges_words_of(user: Person, group: "WorkingGroup", writers: Set[int | None]) -> bool:
    """Whether a person may judge what others wrote: nobody their own words, be it through a substitute."""
    known = {writer for writer in writers if writer is not None}
    return not known & {user.pk, accepts_in_place_of(user, group, besides=known)}


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
def chairs_its_group(user: Person, judged: "FollowUp | GroupReport") -> bool:
    return bool(chairs(user, judged.group))


@rules.predicate
def did_not_submit_it(user: Person, judged: "FollowUp | GroupReport") -> bool:
    """Approving one's own submission is refused, be it through a substitute."""
    return judges_words_of(user, judged.group, judged.writers)


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
    return judges_words_of(user, plan.group, plan.writers)


@rules.predicate
def may_decide(user: Person, amendment: "Amendment | BudgetProposal") -> bool:
    """What goes to a body is entered by the secretary; a group's chair and the presenting officer decide."""
    programme = amendment.programme
    if amendment.decider == amendment.Decider.PRESENTING_OFFICER:
        return bool(programme_rules.is_presenting_officer(user, programme))
    group = getattr(amendment, "group", None)
    if group is not None and amendment.decider == amendment.Decider.GROUP:
        return bool(chairs(user, group))
    return bool(programme_rules.is_secretary(user, programme))


@rules.predicate
def did_not_propose_it(user: Person, amendment: "Amendment | BudgetProposal") -> bool:
    writers = amendment.writers
    return not writers & {user.pk, decides_in_place_of(user, amendment, besides=writers)}


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
    return judges_words_of(user, value.indicator.ownership.group, value.writers)


@rules.predicate
def reads_its_unfinished_work(user: Person, group: "WorkingGroup") -> bool:
    return bool(programme_rules.reads_unfinished_work(user, group.programme))


@rules.predicate
def has_a_place_of_their_own_in_it(user: Person, group: "WorkingGroup") -> bool:
    """Everybody in the group but those who only stand in for somebody: an opinion is handed to nobody."""
    return any(row.group_id == group.pk and row.in_place_of is None for row in standings_of(user))


@rules.predicate
def helps_the_group_of_the_body(user: Person, body: "Body") -> bool:
    """The coordinator of the group that meets in a body is its secretary."""
    group = body.working_group if hasattr(body, "working_group") else None
    return group is not None and bool(coordinates(user, group))


@rules.predicate
def stands_in_the_group_of_the_body(user: Person, body: "Body") -> bool:
    return hasattr(body, "working_group") and bool(stands_in_it(user, body.working_group))


@rules.predicate
def is_secretary_of_the_programme(user: Person, body: "Body") -> bool:
    return bool(programme_rules.is_secretary(user, body.programme))


@rules.predicate
def is_office_of_the_programme(user: Person, body: "Body") -> bool:
    return bool(programme_rules.is_programme_office(user, body.programme))


writes_minutes = is_secretary_of_the_programme | helps_the_group_of_the_body
keeps_meetings = writes_minutes | is_office_of_the_programme


@rules.predicate
def keeps_its_meeting(user: Person, matter: "Matter") -> bool:
    return bool(keeps_meetings(user, matter.meeting.body))


@rules.predicate
def reads_work_of_its_programme(user: Person, body: "Body") -> bool:
    return bool(reads_approved_work(user, body.programme))


keeps_members = serves_in_its_programme | programme_rules.is_administrator

rules.add_perm("workgroups.comment", stands_in_it | serves_in_its_programme | chairs)
rules.add_perm("workgroups.keep_members", keeps_members)
rules.add_perm("programme.keep_meetings", keeps_meetings)
rules.add_perm("programme.write_minutes", writes_minutes)
rules.add_perm(
    "workgroups.found_groups", programme_rules.is_programme_office | programme_rules.is_administrator
)
rules.add_perm("workgroups.see_who_is_missing", coordinates | keeps_members)
rules.add_perm("workgroups.propose_amendment", writes_for_group | chairs)
rules.add_perm("workgroups.withdraw_amendment", writes_for_its_group)
rules.add_perm("workgroups.decide_amendment", may_decide & did_not_propose_it)
rules.add_perm("workgroups.propose_budget_amendment", programme_rules.draws_up_budgets)
rules.add_perm("workgroups.draft_targets", writes_for_group)
rules.add_perm("workgroups.remove_target", drafted_it)
rules.add_perm("workgroups.decide_targets", programme_rules.is_secretary)
rules.add_perm("workgroups.plan", writes_for_group)
rules.add_perm("workgroups.bring_in_the_past", serves_in_its_programme)
rules.add_perm("workgroups.accept_work_programme", chairs_the_group_of & did_not_submit_the_plan)
rules.add_perm("workgroups.note_work_programme", programme_rules.is_secretary)
rules.add_perm("workgroups.follow_up", coordinates)
# Who writes for the group may make a file secret afterwards; to open a secret one is the office's to decide.
rules.add_perm("workgroups.change_secrecy", serves_in_its_programme | coordinates)
rules.add_perm("workgroups.lift_secrecy", serves_in_its_programme)
rules.add_perm("workgroups.accept_follow_up", chairs_its_group & did_not_submit_it)
rules.add_perm("workgroups.accept_for_group", chairs)
rules.add_perm("workgroups.keep_indicators", programme_rules.is_programme_office)
rules.add_perm("workgroups.enter_indicator_value", writes_for_group)
rules.add_perm("workgroups.accept_indicator_value", chairs_the_group_of_its_indicator & did_not_enter_it)
rules.add_perm("workgroups.write_group_report", coordinates)
rules.add_perm("workgroups.accept_group_report", chairs_its_group & did_not_submit_it)
rules.add_perm("workgroups.keep_evaluations", programme_rules.is_programme_office)
rules.add_perm("workgroups.answer_evaluation", has_a_place_of_their_own_in_it)
rules.add_perm("workgroups.count_evaluation_answers", coordinates | chairs | reads_its_unfinished_work)
rules.add_perm("workgroups.read_evaluation_comments", stands_in_it | reads_its_unfinished_work)
rules.add_perm("workgroups.read_round", stands_in_it | reads_its_unfinished_work)

# What becomes of a body's decisions, and who sat in its meetings: not the public's.
rules.add_perm(
    meeting_rules.READ_WORK,
    reads_work_of_its_programme
    | meeting_rules.sits_in_it
    | meeting_rules.sits_in_what_replaced_it
    | meeting_rules.represents_a_municipality_before_it,
)
rules.add_perm(meeting_rules.GIVE_TASKS, keeps_meetings)
for permission in (meeting_rules.SIT, meeting_rules.ASK):
    rules.add_perm(permission, meeting_rules.sits_in_it | stands_in_the_group_of_the_body)
# A question goes to who prepares the matter; where nobody does, to who keeps the meeting.
rules.add_perm(
    meeting_rules.ANSWER,
    meeting_rules.prepares_it | (meeting_rules.nobody_prepares_it & keeps_its_meeting),
)

# Claims that were sent are read as approved work is; the ground itself does not know groups.
rules.add_perm("programme.read_claims", reads_approved_work)

for act in ("view", "add", "change", "delete"):
    rules.add_perm(f"workgroups.{act}_membership", programme_rules.is_administrator)
