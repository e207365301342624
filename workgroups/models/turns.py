"""What became of a target or an action when its year ended."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget
from programme.models.base import exactly_one
from workgroups.models.actions import Action
from workgroups.models.groups import WorkingGroup


@pghistory.track()
class LineTurn(models.Model):
    """One line at the turn of its year. The line that goes on from it points back: `continues`."""

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        GOES_ON = "goes_on", _("goes on next year")
        MOVES = "moves", _("moves to next year, not begun")
        ENDS = "ends", _("ends")

    # Of these something stands in the next year's plan.
    CARRIED = (Outcome.GOES_ON, Outcome.MOVES)

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="turns")
    target = models.OneToOneField(
        AnnualTarget, on_delete=models.PROTECT, null=True, blank=True, related_name="turn"
    )
    action = models.OneToOneField(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="turn"
    )
    outcome = models.CharField(_("what became of it"), max_length=10, choices=Outcome.choices)
    reason = models.TextField(_("reason"))
    # False where what goes on stood in the next year's plan already.
    made_its_successor = models.BooleanField(_("made its successor"), default=False)
    # What it did to the row or draft that stood there already, as `workgroups.year_turn.standing` keeps it.
    effect = models.JSONField(_("effect on the next year"), default=dict, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["group", "target", "action"]
        verbose_name = _("turn of a line")
        verbose_name_plural = _("turns of lines")
        constraints = [
            models.CheckConstraint(condition=exactly_one("target", "action"), name="a_turn_is_of_one_line"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_turn_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.target_id or self.action_id} {self.outcome}"

    @property
    def line(self) -> AnnualTarget | Action:
        """The line that was turned."""
        line = self.target or self.action
        assert line is not None  # noqa: S101  the database holds exactly one
        return line

    @property
    def is_carried(self) -> bool:
        """True where the line goes on in the next year's plan."""
        return self.outcome in self.CARRIED
