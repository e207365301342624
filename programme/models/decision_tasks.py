"""What must follow from a decision: by whom, by when, how it goes, and who saw that it was done.

A task knows nothing of what its decision concerns, as a decision does not.
"""

import datetime

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.models.base import exactly_one
from programme.models.base import person as somebody
from programme.models.bodies import Body
from programme.models.meetings import Decision
from programme.models.notes import Substitute
from programme.models.posts import Post, PostHolding
from programme.models.users import User


class DecisionTaskQuerySet(models.QuerySet["DecisionTask"]):
    def open(self) -> "DecisionTaskQuerySet":
        """Tasks that nobody has verified, what is due first first."""
        return self.filter(verified_on__isnull=True).order_by("due_on", "pk")

    def to_verify(self) -> "DecisionTaskQuerySet":
        """Tasks of which the responsible has said that they are done, and nobody yet that it is so."""
        return self.open().filter(done_on__isnull=False)

    def answered_by(self, user: User, day: datetime.date) -> "DecisionTaskQuerySet":
        """Tasks that a person answers for on a day: themselves, by a post, or for somebody who is away."""
        absent = Substitute.objects.on(day).filter(substitute=user).values("absent")
        people = User.objects.filter(models.Q(pk=user.pk) | models.Q(pk__in=absent))
        holdings = PostHolding.objects.on(day).filter(user__in=people, post=models.OuterRef("responsible"))
        return self.filter(models.Q(person__in=people) | models.Exists(holdings))

    def with_places(self) -> "DecisionTaskQuerySet":
        """Tasks with all that a list of them tells, in one query."""
        return self.select_related("responsible", "person", "decision__matter__meeting__body__programme")


@pghistory.track()
class DecisionTask(models.Model):
    """What must be done because of a decision, by whom and by when, and who verified that it was done."""

    class State(models.TextChoices):
        OPEN = "open", _("to be done")
        DONE = "done", _("done, waits to be verified")
        VERIFIED = "verified", _("verified done")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="tasks")
    text = models.TextField(_("what must be done"))
    responsible = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("said to be done on"), null=True, blank=True)
    done_by = somebody()
    verified_on = models.DateField(_("verified done on"), null=True, blank=True)
    verified_by = somebody()

    objects = DecisionTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("task from a decision")
        verbose_name_plural = _("tasks from decisions")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("responsible", "person"),
                name="a_post_or_a_person_answers_for_a_task",
            ),
            models.CheckConstraint(
                condition=models.Q(verified_on__isnull=True) | models.Q(done_on__isnull=False),
                name="what_is_verified_was_said_to_be_done",
            ),
            models.CheckConstraint(
                condition=models.Q(verified_by__isnull=True)
                | models.Q(done_by__isnull=True)
                | ~models.Q(verified_by=models.F("done_by")),
                name="nobody_verifies_what_they_did_themselves",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("workgroups:decision-task", args=[self.body.programme.slug, self.pk])

    @property
    def body(self) -> Body:
        """The body that decided."""
        return self.decision.matter.meeting.body

    @property
    def state(self) -> "DecisionTask.State":
        if self.verified_on is not None:
            return self.State.VERIFIED
        return self.State.OPEN if self.done_on is None else self.State.DONE

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and nobody has said that it is done."""
        return self.done_on is None and self.due_on < clock.today()

    def must_be_open(self) -> None:
        """Raise ValidationError where somebody has verified it: then nothing is added."""
        if self.verified_on is not None:
            raise ValidationError(_("This task has been verified done: it stays as it is."))

    def say_done(self, *, by: User) -> None:
        """Say that it is done. The caller saves."""
        self.must_be_open()
        if self.done_on is not None:
            raise ValidationError(_("It has been said already that this task is done."))
        self.done_on, self.done_by = clock.today(), by

    def verify(self, *, by: User) -> None:
        """Close what somebody else says is done. The caller saves."""
        self._must_be_said_done()
        if self.done_by_id == by.pk:
            raise ValidationError(_("Somebody else verifies what you have done yourself."))
        self.verified_on, self.verified_by = clock.today(), by

    def send_back(self) -> None:
        """Open again what was said to be done. The caller saves."""
        self._must_be_said_done()
        self.done_on = self.done_by = None

    def _must_be_said_done(self) -> None:
        self.must_be_open()
        if self.done_on is None:
            raise ValidationError(_("Nobody has said that this task is done."))


@pghistory.track()
class TaskNote(models.Model):
    """What was said of a task on its way: written once, and kept."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("how it goes")
        DONE = "done", _("said to be done")
        SENT_BACK = "sent_back", _("sent back")
        VERIFIED = "verified", _("verified done")

    task = models.ForeignKey(DecisionTask, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind.choices, default=Kind.PROGRESS)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="fi")
    written_on = models.DateField(_("written"))
    author = somebody()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("note on a task")
        verbose_name_plural = _("notes on tasks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["done", "verified"]) | ~models.Q(text=""),
                name="progress_and_a_sending_back_are_told_in_words",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
