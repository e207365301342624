"""Papers of the matters of an agenda: added by its keeper, read with the matter, secret ones by its body."""

from collections import defaultdict
from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme.attachments.checking import CheckedFile
from programme.attachments.keeping import keep, let_go
from programme.decisions import is_decided
from programme.meetings.keepers import KEEP
from programme.meetings.rules import SIT
from programme.models import Matter, MatterFile, Meeting, User
from programme.rules import reads_unfinished_work

MOST_FILES = 20


def papers_for(reader: User | AnonymousUser, meeting: Meeting) -> QuerySet[MatterFile]:
    """Return the papers of a meeting's matters that a person may have, of the matters that they see.

    Secret ones are its keepers', the body's own people's and theirs who read unfinished work.
    """
    rows = MatterFile.objects.filter(matter__meeting=meeting).select_related("attachment", "matter")
    reads_secret = (
        reader.has_perm(KEEP, meeting.body)
        or reads_unfinished_work(reader, meeting.body.programme)
        or reader.has_perm(SIT, meeting.body)
    )
    return rows if reads_secret else rows.filter(attachment__secrecy_ground="")


def papers_by_matter(reader: User | AnonymousUser, meeting: Meeting) -> dict[int, list[MatterFile]]:
    """Return a meeting's papers for a person, by the matter's key."""
    found: dict[int, list[MatterFile]] = defaultdict(list)
    for paper in papers_for(reader, meeting):
        found[paper.matter_id].append(paper)
    return found


@transaction.atomic
def add_papers(
    matter: Matter, files: Sequence[CheckedFile], *, actor: User, secrecy_ground: str = ""
) -> None:
    """Add papers to a matter; the same file once.

    Raises ValidationError where the matter has been decided, there would be too many, or the programme is
    closed.
    """
    locked = _lock(matter)
    known = set(locked.files.values_list("attachment__sha256", flat=True))
    new = list({file.sha256: file for file in files if file.sha256 not in known}.values())
    if len(known) + len(new) > MOST_FILES:
        raise ValidationError(_("A matter has at most %(number)s papers.") % {"number": MOST_FILES})
    for file in new:
        attachment = keep(file, actor=actor, secrecy_ground=secrecy_ground)
        MatterFile.objects.create(matter=locked, attachment=attachment)


@transaction.atomic
def remove_paper(paper: MatterFile) -> None:
    """Remove a paper of a matter. Raises ValidationError where the matter has been decided."""
    _lock(paper.matter)
    attachment = paper.attachment_id
    paper.delete()
    let_go([attachment])


def _lock(matter: Matter) -> Matter:
    rows = Matter.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("meeting__body__programme").get(pk=matter.pk)
    locked.meeting.body.programme.must_not_be_closed()
    if is_decided(locked):
        raise ValidationError(_("This matter has been decided: it stays as it is."))
    return locked
