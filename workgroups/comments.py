"""Comments on a line: written, addressed to somebody, settled."""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from programme import clock
from programme import rules as programme_rules
from programme.models import Comment, Programme, User
from workgroups import rules
from workgroups.forms import CommentForm
from workgroups.models import Action, LineComment, Membership, WorkingGroup, WorkProgramme
from workgroups.services import Line, answering_group_of, line_lookup


class Talk(NamedTuple):
    """The comments on a line for one reader; the form is for those who may write."""

    open: list[LineComment]
    settled: list[LineComment]
    form: CommentForm | None


def talk_on(line: Line, group: WorkingGroup | None, *, reader: User | AnonymousUser) -> Talk | None:
    """Return the comments on a line; None for those who do not see them."""
    if group is None or not may_read(reader, group):
        return None
    rows = list(comments_on(line, reader=reader, programme=group.programme))
    form = None
    is_gone = isinstance(line, Action) and line.removed_at is not None
    if not is_gone and isinstance(reader, User) and reader.has_perm("workgroups.comment", group):
        form = CommentForm(members=members_to_mention(group, writer=reader))
    return Talk(
        [row for row in rows if row.comment.settled_at is None],
        [row for row in rows if row.comment.settled_at is not None],
        form,
    )


def open_comments_in(plan: WorkProgramme) -> dict[int, int]:
    """Return how many unsettled comments each action of a plan has, by its key; one query."""
    rows = LineComment.objects.filter(action__work_programme=plan, comment__settled_at__isnull=True)
    counts = rows.order_by().values_list("action").annotate(number=Count("pk"))
    return {action: number for action, number in counts if action is not None}


def may_read(reader: User | AnonymousUser, group: WorkingGroup) -> bool:
    """Return whether a person sees a group's comments, as unfinished work is seen."""
    return bool(
        programme_rules.reads_unfinished_work(reader, group.programme) or rules.stands_in_it(reader, group)
    )


def members_to_mention(group: WorkingGroup, *, writer: User) -> QuerySet[User]:
    """Return whom a comment can ask to look: everybody with an account in the group today, but the writer."""
    memberships = Membership.objects.on(clock.today()).filter(group=group, user__is_active=True)
    return User.objects.filter(pk__in=memberships.values("user")).exclude(pk=writer.pk).order_by("name")


def comments_on(line: Line, *, reader: User | AnonymousUser, programme: Programme) -> QuerySet[LineComment]:
    """Return the comments on a line that a person may see, the oldest first."""
    return (
        LineComment.objects.visible_to(reader, programme)
        .filter(**line_lookup(line))
        .select_related("comment__author", "comment__settled_by", "group__programme")
        .prefetch_related("mentions")
    )


def comments_for(person: User, programme: Programme) -> QuerySet[LineComment]:
    """Return the unsettled comments that ask a person to look, the newest first."""
    return (
        LineComment.objects.visible_to(person, programme)
        .filter(mentions=person, comment__settled_at__isnull=True)
        .filter(action__removed_at__isnull=True, target__removed_at__isnull=True)
        .select_related("comment__author", "target__programme", "action__work_programme__group__programme")
        .order_by("-comment__written_at")
    )


@transaction.atomic
def write_comment(line: Line, *, author: User, text: str, mentions: Iterable[User] = ()) -> LineComment:
    """Write a comment on a line. Raises ValidationError where the programme is closed."""
    group = answering_group_of(line)
    group.programme.must_not_be_closed()
    comment = Comment.objects.create(author=author, text=text, written_at=clock.now())
    made = LineComment.objects.create(comment=comment, group=group, **line_lookup(line))
    made.mentions.set(mentions)
    return made


@transaction.atomic
def settle_comment(on_line: LineComment, *, actor: User) -> None:
    """Settle a comment: it stays readable. Raises ValidationError where it has been settled already."""
    on_line.group.programme.must_not_be_closed()
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=on_line.comment_id)
    if comment.settled_at is not None:
        raise ValidationError(_("This comment has been settled already."))
    comment.settled_at = clock.now()
    comment.settled_by = actor
    comment.save(update_fields=["settled_at", "settled_by"])
