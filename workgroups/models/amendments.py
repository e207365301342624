"""Amendments: how what has been decided or approved changes, and by whose decision."""

import datetime
from typing import TypedDict

import pghistory
import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget
from programme import clock
from programme import rules as programme_rules
from programme.models import Decision, Programme, User
from programme.models.append_only import never_emptied
from programme.models.base import exactly_one, person, signed
from workgroups import rules as group_rules
from workgroups.models.actions import Action
from workgroups.models.groups import WorkingGroup

# The function `is_amended`, which the triggers on decided lines ask, lets an amendment through in the very
# transaction in which it is accepted: see migration 0004.
SAY_WHEN_ACCEPTED = """
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' THEN
            RAISE EXCEPTION 'An amendment is proposed before it is decided.';
        END IF;
        NEW.applied_in = NULL;
    ELSIF OLD.state = 'proposed' AND NEW.state = 'accepted' THEN
        NEW.applied_in = pg_current_xact_id()::text::bigint;
    ELSE
        NEW.applied_in = OLD.applied_in;
    END IF;
    RETURN NEW;
"""
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
DECISION = "text[] := ARRAY['state', 'decided_at', 'decided_because', 'decision_id', 'applied_in']"


class Change(TypedDict):
    """One cell of an amendment: what stands and what is proposed, as kept and as people read it."""

    cell: str
    label: str
    old: str
    new: str
    old_shown: str
    new_shown: str


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "AmendmentQuerySet":
        """Accepted ones of targets are public, as the targets are; the rest as unfinished work is."""
        of_programme = self.filter(group__programme=programme)
        accepted = models.Q(state=Amendment.State.ACCEPTED)
        if programme_rules.reads_unfinished_work(user, programme) or programme_rules.is_secretary(
            user, programme
        ):
            return of_programme
        seen = accepted & models.Q(target__isnull=False)
        if group_rules.reads_approved_work(user, programme):
            seen |= accepted | models.Q(group__in=group_rules.groups_of(user, programme))
        return of_programme.filter(seen)


@pghistory.track()
class Amendment(models.Model):
    """A proposal to change a decided target or an approved plan: old, new, reason, decision.

    It changes a line, adds an action to the plan or removes one. Once accepted the line has a new version;
    the old one stays readable here, cell by cell. An added action stands outside its plan until then, for
    ever if it is rejected; a removed one leaves what was said of it.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", _("change")
        ADD = "add", _("new action")
        REMOVE = "remove", _("removal")

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

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="amendments")
    code = models.CharField(_("code"), max_length=40)
    target = models.ForeignKey(
        AnnualTarget, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CHANGE)
    changes: "models.JSONField[list[Change]]" = models.JSONField(_("changes"))
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
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    applied_in = models.BigIntegerField(_("transaction that applied it"), null=True, editable=False)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-code"]
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("target", "action"), name="an_amendment_is_of_one_line"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="an_amendment_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(kind="change") | models.Q(action__isnull=False),
                name="only_actions_are_added_and_removed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "rejected"])
                | models.Q(decision__isnull=False)
                | models.Q(decider="presenting_officer"),
                name="an_amendment_is_decided_in_a_meeting_or_by_the_presenting_officer",
            ),
            models.UniqueConstraint(fields=["code", "group"], name="one_amendment_per_code"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="an_amendment_is_decided_as_proposed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("people", PEOPLE), ("decision", DECISION)],
                func=KEEP_WHAT_WAS_PROPOSED,
            ),
            pgtrigger.Trigger(
                name="an_amendment_says_when_it_applies",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=SAY_WHEN_ACCEPTED,
            ),
            pgtrigger.Protect(name="an_amendment_is_not_removed", operation=pgtrigger.Delete),
            never_emptied("amendments_are_not_emptied"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("workgroups:amendment-detail")

    def address(self, name: str) -> str:
        """Return the address of a page about this amendment, or of an act on it."""
        return reverse(name, args=[self.group.programme.slug, self.code])

    @property
    def line(self) -> AnnualTarget | Action:
        """The target or the action that is amended."""
        line = self.target or self.action
        assert line is not None  # noqa: S101  guaranteed by the constraint above
        return line

    @property
    def line_has_a_page(self) -> bool:
        """Whether the line stands or stood: an action that was never taken in has no page of its own."""
        return self.kind != self.Kind.ADD or self.state == self.State.ACCEPTED

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
