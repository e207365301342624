"""Proposals that change what has been decided: proposed once, decided once, by whose matter they are."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.models import Decision, Programme, User
from programme.models.base import person, signed

KEEP_WHAT_WAS_PROPOSED = """
    IF to_jsonb(NEW) - people = to_jsonb(OLD) - people THEN
        RETURN NEW;
    END IF;
    IF OLD.state <> 'proposed' OR to_jsonb(NEW) - people - decision <> to_jsonb(OLD) - people - decision THEN
        RAISE EXCEPTION 'An amendment is decided once and as it was proposed.';
    END IF;
    RETURN NEW;
"""
# A closed account leaves what it proposed and decided.
PEOPLE = "text[] := ARRAY['proposed_by_id', 'proposed_for_id', 'decided_by_id', 'decided_for_id']"
DECISION = ("state", "decided_at", "decided_because", "decision_id")


def array_of(*columns: str) -> str:
    """Return names of columns as a variable of a trigger."""
    return "text[] := ARRAY[{}]".format(", ".join(f"'{column}'" for column in columns))


class Proposal(models.Model):
    """Who proposed something and why, who decides, and what was decided."""

    class Decider(models.TextChoices):
        """Who may decide, from the least to the highest; the rule stands in `workgroups.amendments`."""

        PRESENTING_OFFICER = "presenting_officer", _("the presenting officer")
        GROUP = "group", _("the working group")
        BOARD = "board", _("the regional board")
        ASSEMBLY = "assembly", _("the federation meeting")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    code = models.CharField(_("code"), max_length=40)
    reason = models.TextField(_("reason"))
    decider = models.CharField(_("who decides"), max_length=20, choices=Decider.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField(_("proposed"))
    proposed_by = person()
    proposed_for = person()
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = person()
    decided_for = person()
    # Of what the presenting officer decides without a meeting; a body's words stand in its decision.
    decided_because = models.TextField(_("reason of the decision"), blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    @property
    def programme(self) -> Programme:
        """The programme of what it changes."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it is of.")

    @property
    def proposed_on(self) -> datetime.date:
        return clock.day_of(self.proposed_at)

    @property
    def decided_on(self) -> datetime.date | None:
        """The day on which it was decided without a meeting, or withdrawn; a meeting has its own day."""
        return clock.day_of(self.decided_at) if self.decided_at else None

    @property
    def writers(self) -> set[int]:
        """Who proposed it, and the one they stood in for."""
        return {pk for pk in (self.proposed_by_id, self.proposed_for_id) if pk is not None}

    @property
    def proposer(self) -> str:
        return signed(self.proposed_by, self.proposed_for)

    @property
    def decided_in_the_name_of(self) -> str:
        """Who decided it, entered what a body decided, or withdrew it."""
        return signed(self.decided_by, self.decided_for)

    def decide(
        self,
        *,
        by: User,
        accepted: bool,
        decision: Decision | None,
        because: str = "",
        in_place_of: User | None = None,
    ) -> None:
        """Record what was decided. The caller saves.

        Raises ValidationError when it waits no longer, when it is one's own, be it through a substitute, or
        when it is rejected without a meeting's decision and without a reason.
        """
        self._must_wait()
        if decision is None and not accepted and not because.strip():
            raise ValidationError(
                {"text": _("Write why it is rejected: the reason goes to who proposed it.")}
            )
        if self.writers & {by.pk, in_place_of.pk if in_place_of else None}:
            raise ValidationError(_("Nobody decides on their own proposal. Ask another who may."))
        self.state = self.State.ACCEPTED if accepted else self.State.REJECTED
        self.decided_at = clock.now()
        self.decided_by, self.decided_for = by, in_place_of
        self.decided_because = "" if decision else because
        self.decision = decision

    def withdraw(self, *, by: User, in_place_of: User | None = None) -> None:
        """Take the proposal back. The caller saves. Raises ValidationError when it waits no longer."""
        self._must_wait()
        self.state = self.State.WITHDRAWN
        self.decided_at = clock.now()
        self.decided_by, self.decided_for = by, in_place_of

    def _must_wait(self) -> None:
        if self.state != self.State.PROPOSED:
            raise ValidationError(_("This amendment has been decided or withdrawn already."))
