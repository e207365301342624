"""The programme's priorities, the goals they carry out and the measures they hold."""

import datetime

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme.models import Programme, Strategy
from programme.models.base import Sourced, translated


@pghistory.track()
class Priority(Sourced):
    """A priority of the programme, with the element of the region's vision that it carries out."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="priorities")
    code = models.CharField(_("code"), max_length=40)
    number = models.PositiveIntegerField(_("number"))
    slug = translated(_("word in addresses"), max_length=80, required=False)
    name = translated(_("name"))
    vision_code = models.CharField(_("code of the vision element"), max_length=40)
    vision = translated(_("vision element"), max_length=600)
    vision_seed_line = models.PositiveIntegerField(_("line of the vision element"), null=True, blank=True)

    class Meta:
        ordering = ["programme", "number"]
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_priority_per_code"),
            models.UniqueConstraint(fields=["programme", "number"], name="one_priority_per_number"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("reporting:priority-detail", args=[self.programme.slug, self.code])


@pghistory.track()
class NameVariant(Sourced):
    """Another name of a priority in the programme's papers: found by search, never shown as the name."""

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="name_variants")
    name = translated(_("name"))

    class Meta:
        ordering = ["priority", "pk"]
        verbose_name = _("name variant")
        verbose_name_plural = _("name variants")
        constraints = [
            models.UniqueConstraint(fields=["priority", "name_fi"], name="one_variant_per_priority_and_name"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class GoalQuerySet(models.QuerySet["StrategicGoal"]):
    def adopted(self) -> "GoalQuerySet":
        """Goals of strategies that have been adopted: what is in preparation is its office's alone."""
        return self.filter(strategy__adopted_on__isnull=False)

    def in_force_on(self, day: datetime.date) -> "GoalQuerySet":
        """Goals of the strategy that is in force on a day."""
        return self.filter(strategy__in=Strategy.objects.in_force_on(day).order_by())

    def of_the_time(self, day: datetime.date) -> "GoalQuerySet":
        """Goals of the strategy in force on a day, and those that decided targets of its year serve.

        The targets of a year keep the goals of their decision, also where the strategy changes meanwhile; the
        goals of the strategy in force come first, and each tells it: `is_in_force`.
        """
        in_force = models.Q(strategy__in=Strategy.objects.in_force_on(day).order_by())
        served = self.model.objects.filter(
            annual_targets__year=day.year,
            annual_targets__state__in=("decided", "closed"),
            annual_targets__removed_at__isnull=True,
        )
        found = self.filter(in_force | models.Q(pk__in=served.order_by().values("pk")))
        is_in_force = models.ExpressionWrapper(in_force, output_field=models.BooleanField())
        return found.annotate(is_in_force=is_in_force).order_by("priority", "-is_in_force", "number")


@pghistory.track()
class StrategicGoal(Sourced):
    """A goal of the regional strategy that a priority serves."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="goals")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="goals")
    code = models.CharField(_("code"), max_length=40)
    number = models.PositiveIntegerField(_("number"))
    text = translated(_("text"), max_length=600)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["priority", "number"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="one_goal_per_strategy_and_code"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("reporting:goal-detail", args=[self.priority.programme.slug, self.code])


class GoalMappingQuerySet(models.QuerySet["GoalMapping"]):
    def adopted(self) -> "GoalMappingQuerySet":
        """Mappings of which the new strategy has been adopted; dropped goals have one too."""
        successors = Strategy.objects.filter(
            replaces=models.OuterRef("old_goal__strategy"), adopted_on__isnull=False
        )
        return self.filter(models.Exists(successors))


@pghistory.track()
class GoalMapping(models.Model):
    """What became of a goal when the strategy was renewed."""

    class Kind(models.TextChoices):
        SAME = "same", _("same")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        DROPPED = "dropped", _("dropped")

    old_goal = models.ForeignKey(StrategicGoal, on_delete=models.PROTECT, related_name="became")
    new_goal = models.ForeignKey(
        StrategicGoal, on_delete=models.PROTECT, null=True, blank=True, related_name="came_from"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)

    objects = GoalMappingQuerySet.as_manager()

    class Meta:
        ordering = ["old_goal", "new_goal"]
        verbose_name = _("mapping of goals")
        verbose_name_plural = _("mappings of goals")
        constraints = [
            models.UniqueConstraint(
                fields=["old_goal", "new_goal"], nulls_distinct=False, name="one_mapping_per_pair_of_goals"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="dropped") ^ models.Q(new_goal__isnull=False),
                name="only_a_dropped_goal_has_no_successor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_goal_id} {self.kind}"


@pghistory.track()
class Measure(Sourced):
    """A measure of the programme; a sub-measure stands under its parent."""

    class Kind(models.TextChoices):
        COORDINATION = "coordination", _("coordination")
        DEVELOPMENT = "development", _("development")

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="measures")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="sub_measures"
    )
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    text = translated(_("text"), max_length=600)

    class Meta:
        ordering = ["priority", "order", "code"]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.UniqueConstraint(fields=["priority", "code"], name="one_measure_per_code"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("reporting:measure-detail", args=[self.priority.programme.slug, self.code])
