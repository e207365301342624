"""Work programmes: a group's plan for a year, action by action."""

import datetime

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme import rules as programme_rules
from programme.models import (
    Decision,
    Programme,
    User,
)
from programme.models.base import Versioned, person, signed
from workgroups import rules as group_rules
from workgroups.models.approved import (
    kept_once_approved,
    whole_when_handed_on,
)
from workgroups.models.groups import WorkingGroup
from workgroups.models.judged import HandedOn

NOT_WAITING = _("This work programme does not wait for acceptance.")


class WorkProgrammeQuerySet(models.QuerySet["WorkProgramme"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "WorkProgrammeQuerySet":
        """Approved ones are seen by officials and all groups; drafts by their group, office and auditor."""
        of_programme = self.filter(group__programme=programme)
        if programme_rules.reads_unfinished_work(user, programme):
            return of_programme
        if not group_rules.reads_approved_work(user, programme):
            return self.none()
        return of_programme.filter(
            models.Q(state__in=WorkProgramme.SEEN_BY_ALL_GROUPS)
            | models.Q(group__in=group_rules.groups_of(user, programme))
        )


@pghistory.track()
class WorkProgramme(HandedOn, Versioned):
    """A working group's plan for one calendar year."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")
        NOTED = "noted", _("noted by the board")
        CLOSED = "closed", _("closed")

    SEEN_BY_ALL_GROUPS = (State.APPROVED, State.NOTED, State.CLOSED)
    EDITABLE = (State.DRAFT, State.RETURNED)

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="work_programmes")
    code = models.CharField(_("code"), max_length=40)
    year = models.PositiveIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = person()
    submitted_for = person()
    judged_by = person()  # who returned it last, or approved it
    judged_for = person()
    returning_reason = models.TextField(_("reason for returning"), blank=True)
    approved_on = models.DateField(_("approved by the group on"), null=True, blank=True)
    approval = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="approved_work_programmes"
    )
    # A plan of a year gone by, approved on paper: by whom and when it says itself, without a meeting here.
    made_elsewhere = models.BooleanField(_("made elsewhere"), default=False)
    approved_number = models.PositiveIntegerField(_("item of the approval"), null=True, blank=True)
    noted_on = models.DateField(_("noted by the board on"), null=True, blank=True)
    noting = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="noted_work_programmes"
    )

    objects = WorkProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "group"]
        verbose_name = _("work programme")
        verbose_name_plural = _("work programmes")
        constraints = [
            models.UniqueConstraint(fields=["group", "year"], name="one_work_programme_per_group_and_year"),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(returning_reason=""),
                name="returning_a_work_programme_has_a_reason",
            ),
        ]
        triggers = [*whole_when_handed_on(), *kept_once_approved()]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("workgroups:work-programme-detail")

    def address(self, name: str) -> str:
        """Return the address of a page about this plan, or of an act on it."""
        return reverse(name, args=[self.group.programme.slug, self.group.code, self.year])

    @property
    def is_editable(self) -> bool:
        """True while its writers may change its rows."""
        return self.state in self.EDITABLE

    @property
    def was_handed_on(self) -> bool:
        """True once it has been submitted here, also where it was returned: its group's chair decides."""
        return self.submitted_at is not None

    @property
    def was_handed_on_later(self) -> bool:
        """True where its group had approved it, on paper, before the day on which it was handed on here."""
        if self.submitted_at is None or self.approved_on is None:
            return False
        return self.approved_on < clock.day_of(self.submitted_at)

    def must_be_editable(self) -> None:
        """Raise ValidationError where the rows of this plan no longer change by typing."""
        if self.is_editable:
            return
        if self.state == self.State.SUBMITTED:
            raise ValidationError(
                _("This work programme has been submitted: its rows change if it is taken back or returned.")
            )
        raise ValidationError(
            _("This work programme has been approved: its rows change by an amendment only. Propose one.")
        )

    @property
    def judge(self) -> str:
        """Who returned or approved it."""
        return signed(self.judged_by, self.judged_for)

    def submit(self, *, by: User, in_place_of: User | None = None) -> None:
        """Hand the plan to the chair. The caller saves. Raises ValidationError where it is not a draft."""
        self.must_be_editable()
        self.state = self.State.SUBMITTED
        self.returning_reason = ""
        self.submitted_by, self.submitted_for = by, in_place_of
        self.judged_by = self.judged_for = None
        self.submitted_at = clock.now()

    def must_wait(self) -> None:
        """Raise ValidationError, saying what became of it, where the plan does not wait for acceptance."""
        if self.state == self.State.SUBMITTED:
            return
        if self.state == self.State.DRAFT:
            raise ValidationError(
                _("Its writers have taken the work programme back: it is a draft again and does not wait.")
            )
        raise ValidationError(NOT_WAITING)

    def take_back(self) -> None:
        """Make a submitted plan a draft again. The caller saves.

        Raises ValidationError when it does not wait.
        """
        if self.state != self.State.SUBMITTED:
            raise ValidationError(NOT_WAITING)
        self.state = self.State.DRAFT

    def give_back(self, *, by: User, reason: str, in_place_of: User | None = None) -> None:
        """Return the plan to its writers with a reason. The caller saves.

        Raises ValidationError when it does not wait, without a reason, or when it is one's own.
        """
        self._must_wait_for(by, in_place_of)
        if not reason.strip():
            raise ValidationError(_("Write what should be mended: the writer sees it."))
        self.state = self.State.RETURNED
        self.returning_reason = reason
        self.judged_by, self.judged_for = by, in_place_of

    def approve(
        self, *, by: User, on: datetime.date, approval: Decision | None, in_place_of: User | None = None
    ) -> None:
        """Approve the plan in the group's meeting. The caller saves.

        Raises ValidationError when it does not wait, or when it is one's own submission, be it through a
        substitute.
        """
        self._must_wait_for(by, in_place_of)
        self.state = self.State.APPROVED
        self.judged_by, self.judged_for = by, in_place_of
        self.approved_on = on
        self.approval = approval

    def approve_elsewhere(self, *, on: datetime.date, number: int | None) -> None:
        """Record that the plan of a year gone by was approved on paper. The caller saves.

        Raises ValidationError where it is no draft, its year is not over, it was handed on here, or it cannot
        have been approved on that day: a plan is approved in its own year or in the year before.
        """
        self.must_be_editable()
        if self.year >= clock.today().year:
            raise ValidationError(_("Only a plan of a year gone by was approved elsewhere."))
        if self.was_handed_on:
            raise ValidationError(
                _("This work programme was submitted here: the chair of its group approves it.")
            )
        if on > clock.today():
            raise ValidationError(_("This day is still to come."))
        if on.year not in (self.year - 1, self.year):
            raise ValidationError(_("A work programme is approved in its own year or in the year before."))
        self.state = self.State.APPROVED
        self.made_elsewhere = True
        self.approved_on = on
        self.approved_number = number

    def note(self, *, on: datetime.date, noting: Decision) -> None:
        """Have the board note the approved plan. The caller saves.

        Raises ValidationError when it is not approved, or was not yet on that day.
        """
        if self.state != self.State.APPROVED:
            raise ValidationError(_("Only an approved work programme is noted, and only once."))
        if self.approved_on and on < self.approved_on:
            raise ValidationError(_("The board cannot note it before the group has approved it."))
        self.state = self.State.NOTED
        self.noted_on = on
        self.noting = noting

    def _must_wait_for(self, by: User, in_place_of: User | None) -> None:
        if self.state != self.State.SUBMITTED:
            raise ValidationError(NOT_WAITING)
        if self.writers & {by.pk, in_place_of.pk if in_place_of else None}:
            raise ValidationError(_("Nobody accepts their own work programme. Ask another who may."))
