"""Evidence of a follow-up as files: with the writer's draft first, then with what is submitted."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from programme.attachments.checking import CheckedFile
from programme.attachments.keeping import keep, let_go
from programme.models import User
from workgroups.models import EvidenceFile, FollowUp, FollowUpDraft

MOST_FILES = 10
# A text this long names a place that somebody else finds; a letter or two do not.
SHORTEST_WORDS = 10


def is_shown(words: str, *, has_decision: bool, has_files: bool) -> bool:
    """Whether others can see where a thing is achieved: by a file, a decision, or words that say it."""
    return has_decision or has_files or len(words.strip()) >= SHORTEST_WORDS


@dataclass(frozen=True)
class EvidenceChange:
    """What a writer's form adds, with the ground where it is secret, and takes away, by id."""

    added: list[CheckedFile] = field(default_factory=list)
    secrecy_ground: str = ""
    removed: frozenset[int] = frozenset()


def files_at_hand(stored: FollowUp | None, draft: FollowUpDraft | None) -> QuerySet[EvidenceFile]:
    """Return the files in a writer's form: of what is stored, and of the writer's own draft."""
    of_stored = Q(follow_up=stored.pk) if stored is not None and stored.pk else Q(pk__in=[])
    of_draft = Q(draft=draft.pk) if draft is not None else Q(pk__in=[])
    return EvidenceFile.objects.filter(of_stored | of_draft).select_related("attachment")


@transaction.atomic
def keep_with_draft(
    draft: FollowUpDraft, stored: FollowUp | None, change: EvidenceChange, *, actor: User
) -> None:
    """Keep with a writer's draft what is in order of the files they sent; the same file once."""
    FollowUpDraft.objects.select_for_update().get(pk=draft.pk)
    known = list(files_at_hand(stored, draft))
    for checked in _new(change.added, known)[: max(MOST_FILES - len(known), 0)]:
        attachment = keep(checked, actor=actor, secrecy_ground=change.secrecy_ground)
        EvidenceFile.objects.create(draft=draft, attachment=attachment)


def count_after(stored: FollowUp | None, draft: FollowUpDraft | None, change: EvidenceChange) -> int:
    """Return how many files a follow-up will have. Raises ValidationError where they are too many."""
    kept = [file for file in files_at_hand(stored, draft) if file.pk not in change.removed]
    count = len(kept) + len(_new(change.added, kept))
    if count > MOST_FILES:
        raise ValidationError(
            _("At most %(number)s files can be added as evidence.") % {"number": MOST_FILES}
        )
    return count


def hand_over(
    follow_up: FollowUp, draft: FollowUpDraft | None, change: EvidenceChange, *, actor: User
) -> None:
    """Give a follow-up that was just saved its files: those of the draft and those added; then take away.

    In this order, so that what is achieved is never without its evidence.
    """
    at_hand = list(files_at_hand(follow_up, draft))
    kept = [file for file in at_hand if file.pk not in change.removed]
    for file in kept:
        if file.draft_id is not None:
            file.draft, file.follow_up = None, follow_up
            file.save(update_fields=["draft", "follow_up"])
    for checked in _new(change.added, kept):
        attachment = keep(checked, actor=actor, secrecy_ground=change.secrecy_ground)
        EvidenceFile.objects.create(follow_up=follow_up, attachment=attachment)
    _remove(EvidenceFile.objects.filter(pk__in=[file.pk for file in at_hand if file not in kept]))


def carry_over(before: FollowUp, follow_up: FollowUp) -> None:
    """Let what is confirmed unchanged stand on the same files as before."""
    for file in before.files.all():
        EvidenceFile.objects.create(follow_up=follow_up, attachment_id=file.attachment_id)


def remove_drafts(drafts: QuerySet[FollowUpDraft]) -> int:
    """Remove drafts with the files that stood with them alone; return how many."""
    with transaction.atomic():
        ids = list(drafts.values_list("pk", flat=True))
        _remove(EvidenceFile.objects.filter(draft__in=ids))
        FollowUpDraft.objects.filter(pk__in=ids).delete()
    return len(ids)


def _remove(files: QuerySet[EvidenceFile]) -> None:
    attachments = list(files.values_list("attachment", flat=True))
    if attachments:
        files.delete()
        let_go(attachments)


def _new(added: list[CheckedFile], known: Iterable[EvidenceFile]) -> list[CheckedFile]:
    """Return what is not there yet: two presses, or the same file chosen twice, add it once."""
    seen = {file.attachment.sha256 for file in known}
    new = []
    for checked in added:
        if checked.sha256 not in seen:
            seen.add(checked.sha256)
            new.append(checked)
    return new
