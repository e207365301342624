"""Answering a round: once for each of one's groups, with a name or, where it was promised, without."""

import random
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.models import User
from workgroups.drafts import KEPT_AFTER_CLOSING, must_not_be_newer
from workgroups.models import (
    Evaluation,
    EvaluationAnswer,
    EvaluationDraft,
    EvaluationGroup,
    EvaluationStatement,
    Participation,
    WorkingGroup,
)
from workgroups.services import StaleVersionError

# The order of what the database keeps must tell nothing, so it comes from the system, not from a seed.
lots = random.SystemRandom()


@dataclass
class Answers:
    """What one person says for one group; statements by their codes."""

    ratings: dict[str, int] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)  # of statements, empty ones left out
    general: str = ""


def participation_of(evaluation: Evaluation, group: WorkingGroup, user: User) -> Participation | None:
    return Participation.objects.filter(evaluation=evaluation, group=group, user=user).first()


def must_be_answered_now(evaluation: Evaluation) -> None:
    """Raise ValidationError before the round opens, after it has closed, and in a closed programme."""
    evaluation.programme.must_not_be_closed()
    if evaluation.is_planned:
        raise ValidationError(_("The round has not opened yet."))
    if evaluation.is_closed:
        raise ValidationError(_("The round has closed, and its results are counted."))


@transaction.atomic
def submit_answers(
    place: EvaluationGroup,
    *,
    actor: User,
    version: int,
    answers: Answers,
    language: str,
    drafted: str = "",
) -> None:
    """Store what a person says for a group. With names an earlier answer is replaced, without there is none.

    The same answer sent twice is stored once. `version` is that of the answer that the form was opened on, 0
    where there was none. Raises StaleVersionError, with what stands, where the same person has answered on
    another page since; ValidationError where the round is not open, or an anonymous answer has been given.
    """
    locked = _locked(place)
    evaluation, group = locked.evaluation, locked.group
    must_be_answered_now(evaluation)
    statements = list(evaluation.statements.all())
    made = _rows(evaluation, group, statements, answers, language)
    before = participation_of(evaluation, group, actor)
    if evaluation.is_anonymous:
        if before is not None:
            raise ValidationError(
                _("You have answered for this group already, and an anonymous answer is not changed.")
            )
        Participation.objects.create(evaluation=evaluation, group=group, user=actor)
        _put_into_the_box(evaluation, group, made)
        EvaluationDraft.objects.filter(evaluation=evaluation, group=group, user=actor).delete()
        return
    if before is not None and before.version == version + 1 and own_answers(place, actor) == answers:
        return
    if (before.version if before else 0) != version:
        raise StaleVersionError(own_answers(place, actor))
    _replace(evaluation, group, actor, made)
    Participation.objects.update_or_create(
        evaluation=evaluation, group=group, user=actor, defaults={"version": version + 1}
    )
    draft = draft_of(place, actor)
    if draft is not None and draft.stamp == drafted:
        draft.delete()


def _locked(place: EvaluationGroup) -> EvaluationGroup:
    """Make those who send and those who save a draft for the same group of a round wait for each other."""
    rows = EvaluationGroup.objects.select_for_update(of=("self",))
    return rows.select_related("evaluation__programme", "group").get(pk=place.pk)


def _rows(
    evaluation: Evaluation,
    group: WorkingGroup,
    statements: Iterable[EvaluationStatement],
    answers: Answers,
    language: str,
) -> list[EvaluationAnswer]:
    """Return what was said as rows that stand each by itself, without a person yet."""
    rows = []
    for statement in statements:
        comment = answers.comments.get(statement.code, "")
        rows.append(
            EvaluationAnswer(
                evaluation=evaluation,
                group=group,
                statement=statement,
                rating=answers.ratings[statement.code],
                comment=comment,
                language=language if comment else "",
            )
        )
    if answers.general:
        rows.append(
            EvaluationAnswer(evaluation=evaluation, group=group, comment=answers.general, language=language)
        )
    return rows


