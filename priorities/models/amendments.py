"""Amendments: the one way in which a decided target changes."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from priorities.models.targets import AnnualTarget
from programme.models import Body, Decision


@pghistory.track()
class Amendment(models.Model):
    """A proposal to change a decided target: what, old, new, why, and which body may decide."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    target = models.ForeignKey(AnnualTarget, on_delete=models.PROTECT, related_name="amendments")
    code = models.CharField(_("code"), max_length=40)
    field = models.CharField(_("what changes"), max_length=40)
    old_value = models.TextField(_("old"), blank=True)
    new_value = models.TextField(_("new"), blank=True)
    reason = models.TextField(_("reason"))
    deciding_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="target_amendments"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="target_amendments"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"))

    class Meta:
        ordering = ["target", "proposed_at"]
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            models.UniqueConstraint(fields=["target", "code"], name="one_amendment_per_target_and_code"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="an_amendment_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.code
