"""Rounds of self-evaluation: what groups are asked, who has answered, and what was answered.

Who has answered and what was answered are two tables. In an anonymous round nothing leads from the second to
the first: its answers have random keys, no person, no moment, no event in the trail, and are written anew in
random order each time another comes in.
"""

import uuid
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.models import Programme, RoleStatement, User
from programme.models.base import translated
from workgroups import rules as group_rules
from workgroups.models.drafts import Draft
from workgroups.models.groups import WorkingGroup

LONGEST_COMMENT = 1000
# Of two answers each of the two would know the other's.
SMALLEST_SHOWN = 3

KEEP_THE_PROMISE = """
    IF EXISTS (SELECT 1 FROM workgroups_participation AS part WHERE part.evaluation_id = OLD.id)
        AND to_jsonb(NEW) - moving <> to_jsonb(OLD) - moving
    THEN
        RAISE EXCEPTION 'Once somebody has answered, only the closing day of a round moves.';
    END IF;
    RETURN NEW;
"""
KEEP_WHAT_WAS_ASKED = """
    IF EXISTS (
        SELECT 1 FROM workgroups_participation AS part
         WHERE part.evaluation_id IN (OLD.evaluation_id, NEW.evaluation_id)
    ) THEN
        RAISE EXCEPTION 'Once somebody has answered, what a round asks stays.';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
ANSWER_AS_PROMISED = """
    IF (SELECT round.is_anonymous FROM workgroups_evaluation AS round WHERE round.id = NEW.evaluation_id)
        <> (NEW.user_id IS NULL)
    THEN
        RAISE EXCEPTION 'An anonymous round keeps nobody''s name, another one keeps everybody''s.';
    END IF;
    RETURN NEW;
"""


def _kept_when_answered(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=KEEP_WHAT_WAS_ASKED,
    )


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "EvaluationQuerySet":
        """Rounds are read as approved work is: by officials and everybody in a group."""
        of_programme = self.filter(programme=programme)
        return of_programme if group_rules.reads_approved_work(user, programme) else self.none()

    def open(self) -> "EvaluationQuerySet":
        today = clock.today()
        return self.filter(opens_on__lte=today, closes_on__gte=today)

    def closed(self) -> "EvaluationQuerySet":
        return self.filter(closes_on__lt=clock.today())


@pghistory.track()
class Evaluation(models.Model):
    """A round in which members of groups say how the programme's role comes true in their work."""

    class Kind(models.TextChoices):
        YEARLY = "yearly", _("yearly self-evaluation")
        MID_TERM = "mid_term", _("mid-term evaluation")
        FINAL = "final", _("final evaluation")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="evaluations")
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.YEARLY)
    year = models.PositiveIntegerField(_("year"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    is_anonymous = models.BooleanField(_("anonymous"), default=True)
    smallest = models.PositiveSmallIntegerField(_("smallest number of answers shown"), default=5)
    groups: "models.ManyToManyField[WorkingGroup, Any]" = models.ManyToManyField(
        WorkingGroup, through="EvaluationGroup", related_name="evaluations", verbose_name=_("working groups")
    )
    lead = translated(_("what the statements say it of"), max_length=600, required=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-opens_on", "code"]
        verbose_name = _("evaluation round")
        verbose_name_plural = _("evaluation rounds")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_evaluation_per_code"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="an_evaluation_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(smallest__gte=SMALLEST_SHOWN),
                name="a_shown_result_is_of_three_at_least",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_promise_of_an_evaluation_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("moving", "text[] := ARRAY['closes_on']")],
                func=KEEP_THE_PROMISE,
            )
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("reporting:evaluation-detail")

    def address(self, name: str) -> str:
        """Return the address of a page about this round, or of an act on it."""
        return reverse(name, args=[self.programme.slug, self.code])

    @property
    def state(self) -> State:
        """Where the round is today; its last day is a day of answering still."""
        today = clock.today()
        if today < self.opens_on:
            return self.State.PLANNED
        return self.State.OPEN if today <= self.closes_on else self.State.CLOSED

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED


@pghistory.track()
class EvaluationGroup(models.Model):
    """A group whose members are asked in a round."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="places")
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="evaluation_places")

    class Meta:
        ordering = ["evaluation", "group"]
        verbose_name = _("group of an evaluation")
        verbose_name_plural = _("groups of an evaluation")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "group"], name="a_group_is_asked_once"),
        ]
        triggers = [_kept_when_answered("groups_of_an_answered_evaluation_stay")]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.group_id}"

    def get_absolute_url(self) -> str:
        """Return the address where the group's people answer."""
        return self.address("workgroups:evaluation-answer")

    @property
    def draft_address(self) -> str:
        return self.address("workgroups:evaluation-answer-draft")

    def address(self, name: str) -> str:
        return reverse(name, args=[self.evaluation.programme.slug, self.evaluation.code, self.group.code])


@pghistory.track()
class EvaluationStatement(models.Model):
    """A statement of the programme's role as a round asks about it: its words by value."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="statements")
    # Where it was taken from, and by whose code rounds are compared.
    statement = models.ForeignKey(RoleStatement, on_delete=models.PROTECT, related_name="evaluated")
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order"), default=0)
    text = translated(_("text"), max_length=600)

    class Meta:
        ordering = ["evaluation", "order", "code"]
        verbose_name = _("statement of an evaluation")
        verbose_name_plural = _("statements of an evaluation")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "code"], name="a_statement_is_asked_once"),
        ]
        triggers = [_kept_when_answered("statements_of_an_answered_evaluation_stay")]

    def __str__(self) -> str:
        return self.code


class Participation(models.Model):
    """That a person has answered for a group: not what, and not when.

    Outside the trail, whose moments would stand beside those of other tables.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="participations")
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="participations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(_("version"), default=1)  # of an answer that may be changed

    class Meta:
        ordering = ["evaluation", "group", "user"]
        verbose_name = _("participation in an evaluation")
        verbose_name_plural = _("participations in evaluations")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "group", "user"], name="one_answer_per_person_and_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.group_id}"


