"""Questions of elected members to who prepares a matter: before the meeting, and not public.

Seen by who asked, by who prepares the matter, and by who keeps the meeting. When the meeting begins they are
closed: what is still unclear is asked in the meeting.
"""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from programme import clock
from programme.meetings.keepers import KEEP
from programme.meetings.rules import ANSWER, holdings_served_by, served_holdings
from programme.models import Matter, Meeting, Programme, Question, User

LONGEST = 2000


def is_closed(meeting: Meeting) -> bool:
    """Whether a meeting has begun: then nothing is asked or answered any more."""
    return meeting.begins_at <= clock.now()


def may_read(user: User | AnonymousUser, question: Question) -> bool:
    """Whether a question exists for a person."""
    if not user.is_authenticated:
        return False
    matter = question.matter
    return (
        question.author_id == user.pk
        or user.has_perm(ANSWER, matter)
        or user.has_perm(KEEP, matter.meeting.body)
    )


def questions_before(meeting: Meeting, reader: User | AnonymousUser, *, may_keep: bool) -> QuerySet[Question]:
    """Return the questions about a meeting's matters that a person may see, the oldest first."""
    rows = Question.objects.filter(matter__meeting=meeting).select_related("author")
    if not reader.is_authenticated:
        return rows.none()
    if may_keep:
        return rows
    return rows.filter(Q(author=reader) | Q(_prepared_by(reader)))


def questions_to_answer(user: User, programme: Programme) -> list[Question]:
    """Return the unanswered questions that wait for a person, those of the next meeting first: one query.

    Those to a post that nobody serves in, or to none, wait for who keeps the meeting.
    """
    is_prepared = Exists(served_holdings().filter(post=OuterRef("matter__preparer")))
    rows = Question.objects.annotate(is_own=_prepared_by(user)).filter(
        Q(is_own=True) | ~Q(is_prepared),
        matter__body__programme=programme,
        matter__meeting__held_on__gte=clock.today(),
        answered_at__isnull=True,
    )
    rows = rows.select_related(
        "author", "matter__meeting__body__programme", "matter__meeting__body__working_group__programme"
    )
    return [
        question
        for question in rows.order_by("matter__meeting__held_on", "asked_at")
        if (question.is_own or user.has_perm(KEEP, question.matter.meeting.body))
        and not is_closed(question.matter.meeting)
    ]


def _prepared_by(user: User) -> Exists:
    return Exists(holdings_served_by(user).filter(post=OuterRef("matter__preparer")))


@transaction.atomic
def ask(matter: Matter, *, actor: User, text: str) -> Question:
    """Leave a question; the same one sent twice is kept once.

    Raises ValidationError where the meeting has begun or the programme is closed.
    """
    matter.meeting.body.programme.must_not_be_closed()
    Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=matter.pk)
    must_be_before(matter.meeting)
    kept = Question.objects.filter(matter=matter, author=actor, text=text).first()
    return kept or Question.objects.create(matter=matter, author=actor, text=text, asked_at=clock.now())


@transaction.atomic
def answer(question: Question, *, actor: User, text: str) -> None:
    """Answer a question, once. Raises ValidationError where it is answered, or the meeting has begun."""
    locked = (
        Question.objects.select_for_update(of=("self",))
        .select_related("matter__meeting__body__programme")
        .get(pk=question.pk)
    )
    locked.matter.meeting.body.programme.must_not_be_closed()
    must_be_before(locked.matter.meeting)
    if locked.answered_at is not None:
        raise ValidationError(
            _("This question has been answered already: “%(text)s”") % {"text": locked.answer}
        )
    locked.answer, locked.answered_at, locked.answered_by = text, clock.now(), actor
    locked.save(update_fields=["answer", "answered_at", "answered_by"])


def must_be_before(meeting: Meeting) -> None:
    """Raise ValidationError once a meeting has begun."""
    if is_closed(meeting):
        raise ValidationError(_("The meeting has begun: questions are asked in it from now on."))
