"""The annual clock: steps counted back from meetings, and the deadlines that follow from them."""

import datetime
from typing import Self

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.models.base import exactly_one, person, translated
from programme.models.bodies import Body
from programme.models.meetings import Meeting
from programme.models.periods import ReportingPeriod
from programme.models.posts import Post
from programme.models.programme import Audience, Programme


@pghistory.track()
class DeadlineStep(models.Model):
    """One step of a kind of round, or of the budget season: what is to be done how long before which meeting.

    It is counted back from a meeting of the body that serves an audience; without one, from the group's own.
    """

    class Kind(models.TextChoices):
        FIRST = "T1", _("January–April")
        SECOND = "T2", _("January–August")
        YEAR_END = "TP", _("whole year")
        BUDGET = "TA", _("budget")

    class Lane(models.TextChoices):
        BODIES = "bodies", _("Bodies")
        GROUPS = "groups", _("Groups")
        PERIODS = "periods", _("Reporting")
        BUDGET = "budget", _("Budget")

    class Doer(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        CHAIR = "chair", _("chair")
        PROGRAMME_OFFICE = Post.Power.PROGRAMME_OFFICE.value, _("programme office")
        PRESENTING_OFFICER = Post.Power.PRESENTING_OFFICER.value, _("presenting officer")
        SECRETARY = Post.Power.SECRETARY.value, _("secretary")
        FINANCE_OFFICER = Post.Power.FINANCE_OFFICER.value, _("finance officer")

    class Act(models.TextChoices):
        """What the portal itself sees done; other steps are marked by hand."""

        BY_HAND = "", _("marked by hand")
        LEDGER_IMPORTED = "ledger_imported", _("actuals brought in")
        REPORT_SUBMITTED = "report_submitted", _("group’s report submitted")
        REPORT_ACCEPTED = "report_accepted", _("group’s report accepted")
        REPORT_FROZEN = "report_frozen", _("report frozen")
        AGENDA_PUBLISHED = "agenda_published", _("agenda published")
        BUDGET_PROPOSED = "budget_proposed", _("budget proposed")
        BUDGET_DECIDED = "budget_decided", _("budget decided")

    OF_GROUPS = (Doer.COORDINATOR, Doer.CHAIR)

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="deadline_steps")
    kind = models.CharField(_("round or season"), max_length=2, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order"))
    name = translated(_("name"), max_length=200)
    lane = models.CharField(_("lane"), max_length=10, choices=Lane.choices)
    doer = models.CharField(_("who does it"), max_length=30, choices=Doer.choices)
    audience = models.ForeignKey(
        Audience,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deadline_steps",
        verbose_name=_("counted back from its body’s meeting"),
    )
    days = models.PositiveSmallIntegerField(_("days before"))
    in_working_days = models.BooleanField(_("counted in working days"), default=True)
    waits_days = models.PositiveSmallIntegerField(
        _("days from the round’s closing before which the body does not handle it"), default=0
    )
    season_month = models.PositiveSmallIntegerField(_("season’s month"), null=True, blank=True)
    season_day = models.PositiveSmallIntegerField(_("season’s day"), null=True, blank=True)
    act = models.CharField(_("done when"), max_length=20, choices=Act.choices, blank=True)
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        ordering = ["programme", "kind", "order"]
        verbose_name = _("step of the annual clock")
        verbose_name_plural = _("steps of the annual clock")
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind", "code"], name="one_step_per_kind_and_code"),
            models.CheckConstraint(
                condition=models.Q(kind="TA", season_month__isnull=False, season_day__isnull=False)
                | (~models.Q(kind="TA") & models.Q(season_month__isnull=True, season_day__isnull=True)),
                name="a_step_of_the_budget_says_when_its_season_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(audience__isnull=False)
                | (~models.Q(kind="TA") & models.Q(doer__in=["coordinator", "chair"])),
                name="only_groups_count_from_their_own_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    @property
    def is_of_groups(self) -> bool:
        """Whether every group has a deadline of its own: what coordinators and chairs do."""
        return self.doer in self.OF_GROUPS

    @property
    def is_work_of_a_group(self) -> bool:
        """Whether a group does it, the office's own unit among them."""
        return self.is_of_groups or self.lane == self.Lane.GROUPS

    def season_begins(self, budget_year: int) -> datetime.date:
        """Return the day from which the body's next meeting handles the budget of a year."""
        return datetime.date(budget_year - 1, self.season_month or 1, self.season_day or 1)


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> Self:
        return self.filter(done_on__isnull=True)

    def of_programme(self, programme: Programme) -> Self:
        return self.filter(step__programme=programme)

    def for_pages(self) -> Self:
        """With everything that a page says of a deadline."""
        return self.select_related(
            "step__programme",
            "period",
            "body__programme",
            "body__working_group__programme",
            "meeting__body__programme",
            "done_by",
        )


@pghistory.track()
class Deadline(models.Model):
    """A step of one round or budget season, of one group where it is the groups': due on a working day.

    While it is open it moves with its meeting. Done, it stays.
    """

    class State(models.TextChoices):
        DONE = "done", _("done")
        OPEN = "open", _("open")
        LATE = "late", _("late")

    step = models.ForeignKey(DeadlineStep, on_delete=models.PROTECT, related_name="deadlines")
    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, null=True, blank=True, related_name="deadlines"
    )
    budget_year = models.PositiveIntegerField(_("year of the budget"), null=True, blank=True)
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deadlines",
        verbose_name=_("group, by the body in which it meets"),
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="deadlines"
    )
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = person()

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "step__order", "pk"]
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            models.UniqueConstraint(
                fields=["step", "period", "budget_year", "body"],
                nulls_distinct=False,
                name="one_deadline_per_step_round_and_group",
            ),
            models.CheckConstraint(
                condition=exactly_one("period", "budget_year"),
                name="a_deadline_is_of_a_round_or_of_a_budget",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="deadline_by_day")]

    def __str__(self) -> str:
        return f"{self.step_id} {self.due_on}"

    def get_absolute_url(self) -> str:
        return f"{reverse('workgroups:clock')}?year={self.due_on.year}#{self.code}"

    @property
    def code(self) -> str:
        """The `id` of its row on the page of the annual clock."""
        return f"deadline-{self.pk}"

    @property
    def state(self) -> str:
        return state_on(self.due_on, self.done_on, clock.today())

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def is_marked_by_hand(self) -> bool:
        """Whether somebody must say that it is done: the portal does not see it."""
        return not self.step.act

    @property
    def is_of_the_past(self) -> bool:
        """Whether its round, with a reopening, or its season is over: its last closing and its meeting."""
        if self.period is not None and clock.now() < self.period.last_closing:
            return False
        return (self.meeting.held_on if self.meeting else self.due_on) < clock.today()


def state_on(due_on: datetime.date, done_on: datetime.date | None, today: datetime.date) -> str:
    """Return how a deadline stands on a day; it is late from the day after."""
    if done_on is not None:
        return Deadline.State.DONE
    return Deadline.State.LATE if due_on < today else Deadline.State.OPEN
