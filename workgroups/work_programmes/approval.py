"""The way of a work programme: submitted, returned or approved by its group, noted by the board."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme import clock
from programme.decisions import enter_decision, in_language_of_minutes
from programme.models import Audience, Meeting, User
from programme.text import words_of
from workgroups import services
from workgroups.models import WorkProgramme, WorkProgrammeVersion
from workgroups.work_programmes.drafting import holes_of
from workgroups.work_programmes.mistakes import drop_left_empty
from workgroups.work_programmes.versions import keep_version

Occasion = WorkProgrammeVersion.Occasion
JUDGED = ("judged_by", "judged_for")


@transaction.atomic
def submit_work_programme(plan: WorkProgramme, *, actor: User) -> WorkProgramme:
    """Hand a plan to the chair and keep it as a version.

    Raises ValidationError where it is no draft, is empty, or has rows with holes.
    """
    locked = _locked(plan)
    _must_be_whole(locked, actor=actor)
    absent = services.absent_planner(actor, locked.group)
    locked.submit(by=actor, in_place_of=absent)
    locked.version += 1
    locked.save(
        update_fields=[
            "state",
            "returning_reason",
            "submitted_by",
            "submitted_for",
            "submitted_at",
            *JUDGED,
            "version",
        ]
    )
    keep_version(locked, Occasion.SUBMITTED, actor=actor, in_place_of=absent)
    return locked


@transaction.atomic
def take_back_work_programme(plan: WorkProgramme) -> None:
    """Make a submitted plan, until it is judged, a draft again.

    Raises ValidationError when it does not wait.
    """
    locked = _locked(plan)
    locked.take_back()
    locked.version += 1
    locked.save(update_fields=["state", "version"])


@transaction.atomic
def return_work_programme(plan: WorkProgramme, *, actor: User, version: int, reason: str) -> None:
    """Give a plan, in the version that was read, back to its writers.

    Raises ValidationError when it does not wait, is one's own, or has been handed on anew since.
    """
    locked = _locked_as_read(plan, version)
    absent = services.absent_chair(actor, locked.group, locked.writers)
    locked.give_back(by=actor, reason=reason, in_place_of=absent)
    locked.version += 1
    locked.save(update_fields=["state", "returning_reason", *JUDGED, "version"])


def meetings_that_approve(plan: WorkProgramme) -> QuerySet[Meeting]:
    """Return the meetings in which a group may have approved a plan: its own, of the year before or later.

    A plan may be handed on here after the meeting that approved it on paper.
    """
    return Meeting.objects.filter(body=plan.group.body, held_on__year__gte=plan.year - 1)


@transaction.atomic
def approve_work_programme(
    plan: WorkProgramme,
    *,
    actor: User,
    version: int,
    meeting: Meeting | None,
    item: int | None,
    this_matter: int | None = None,
) -> None:
    """Approve a plan, in the version that was read, in a meeting of its group.

    The office's own unit has no meetings, only the day. Raises ValidationError when it does not wait, is
    one's own, has been handed on anew since, or the meeting is not the group's; and where `item` is of a
    matter that is to be confirmed: see `enter_decision`.
    """
    locked = _locked_as_read(plan, version)
    locked.must_wait()
    body = locked.group.body
    absent = services.absent_chair(actor, locked.group, locked.writers)
    if body is None:
        locked.approve(by=actor, on=clock.today(), approval=None, in_place_of=absent)
    elif item is None or meeting is None or not meetings_that_approve(plan).filter(pk=meeting.pk).exists():
        raise ValidationError(_("Choose the meeting of the group that approved it, and the item."))
    else:
        with in_language_of_minutes():
            title = _("Work programme %(year)s") % {"year": locked.year}
            text = _("The group approved it.")
        decision = enter_decision(meeting, number=item, title=title, text=text, this_matter=this_matter)
        locked.approve(by=actor, on=meeting.held_on, approval=decision, in_place_of=absent)
    locked.version += 1
    locked.save(update_fields=["state", "approved_on", "approval", *JUDGED, "version"])
    keep_version(locked, Occasion.APPROVED, actor=actor, in_place_of=absent)


@transaction.atomic
def approve_elsewhere(
    plan: WorkProgramme, *, actor: User, approved_on: datetime.date, number: int | None
) -> None:
    """Record that a plan of a year gone by was approved on paper; it is kept as a version and locked.

    Its actions may be without targets: those of that time are not known here. Raises ValidationError where it
    is no draft of a year gone by, was handed on here, is empty, has other holes, or the day cannot be.
    """
    locked = _locked(plan)
    _must_be_whole(locked, actor=actor, made_elsewhere=True)
    locked.approve_elsewhere(on=approved_on, number=number)
    locked.version += 1
    locked.save(update_fields=["state", "made_elsewhere", "approved_on", "approved_number", "version"])
    absent = services.absent_planner(actor, locked.group)
    keep_version(locked, Occasion.APPROVED, actor=actor, in_place_of=absent)


def meetings_that_note(plan: WorkProgramme) -> QuerySet[Meeting]:
    """Return the board's meetings, since its approval, in which it may have noted a plan.

    The board is whichever body has that depth, also one that has replaced another.
    """
    return Meeting.objects.filter(
        body__programme=plan.group.programme,
        body__decides=True,
        body__audience__depth=Audience.Depth.BOARD,
        held_on__gte=plan.approved_on or clock.today(),
        held_on__lte=clock.today(),
    )


@transaction.atomic
def note_work_programme(
    plan: WorkProgramme, *, meeting: Meeting, section: int, this_matter: int | None = None
) -> None:
    """Enter that the board noted an approved plan.

    Raises ValidationError where it cannot have, or the matter is to be confirmed: see `enter_decision`.
    """
    locked = _locked(plan)
    if not meetings_that_note(locked).filter(pk=meeting.pk).exists():
        raise ValidationError(_("Choose the meeting that noted it, and its section."))
    with in_language_of_minutes():
        title = _("Work programme %(year)s: %(group)s") % {
            "year": locked.year,
            "group": words_of(locked.group, "name")[0],
        }
        text = _("Noted for information.")
    decision = enter_decision(meeting, number=section, title=title, text=text, this_matter=this_matter)
    locked.note(on=meeting.held_on, noting=decision)
    locked.version += 1
    locked.save(update_fields=["state", "noted_on", "noting", "version"])


def _must_be_whole(plan: WorkProgramme, *, actor: User, made_elsewhere: bool = False) -> None:
    """Drop the rows that were left empty. Raises ValidationError where no others are left, or have holes."""
    plan.must_be_editable()
    drop_left_empty(plan, actor=actor)
    if not plan.actions.exists():
        raise ValidationError(_("The work programme has no actions yet: add one."))
    if holes := holes_of(plan, made_elsewhere=made_elsewhere):
        raise ValidationError(
            [
                f"{action.text or action.code}: {', '.join(str(label) for label in labels.values())}"
                for action, labels in holes
            ]
        )


def _locked_as_read(plan: WorkProgramme, version: int) -> WorkProgramme:
    """Return a plan that is judged, locked: one that was returned may have been handed on anew."""
    locked = _locked(plan)
    if locked.state == WorkProgramme.State.SUBMITTED and locked.version != version:
        raise ValidationError(_("The plan was handed on anew while you read it: read it again."))
    return locked


def _locked(plan: WorkProgramme) -> WorkProgramme:
    plan.group.programme.must_not_be_closed()
    return (
        WorkProgramme.objects.select_related("group__programme", "group__body", "group__cost_centre")
        .select_for_update(of=("self",))
        .get(pk=plan.pk)
    )
