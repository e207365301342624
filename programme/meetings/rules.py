"""Who may what about a body's decisions and the matters before it; what groups may is added above."""

import rules
from django.db.models import Q, QuerySet

from programme import clock
from programme.models import (
    Audience,
    Body,
    BodySeat,
    DecisionTask,
    Matter,
    MunicipalContact,
    PostHolding,
    Substitute,
    User,
)
from programme.rules import Person, is_presenting_officer, is_programme_office, is_secretary
from programme.succession import successors_of

READ_WORK, GIVE_TASKS = "programme.read_work_of_body", "programme.give_tasks"
REPORT, VERIFY = "programme.report_on_task", "programme.verify_task"
ASK, ANSWER = "programme.ask_preparer", "programme.answer_question"
# Given above, where it is known who sits in the body of a group.
SIT = "programme.sit_in_body"

verifies = is_secretary | is_programme_office | is_presenting_officer


@rules.predicate
def sits_in_it(user: Person, body: Body) -> bool:
    """A seat in the body today: a deputy's too, who reads what may have to be decided."""
    return body.pk in _seats_of(user)


@rules.predicate
def sits_in_what_replaced_it(user: Person, body: Body) -> bool:
    """Who sits in a body carries on what was decided by the one before it."""
    seats = _seats_of(user)
    return bool(seats) and not seats.isdisjoint(successors_of(body))


def _seats_of(user: Person) -> set[int]:
    if not user.is_authenticated or not user.is_active:
        return set()
    return set(BodySeat.objects.on(clock.today()).filter(user=user).values_list("body", flat=True))


@rules.predicate
def represents_a_municipality_before_it(user: Person, body: Body) -> bool:
    """A municipal contact's body is the federation meeting."""
    if not user.is_authenticated or not user.is_active or body.audience is None:
        return False
    contacts = MunicipalContact.objects.on(clock.today()).filter(user=user, programme=body.programme_id)
    return body.audience.depth == Audience.Depth.ASSEMBLY and contacts.exists()


@rules.predicate
def answers_for_it(user: Person, task: DecisionTask) -> bool:
    """The person or the holder of the post that is to do it, and who stands in for them today."""
    if not user.is_authenticated or not user.is_active:
        return False
    return DecisionTask.objects.answered_by(user, clock.today()).filter(pk=task.pk).exists()


@rules.predicate
def verifies_tasks_of_its_programme(user: Person, task: DecisionTask) -> bool:
    return bool(verifies(user, task.body.programme))


@rules.predicate
def did_not_do_it(user: Person, task: DecisionTask) -> bool:
    """Nobody verifies what they did themselves, or what was theirs to do."""
    return user.pk != task.done_by_id and not answers_for_it(user, task)


@rules.predicate
def prepares_it(user: Person, matter: Matter) -> bool:
    """The holder of the post that prepares a matter, and who stands in for them today."""
    if not user.is_authenticated or not user.is_active or matter.preparer_id is None:
        return False
    return holdings_served_by(user).filter(post=matter.preparer_id).exists()


@rules.predicate
def nobody_prepares_it(_user: Person, matter: Matter) -> bool:
    """No post is named, or nobody who can sign in holds it today or stands in for its holder."""
    return matter.preparer_id is None or not served_holdings().filter(post=matter.preparer_id).exists()


def holdings_served_by(user: User) -> QuerySet[PostHolding]:
    """Return the posts' holdings in which a person serves today, for themselves or for somebody absent."""
    today = clock.today()
    absent = Substitute.objects.on(today).filter(substitute=user).values("absent")
    return PostHolding.objects.on(today).filter(Q(user=user) | Q(user__in=absent))


def served_holdings() -> QuerySet[PostHolding]:
    """Return the posts' holdings in which anybody serves today: a post without one is vacant."""
    today = clock.today()
    covered = Substitute.objects.on(today).filter(substitute__is_active=True).values("absent")
    return PostHolding.objects.on(today).filter(Q(user__is_active=True) | Q(user__in=covered))


rules.add_perm(REPORT, answers_for_it)
rules.add_perm(VERIFY, verifies_tasks_of_its_programme & did_not_do_it)
