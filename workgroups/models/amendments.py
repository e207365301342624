"""Amendments: how what has been decided or approved changes, and by whose decision."""

from typing import TypedDict

import pghistory
import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget
from programme import rules as programme_rules
from programme.models import Programme, User
from programme.models.append_only import never_emptied
from programme.models.base import exactly_one
from workgroups import rules as group_rules
from workgroups.models.actions import Action
from workgroups.models.groups import WorkingGroup
from workgroups.models.proposals import DECISION, KEEP_WHAT_WAS_PROPOSED, PEOPLE, Proposal, array_of

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
class Amendment(Proposal):
    """A proposal to change a decided target or an approved plan: old, new, reason, decision.

    It changes a line, adds an action to the plan or removes one. Once accepted the line has a new version;
    the old one stays readable here, cell by cell. An added action stands outside its plan until then, for
    ever if it is rejected; a removed one leaves what was said of it.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", _("change")
        ADD = "add", _("new action")
        REMOVE = "remove", _("removal")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="amendments")
    target = models.ForeignKey(
        AnnualTarget, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CHANGE)
    changes: "models.JSONField[list[Change]]" = models.JSONField(_("changes"))
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
                declare=[("people", PEOPLE), ("decision", array_of(*DECISION, "applied_in"))],
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
    def programme(self) -> Programme:
        return self.group.programme

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