def _put_into_the_box(evaluation: Evaluation, group: WorkingGroup, made: list[EvaluationAnswer]) -> None:
    """Lay an anonymous answer among those that are there, and write all of them anew in random order.

    Else the order and the transaction of the rows would tell which belong together, and to whom.
    """
    standing = list(EvaluationAnswer.objects.filter(evaluation=evaluation, group=group))
    EvaluationAnswer.objects.filter(evaluation=evaluation, group=group).delete()
    box = standing + made
    lots.shuffle(box)
    for row in box:
        row.pk = uuid.uuid4()
    EvaluationAnswer.objects.bulk_create(box)


def _replace(evaluation: Evaluation, group: WorkingGroup, actor: User, made: list[EvaluationAnswer]) -> None:
    """Store a named answer over the earlier one; the trail keeps what stood."""
    own = EvaluationAnswer.objects.filter(evaluation=evaluation, group=group, user=actor)
    standing = {row.statement_id: row for row in own}
    for row in made:
        before = standing.pop(row.statement_id, None)
        row.user = actor
        if before is None:
            row.save(force_insert=True)
            continue
        row.pk = before.pk
        row.save(force_update=True)
    own.filter(pk__in=[row.pk for row in standing.values()]).delete()


def own_answers(place: EvaluationGroup, user: User) -> Answers:
    """Return what a person has said with their name."""
    answers = Answers()
    rows = EvaluationAnswer.objects.filter(evaluation=place.evaluation_id, group=place.group_id, user=user)
    for row in rows.select_related("statement"):
        if row.statement is None or row.rating is None:
            answers.general = row.comment
            continue
        answers.ratings[row.statement.code] = row.rating
        if row.comment:
            answers.comments[row.statement.code] = row.comment
    return answers


# Drafts


def draft_of(place: EvaluationGroup, user: User) -> EvaluationDraft | None:
    return EvaluationDraft.objects.filter(
        evaluation=place.evaluation_id, group=place.group_id, user=user
    ).first()


@transaction.atomic
def save_draft(
    place: EvaluationGroup,
    *,
    actor: User,
    typed: Mapping[str, str],
    base_version: int,
    grown_from: str = "",
) -> EvaluationDraft:
    """Keep what somebody is typing, for them alone, until they submit it.

    `grown_from` is the stamp of the draft that these words grew from. Raises NewerDraftError where the same
    person has typed other words elsewhere since, ValidationError where nothing can be submitted any more.
    """
    # Else a slow draft of what has been sent meanwhile would stay, with the name that the answer has not.
    place = _locked(place)
    must_be_answered_now(place.evaluation)
    if place.evaluation.is_anonymous and participation_of(place.evaluation, place.group, actor):
        raise ValidationError(_("You have answered for this group already."))
    drafts = EvaluationDraft.objects.select_for_update()
    before = drafts.filter(evaluation=place.evaluation_id, group=place.group_id, user=actor).first()
    must_not_be_newer(before, dict(typed), grown_from)
    draft, _is_new = EvaluationDraft.objects.update_or_create(
        evaluation=place.evaluation,
        group=place.group,
        user=actor,
        defaults={
            "typed": (before.typed if before else {}) | dict(typed),
            "base_version": base_version,
            "saved_at": clock.now(),
        },
    )
    return draft


def discard_draft(place: EvaluationGroup, *, actor: User) -> None:
    EvaluationDraft.objects.filter(evaluation=place.evaluation_id, group=place.group_id, user=actor).delete()


def purge_drafts() -> int:
    """Remove the drafts whose round closed long ago; returns how many."""
    last = clock.today() - KEPT_AFTER_CLOSING
    number, _rows_by_model = EvaluationDraft.objects.filter(evaluation__closes_on__lt=last).delete()
    return number


def browser_key(place: EvaluationGroup, writer: User) -> str:
    """Return the name by which a browser keeps what this person types for this group."""
    return f"draft:{writer.pk}:{place.evaluation.code}:{place.group.code}"