WITH_A_NAME = pgtrigger.Q(new__user__isnull=False)


@pghistory.track(
    pghistory.InsertEvent(condition=WITH_A_NAME),
    pghistory.UpdateEvent(condition=WITH_A_NAME),
    pghistory.DeleteEvent(condition=pgtrigger.Q(old__user__isnull=False)),
)
class EvaluationAnswer(models.Model):
    """What somebody said of one statement, or in general: each by itself, so that no row is a profile.

    The trail knows answers with a name alone.
    """

    class Rating(models.IntegerChoices):
        """How far somebody agrees. Not to know is no middle of the scale."""

        STRONGLY_AGREE = 5, _("strongly agree")
        AGREE = 4, _("somewhat agree")
        NEITHER = 3, _("neither agree nor disagree")
        DISAGREE = 2, _("somewhat disagree")
        STRONGLY_DISAGREE = 1, _("strongly disagree")
        CANNOT_SAY = 0, _("cannot say")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="answers")
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="evaluation_answers")
    statement = models.ForeignKey(
        EvaluationStatement, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    rating = models.PositiveSmallIntegerField(_("answer"), choices=Rating.choices, null=True, blank=True)
    comment = models.TextField(_("comment"), max_length=LONGEST_COMMENT, blank=True)
    language = models.CharField(_("language of the comment"), max_length=2, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["evaluation", "id"]
        verbose_name = _("answer to an evaluation")
        verbose_name_plural = _("answers to evaluations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(statement__isnull=False, rating__range=(0, 5))
                | (models.Q(statement__isnull=True, rating__isnull=True) & ~models.Q(comment="")),
                name="an_answer_rates_a_statement_or_comments_in_general",
            ),
            models.UniqueConstraint(
                fields=["evaluation", "group", "user", "statement"],
                condition=models.Q(user__isnull=False),
                nulls_distinct=False,
                name="one_named_answer_per_statement",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="an_answer_is_as_anonymous_as_promised",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=ANSWER_AS_PROMISED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.group_id} {self.statement_id}"


class EvaluationDraft(Draft):
    """What somebody has typed of a round for a group and not submitted; removed when they submit."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="drafts")
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="evaluation_drafts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evaluation_drafts"
    )

    class Meta:
        ordering = ["-saved_at"]
        verbose_name = _("draft of an answer")
        verbose_name_plural = _("drafts of answers")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "group", "user"], name="one_draft_per_person_group_and_evaluation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.group_id}"
