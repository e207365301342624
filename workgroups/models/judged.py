"""What one person hands over and another judges: submitted, then accepted or returned with a reason."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import clock
from programme import rules as programme_rules
from programme.models import Programme, User
from programme.models.base import Versioned, person, signed
from workgroups import rules as group_rules


class JudgedQuerySet(models.QuerySet[Any]):
    """Rows of groups that are seen by what became of them."""

    def approved(self) -> "JudgedQuerySet":
        """What dashboards, threads and reports count."""
        return self.filter(state=Judged.State.APPROVED)

    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "JudgedQuerySet":
        """Approved ones are seen by officials and all groups; the rest by the group, office and auditor."""
        of_programme = self.filter(group__programme=programme)
        if programme_rules.reads_unfinished_work(user, programme):
            return of_programme
        if not group_rules.reads_approved_work(user, programme):
            return self.none()
        return of_programme.filter(
            models.Q(state=Judged.State.APPROVED) | models.Q(group__in=group_rules.groups_of(user, programme))
        )


class HandedOn:
    """What has been handed on by somebody, perhaps in another's place: whose words it is."""

    submitted_by: User | None  # columns of the model
    submitted_for: User | None
    submitted_by_id: int | None
    submitted_for_id: int | None

    @property
    def writers(self) -> set[int]:
        """The one who handed it on, and the one they stood in for."""
        return {pk for pk in (self.submitted_by_id, self.submitted_for_id) if pk is not None}

    @property
    def submitter(self) -> str:
        return signed(self.submitted_by, self.submitted_for)


class Judged(HandedOn, Versioned):
    """A row that its writer submits and another accepts or returns; whoever stood in has both names kept."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", gettext_lazy("submitted")
        RETURNED = "returned", gettext_lazy("returned")
        APPROVED = "approved", gettext_lazy("approved")

    NOT_WAITING = gettext_lazy("This follow-up is no longer waiting for acceptance.")
    ONES_OWN = gettext_lazy("Nobody accepts their own follow-up. Ask another who may.")

    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=State.choices, default=State.SUBMITTED
    )
    returning_reason = models.TextField(gettext_lazy("reason for returning"), blank=True)
    submitted_at = models.DateTimeField(gettext_lazy("submitted"))
    submitted_by = person()
    submitted_for = person()
    accepted_at = models.DateTimeField(gettext_lazy("accepted"), null=True, blank=True)
    accepted_by = person()
    accepted_for = person()

    class Meta:
        abstract = True

    @property
    def acceptor(self) -> str:
        """Who accepted or returned it."""
        return signed(self.accepted_by, self.accepted_for)

    def submit(self, *, by: User, in_place_of: User | None) -> None:
        """Hand it over to be judged. The caller saves."""
        self.state = self.State.SUBMITTED
        self.returning_reason = ""
        self.submitted_at = clock.now()
        self.submitted_by, self.submitted_for = by, in_place_of
        self.accepted_by = self.accepted_for = self.accepted_at = None

    def approve(self, *, by: User, in_place_of: User | None = None) -> None:
        """Accept what was submitted. The caller saves.

        Raises ValidationError when it is not waiting, or when somebody would accept their own words, be it
        through a substitute.
        """
        self._must_be_waiting()
        if self.writers & {by.pk, in_place_of.pk if in_place_of else None}:
            raise ValidationError(str(self.ONES_OWN))
        self.state = self.State.APPROVED
        self.accepted_by, self.accepted_for = by, in_place_of
        self.accepted_at = clock.now()

    def give_back(self, *, by: User, reason: str, in_place_of: User | None = None) -> None:
        """Return what was submitted to its writer, with a reason they see. The caller saves.

        Raises ValidationError when it is not waiting or the reason is missing.
        """
        self._must_be_waiting()
        if not reason.strip():
            raise ValidationError(_("Write what should be mended: the writer sees it."))
        self.state = self.State.RETURNED
        self.returning_reason = reason.strip()
        self.accepted_by, self.accepted_for = by, in_place_of
        self.accepted_at = None

    def _must_be_waiting(self) -> None:
        if self.state != self.State.SUBMITTED:
            raise ValidationError(str(self.NOT_WAITING))
